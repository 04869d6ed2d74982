"""A class: its labs and its learners, as a teacher writes them in a YAML file, with the roster there or in a CSV file.

I: ours. A learner has a name that people read and an ID that is part of addresses and names of folders; left out, the
ID follows from the name. All mistakes are told at once, each with its file and line.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from emulator.kernel.data_path import shown_path
from emulator.kernel.datafile import mistakes
from emulator.kernel.errors import DataFileError, UnknownName, printable
from emulator.kernel.host_paths import read_text
from emulator.kernel.spreadsheet import harmless
from emulator.kernel.time import MINUTE, Duration, parse_duration
from emulator.kernel.yamlfile import YamlTree, read_tree
from emulator.labs.loader import read_front
from emulator.labs.shipped import find_lab, lab_name
from emulator.scenarios.loader import Mistakes

TEACHER = "teacher"
"""ID of the teacher, who has worlds of the labs as well, to show them."""

MOST_LEARNERS = 500

LONGEST_NAME = 60

CLASS_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")
"""A name of a class, or the ID of a learner: each is the name of a folder as well."""

_NAME_RULE = "up to 32 small letters, digits, '.', '_' and '-', a letter or digit first"

COLUMNS = ("name", "id")


class Learner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A learner on a roster.

    Attributes:
        name: as people call the learner.
        id: part of addresses and names of folders; left out, it follows from the name.
    """

    name: str
    id: str = ""


class ClassExam(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lab that is an exam of the class: without hints, and with no points told before it is handed in or over.

    Attributes:
        exam: name of the lab, or path of its page.
        limit: how long it lasts from the moment at which a learner opens it, such as `45m`; left out, the minutes that
            the lab takes.
    """

    exam: str
    limit: str = ""


class ClassFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of a class.

    Attributes:
        name: of the folder that keeps the class's worlds.
        labs: names of labs, or paths of their pages, in the order in which they are shown; or exams.
        title: heading of the pages; left out, the name.
        learners: the roster, each learner by name alone or by name and ID.
        roster: path of a CSV file with a column `name` and, if wanted, `id`, beside this file; more learners.
    """

    name: str
    labs: tuple[str | ClassExam, ...]
    title: str = ""
    learners: tuple[str | Learner, ...] = ()
    roster: str = ""


class ClassPlan(msgspec.Struct, frozen=True):
    """A class whose file is right.

    Attributes:
        name: of its folder.
        title: heading of its pages.
        labs: pages of the labs by name, in their order.
        learners: by ID, in the order of the roster.
        exams: milliseconds that each lab lasts which is an exam, by its name.
    """

    name: str
    title: str
    labs: dict[str, Path]
    learners: dict[str, Learner]
    exams: dict[str, Duration] = {}


class _RosterRow(msgspec.Struct, frozen=True):
    """A learner and the place that a mistake about them is told for."""

    learner: Learner
    file: str
    line: int | None
    path: str = ""

    def mistake(self, problem: str) -> DataFileError:
        told = f"{self.path}: {problem}" if self.path else problem
        return DataFileError(self.file, self.line, told)


CopyOf = Callable[[str, str], Path | None]
"""Finds a class's own copy of a lab's page by the names of both; None: there is none yet."""


def read_class(path: Path, copy_of: CopyOf = lambda _class, _lab: None) -> ClassPlan:
    """Read a class with its roster.

    Args:
        path: the file of the class.
        copy_of: finds the pages that the class began with, which are read in place of those that have changed since.

    Raises:
        Mistakes: everything that is wrong with them.
        DataFileError: one of the files cannot be read.
    """
    file = read_tree(path)
    found = [_mistake(file, where, problem) for where, problem in mistakes(file.data, ClassFile)]
    if found:
        raise Mistakes(tuple(found))
    data = msgspec.convert(file.data, ClassFile)
    found += _wrong_names(file, data)
    labs: dict[str, Path] = {}
    exams: dict[str, Duration] = {}
    found += _labs(file, data, path.parent, copy_of, labs, exams)
    rows = list(_listed(file, data))
    roster = path.parent / data.roster
    if data.roster and not roster.exists():
        found.append(_mistake(file, "roster", f"there is no file {printable(data.roster)} beside this one"))
    elif data.roster:
        rows += _from_csv(roster)
    if not rows and not found:
        found.append(
            _mistake(file, "learners", "the class has no learners; list them here, or name a CSV file in `roster`")
        )
    learners: dict[str, Learner] = {}
    found += _learners(rows, learners)
    if found:
        raise Mistakes(tuple(found))
    return ClassPlan(data.name, data.title.strip() or data.name, labs, learners, exams)


def _mistake(file: YamlTree, where: str, problem: str) -> DataFileError:
    return DataFileError(file.name, file.line(where), f"{shown_path(where)}: {problem}" if where else problem)


def _wrong_names(file: YamlTree, data: ClassFile) -> Iterator[DataFileError]:
    if not CLASS_NAME.fullmatch(data.name):
        yield _mistake(file, "name", f"'{printable(data.name)}' is not a name for a class; use {_NAME_RULE}")
    if len(data.title) > LONGEST_NAME or not data.title.isprintable():
        yield _mistake(file, "title", f"write up to {LONGEST_NAME} characters in one line")


def _labs(
    file: YamlTree,
    data: ClassFile,
    folder: Path,
    copy_of: CopyOf,
    labs: dict[str, Path],
    exams: dict[str, Duration],
) -> Iterator[DataFileError]:
    """Find the pages of the labs, and the limits of exams; yield what is wrong with them."""
    if not data.labs:
        yield _mistake(file, "labs", "the class has no labs; `isrtwin lab list` shows those that there are")
    for number, entry in enumerate(data.labs):
        where = f"labs[{number}]"
        written = entry if isinstance(entry, str) else entry.exam
        try:
            page = find_lab(str(folder / written) if _is_path(written) else written)
            name = lab_name(page)
            named = CLASS_NAME.fullmatch(data.name) and CLASS_NAME.fullmatch(name)
            minutes = read_front((copy_of(data.name, name) if named else None) or page).minutes
        except UnknownName as error:
            yield _mistake(file, where, str(error))
            continue
        except (DataFileError, Mistakes) as error:
            yield from (error,) if isinstance(error, DataFileError) else error.found
            continue
        if name in labs:
            yield _mistake(file, where, f"the lab {name} stands here twice")
        elif not CLASS_NAME.fullmatch(name):
            yield _mistake(file, where, f"the lab '{printable(name)}' cannot be part of an address; use {_NAME_RULE}")
        else:
            labs[name] = page.resolve()
            if isinstance(entry, ClassExam):
                try:
                    exams[name] = _limit(entry.limit) or minutes * MINUTE
                except ValueError as error:
                    yield _mistake(file, f"{where}.limit", str(error))


def _limit(written: str) -> Duration:
    """The duration of an exam; 0 where none was written.

    Raises:
        ValueError: it is none.
    """
    if not written:
        return 0
    limit = parse_duration(written)
    if limit < MINUTE:
        raise ValueError(f"'{written}' is too short for an exam; write a minute or more, such as 45m")
    return limit


def _is_path(written: str) -> bool:
    return written.endswith(".md") or "/" in written


# --- the roster ------------------------------------------------------------------------------------------------------


def _listed(file: YamlTree, data: ClassFile) -> Iterator[_RosterRow]:
    for number, each in enumerate(data.learners):
        where = f"learners[{number}]"
        learner = Learner(each) if isinstance(each, str) else each
        yield _RosterRow(learner, file.name, file.line(where), shown_path(where))


def _from_csv(path: Path) -> Iterator[_RosterRow]:
    """Read the learners of a CSV file, as spreadsheets write it: with commas or semicolons.

    Raises:
        DataFileError: it cannot be read, or its first row does not name the columns.
    """
    try:
        text = read_text(path).removeprefix("\ufeff")
    except (OSError, UnicodeDecodeError) as error:
        problem = f"cannot be read: {getattr(error, 'strerror', None) or 'it is not text in UTF-8'}"
        raise DataFileError(str(path), None, problem) from error
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if ";" in head and "," not in head else ",", strict=True)
    columns: list[str] = []
    try:
        for cells in reader:
            if not columns:
                columns = _columns(cells, path)
            elif any(cell.strip() for cell in cells):
                given = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
                learner = Learner(given.get("name", ""), given.get("id", ""))
                yield _RosterRow(learner, str(path), reader.line_num)
    except csv.Error as error:
        raise DataFileError(str(path), reader.line_num, f"is not CSV: {error}") from error
    if not columns:
        raise DataFileError(str(path), 1, "is empty; the first row names the columns: name, id")


