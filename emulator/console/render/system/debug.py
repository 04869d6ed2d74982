"""Debug lines of licensing: what `debug license ...` shows of what happens.

The syntax is C (the command reference's contents), the lines are ours (I). `core` is the license core, whose events
and errors are also what the two short forms show; on one router there is no IPC to be seen, and the agent is quiet
while nothing talks to it.
"""

from collections.abc import Collection

from emulator.console.render.system.packet_debug import TOPICS
from emulator.kernel.events import Event
from emulator.licensing import events
from emulator.licensing.expiry import LicenseEvent
from emulator.router.events import PacketDebugged

EVENTS = ("events", "core events", "core all")
ERRORS = ("errors", "core errors", "core all")

FAULTS = (events.LicenseRequestFailed, events.StorageDamaged, events.StorageLost, events.EulaRequired)
HAPPENINGS = (LicenseEvent, events.NextLevelChosen, events.EulaAcceptedForAll)


def debug_line(event: Event, debugging: Collection[str]) -> str | None:
    """Debug line for an event; None where none was asked for."""
    if isinstance(event, PacketDebugged):
        return event.text
    if isinstance(event, FAULTS):
        return f"LIC-ERROR: {_words(event)}" if any(topic in debugging for topic in ERRORS) else None
    if isinstance(event, HAPPENINGS):
        return f"LIC-EVENT: {_words(event)}" if any(topic in debugging for topic in EVENTS) else None
    return None


def _words(event: Event) -> str:
    """`License installed: feature advipservices, version 1.0, index 1`; a fact that is empty is left out."""
    name = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in type(event).__name__).strip()
    fields = (field for field in event.__struct_fields__ if field not in {"at", "router"})
    facts = [f"{field} {value}" for field in fields if (value := getattr(event, field)) != ""]
    return name.capitalize() + (": " + ", ".join(facts) if facts else "")


def show_debugging(debugging: Collection[str]) -> str:
    """Screen of the debugging that is switched on."""
    packets = "".join(f"  {text}\n" for topic, text in sorted(TOPICS.items()) if topic in debugging)
    licenses = "".join(f"  License {topic} debugging is on\n" for topic in sorted(debugging) if topic not in TOPICS)
    groups = (("Generic IP", packets), ("License", licenses))
    return "".join(f"{title}:\n{text}\n" for title, text in groups if text)
