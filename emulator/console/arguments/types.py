"""The argument types of the router console."""

import re
from typing import Any

from emulator.console.arguments.call_home import CallHomeTestType
from emulator.console.arguments.files import FILE_TYPES
from emulator.console.arguments.interfaces import INTERFACE_TYPES
from emulator.console.arguments.probe_options import PING_OPTIONS, TRACE_OPTIONS, ProbeOptionsType
from emulator.console.configuration.types import CONFIGURATION_TYPES, Types
from emulator.grammar import (
    COMPLETE,
    REFUSED,
    VIABLE,
    ArgumentType,
    Choices,
    Dynamic,
    IPv4Address,
    Match,
    Number,
    RestOfLine,
    Word,
)
from emulator.hardware.register import parse_register
from emulator.kernel.time import DAY, MINUTE
from emulator.licensing.udi import Udi, parse_udi


class LevelType(Dynamic):
    """The levels of the running image."""

    def choices(self, context: Any, /) -> Choices:
        return [(level, f"{level} level") for level in context.router.manifest.levels]


class ModuleType(Dynamic):
    """The license module of the running image."""

    def choices(self, context: Any, /) -> Choices:
        module = context.router.manifest.license_module
        return [(module, f"{module} module")]


class UdiType(ArgumentType):
    """Identity of a device as it is typed: `PID:SN`."""

    def match(self, token: str, _context: Any, /) -> Match:
        try:
            parse_udi(token)
        except ValueError:
            pid, colon, _ = token.partition(":")
            return REFUSED if colon and not pid else VIABLE
        return COMPLETE

    def value(self, token: str, _context: Any, /) -> Udi:
        return parse_udi(token)


class UrlType(ArgumentType):
    """The URL of a web server."""

    _SCHEMES = ("http://", "https://")

    def match(self, token: str, _context: Any, /) -> Match:
        for scheme in self._SCHEMES:
            if token.lower().startswith(scheme) and len(token) > len(scheme):
                return COMPLETE
            if scheme.startswith(token.lower()):
                return VIABLE
        return REFUSED


class TimeType(ArgumentType):
    """`hh:mm:ss`; the handler receives the three numbers."""

    _TIME = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})", re.ASCII)
    _BEGUN = re.compile(r"\d{0,2}(:\d{0,2}){0,2}", re.ASCII)

    def placeholder(self, _context: Any, /) -> str:
        return "hh:mm:ss"

    def match(self, token: str, context: Any, /) -> Match:
        if self._TIME.fullmatch(token):
            hour, minute, second = self.value(token, context)
            return COMPLETE if hour < 24 and minute < 60 and second < 60 else REFUSED
        return VIABLE if self._BEGUN.fullmatch(token) else REFUSED

    def value(self, token: str, _context: Any, /) -> tuple[int, int, int]:
        hour, minute, second = map(int, token.split(":"))
        return hour, minute, second


class MonthType(ArgumentType):
    """A month by its name, in at least three letters; the handler receives the whole name."""

    def placeholder(self, _context: Any, /) -> str:
        return "MONTH"

    def match(self, token: str, _context: Any, /) -> Match:
        found = [month for month in MONTHS if month.lower().startswith(token.lower())]
        if len(found) == 1 and len(token) >= 3:
            return COMPLETE
        return VIABLE if found else REFUSED

    def value(self, token: str, _context: Any, /) -> str:
        return next(month for month in MONTHS if month.lower().startswith(token.lower()))


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


class RegisterType(ArgumentType):
    """A configuration register; the handler receives the number.

    Args:
        bare: the base of a number without `0x`; None: it is refused.
    """

    _BEGUN = re.compile(r"0?|0x", re.IGNORECASE)

    def __init__(self, bare: int | None = None) -> None:
        self._bare = bare

    def placeholder(self, _context: Any, /) -> str:
        return "<0x0-0xFFFF>"

    def match(self, token: str, _context: Any, /) -> Match:
        if parse_register(token, self._bare) is not None:
            return COMPLETE
        return VIABLE if self._BEGUN.fullmatch(token) else REFUSED

    def value(self, token: str, _context: Any, /) -> int:
        value = parse_register(token, self._bare)
        assert value is not None
        return value


