"""The system log of a running router: which messages go where by their level, and the buffer of the latest ones.

A message is kept with the calendar's moment, and with the stamp that was asked for when it was logged. R: the names of
the levels, that all messages go to the console and to the buffer unless told otherwise, and 4096 bytes of buffer; the
oldest message makes room.
"""

import msgspec

from emulator.router.configuration import Configuration

LEVELS = ("emergencies", "alerts", "critical", "errors", "warnings", "notifications", "informational", "debugging")
DEBUGGING = len(LEVELS) - 1
TRAP_DEFAULT = LEVELS.index("informational")
OFF = -1
"""Level lower than every other: no message is sent."""

STAMPS = "service timestamps log"
DEFAULT_STAMP = f"{STAMPS} datetime msec"

BUFFER_BYTES = 4096
STAMP_BYTES = 26
"""Bytes of a stamp in the buffer (I)."""

_DIGITS = {str(level): level for level in range(len(LEVELS))}
_PLACES = {place: f"logging {place}" for place in ("console", "monitor", "buffered", "trap")}
_CONFIGURED = ("logging on", "logging console", "logging buffered", "logging trap")


class LogEntry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A message of the log.

    Attributes:
        at: milliseconds since 1970 by the router's calendar.
        is_set: the calendar was set.
        stamp: the line of `service timestamps` that was in force; empty where none was written down.
        zone, zone_minutes: the time zone then.
        uptime: milliseconds since the boot.
    """

    at: int
    is_set: bool
    text: str
    stamp: str = ""
    zone: str = "UTC"
    zone_minutes: int = 0
    uptime: int = 0


class SystemLog(msgspec.Struct, omit_defaults=True):
    """The messages logged in this boot.

    Attributes:
        entries: the buffer, oldest first.
        size: the bytes that it takes.
        console, monitor, buffered, trapped: messages that went there, the buffer's since it was last cleared.
    """

    entries: list[LogEntry] = []
    size: int = 0
    console: int = 0
    monitor: int = 0
    buffered: int = 0
    trapped: int = 0

    def record(self, configuration: Configuration, entry: LogEntry) -> None:
        """Record a message in every destination that takes it."""
        level, limit = severity(entry.text), BUFFER_BYTES
        lines = configuration.lines
        if any(key in lines for key in _CONFIGURED):
            self.console += level <= threshold(configuration, "console")
            self.trapped += level <= threshold(configuration, "trap")
            if level > threshold(configuration, "buffered"):
                return
            limit = buffer_bytes(configuration)
        else:
            self.console += 1
            self.trapped += level <= TRAP_DEFAULT
        self.buffered += 1
        self.entries.append(entry)
        self.size += len(entry.text) + STAMP_BYTES
        dropped = 0
        while self.size > limit and dropped < len(self.entries) - 1:
            self.size -= len(self.entries[dropped].text) + STAMP_BYTES
            dropped += 1
        if dropped:
            del self.entries[:dropped]

    def clear(self) -> None:
        """Clear the buffer, as `clear logging` does."""
        self.entries.clear()
        self.size = self.buffered = 0


def severity(message: str) -> int:
    """Level of a message by its `%FACILITY-SEVERITY-MNEMONIC`; a message without one is debugging."""
    if not message.startswith("%"):
        return DEBUGGING
    at = message.find("-")
    return _DIGITS.get(message[at + 1 : at + 2], DEBUGGING)


def wanted(configuration: Configuration, message: str, place: str = "console") -> bool:
    """Tell whether a message goes to a destination."""
    return severity(message) <= threshold(configuration, place)


def threshold(configuration: Configuration, place: str) -> int:
    """Highest level that goes to a destination: `console`, `monitor`, `buffered`, `trap`."""
    lines = configuration.lines
    if lines.get("logging on") == "no logging on" and place != "console":
        return OFF
    line = lines.get(_PLACES[place])
    if line is None:
        return TRAP_DEFAULT if place == "trap" else DEBUGGING
    if line.startswith("no "):
        return OFF
    for word in line.split():
        if word in LEVELS:
            return LEVELS.index(word)
        if len(word) == 1 and word.isdecimal() and int(word) <= DEBUGGING:
            return int(word)
    return TRAP_DEFAULT if place == "trap" else DEBUGGING


def buffer_bytes(configuration: Configuration) -> int:
    """Size of the buffer, in bytes."""
    sizes = [int(word) for word in configuration.word("logging buffered").split() if word.isdecimal() and len(word) > 1]
    return sizes[0] if sizes else BUFFER_BYTES
