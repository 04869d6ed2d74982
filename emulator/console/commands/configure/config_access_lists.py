"""Typing IPv4 access lists: line by line by their number, or entry by entry in the mode of their name.

R: what is typed both ways is one list; an entry without a sequence number goes behind the last, ten further on; an
entry that is there already changes nothing; a number that is taken is refused; `no` takes an entry of the mode by its
number or its words, but of a numbered line the whole list. A list that was saved is numbered anew. The number of a
list decides which entries it takes, and what does not fit it is unknown to the parser. How lists are kept, and what
is left out, is told in `configuration/access_lists.py`.
"""

from functools import partial

from emulator.console.arguments.types import TYPES
from emulator.console.configuration.access_lists import EXTENDED, HIGHEST, KINDS, RANGES, STANDARD, AccessList
from emulator.console.modes import CONFIG
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

MODES = {STANDARD: "config-std-nacl", EXTENDED: "config-ext-nacl"}
ENTRIES = {STANDARD: "StandardEntry", EXTENDED: "ExtendedEntry"}
EVALUATE = "evaluate"

MEANT = (*(f"{kind}{expanded}" for kind in KINDS for expanded in ("", "_expanded")), "name")
"""Arguments that name the list: its number, one for each range, or its name; a line gives one of them."""


# --- by their number -----------------------------------------------------------------------------------------------


def add_line(session: Session, *, kind: str, entry: str, **given: object) -> Handler:
    """Add an entry: `access-list 101 permit …`."""
    yield from _add(session, _list(session, kind, given), None, entry)


def add_remark_line(session: Session, *, kind: str, text: str, **given: object) -> Handler:
    """Add a remark: `access-list 101 remark …`."""
    yield from _remark(session, _list(session, kind, given), None, text)


def remove(session: Session, *, kind: str, **given: object) -> None:
    """Remove the whole list, whatever part of it was named."""
    if _list(session, kind, given).remove():
        session.router.running.changed = True


# --- by their name -------------------------------------------------------------------------------------------------


def enter(session: Session, *, kind: str, **given: object) -> Handler:
    """Enter the mode of the list, made if need be; a name belongs to a single list of one kind."""
    entered = _list(session, kind, given)
    configuration = session.router.configuration
    if any(other != kind and AccessList(configuration, other, entered.name).exists for other in KINDS):
        yield Say(wording("config.list_of_other_kind"))
        return
    configuration.section(entered.key)
    session.exec.enter(MODES[kind], entered.key)
    session.router.running.changed = True


def resequence(session: Session, *, start: int, step: int, **given: object) -> Handler:
    """Number the entries of a list anew; a missing list is ignored (I)."""
    for kind in KINDS:
        numbered = _list(session, kind, given)
        if not numbered.exists:
            continue
        if not numbered.resequence(start, step):
            yield Say(wording("config.exceeded_sequence"))
        session.router.running.changed = True


def add_entry(session: Session, *, sequence: int | None, entry: str) -> Handler:
    yield from _add(session, _current(session), sequence, entry)


def add_remark(session: Session, *, sequence: int | None, text: str) -> Handler:
    yield from _remark(session, _current(session), sequence, text)


def add_evaluation(session: Session, *, sequence: int | None, name: str) -> Handler:
    """Add an entry that evaluates a reflexive list."""
    yield from _add(session, _current(session), sequence, f"{EVALUATE} {name}")


def drop_evaluation(session: Session, *, name: str) -> None:
    if _current(session).drop(f"{EVALUATE} {name}", str):
        session.router.running.changed = True


def drop_number(session: Session, *, sequence: int) -> None:
    if _current(session).drop_number(sequence):
        session.router.running.changed = True


def drop_entry(session: Session, *, entry: str) -> None:
    current = _current(session)
    written = TYPES[ENTRIES[current.kind]]
    if current.drop(entry, lambda kept: kept if kept.startswith(EVALUATE) else str(written.value(kept, session))):
        session.router.running.changed = True


def drop_remark(session: Session, *, text: str) -> None:
    if _current(session).drop_remark(text):
        session.router.running.changed = True


# --- inside --------------------------------------------------------------------------------------------------------


def _list(session: Session, kind: str, given: dict[str, object]) -> AccessList:
    [name] = (given[each] for each in MEANT if given.get(each) is not None)
    return AccessList(session.router.configuration, kind, str(name))


def _current(session: Session) -> AccessList:
    """The list whose mode the line is in."""
    kind = next(kind for kind, mode in MODES.items() if mode == session.exec.mode)
    return AccessList(session.router.configuration, kind, session.subject.rpartition(" ")[2])


def _add(session: Session, to: AccessList, sequence: int | None, entry: str) -> Handler:
    if not to.has(entry):
        yield from _put(session, to, sequence, entry)


def _put(session: Session, to: AccessList, sequence: int | None, entry: str) -> Handler:
    number = to.next_number() if sequence is None else sequence
    if number > HIGHEST:
        yield Say(wording("config.exceeded_sequence"))
    elif to.has_number(number):
        yield Say(wording("config.duplicate_sequence"))
    else:
        to.put(number, entry)
        session.router.running.changed = True


