"""Ends of licenses in use as iCalendar (RFC 5545), one all-day event for each, for the calendar of those who care.

I: a license ends when its use is used up, so the day is the earliest one. An event keeps its identifier as long as the
license is the same, so a calendar that reads the file again moves it.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from emulator.kernel.time import Duration
from emulator.manager.context import ManagerContext
from emulator.manager.expiry import expiring
from emulator.manager.store.devices import DeviceFilter


def expiry_calendar(context: ManagerContext, chosen: DeviceFilter, within: Duration) -> str:
    """Write the ends of licenses in use that have at most so much left.

    Raises:
        NotAllowed: the user may not read devices.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//isrtwin//license manager//EN")
    calendar.add("version", "2.0")
    for each in expiring(context, chosen, within):
        if not each.in_use:
            continue
        seen = datetime.fromtimestamp(each.seen // 1000, UTC)
        day = (seen + timedelta(milliseconds=each.left)).date()
        event = Event()
        of = f"{each.udi} {each.feature} {each.type}"
        event.add("uid", f"{sha256(of.encode()).hexdigest()[:32]}@isrtwin-manager")
        event.add("dtstamp", seen)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", f"{each.udi}: {each.feature} {'has ended' if not each.left else 'ends'}")
        event.add("description", f"{each.type} license; the earliest day, since its period counts use")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()