class AssignmentType(ArgumentType):
    """ROMMON's `NAME=value`, the value with or without quotes; the handler receives both."""

    rest = True
    greedy = True
    _ASSIGNMENT = re.compile(r"([A-Za-z_?][A-Za-z0-9_]*)=(.*)")

    def placeholder(self, _context: Any, /) -> str:
        return "NAME=value"

    def match(self, token: str, _context: Any, /) -> Match:
        return COMPLETE if self._ASSIGNMENT.fullmatch(token) else REFUSED

    def value(self, token: str, _context: Any, /) -> tuple[str, str]:
        found = self._ASSIGNMENT.fullmatch(token)
        assert found is not None
        name, value = found.groups()
        quoted = len(value) > 1 and value[0] == value[-1] == '"'
        return name, value[1:-1] if quoted else value.rstrip()


class ReloadDelayType(ArgumentType):
    """Minutes, or hours and minutes, up to 24 days; the handler receives milliseconds."""

    _DELAY = re.compile(r"(?:(\d{1,3}):)?(\d{1,5})", re.ASCII)
    _BEGUN = re.compile(r"\d{1,5}|\d{1,3}:\d{0,2}", re.ASCII)

    def placeholder(self, _context: Any, /) -> str:
        return "WORD"

    def match(self, token: str, context: Any, /) -> Match:
        if self._DELAY.fullmatch(token) and MINUTE <= self.value(token, context) <= 24 * DAY:
            return COMPLETE
        return VIABLE if self._BEGUN.fullmatch(token) else REFUSED

    def value(self, token: str, _context: Any, /) -> int:
        found = self._DELAY.fullmatch(token)
        assert found is not None
        return (int(found[1] or "0") * 60 + int(found[2])) * MINUTE


class HourMinuteType(ArgumentType):
    """`hh:mm`; the handler receives the two numbers."""

    _TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
    _BEGUN = re.compile(r"\d{1,2}(:\d?)?", re.ASCII)

    def placeholder(self, _context: Any, /) -> str:
        return "hh:mm"

    def match(self, token: str, context: Any, /) -> Match:
        if self._TIME.fullmatch(token):
            hour, minute = self.value(token, context)
            return COMPLETE if hour < 24 and minute < 60 else REFUSED
        return VIABLE if self._BEGUN.fullmatch(token) else REFUSED

    def value(self, token: str, _context: Any, /) -> tuple[int, int]:
        hour, minute = map(int, token.split(":"))
        return hour, minute


class OspfAreaType(ArgumentType):
    """An area as a number or an address, kept as it was typed."""

    _NUMBER, _ADDRESS = Number(0, 4294967295), IPv4Address()

    def placeholder(self, context: Any, /) -> str:
        return self._NUMBER.placeholder(context)

    def match(self, token: str, context: Any, /) -> Match:
        found = self._ADDRESS.match(token, context) if "." in token else self._NUMBER.match(token, context)
        return found if found.viable else self._ADDRESS.match(token, context)


TYPES = Types({
    **CONFIGURATION_TYPES,
    "ReloadDelay": ReloadDelayType(),
    "HourMinute": HourMinuteType(),
    "Word": Word(),
    "Line": RestOfLine(),
    "Address": IPv4Address(),
    **FILE_TYPES,
    **INTERFACE_TYPES,
    "CallHomeTest": CallHomeTestType(),
    "PingOptions": ProbeOptionsType(PING_OPTIONS),
    "TraceOptions": ProbeOptionsType(TRACE_OPTIONS),
    "Level": LevelType(),
    "Module": ModuleType(),
    "Process": Number(1, 65535),
    "Autonomous": Number(1, 65535),
    "OspfArea": OspfAreaType(),
    "Zero": Number(0, 0),
    "Vty": Number(0, 193),
    "Lines": Number(0, 512),
    "HistorySize": Number(0, 256),
    "Privilege": Number(0, 15),
    "LogSize": Number(4096, 2147483647),
    "Register": RegisterType(),
    "MonitorRegister": RegisterType(16),
    "DecimalRegister": RegisterType(10),
    "Assignment": AssignmentType(),
    "IoMemory": Number(5, 50),
    "Udi": UdiType(),
    "Url": UrlType(),
    "Time": TimeType(),
    "Day": Number(1, 31),
    "Month": MonthType(),
    "Year": Number(1993, 2035),
    "AccessList": Number(1, 99),
    "AgentSessions": Number(1, 25),
})  # fmt: skip
