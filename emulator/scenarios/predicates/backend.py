"""Judged on the records of the back end: PAKs, entitlements, orders."""

from emulator.backend.account_names import DEFAULT_USER
from emulator.backend.refusals import PortalError
from emulator.backend.views import PakView
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi, parse_udi
from emulator.scenarios.predicates.scene import Predicate, PredicateTable, PredicateVerdict, Scene, no
from emulator.world.world import World


def pak_of(world: World, code: str) -> PakView | None:
    """A PAK of a world."""
    found = world.backend.queries.paks(world.now, by=DEFAULT_USER, text=code).items
    return next((each for each in found if each.code == code), None)


def pak_of_order(world: World, number: str) -> str | None:
    """The PAK of a sales order; None where there is no such order."""
    try:
        return world.backend.lost_pak(number, world.now, by=DEFAULT_USER)
    except PortalError:
        return None


def pak(scene: Scene, *, pak: str, number: int) -> PredicateVerdict:
    found = pak_of(scene.world, pak)
    if found is None:
        return no(f"There is no PAK {pak}.")
    licenses = f"{found.left or 'No'} license{' is' if found.left < 2 else 's are'}"
    return PredicateVerdict(found.left == number, f"{licenses} left of the PAK {pak}, out of {found.quantity}.")


def entitled(world: World, udi: Udi, feature: str) -> bool:
    """Tell whether the portal's record gives a feature to a device."""
    try:
        device = world.backend.queries.device(udi, world.now, by=DEFAULT_USER)
    except PortalError:
        return False
    return any(each.line.feature == feature for each in device.entitled)


def owns(scene: Scene, *, router: str | None, udi: str | None, feature: str) -> PredicateVerdict:
    device = scene.router(router).state.udi if router else parse_udi(udi or "")
    given = entitled(scene.world, device, feature)
    fact = f"{'a' if given else 'no'} license for {feature} is registered for {router or udi}"
    return PredicateVerdict(given, f"At the portal, {fact}.")


def holds_permanent(scene: Scene, router: str, feature: str) -> bool:
    """Tell whether a router has a permanent license for a feature."""
    stored = scene.router(router).activation.inventory.licenses.primary
    return any(each.line.feature == feature and each.line.type is LicenseType.PERMANENT for each in stored)


def once(scene: Scene, *, feature: str, routers: str) -> PredicateVerdict:
    names = routers.replace(",", " ").split()
    holding = [name for name in names if holds_permanent(scene, name, feature)]
    named = [name for name in names if entitled(scene.world, scene.router(name).state.udi, feature)]
    held = f"{' and '.join(holding) or 'None of them'} {'hold' if len(holding) > 1 else 'holds'}"
    recorded = f"one is registered for {' and '.join(named)}" if named else "none is registered for them"
    fact = f"{held} a permanent license for {feature}, and at the portal {recorded}."
    return PredicateVerdict(len(holding) == 1 and holding == named, fact)


def bought(scene: Scene, *, most: int) -> PredicateVerdict:
    numbers = [entry.subject for entry in scene.audit if entry.act == "order"]
    total = sum(_ordered(scene.world, number) for number in numbers)
    return PredicateVerdict(
        total <= most, f"{total or 'No'} license{' has' if total < 2 else 's have'} been ordered since the start."
    )


def _ordered(world: World, number: str) -> int:
    found = world.backend.queries.orders(world.now, by=DEFAULT_USER, text=number).items
    return sum(each.quantity for each in found if each.number == number)


PREDICATES: PredicateTable = (
    Predicate(
        "pak <pak:Word> left <number:Count>",
        pak,
        "So many licenses of the PAK are not registered yet.",
        "pak {PAK} left 0",
    ),
    Predicate(
        "owns {<router:Router> | <udi:Udi>} <feature:Feature>",
        owns,
        "The portal's record gives the feature to the device.",
        "owns R2 advipservices",
    ),
    Predicate(
        "once <feature:Feature> <routers:Names>",
        once,
        "Exactly one of the routers holds a permanent license for the feature, and the portal's record names that one.",
        "once advipservices R1 R2",
    ),
    Predicate("bought <most:Count>", bought, "At most so many licenses were ordered since the start.", "bought 1"),
)
