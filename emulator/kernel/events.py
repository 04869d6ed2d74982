"""The root of everything that is recorded as having happened.

Events are named in the past tense and defined by the room in which they happen. Sinks (console log, journal, and
later syslog and SNMP) subscribe to the one stream; program diagnostics go to `logging`, never into it.
"""

import msgspec

from emulator.kernel.time import Instant


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """An event that happened to a router at an instant."""

    at: Instant
    router: str
