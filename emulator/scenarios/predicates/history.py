"""Judged on what happened since the start: acts, their order, and how long a router was without its level."""

from collections.abc import Iterator, Sequence

from emulator.kernel.time import Instant, clock_line, format_duration, parse_duration
from emulator.scenarios.predicates.act_wording import done, sentence, undone
from emulator.scenarios.predicates.record import ABOUT_FEATURES, ABOUT_NOTHING, ABOUT_OTHERS, Happening
from emulator.scenarios.predicates.scene import Predicate, PredicateTable, PredicateVerdict, Scene, no, yes

DOWN, UP = "stop", ("boot", "continue")


def did(scene: Scene, *, router: str | None, act: str, subject: str | None) -> PredicateVerdict:
    first = next(_found(scene, router, act, subject), None)
    if first is None:
        return no(sentence(undone(router, act, subject)))
    return yes(sentence(act_clause(scene, first)))


def never(scene: Scene, *, router: str | None, act: str, subject: str | None) -> PredicateVerdict:
    verdict = did(scene, router=router, act=act, subject=subject)
    return PredicateVerdict(not verdict.holds, verdict.sentence)


def before(
    scene: Scene,
    *,
    router: str | None,
    act: str,
    subject: str | None,
    other: str | None,
    then: str,
    later: str | None,
) -> PredicateVerdict:
    acts = scene.acts
    first, second = first_fitting(scene, acts, router, act, subject), first_fitting(scene, acts, other, then, later)
    if first is None or second is None:
        return no(sentence(undone(router, act, subject) if first is None else undone(other, then, later)))
    one, two = act_clause(scene, acts[first]), act_clause(scene, acts[second])
    if first == second:
        return no(sentence(f"{one}, and there was no other such act before"))
    return PredicateVerdict(first < second, sentence(f"{one}, {'before' if first < second else 'only after'} {two}"))


def out(scene: Scene, *, router: str, level: str, most: str) -> PredicateVerdict:
    lost = sum(end - begin for begin, end, had in _spans(scene, router) if had != level)
    return PredicateVerdict(
        lost <= parse_duration(most),
        f"Since the start, {router} has been without {level} for {format_duration(lost)}.",
    )


def _spans(scene: Scene, router: str) -> Iterator[tuple[Instant, Instant, str]]:
    """The time since the start in pieces, each with the level that ran in it; empty where none did."""
    start = scene.record.start
    state = start.routers.get(router)
    level, since = state.running.level if state is not None and state.running is not None else "", start.now
    for each in scene.record.happened:
        if router in each.devices and each.act in {DOWN, *UP}:
            yield since, each.at, level
            level, since = each.subject if each.act in UP else "", each.at
    yield since, scene.world.now, level


def _found(scene: Scene, router: str | None, act: str, subject: str | None) -> Iterator[Happening]:
    return (each for each in scene.acts if _fits(scene, each, router, act, subject))


def first_fitting(
    scene: Scene, acts: Sequence[Happening], router: str | None, act: str, subject: str | None
) -> int | None:
    """The place of the first such act among all; None where there is none."""
    return next((at for at, each in enumerate(acts) if _fits(scene, each, router, act, subject)), None)


def _fits(scene: Scene, happening: Happening, router: str | None, act: str, subject: str | None) -> bool:
    if happening.act != act or (subject is not None and happening.subject.lower() != subject.lower()):
        return False
    return router is None or not {router, str(scene.router(router).state.udi)}.isdisjoint(happening.devices)


def act_clause(scene: Scene, act: Happening) -> str:
    """A clause on an act that was done, with the names of its devices."""
    udis = {str(router.state.udi): name for name, router in sorted(scene.world.routers.items())}
    names = [udis.get(device, device) for device in act.devices]
    return done(act, names, clock_line(scene.world.calendar(act.at)))


def notation(router: str = "router", act: str = "act", subject: str = "subject") -> str:
    """Notation of an act, with the names of its arguments."""
    about = {"Feature": ABOUT_FEATURES, "Word": ABOUT_OTHERS}
    ways = [f"<{act}:{'|'.join(acts)}> [<{subject}:{kind}>]" for kind, acts in about.items()]
    alone = f"<{act}:{'|'.join(ABOUT_NOTHING)}>"
    return f"[<{router}:Router>] {{{' | '.join((*ways, alone))}}}"


PREDICATES: PredicateTable = (
    Predicate(
        f"did {notation()}",
        did,
        "The act was done since the start; with a router, on it or for it; with a level, feature, file, PAK or order,"
        " about that.",
        "did R1 boot advipservices",
    ),
    Predicate(
        f"never {notation()}",
        never,
        "The act was not done since the start.",
        "never rma",
    ),
    Predicate(
        f"{notation()} before {notation('other', 'then', 'later')}",
        before,
        "Both acts were done since the start, the first time of the one before the first time of the other.",
        "R1 revoke before R3 install",
    ),
    Predicate(
        "out <router:Router> <level:Level> <most:Duration>",
        out,
        "Since the start the router was without that level for at most so long in all.",
        "out R1 advipservices 10m",
    ),
)
