"""The links at the vendor: order, PAK, registration. They are judged by what the back end has on record."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from emulator.backend.account_names import DEFAULT_USER
from emulator.backend.entities import IssuedState
from emulator.backend.refusals import PortalError
from emulator.backend.views import Entitlement, PakView
from emulator.kernel.time import clock_line, format_duration
from emulator.licensing.udi import Udi
from emulator.world.explanation.subject import Subject
from emulator.world.explanation.view import (
    BENCH,
    Link,
    MendingStep,
    blocked,
    broken,
    not_needed,
    ok,
    waiting,
)
from emulator.world.world import World

ORDER, PAK, REGISTRATION = "order", "PAK", "registration"


def entitlements(subject: Subject) -> tuple[Entitlement, ...]:
    """List every license for the subject that was ever issued to the router."""
    found = subject.world.backend.queries.entitlements(subject.router.state.udi, by=DEFAULT_USER)
    return tuple(each for each in found if each.line.feature == subject.name)


def standing(subject: Subject, issued: Sequence[Entitlement]) -> list[Entitlement]:
    """List those of the issued licenses that stand and have not run out on the router."""
    consumed = subject.consumed()
    return [each for each in issued if each.state is IssuedState.CURRENT and not consumed.is_over(each.line)]


def purchase_links(subject: Subject, issued: Sequence[Entitlement]) -> Iterator[Link]:
    """Yield the three links, from the licenses issued to the router and the PAKs and products on hand."""
    if subject.is_base:
        yield from _all_not_needed(f"{subject.name} is the base level and runs without a license")
    elif current := standing(subject, issued):
        yield from _issued(current[0])
    elif usable := subject.usable():
        yield from _all_not_needed(f"a license of type {usable[0].line.rule.title} is there without an order")
    elif (replacement := _replacement(subject)) is not None:
        fact = f"{subject.router.state.udi} was replaced by {replacement} and is no longer served"
        yield from (broken(name, fact) for name in (ORDER, PAK, REGISTRATION))
    else:
        yield from _to_be_bought(subject, issued)


def _all_not_needed(fact: str) -> Iterator[Link]:
    for name in (ORDER, PAK, REGISTRATION):
        yield not_needed(name, fact)


def _issued(entitlement: Entitlement) -> Iterator[Link]:
    if entitlement.sku is None:
        fact = f"issued without an order: {entitlement.source}"
        yield not_needed(ORDER, fact)
        yield not_needed(PAK, fact)
    else:
        yield ok(ORDER, f"{entitlement.sku} was bought")
        yield ok(PAK, f"a PAK for {entitlement.sku} paid for it")
    yield ok(REGISTRATION, f"license {entitlement.line.id} stands since {entitlement.created}")


def _to_be_bought(subject: Subject, issued: Sequence[Entitlement]) -> Iterator[Link]:
    world, router = subject.world, subject.router
    family = router.platform.family
    skus = [sku for sku in world.backend.skus.values() if sku.feature == subject.name and family in sku.families]
    moved = next((each for each in issued if each.state is not IssuedState.CURRENT), None)
    past = f"license {moved.line.id} is {moved.state}" if moved is not None else "nothing is registered for it"
    pak = _on_hand(subject, [sku.name for sku in skus])
    if pak is None:
        if not skus:
            yield broken(ORDER, f"nothing that is sold brings {subject.name} to a router of the family {family}")
        else:
            fact = "no order on hand has a license left for it"
            yield broken(ORDER, fact, MendingStep(BENCH, f"order {skus[0].name}"))
        yield blocked(PAK, "it comes with the order")
        yield blocked(REGISTRATION, past)
        return
    yield ok(ORDER, f"sales order {pak.order}: {pak.quantity} x {pak.sku}")
    if pak.arrives > world.now:
        left = format_duration(pak.arrives - world.now)
        fact = f"the letter comes {clock_line(world.calendar(pak.arrives))}"
        yield waiting(PAK, fact, MendingStep(BENCH, f"advance {left}"))
        yield blocked(REGISTRATION, past)
        return
    yield ok(PAK, f"{pak.code}: {pak.left} of {pak.quantity} left")
    if (wait := portal_wait(world)) is not None:
        yield waiting(REGISTRATION, f"{past}; {closed_portal(world)}", wait)
        return
    device = router.name if router.state.online else str(router.state.udi)
    yield broken(REGISTRATION, past, MendingStep(BENCH, f"portal register {pak.code} {device}"))


def portal_wait(world: World) -> MendingStep | None:
    """Step that lets time pass until the portal opens; None where it is open."""
    if world.now >= world.state.portal_opens:
        return None
    return MendingStep(BENCH, f"advance {format_duration(world.state.portal_opens - world.now)}")


def closed_portal(world: World) -> str:
    """Fact of a portal that is closed."""
    return f"the portal is closed until {clock_line(world.calendar(world.state.portal_opens))}"


def _replacement(subject: Subject) -> Udi | None:
    """Device that took the place of the router in an RMA."""
    with suppress(PortalError):
        return subject.world.backend.queries.device(
            subject.router.state.udi, subject.world.now, by=DEFAULT_USER
        ).replaced_by
    return None


def _on_hand(subject: Subject, skus: Sequence[str]) -> PakView | None:
    """The PAK that can pay: one that is there rather than one under way, the older first."""
    world = subject.world
    found: list[PakView] = []
    for sku in skus:
        found += world.backend.queries.paks(world.now, by=DEFAULT_USER, sku=sku, left_only=True).items
    return min(found, key=lambda pak: (max(pak.arrives, world.now), pak.at, pak.code), default=None)
