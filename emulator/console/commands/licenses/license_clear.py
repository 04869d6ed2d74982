"""`license clear`: take an installed license out of the store.

C: one that is in use is refused. R: the list of matches, the index when there are several, and the confirmation. The
portal's entitlement is untouched, so the license can be sent again.
"""

from emulator.console.dialogs.install_licenses import LEVEL_MESSAGE_AFTER
from emulator.console.dialogs.questions import choose, confirm, installed, list_licenses
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say, Wait
from emulator.router.state import LicenseCounter

HELP = {
    "license": "Configure license features",
    "license clear": "Clear license",
    "license clear <feature>": "Feature name",
}


def clear(session: Session, *, feature: str) -> Handler:
    router = session.router
    matches = installed(session, feature)
    if not matches:
        yield Say(wording("clear.none", feature=feature))
        router.state.count(LicenseCounter.CLEAR_FAILED)
        return
    if all(router.activation.inventory.is_in_use(view.stored) for view in matches):
        yield Say(wording("clear.in_use", feature=feature))
        router.state.count(LicenseCounter.CLEAR_FAILED)
        return
    yield list_licenses(feature, matches)
    chosen = yield from choose(matches, wording("clear.select", count=len(matches)))
    if chosen is None:
        return
    if router.activation.inventory.is_in_use(chosen.stored):
        yield Say(wording("clear.in_use", feature=feature))
        router.state.count(LicenseCounter.CLEAR_FAILED)
        return
    sure = yield from confirm(wording("clear.confirm"))
    if not sure:
        return
    if not router.activation.clear(chosen.stored):
        yield Say(wording("clear.in_use", feature=feature))
        return
    router.state.count(LicenseCounter.CLEARED)
    yield Wait(LEVEL_MESSAGE_AFTER)
    router.activation.announce_next_level()


COMMANDS = (
    Command("license clear <feature:Word>", modes=(EXEC,), privilege=PRIVILEGED, run=clear, output="license_clear",
            source="Software Activation command reference", basis="R"),
)  # fmt: skip
