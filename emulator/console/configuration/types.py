"""The argument types of the configuration language beside the console's own.

Any range of numbers is a type by its bounds, `<seconds:1-3600>`, and every phrase of `phrases.toml` is one by its
name; both are made when a table first asks for them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from emulator.console.configuration.access_entries import extended_entry, standard_entry
from emulator.console.configuration.rows import words
from emulator.console.configuration.well_known import PortType, well_known
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
    Word,
)
from emulator.grammar.notation import LineError
from emulator.grammar.phrase import Phrase
from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError, UnknownName

PHRASE_FILE = Path(__file__).with_name("phrases.toml")

ENGINE_DIGITS = 24
"""Digits of the ID of an SNMP engine."""

_RANGE = re.compile(r"(\d+)-(\d+)", re.ASCII)
PART = re.compile(r"\$(\w+)")
"""A part in a phrase, or in another part."""

STAMP_OPTIONS = ("msec", "localtime", "show-timezone", "year")
"""Options of time stamps in the order in which IOS prints them (C; of `year` R); they are typed in any (R)."""


def _stamp_options(typed: str) -> str:
    return " ".join(option for option in STAMP_OPTIONS if option in typed.split())


ENTRIES = {"StandardEntry": standard_entry, "ExtendedEntry": extended_entry, "TimestampOptions": _stamp_options}
"""Functions that write what a phrase read as IOS does, by the name of the phrase."""


class PatternType(ArgumentType):
    """A word of a form: `form` matches all of it, `begun` what may become it."""

    def __init__(self, shown: str, form: str, begun: str) -> None:
        self._shown = shown
        self._form, self._begun = re.compile(form, re.ASCII), re.compile(begun, re.ASCII)

    def placeholder(self, _context: Any, /) -> str:
        return self._shown

    def match(self, token: str, _context: Any, /) -> Match:
        if self._form.fullmatch(token):
            return COMPLETE
        return VIABLE if self._begun.fullmatch(token) else REFUSED


class Address6Type(ArgumentType):
    """An IPv6 address, or a prefix with its length; written in capitals without leading zeros, as IOS does (R)."""

    def __init__(self, *, prefix: bool) -> None:
        self._prefix = prefix

    def placeholder(self, _context: Any, /) -> str:
        return "X:X:X:X::X/<0-128>" if self._prefix else "X:X:X:X::X"

    def match(self, token: str, _context: Any, /) -> Match:
        if self._read(token) is not None:
            return COMPLETE
        return VIABLE if re.fullmatch(r"[0-9A-Fa-f:]*(/\d*)?", token) and len(token) < 44 else REFUSED

    def spelled(self, token: str, _value: Any, /) -> str:
        return self._read(token) or token

    def _read(self, token: str) -> str | None:
        from ipaddress import IPv6Address

        text, slash, length = token.partition("/")
        if bool(slash) != self._prefix or (slash and not (length.isdecimal() and int(length) <= 128)):
            return None
        try:
            address = IPv6Address(text)
        except ValueError:
            return None
        return f"{address.compressed.upper()}{slash}{int(length) if slash else ''}"


SEVERITIES = ("emergencies", "alerts", "critical", "errors", "warnings", "notifications", "informational", "debugging")
"""Severities of messages, 0 to 7, as the configuration writes them (R)."""


class SeverityType(Dynamic):
    """A severity by its name."""

    def choices(self, _context: Any, /) -> Choices:
        return [(name, f"Messages of severity {number} and above") for number, name in enumerate(SEVERITIES)]


class SeverityNumberType(Number):
    """A severity by its number, which IOS writes as the name (R)."""

    def __init__(self) -> None:
        super().__init__(0, len(SEVERITIES) - 1)

    def spelled(self, _token: str, value: Any, /) -> str:
        return SEVERITIES[value]


class MaskOrLengthType(IPv4Address):
    """A mask, or the length of a prefix behind a stroke; the handler receives the mask."""

    _LENGTH = re.compile(r"/(\d{0,2})", re.ASCII)

    def placeholder(self, _context: Any, /) -> str:
        return "/nn or A.B.C.D"

    def match(self, token: str, context: Any, /) -> Match:
        length = self._LENGTH.fullmatch(token)
        if length is None:
            return super().match(token, context)
        return VIABLE if not length[1] else COMPLETE if 0 < int(length[1]) <= 32 else REFUSED

    def value(self, token: str, context: Any, /) -> str:
        length = self._LENGTH.fullmatch(token)
        if length is None:
            return super().value(token, context)
        bits = (1 << 32) - (1 << (32 - int(length[1])))
        return ".".join(str(octet) for octet in bits.to_bytes(4))


class NetworkLengthType(MaskOrLengthType):
    """The length of a network, typed as a length or as a mask, and written `/24` (R)."""

    def match(self, token: str, context: Any, /) -> Match:
        judged = super().match(token, context)
        return judged if not judged.complete or self._length(token, context) is not None else REFUSED

    def value(self, token: str, context: Any, /) -> str:
        return f"/{self._length(token, context)}"

    def _length(self, token: str, context: Any) -> int | None:
        """Length, or None for a mask whose ones are not together."""
        bits = f"{int.from_bytes(bytes(map(int, super().value(token, context).split('.')))):032b}"
        return None if "01" in bits else bits.count("1")


class HoursType(ArgumentType):
    """The hours of a time zone, west of Greenwich below 0."""

    def placeholder(self, _context: Any, /) -> str:
        return "<-23 - 23>"

    def match(self, token: str, _context: Any, /) -> Match:
        digits = token.removeprefix("-")
        if digits.isascii() and digits.isdecimal() and len(digits) < 3 and int(digits) <= 23:
            return COMPLETE
        return REFUSED if digits else VIABLE

    def value(self, token: str, _context: Any, /) -> int:
        return int(token)


class VlanListType(Word):
    """Several VLANs: `2,4-6`."""

    _FORM = re.compile(r"\d{1,4}(?:[,-]\d{1,4})+", re.ASCII)

    def match(self, token: str, _context: Any, /) -> Match:
        numbers = [int(part) for part in re.split("[,-]", token)] if self._FORM.fullmatch(token) else []
        return COMPLETE if numbers and all(2 <= number <= 4094 for number in numbers) else REFUSED


class HostNameType(Word):
    """The name of a host: letters and digits with dots and hyphens, and not numbers alone, which are an address."""

    def match(self, token: str, _context: Any, /) -> Match:
        plain = token.replace("-", "").replace(".", "")
        return COMPLETE if token[0].isalnum() and plain.isalnum() and not plain.isdecimal() else REFUSED


class HiddenWord(ArgumentType):
    """A keyword that IOS takes whole and never shows: neither `?` nor Tab lists it (R)."""

    def __init__(self, word: str) -> None:
        self.word = word

    def match(self, token: str, _context: Any, /) -> Match:
        return COMPLETE if token.lower() == self.word else REFUSED

    def value(self, _token: str, _context: Any, /) -> str:
        return self.word

    def entries(self, _text: str, _context: Any, /) -> Choices:
        return []


class EngineIdType(PatternType):
    """The ID of an SNMP engine; zeros at its end need not be typed (R)."""

    def __init__(self) -> None:
        super().__init__("WORD", f"[0-9A-Fa-f]{{1,{ENGINE_DIGITS}}}", f"[0-9A-Fa-f]{{1,{ENGINE_DIGITS}}}")

    def spelled(self, token: str, _value: Any, /) -> str:
        return token.upper().ljust(ENGINE_DIGITS, "0")


class EntryPhrase(Phrase):
    """A phrase in the form that IOS gives it, such as an entry of an IPv4 access list."""

    def __init__(
        self, line: str, types: Mapping[str, ArgumentType], explain: Callable[[str], str], written: Callable[[str], str]
    ) -> None:
        super().__init__(line, types, explain)
        self._written = written

    def value(self, token: str, context: Any, /) -> str:
        return self._written(super().value(token, context))


class PhraseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases by their names, and the parts that they share."""

    source: str
    parts: dict[str, str]
    phrases: dict[str, str]


