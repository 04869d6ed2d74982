"""Judged on licenses: levels, license lines, time of use left."""

from emulator.hardware.board import BoardPhase
from emulator.kernel.time import HOUR, MINUTE, Duration, format_duration, parse_duration
from emulator.licensing.states import LicenseState
from emulator.licensing.views import LicenseView
from emulator.router.device import Router
from emulator.scenarios.predicates.scene import Predicate, PredicateTable, PredicateVerdict, Scene, no
from emulator.scenarios.predicates.vocabulary import KINDS
from emulator.world.fork import fork_router, power_cycle

CLOSE: Duration = HOUR
"""Largest deviation of the time of use left from the stated one."""

IN_USE = (LicenseState.IN_USE, LicenseState.EXPIRED_IN_USE)


PHASE_WORDS = {
    BoardPhase.OFF: "off",
    BoardPhase.BOOTING: "booting",
    BoardPhase.ROMMON: "in ROMMON",
    BoardPhase.RUNNING: "running IOS",
}
"""Words for what a board does: `R1 is in ROMMON`."""


def what_runs(router: Router) -> str:
    """The level that a router runs, in words: `R1 runs advsecurity`, `R1 is off`."""
    running = router.state.running
    if running is None:
        return f"{router.name} is {PHASE_WORDS[router.state.board.phase]}"
    return f"{router.name} runs {running.level}"


def level(scene: Scene, *, router: str, level: str) -> PredicateVerdict:
    device = scene.router(router)
    running = device.state.running
    up = device.state.board.phase is BoardPhase.RUNNING and running is not None
    holds = up and running is not None and running.level == level
    fact = what_runs(device) if up or running is None else f"{router} is still booting"
    return PredicateVerdict(holds, f"{fact}.")


def uses(scene: Scene, *, router: str, level: str, kind: str) -> PredicateVerdict:
    device, wanted = scene.router(router), KINDS[kind]
    in_use = device.activation.inventory.in_use()
    running = device.state.running
    actual = in_use.line.type if in_use else None
    holds = running is not None and running.level == level and actual is wanted
    fact = what_runs(device)
    if running is not None:
        fact += f" on a license of type {in_use.line.rule.title}" if in_use else " without a license"
    return PredicateVerdict(holds, f"{fact}.")


def holds(scene: Scene, *, router: str, feature: str, kind: str) -> PredicateVerdict:
    device, wanted = scene.router(router), KINDS[kind]
    own = [view for view in device.activation.inventory.views() if view.line.feature == feature]
    found = [view for view in own if view.line.type is wanted] if wanted else []
    if wanted is None:
        fact = f"{router} holds {_listed(own)}" if own else f"{router} holds no license for {feature}"
        return PredicateVerdict(not own, f"{fact}.")
    fact = f"{router} holds {_listed(found or own)}" if own else f"{router} holds no license for {feature}"
    return PredicateVerdict(bool(found), f"{fact}, and {what_runs(device).removeprefix(f'{router} ')}.")


def _listed(views: list[LicenseView]) -> str:
    return " and ".join(f"a license for {view.line.feature} of type {view.title} ({view.state})" for view in views)


def level_after_power_cut(scene: Scene, router: str) -> str | None:
    """The level that comes up after a power cut now; None where no level does."""
    running = _after_power_cut(scene, router).state.running
    return running.level if running is not None else None


def _after_power_cut(scene: Scene, router: str) -> Router:
    scene.router(router)
    forked = fork_router(scene.world, router)
    power_cycle(forked)
    return forked


def next_level(scene: Scene, *, router: str, level: str) -> PredicateVerdict:
    forked = _after_power_cut(scene, router)
    running = forked.state.running
    comes = f"come up at {running.level}" if running is not None else f"be {PHASE_WORDS[forked.state.board.phase]}"
    holds = running is not None and running.level == level
    return PredicateVerdict(holds, f"After a power cut now, {router} would {comes}.")


def metered_license(router: Router, feature: str) -> LicenseView | None:
    """The license for a feature that runs out, the one in use where there are several."""
    views = [view for view in router.activation.inventory.views() if view.line.feature == feature]
    metered = [view for view in views if view.left is not None]
    return next((view for view in metered if view.state in IN_USE), next(iter(metered), None))


def left(scene: Scene, *, router: str, feature: str, duration: str) -> PredicateVerdict:
    chosen = metered_license(scene.router(router), feature)
    if chosen is None:
        return no(f"{router} has no license for {feature} that runs out.")
    remaining = chosen.left or 0
    fact = f"The license for {feature} of type {chosen.title} on {router} has"
    shown = format_duration(remaining // MINUTE * MINUTE)
    return PredicateVerdict(abs(remaining - parse_duration(duration)) <= CLOSE, f"{fact} {shown} left.")


PREDICATES: PredicateTable = (
    Predicate(
        "level <router:Router> <level:Level>",
        level,
        "IOS runs on the router, at that level.",
        "level R1 advipservices",
    ),
    Predicate(
        "uses <router:Router> <level:Level> <kind:Kind>",
        uses,
        "The router runs at that level, on a license of that type.",
        "uses R1 advipservices permanent",
    ),
    Predicate(
        "holds <router:Router> <feature:Feature> <kind:Kind>",
        holds,
        "The router's stores have a license of that type for the feature, used or not.",
        "holds R1 advipservices evaluation",
    ),
    Predicate(
        "next <router:Router> <level:Level>",
        next_level,
        "On a fork whose power is cut and restored now, the router comes up at that level.",
        "next R1 advipservices",
    ),
    Predicate(
        "left <router:Router> <feature:Feature> <duration:Duration>",
        left,
        "The license for the feature that runs out has that time left, within an hour.",
        "left R1 advipservices 59d12h",
    ),
)
