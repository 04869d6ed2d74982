"""The rules of a license type as one record, and what makes a row of such records wrong.

The rows are in `types.py`. A row that a license could not live by is told when it is loaded, with its name, its field
and the nearest right word. I: what ends on a date asks for no agreement; R: what is metered by use stays on its device.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal, TypeVar

import msgspec

from emulator.kernel.datafile import mistakes
from emulator.kernel.errors import DataFileError, UnknownName, printable
from emulator.kernel.events import Event
from emulator.licensing.expiry import EndEvent, WarningEvent
from emulator.licensing.schedule import Schedule

Meter = Literal["none", "use", "calendar"]
"""Cause of a license's end: none, time of use on the system clock, or a date."""

Agreement = Literal["never", "installation", "first use"]
"""Moment at which the agreement of a license is asked for."""

NO_LICENSE = "none"
"""Word for the absence of a license."""

ANY_LICENSE = "license"
"""Word for a license of any type."""

MIB_TYPES = range(1, 11)
"""Numbers of `clmgmtLicenseType` in CISCO-LICENSE-MGMT-MIB."""


class Ending(msgspec.Struct, frozen=True):
    """Way in which licenses run out.

    Attributes:
        meter: what runs them out.
        schedule: when they warn of their end, and how often they tell of it afterward.
        warned, ended: the events of the warnings and of the end.
        stops: whether a license ends when it has run out; otherwise it becomes a right to use.
    """

    meter: Literal["use", "calendar"]
    schedule: Schedule
    warned: type[WarningEvent]
    ended: type[EndEvent]
    stops: bool = True


class TypeRule(msgspec.Struct, frozen=True):
    """The rules that follow from a license's type.

    Attributes:
        title: the word that `show license` and `show version` print.
        words: names of the type in scenarios and at the bench: its own first, then those that it shares with other
            types, which `advance until` accepts as well.
        rank: order of preference when a feature has several usable licenses; the lowest is used (B.3).
        eula: when its agreement has to be accepted.
        automatic: whether it can set the boot level without a `license boot module` line (B.3).
        ending: how it runs out; None if it never does.
        code: the class word of its line in a license file; None for a type that exists only in images.
        mib_type: its number in `clmgmtLicenseType` of CISCO-LICENSE-MGMT-MIB.
        movable: whether a purchased license of the type can be moved to another device by rehost or RMA.
    """

    title: str
    words: tuple[str, ...]
    rank: int
    eula: Agreement
    automatic: bool
    ending: Ending | None
    code: str | None
    mib_type: Annotated[int, msgspec.Meta(ge=MIB_TYPES[0], le=MIB_TYPES[-1])]
    movable: bool = False

    @property
    def word(self) -> str:
        """Word for this type alone."""
        return self.words[0]

    @property
    def meter(self) -> Meter:
        """Cause of its end."""
        return "none" if self.ending is None else self.ending.meter

    @property
    def metered(self) -> bool:
        """Tell whether the license counts time of use."""
        return self.meter == "use"

    @property
    def stops(self) -> bool:
        """Tell whether the license can end, rather than last or go over into a right to use."""
        return self.ending is None or self.ending.stops


_FORMS = {"title": "[A-Za-z][A-Za-z0-9 ]*", "word": "[a-z][a-z0-9-]*", "code": "[A-Z][A-Z0-9_]*"}

Kind = TypeVar("Kind", bound=StrEnum)


def checked(
    file: str, kinds: type[Kind], rules: Mapping[Kind, TypeRule], taken: Mapping[str, int]
) -> dict[Kind, TypeRule]:
    """Return the rules, by type, once nothing is wrong with them.

    Args:
        file: the file to blame.
        kinds: every type that there is.
        taken: titles and numbers of the MIB that no type may have.

    Raises:
        DataFileError: a type has no rule, or a rule has a value, or a combination of values, that does not work.
    """
    for member, kind in kinds.__members__.items():
        name = f"{kinds.__name__}.{member}"
        if member != kind.name:
            raise DataFileError(file, name, f"has the value of {kind.name}; write one of its own")
        if kind not in rules:
            raise DataFileError(file, name, "has no rule")
        for where, problem in rule_problems(rules[kind]):
            raise DataFileError(file, f"{name}.{where}", problem)
    for where, problem in _taken_names(kinds, rules, taken):
        raise DataFileError(file, f"{kinds.__name__}.{where}", problem)
    return dict(rules)