@cache
def phrases() -> dict[str, str]:
    """Phrases by name, with their parts put in."""
    return read_phrases(PHRASE_FILE)


def read_phrases(file: Path) -> dict[str, str]:
    """Read the phrases of a file, with their parts put in.

    Raises:
        DataFileError: the file is wrong, or a phrase has a part that there is not, or that is a part of itself.
    """
    read = read_toml(file, PhraseFile)

    def whole(key: str, text: str, above: tuple[str, ...] = ()) -> str:
        def part(found: re.Match[str]) -> str:
            name = found[1]
            if name not in read.parts:
                raise DataFileError(str(file), key, str(UnknownName("part", name, read.parts)))
            if name in above:
                raise DataFileError(str(file), key, f"the part '{name}' is a part of itself")
            return whole(key, read.parts[name], (*above, name))

        return PART.sub(part, text)

    for name, text in read.parts.items():
        whole(f"parts.{name}", text, (name,))
    return {name: whole(f"phrases.{name}", text) for name, text in read.phrases.items()}


def explain(label: str) -> str:
    """Help of a word or `<argument>` of a phrase."""
    for named in (well_known().icmp, well_known().protocol):
        if label in named:
            return named[label][1]
    book = words().arguments if label.startswith("<") else words().words
    return book.get(label.strip("<>"), "")


