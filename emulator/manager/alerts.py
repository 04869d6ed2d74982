"""Alerts: what needs a person, told once each until it is over.

I: the kinds. A letter names what is new since the last one and counts what still stands, so that a fleet in trouble
sends one letter and not one a device. It is noted as told after it was taken, so a letter that was lost is sent again.
"""

from collections.abc import Iterator, Sequence

import msgspec

from emulator.kernel.errors import Refused
from emulator.kernel.time import Duration, format_duration
from emulator.manager.context import ManagerContext
from emulator.manager.expiry import expiring
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter

MOST_LINES = 200
"""Lines of one kind in a letter; what is beyond them is counted."""


class Alert(msgspec.Struct, frozen=True, order=True):
    """Matter that needs a person: its kind, and a line that says which, and that stays the same while it stands."""

    kind: str
    line: str
    detail: str = ""


class AlertLetter(msgspec.Struct, frozen=True):
    """Letter about alerts: those that are new, and all that stand."""

    new: tuple[Alert, ...]
    standing: tuple[Alert, ...]

    @property
    def subject(self) -> str:
        """Subject of the letter."""
        return f"License manager: {len(self.new)} new alert{'' if len(self.new) == 1 else 's'}"

    @property
    def body(self) -> str:
        """Text of the letter."""
        return "\n".join(_lines(self)) + "\n"


def due_alerts(context: ManagerContext, within: Duration) -> AlertLetter:
    """Return the alerts of the records as they are.

    Args:
        context: on whose behalf.
        within: a license in use with at most so much left is told, in milliseconds.

    Raises:
        NotAllowed: the user may not read devices or the licenses that wait.
        Refused: an access list leaves the user out.
    """
    context.require(ManagerAction.DEPLOY)
    with context.database.reading() as records:
        if records.sight.limited:
            raise Refused("a letter tells of the whole fleet; it is for who is on every access list, or an Admin")
    standing = tuple(sorted(_standing(context, within)))
    with context.database.reading() as records:
        told = records.reports.told_alerts()
    return AlertLetter(tuple(each for each in standing if (each.kind, each.line) not in told), standing)


def alerts_told(context: ManagerContext, letter: AlertLetter) -> None:
    """Note that a letter was taken; what does not stand any more may be told again when it comes back."""
    with context.database.writing() as records:
        records.reports.keep_told_alerts([(each.kind, each.line) for each in letter.standing], context.now())
        context.record(records, "alert", f"{len(letter.new)} alert(s)", "sent")


def _standing(context: ManagerContext, within: Duration) -> Iterator[Alert]:
    for each in expiring(context, DeviceFilter(), within):
        if each.in_use:
            left = f"{format_duration(each.left)} of use left" if each.left else "nothing left"
            kind = "licenses that run out" if each.left else "licenses that have run out"
            yield Alert(kind, f"{each.udi} {each.feature}, {each.type}", left)
    with context.database.reading() as records:
        for device in records.devices.choose(DeviceFilter(faulty=True)):
            if device.successor is not None:
                yield Alert("other hardware at the address", f"{device.udi}: {device.successor} answers")
            elif device.fault is not None:
                yield Alert("devices that were not read", f"{device.udi}: {device.fault}", device.detail)
        for udi, key in records.keys.changed():
            yield Alert("devices that show another key", f"{udi}, {key.transport}: {key.other}", f"it was {key.key}")
        for license_ in records.licenses.undeployed():
            yield Alert("licenses that wait to be deployed", f"{license_.udi} {license_.feature}")


def _lines(letter: AlertLetter) -> Iterator[str]:
    for kind in dict.fromkeys(each.kind for each in letter.new):
        of_kind: Sequence[Alert] = [each for each in letter.new if each.kind == kind]
        yield f"{kind}: {len(of_kind)} new"
        for each in of_kind[:MOST_LINES]:
            yield f"  {each.line}{f' ({each.detail})' if each.detail else ''}"
        if len(of_kind) > MOST_LINES:
            yield f"  and {len(of_kind) - MOST_LINES} more"
        yield ""
    yield f"{len(letter.standing)} stand in all. `isrtwin manager report make` has the tables."
