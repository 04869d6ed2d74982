"""Predicates made of predicates: all, any, not, what survives a power cut, and what was so at the start."""

from typing import Protocol

from emulator.scenarios.predicates.scene import Predicate, PredicateTable, PredicateVerdict, Scene, no


class Judged(Protocol):
    """An expression that was read."""

    def judge(self, scene: Scene, /) -> PredicateVerdict:
        """Decide the expression in a scene."""


def all_of(scene: Scene, *, inner: tuple[Judged, ...]) -> PredicateVerdict:
    verdicts = [each.judge(scene) for each in inner]
    failed = [verdict for verdict in verdicts if not verdict.holds]
    return PredicateVerdict(not failed, " ".join(verdict.sentence for verdict in failed or verdicts))


def any_of(scene: Scene, *, inner: tuple[Judged, ...]) -> PredicateVerdict:
    verdicts = [each.judge(scene) for each in inner]
    held = next((verdict for verdict in verdicts if verdict.holds), None)
    return held or no(" ".join(verdict.sentence for verdict in verdicts))


def none_of(scene: Scene, *, inner: tuple[Judged, ...]) -> PredicateVerdict:
    verdict = all_of(scene, inner=inner)
    return PredicateVerdict(not verdict.holds, verdict.sentence)


def survives(scene: Scene, *, router: str, inner: tuple[Judged, ...]) -> PredicateVerdict:
    verdict = all_of(scene.after_power_cut(router), inner=inner)
    return PredicateVerdict(verdict.holds, f"After a power cut now: {verdict.sentence}")


def began(scene: Scene, *, inner: tuple[Judged, ...]) -> PredicateVerdict:
    with Scene(scene.record.before, scene.record) as start:
        verdict = all_of(start, inner=inner)
    return PredicateVerdict(verdict.holds, f"At the start: {verdict.sentence}")


PREDICATES: PredicateTable = (
    Predicate("all <inner:Inner>", all_of, "Every one of them holds.", "all { level R1 advipservices; bought 1 }"),
    Predicate("any <inner:Inner>", any_of, "At least one of them holds.", "any { did resend; did register }"),
    Predicate("not <inner:Inner>", none_of, "It does not hold.", "not holds R1 advipservices permanent"),
    Predicate(
        "survives <router:Router> <inner:Inner>",
        survives,
        "It holds on a fork in which the router's power is cut and restored now.",
        "survives R1 { uses R1 advipservices permanent; config R1 { router ospf 1 } }",
    ),
    Predicate(
        "began <inner:Inner>",
        began,
        "It held at the start, of routers; the portal's records are those of now or none.",
        "began { saved R1 { license boot module c880-data level advsecurity } }",
    ),
)