def _remark(session: Session, to: AccessList, sequence: int | None, text: str) -> Handler:
    if sequence is not None:
        yield from _put(session, to, sequence, f"remark {text}")
        return
    to.put_remark(text)
    session.router.running.changed = True


# --- the table -----------------------------------------------------------------------------------------------------

_NEGATE = {"no": "Negate a command or set its defaults", "default": "Set a command to its defaults"}
_EVALUATION = {EVALUATE: "Evaluate an access list", f"{EVALUATE} <name>": "IP reflexive access list name"}
_ENTRY = {"<entry>": "Entry of the list", "remark": "Access list entry comment", "remark <text>": "Comment"}
_IN_MODE = _ENTRY | _EVALUATION
_SEQUENCE = {"<sequence>": "Sequence Number", **{f"<sequence> {word}": text for word, text in _IN_MODE.items()}}


def _labels(kind: str) -> tuple[tuple[str, str], ...]:
    """The two numbers that a list of a kind may have, as arguments, each with what is said of it."""
    (low, high), (further, last) = RANGES[kind]
    return (f"<{kind}:{low}-{high}>", ""), (f"<{kind}_expanded:{further}-{last}>", " (expanded range)")


def _help_of(argument: str) -> str:
    return f"{argument.partition(':')[0]}>"


def _global_help() -> dict[str, str]:
    """The help of the lines of configuration mode."""
    found = {
        "access-list": "Add an access list entry",
        "ip": "Global IP configuration subcommands",
        "ip access-list": "Named access-list",
        "ip access-list resequence": "Resequence Access List",
    }
    names = {"<name>": "Access-list name"}
    for kind in KINDS:
        found[f"ip access-list {kind}"] = f"{kind.capitalize()} Access List"
        found[f"ip access-list {kind} <name>"] = "Access-list name"
        for argument, expanded in _labels(kind):
            label = _help_of(argument)
            found[f"access-list {label}"] = f"IP {kind} access list{expanded}"
            found |= {f"access-list {label} {word}": text for word, text in _ENTRY.items()}
            names[label] = f"{kind.capitalize()} IP access-list number{expanded}"
            found[f"ip access-list {kind} {label}"] = names[label]
    for label, text in names.items():
        found[f"ip access-list resequence {label}"] = text
        found[f"ip access-list resequence {label} <start>"] = "Starting Sequence Number"
        found[f"ip access-list resequence {label} <start> <step>"] = "Step to increment the sequence number"
    return found


HELP = {**_NEGATE, **_IN_MODE, **_SEQUENCE, **_global_help()}

_SOURCE = "IOS security command reference; running configuration of an 881 (15.5(3)M8)"
_COMMAND = partial(Command, source=_SOURCE, basis="R")
_BACK = "{no|default}"
_SEQUENCED = f"<sequence:1-{HIGHEST}>"


def _lines_by_number(kind: str) -> list[Command]:
    found = []
    for argument, expanded in _labels(kind):
        captured = "C" if kind == STANDARD and not expanded else "R"
        entry, remark = f"access-list {argument} <entry:{ENTRIES[kind]}>", f"access-list {argument} remark <text:Line>"
        found += [
            _COMMAND(entry, (CONFIG,), partial(add_line, kind=kind), basis=captured),
            _COMMAND(remark, (CONFIG,), partial(add_remark_line, kind=kind), basis=captured),
            _COMMAND(f"{_BACK} access-list {argument} [<entry:{ENTRIES[kind]}>|remark <text:Line>]", (CONFIG,),
                     partial(remove, kind=kind)),
        ]  # fmt: skip
    return found


def _lines_by_name(kind: str) -> list[Command]:
    names = "|".join([*(argument for argument, _ in _labels(kind)), "<name:ListName>"])
    line, mode, entry = f"ip access-list {kind} {{{names}}}", (MODES[kind],), f"<entry:{ENTRIES[kind]}>"
    return [
        _COMMAND(line, (CONFIG,), partial(enter, kind=kind), basis="C" if kind == EXTENDED else "R"),
        _COMMAND(f"{_BACK} {line}", (CONFIG,), partial(remove, kind=kind)),
        _COMMAND(f"[{_SEQUENCED}] {entry}", mode, add_entry),
        _COMMAND(f"[{_SEQUENCED}] remark <text:Line>", mode, add_remark),
        _COMMAND(f"no {entry}", mode, drop_entry),
        *(
            [
                _COMMAND(f"[{_SEQUENCED}] {EVALUATE} <name:Word>", mode, add_evaluation),
                _COMMAND(f"no {EVALUATE} <name:Word>", mode, drop_evaluation),
            ]
            if kind == EXTENDED
            else []
        ),
        _COMMAND("no remark <text:Line>", mode, drop_remark),
        _COMMAND(f"no {_SEQUENCED}", mode, drop_number),
    ]


def _renumbering() -> Command:
    names = "|".join([*(argument for kind in KINDS for argument, _ in _labels(kind)), "<name:ListName>"])
    line = f"ip access-list resequence {{{names}}} <start:1-{HIGHEST}> <step:1-{HIGHEST}>"
    return _COMMAND(line, (CONFIG,), resequence)


COMMANDS = (
    *(command for kind in KINDS for command in (*_lines_by_number(kind), *_lines_by_name(kind))),
    _renumbering(),
)
