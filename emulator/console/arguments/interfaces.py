"""Interfaces as arguments: in one word, in two, and lists of them.

R: abbreviated as every word, `fa4`, `lo0`, `fa4.10`; the highest numbers of what a configuration can make. I: a list
of a range may name as many interfaces as `MOST`, and names no sub-interfaces.
"""

import re
from collections.abc import Callable
from typing import Any

from emulator.grammar import (
    COMPLETE,
    REFUSED,
    VIABLE,
    ArgumentType,
    Choices,
    Dynamic,
    Match,
    Number,
)
from emulator.router.device import Router

MADE = {"Loopback": 2147483647, "Tunnel": 2147483647, "Dialer": 255, "BVI": 255, "Virtual-Template": 200,
        "Virtual-PPP": 2147483647, "Vlan": 4094, "Null": 0}  # fmt: skip
"""Interfaces that a configuration can make, with their highest numbers (R)."""

TEMPLATE, ATM = "Virtual-Template", "ATM"

ROUTED = ("routed", "ethernet", "atm")
"""Kinds that can have sub-interfaces."""

HIGHEST_PART = 4294967295

PARTS, MOST = 5, 256
"""Parts of a list (R), and interfaces in all of it (I)."""


class InterfaceType(ArgumentType):
    """An interface in one word: `fa4`, `FastEthernet4`, `vlan1`, `lo0`, `fa4.10`.

    The board's interfaces, their sub-interfaces where they route, and what a configuration can make.
    """

    numbered = True
    _NAME = re.compile(r"([A-Za-z-]+)(\d{0,10}(?:[.:]\d{0,10})?)")

    def match(self, token: str, context: Any, /) -> Match:
        named = self._NAME.fullmatch(token)
        if named is None:
            return REFUSED
        found = _interfaces(context.router, *named.groups())
        if len(found) == 1:
            return COMPLETE if self.takes(context.router, found[0]) else REFUSED
        return VIABLE if any(_begins(kind, named[1]) for kind in _kinds(context.router)) else REFUSED

    def value(self, token: str, context: Any, /) -> str:
        named = self._NAME.fullmatch(token)
        assert named is not None
        return _interfaces(context.router, *named.groups())[0]

    def takes(self, _router: Router, name: str) -> bool:
        """Tell whether an interface is one of those that the type accepts; a channel is only shown (R)."""
        return ":" not in name


class ShownInterfaceType(InterfaceType):
    """An interface in one word, the channels of an ISDN interface among them: `BRI0:1`."""

    def takes(self, _router: Router, _name: str) -> bool:
        return True


class SomeInterfacesType(InterfaceType):
    """The interfaces that a line exists for; of several types that share the interfaces out, `?` lists only one."""

    def __init__(self, takes: Callable[[Router, str], bool], *, told: bool = False) -> None:
        self._takes, self._told = takes, told

    def takes(self, router: Router, name: str) -> bool:
        return super().takes(router, name) and self._takes(router, name)

    def entries(self, _text: str, _context: Any, /) -> Choices | None:
        return None if self._told else []


class InterfaceKindType(Dynamic):
    """The first of the two words of `interface FastEthernet 4`."""

    def choices(self, context: Any, /) -> Choices:
        return [(kind, f"{kind} interface") for kind in _kinds(context.router)]


class SomeKindsType(InterfaceKindType):
    """The kinds of interface that a line exists for."""

    def __init__(self, takes: Callable[[str], bool]) -> None:
        self._takes = takes

    def choices(self, context: Any, /) -> Choices:
        return [each for each in super().choices(context) if self._takes(each[0])]


class PartNumberType(ArgumentType):
    """The second of the two words of `interface FastEthernet 4.10`, with or `whole` without a part behind the point."""

    _NUMBER = re.compile(r"(\d{1,10})(?:\.(\d{1,10}))?", re.ASCII)
    _BEGUN = re.compile(r"\d{1,10}\.?", re.ASCII)

    def __init__(self, *, whole: bool) -> None:
        self._whole = whole

    def placeholder(self, _context: Any, /) -> str:
        return NUMBER[0]

    def match(self, token: str, _context: Any, /) -> Match:
        number = self._NUMBER.fullmatch(token)
        if number is not None and (self._whole or number[2]):
            return COMPLETE
        return VIABLE if self._BEGUN.fullmatch(token) else REFUSED

    def value(self, token: str, _context: Any, /) -> str:
        return ".".join(str(int(number)) for number in token.split("."))

    def entries(self, _text: str, _context: Any, /) -> Choices | None:
        return None if self._whole else []


