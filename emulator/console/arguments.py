"""The argument types of the router console, and the conditions of its commands."""

import re
from typing import Any

from emulator.console.grammar import (
    COMPLETE,
    REFUSED,
    VIABLE,
    ArgumentType,
    Choices,
    Condition,
    Dynamic,
    IPv4Address,
    Line,
    Match,
    Number,
    Word,
)
from emulator.licensing.udi import Udi, parse_udi
from emulator.router.device import Router
from emulator.storage.urls import FileUrl, parse_url


def feature(name: str) -> Condition:
    """The running level contains a feature."""
    return Condition(f"feature {name}", lambda session: session.has_feature(name))


AGREEMENT_FOR_ALL = Condition(
    "release with an agreement for all", lambda session: session.router.manifest.dialect.license_agreement_for_all
)


class FileUrlType(ArgumentType):
    """`flash:name`, `usbflash0:name`, `tftp://host/path`, or a bare name on flash."""

    def match(self, token: str, _context: Any, /) -> Match:
        return COMPLETE if parse_url(token) is not None else REFUSED

    def value(self, token: str, _context: Any, /) -> FileUrl:
        url = parse_url(token)
        assert url is not None
        return url


class DeviceUrlType(FileUrlType):
    """A URL that must name its device."""

    def match(self, token: str, _context: Any, /) -> Match:
        if ":" not in token:
            return (
                VIABLE
                if any(device.startswith(token.lower()) for device in ("flash", "usbflash0", "tftp"))
                else REFUSED
            )
        return super().match(token, _context)


class InterfaceType(ArgumentType):
    """An interface in one word, abbreviated as IOS allows: `fa4`, `FastEthernet4`, `vlan1`."""

    _NAME = re.compile(r"([A-Za-z-]+)(\d*)")

    def match(self, token: str, context: Any, /) -> Match:
        named = self._NAME.fullmatch(token)
        if named is None:
            return REFUSED
        if len(_interfaces(context.router, *named.groups())) == 1 and named[2]:
            return COMPLETE
        return (
            VIABLE if any(_kind(name).lower().startswith(token.lower()) for name in _names(context.router)) else REFUSED
        )

    def value(self, token: str, context: Any, /) -> str:
        named = self._NAME.fullmatch(token)
        assert named is not None
        return _interfaces(context.router, *named.groups())[0]


class InterfaceKindType(Dynamic):
    """The first of the two words of `interface FastEthernet 4`."""

    def choices(self, context: Any, /) -> Choices:
        kinds = dict.fromkeys(_kind(name) for name in _names(context.router))
        return [(kind, f"{kind} interface") for kind in kinds]


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
    """`PID:SN`."""

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


def _names(router: Router) -> list[str]:
    return [interface.name for interface in router.platform.interfaces]


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _interfaces(router: Router, kind: str, number: str) -> list[str]:
    return [
        name
        for name in _names(router)
        if _kind(name).lower().startswith(kind.lower()) and name.removeprefix(_kind(name)) == number
    ]


TYPES: dict[str, ArgumentType] = {
    "Word": Word(),
    "Line": Line(),
    "Address": IPv4Address(),
    "FileUrl": FileUrlType(),
    "DeviceUrl": DeviceUrlType(),
    "Interface": InterfaceType(),
    "InterfaceKind": InterfaceKindType(),
    "InterfaceNumber": Number(0, 4),
    "Level": LevelType(),
    "Module": ModuleType(),
    "Process": Number(1, 65535),
    "Autonomous": Number(1, 65535),
    "Lines": Number(0, 512),
    "Udi": UdiType(),
    "Url": UrlType(),
    "Time": TimeType(),
    "Day": Number(1, 31),
    "Month": MonthType(),
    "Year": Number(1993, 2035),
    "AccessList": Number(1, 99),
    "AgentSessions": Number(1, 25),
}