class Types(Mapping[str, ArgumentType]):
    """Argument types by name: those that are listed, and beyond them every range of numbers and every phrase."""

    def __init__(self, listed: Mapping[str, ArgumentType]) -> None:
        self._listed, self._made = listed, cache(self._make)

    def __getitem__(self, name: str) -> ArgumentType:
        return self._listed[name] if name in self._listed else self._made(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)

    def __contains__(self, name: object) -> bool:
        return name in self._listed or (
            isinstance(name, str) and (_RANGE.fullmatch(name) is not None or name in phrases())
        )

    def _make(self, name: str) -> ArgumentType:
        bounds = _RANGE.fullmatch(name)
        if bounds is not None:
            return Number(int(bounds[1]), int(bounds[2]))
        line, written = phrases()[name], ENTRIES.get(name)
        try:
            return EntryPhrase(line, self, explain, written) if written else Phrase(line, self, explain)
        except LineError as error:
            raise DataFileError(str(PHRASE_FILE), f"phrases.{name}", str(error)) from error


_HEX4 = r"[0-9A-Fa-f]{4}"
CONFIGURATION_TYPES: dict[str, ArgumentType] = {
    "Mac": PatternType("H.H.H", rf"{_HEX4}\.{_HEX4}\.{_HEX4}", r"[0-9A-Fa-f.]{0,14}"),
    "Prefix": PatternType("A.B.C.D/nn", r"\d{1,3}(\.\d{1,3}){3}/\d{1,2}", r"[\d./]{0,18}"),
    "Pvc": PatternType("<0-255>/<1-65535>", r"\d{1,3}/\d{1,5}", r"\d{0,3}/?\d{0,5}"),
    "IPv6Address": Address6Type(prefix=False),
    "Prefix6": Address6Type(prefix=True),
    "Severity": SeverityType(),
    "SeverityNumber": SeverityNumberType(),
    "TcpPort": PortType("tcp"),
    "UdpPort": PortType("udp"),
    "TcpUdpPort": PortType("tcp", "udp"),
    "ListName": PatternType("WORD", r"\S*[^\s\d]\S*", r"\S+"),
    "MaskOrLength": MaskOrLengthType(),
    "NetworkLength": NetworkLengthType(),
    "Hours": HoursType(),
    "HostName": HostNameType(),
    "VlanList": VlanListType(),
    "EngineId": EngineIdType(),
    "BootStartMarker": HiddenWord("boot-start-marker"),
    "BootEndMarker": HiddenWord("boot-end-marker"),
    "VersionWord": HiddenWord("version"),
    "UdiWord": HiddenWord("udi"),
    "CaWord": HiddenWord("ca"),
    "DomainLookupWord": HiddenWord("domain-lookup"),
    "DomainNameWord": HiddenWord("domain-name"),
}