class InterfaceListType(ArgumentType):
    """`FastEthernet0 - 3 , vlan 1 - 2`; the handler receives the names, none if one of them does not exist."""

    rest = True
    _PART = re.compile(r"\s*([A-Za-z][A-Za-z-]*?)\s*(\d{1,10})(?:\s*-\s*(\d{1,10}))?\s*", re.ASCII)
    _BEGUN = re.compile(r"\s*(?:[A-Za-z][A-Za-z-]*\s*(?:\d+\s*(?:-\s*(?:\d+\s*)?)?)?)?", re.ASCII)
    _OPEN = re.compile(r"\s*+([A-Za-z][A-Za-z-]*+)?+(\s*+)(\d*+)(\s*+)(-?+)\s*+(\d*+)(\s*+)", re.ASCII)

    def match(self, token: str, context: Any, /) -> Match:
        good = 0
        for part in token.split(","):
            fits = self._PART.fullmatch(part)
            known = _kind_of(context.router, fits[1]) if fits else ""
            if not known:
                return self._unfit(token, good, part, context)
            good += len(part) + 1
        return COMPLETE

    def _unfit(self, token: str, good: int, part: str, context: Any) -> Match:
        """A part that is no interface: it may become one where the line ends in it, else the marker is inside."""
        begun = self._BEGUN.match(part)
        assert begun is not None
        word = begun.group().strip().rstrip("0123456789- ")
        known = not word or any(_begins(kind, word) for kind in _kinds(context.router))
        if known and good + len(part) == len(token) and begun.end() == len(part):
            return VIABLE
        blanks = len(part) - len(part.lstrip())
        return Match(acceptable=good + (begun.end() if known else blanks))

    def value(self, token: str, context: Any, /) -> tuple[str, ...]:
        found: list[str] = []
        parts = token.split(",")
        for part in parts:
            fits = self._PART.fullmatch(part)
            assert fits is not None
            first, last = int(fits[2]), int(fits[3] or fits[2])
            if not 0 <= last - first < MOST or len(found) + last - first >= MOST or len(parts) > PARTS:
                return ()
            kind = _kind_of(context.router, fits[1])
            names = [f"{kind}{number}" for number in range(first, last + 1)]
            if not all(interface_exists(context.router, name) for name in names):
                return ()
            found += names
        return tuple(dict.fromkeys(found))

    def entries(self, text: str, context: Any, /) -> Choices | None:
        """List the entries of `?`: the kinds, a number, and the ways in which the list continues."""
        open_part = self._OPEN.fullmatch(text.rpartition(",")[2])
        if open_part is None:
            return []
        kind, apart, first, behind, dash, last, end = open_part.groups()
        if not apart and not first:
            return sorted((each, f"{each} interface") for each in _kinds(context.router) if _begins(each, kind or ""))
        if not first or (dash and not last) or not (end if dash else behind):
            return [NUMBER]
        return [GO_ON, END] if dash else [GO_ON, ("-", "Another interface number"), END]


NUMBER, GO_ON, END = ("<0-2147483647>", "Interface number"), (",", "Another interface"), ("<cr>", "")


def interface_exists(router: Router, name: str) -> bool:
    """Tell whether the router has an interface of that name, or a configuration could make it."""
    kind = name.rstrip("0123456789.")
    return name in _interfaces(router, kind, name.removeprefix(kind))


def _kinds(router: Router) -> list[str]:
    board = (_kind(interface.name) for interface in router.platform.interfaces)
    return list(dict.fromkeys([*board, *MADE, *map(_kind, _come_about(router))]))


def _come_about(router: Router) -> list[str]:
    """Interfaces that nobody configured: the virtual access of a dialer, the one of NAT."""
    known = {_kind(interface.name) for interface in router.platform.interfaces} | set(MADE)
    seen = router.state.running.interfaces if router.state.running is not None else {}
    return [name for name in seen if "." not in name and _kind(name) not in known]


def _kind_of(router: Router, text: str) -> str:
    """The one kind that a word means; empty if it means none or several."""
    fitting = [kind for kind in _kinds(router) if _begins(kind, text)]
    return fitting[0] if len(fitting) == 1 else ""


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _begins(kind: str, text: str) -> bool:
    return kind.lower().startswith(text.lower())


def _interfaces(router: Router, kind: str, number: str) -> list[str]:
    """The interfaces that a word may mean: those of the board, and what could be made of that name."""
    parent, colon, _ = number.partition(":")
    parent, dot, part = parent.partition(".")
    board = [
        interface
        for interface in router.platform.interfaces
        if _begins(_kind(interface.name), kind) and interface.name.removeprefix(_kind(interface.name)) == parent
    ]
    if colon:
        channels = [name for each in board for name in each.channels]
        return [name for name in channels if name.endswith(number)]
    if dot:
        fits = part.isdigit() and int(part) <= HIGHEST_PART
        return [f"{each.name}.{int(part)}" for each in board if fits and each.kind in ROUTED]
    found = [each.name for each in board]
    if parent.isdigit():
        names = (
            f"{made}{int(parent)}" for made, highest in MADE.items() if _begins(made, kind) and int(parent) <= highest
        )
        found += [name for name in names if name not in found]
    return found + [name for name in _come_about(router) if _begins(_kind(name), kind) and name == _kind(name) + parent]


def _is_template(_router: Router, name: str) -> bool:
    return name.startswith(TEMPLATE)


def _is_atm_part(router: Router, name: str) -> bool:
    parent, dot, _ = name.partition(".")
    return bool(dot) and any(each.name == parent and each.kind == "atm" for each in router.platform.interfaces)


def _is_plain(router: Router, name: str) -> bool:
    return not _is_template(router, name) and not _is_atm_part(router, name)


INTERFACE_TYPES: dict[str, ArgumentType] = {
    "Interface": InterfaceType(),
    "ShownInterface": ShownInterfaceType(),
    "PlainInterface": SomeInterfacesType(_is_plain, told=True),
    "AtmPart": SomeInterfacesType(_is_atm_part),
    "VirtualTemplate": SomeInterfacesType(_is_template),
    "InterfaceKind": InterfaceKindType(),
    "PlainKind": SomeKindsType(lambda kind: kind not in {TEMPLATE, ATM}),
    "AtmKind": SomeKindsType(lambda kind: kind == ATM),
    "TemplateKind": SomeKindsType(lambda kind: kind == TEMPLATE),
    "InterfaceNumber": Number(0, 2147483647),
    "NumberOrPart": PartNumberType(whole=True),
    "PartNumber": PartNumberType(whole=False),
    "TemplateNumber": Number(1, MADE[TEMPLATE]),
    "InterfaceList": InterfaceListType(),
}