def _taken_names(
    kinds: Iterable[Kind], rules: Mapping[Kind, TypeRule], taken: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    """Yield the type and field of each name that has another meaning already, and what meaning."""
    numbers = {*taken.values(), *(rule.mib_type for rule in rules.values())}
    free = ", ".join(str(number) for number in MIB_TYPES if number not in numbers) or "none"
    meanings: dict[tuple[str, str | int | None], str] = {}
    for title, number in taken.items():
        meanings["title", title] = meanings["mib_type", number] = title
    for kind in kinds:
        rule = rules[kind]
        names = (("title", rule.title), ("words", rule.word), ("code", rule.code), ("mib_type", rule.mib_type))
        for field, name in names:
            meaning = meanings.setdefault((field, name), kind.name)
            if name is not None and meaning != kind.name:
                choice = f"; free: {free}" if field == "mib_type" else "; write one of its own"
                yield f"{kind.name}.{field}", f"'{name}' is that of {meaning}{choice}"


def rule_problems(rule: TypeRule) -> Iterator[tuple[str, str]]:
    """Yield the field of each wrong value of a rule, and what is wrong with it."""
    wrong = list(mistakes(_plain(rule), TypeRule))
    yield from wrong
    if not wrong:
        yield from _name_problems(rule)
        yield from _combination_problems(rule)
        if rule.ending is not None:
            yield from _ending_problems(rule.ending)


def _plain(rule: TypeRule) -> dict[str, object]:
    """Fields of a rule, with those of the records in it."""
    fields = msgspec.structs.asdict(rule)
    if isinstance(rule.ending, Ending):
        fields["ending"] = msgspec.structs.asdict(rule.ending)
        if isinstance(rule.ending.schedule, Schedule):
            fields["ending"]["schedule"] = msgspec.structs.asdict(rule.ending.schedule)
    return fields


def _name_problems(rule: TypeRule) -> Iterator[tuple[str, str]]:
    names = [("title", "title", rule.title), *(("words", "word", word) for word in rule.words)]
    if rule.code is not None:
        names.append(("code", "code", rule.code))
    for field, form, name in names:
        if not re.fullmatch(_FORMS[form], name):
            yield field, f"'{printable(name)}' is no {form}, which is {_FORMS[form]}"
    if not rule.words:
        yield "words", "a type has a word of its own"
    for word in {NO_LICENSE, ANY_LICENSE} & set(rule.words):
        yield "words", f"'{word}' stands for no type, or for every type"


def _combination_problems(rule: TypeRule) -> Iterator[tuple[str, str]]:
    if rule.eula != "never" and not rule.metered:
        yield "eula", f"is '{rule.eula}', but only a license that counts time of use has an agreement; write 'never'"
    if rule.movable and rule.metered:
        yield "movable", "what counts time of use stays on its device; write False"
    if rule.code is None and not rule.metered:
        yield "code", "only a license that counts time of use is built into an image; write a class word"


def _ending_problems(ending: Ending) -> Iterator[tuple[str, str]]:
    if ending.meter == "calendar" and not ending.stops:
        yield "ending.stops", "what runs out on a date ends with it; write True"
    ahead = ending.schedule.ahead
    if not all(later < earlier for earlier, later in pairwise(ahead)) or (ahead and ahead[-1] <= 0):
        yield "ending.schedule.ahead", "the times left at the warnings fall, and stay above 0"
    if ending.schedule.again is not None and ending.schedule.again <= 0:
        yield "ending.schedule.again", "the time between two reports of the end is above 0"
    for field, event, base in (("warned", ending.warned, WarningEvent), ("ended", ending.ended, EndEvent)):
        yield from ((f"ending.{field}", problem) for problem in _event_problems(event, base))


def _event_problems(event: type[Event], base: type[Event]) -> Iterator[str]:
    """A license's clock makes the event, so it is of the right kind and has no field of its own to be given."""
    known = {each.__name__: each for each in base.__subclasses__()}
    if event not in known.values():
        yield str(UnknownName("event", event.__name__, known))
        return
    given = {field.name for field in msgspec.structs.fields(base)}
    for field in msgspec.structs.fields(event):
        if field.required and field.name not in given:
            yield f"{event.__name__} needs '{field.name}', which no license gives"
