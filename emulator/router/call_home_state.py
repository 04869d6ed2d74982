"""The memory of call home in one boot: what waits to be sent, and what was sent and dropped."""

import msgspec

from emulator.kernel.time import Instant


class CallHomeAlert(msgspec.Struct, frozen=True, array_like=True):
    """An alert that is to be sent.

    Attributes:
        group: the alert group.
        text: one line that says what happened.
        profiles: names of the profiles that it goes to.
    """

    group: str
    text: str
    profiles: tuple[str, ...]


class CallHomeState(msgspec.Struct, omit_defaults=True):
    """The memory of call home; a reload clears it.

    Attributes:
        waiting: alerts that are sent in a moment.
        sent: the instants of the messages of the last minute.
        limited: messages that the rate limit dropped.
    """

    waiting: list[CallHomeAlert] = []
    sent: list[Instant] = []
    limited: int = 0