def _columns(cells: list[str], path: Path) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    if "name" not in columns:
        raise DataFileError(str(path), 1, "has no column 'name'; the first row names the columns: name, id")
    for name in COLUMNS:
        if columns.count(name) > 1:
            raise DataFileError(str(path), 1, f"has two columns '{name}'")
    return columns


def _learners(rows: Iterable[_RosterRow], learners: dict[str, Learner]) -> Iterator[DataFileError]:
    """Enter the learners by ID; yield what is wrong with them."""
    for number, row in enumerate(rows, 1):
        name = row.learner.name.strip()
        id_ = row.learner.id or id_of(name)
        if problem := _problem(name, id_, row.learner.id):
            yield row.mistake(problem)
        elif id_ in learners:
            yield row.mistake(_double(name, id_, learners[id_].name))
        elif number > MOST_LEARNERS:
            yield row.mistake(f"a class has at most {MOST_LEARNERS} learners; serve the others as a second class")
            return
        else:
            learners[id_] = Learner(name, id_)


def _double(name: str, id_: str, other: str) -> str:
    if name == other:
        return f"'{name}' is on the roster twice; take one out or, for two people of one name, give one an `id`"
    return f"'{name}' and '{other}' have the same ID {id_}; give one of them another `id`"


def _problem(name: str, id_: str, given: str) -> str:
    """The fault of a learner's name or ID; empty without one."""
    if not name:
        return "a learner has a name"
    if len(name) > LONGEST_NAME or not name.isprintable():
        return f"'{printable(name)}' is not a name; write up to {LONGEST_NAME} characters in one line"
    if harmless(name) != name:
        return f"'{printable(name)}' begins like a formula of a spreadsheet; write the name without '{name[0]}'"
    if not CLASS_NAME.fullmatch(id_):
        if given:
            return f"'{printable(given)}' is not an ID; use {_NAME_RULE}"
        return f"no ID follows from '{printable(name)}'; give one in `id`, of {_NAME_RULE}"
    return f"the ID '{TEACHER}' is the teacher's; give another one in `id`" if id_ == TEACHER else ""


_SPELLED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "þ": "th"})
"""Letters that are no letter with an accent, as they are spelled without them; `ß` is folded to `ss` before."""


def id_of(name: str) -> str:
    """The ID that follows from a name: its letters without accents, small, with hyphens between the words."""
    spelled = name.casefold().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:32].rstrip("-")
