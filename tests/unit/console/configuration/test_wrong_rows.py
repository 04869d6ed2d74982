"""Every row of every table with every name in it made wrong: told with the file, the row and the nearest right word."""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli

from emulator.console.arguments.types import TYPES
from emulator.console.configuration.language import FORMS, tables
from emulator.console.configuration.row_checks import beginnings, place_problems
from emulator.console.configuration.rows import Row, TablePart
from emulator.console.configuration.tables import check_rows, read_table, table, table_modes
from emulator.console.modes import MODE_FILES, MODES, read_mode
from emulator.grammar import Command, GrammarError, Source, load
from emulator.grammar.notation import LineError, expand
from emulator.kernel.datafile import convert
from emulator.kernel.errors import DataFileError, EmulatorError
from tests.mistakes import NONSENSE, misspelt, wrong_keys, wrong_values

FILES = sorted(MODE_FILES.rglob("*.toml"))
NAMED = ("hook", "check", "cut", "fact", "always_listed", "enters", "feature", "kinds", "unless", "basis")
"""Keys whose values are names."""
TYPE = re.compile(r"<\w+:([A-Z]\w*)>")


def mode_of(file: Path) -> str:
    return file.stem if file.parent == MODE_FILES else file.parent.name


def rows_of(file: Path) -> list[dict[str, Any]]:
    return [row for row in tomli.loads(file.read_text(encoding="utf-8")).get("rows", []) if isinstance(row, dict)]


def name_of(row: dict[str, Any]) -> str:
    return str(next(value for value in row.values() if isinstance(value, str)))


def read(file: Path, row: dict[str, Any]) -> None:
    part = convert({"source": "test", "rows": [row]}, TablePart, str(file))
    check_rows(file, mode_of(file), part.rows)


def problem(file: Path, row: dict[str, Any]) -> str:
    with pytest.raises(DataFileError) as caught:
        read(file, row)
    return str(caught.value)


def shown(file: Path) -> str:
    return str(file.relative_to(MODE_FILES))


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_a_key_that_there_is_not(file: Path) -> None:
    for row in rows_of(file):
        for key, wrong, changed in wrong_keys(row):
            told = problem(file, changed)
            assert told.startswith(f"{file}:rows 1, {wrong}: unknown key '{wrong}'."), (row, told)
            assert ("Did you mean" if wrong != NONSENSE else "Known: ") in told, (key, told)
            assert name_of(changed)[:40] in told


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_a_name_that_there_is_not(file: Path) -> None:
    for row in rows_of(file):
        for key in NAMED:
            for right, wrong, changed in wrong_values(row, key):
                told = problem(file, changed)
                assert str(file) in told
                assert f"'{wrong}'" in told
                assert name_of(changed)[:40] in told or f"{row.get('blanks')} blank lines" in told, told
                assert ("Did you mean" in told and right[0] in told) or "Known: " in told, told


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_a_slot_a_default_or_a_release_that_cannot_be(file: Path) -> None:
    for row in rows_of(file):
        for told in (problem(file, changed) for changed in unfit(row)):
            named = next((row[key] for key in ("line", "slot", "text", "moved_here") if key in row), None)
            named = named or f"{row['blanks']} blank lines"
            assert told.startswith(f"{file}:rows: '{named}'."), told


def unfit(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key in ("key", "shown"):
        for name in re.findall(r"\{(\w+)", row.get(key, "")):
            for wrong in (misspelt(name), NONSENSE, "", f"{name}!r", f"{name}:d", f"{name}["):
                yield {**row, key: row[key].replace(f"{{{name}", f"{{{wrong}", 1)}
            yield {**row, key: row[key].replace(f"{{{name}", f"{name}", 1)}
    for name in row.get("defaults", {}):
        yield {**row, "defaults": {misspelt(name): "0"}}
    for key in ("since", "until"):
        if key in row:
            yield from ({**row, key: wrong} for wrong in ("fifteen", "15", "15.", "15.0(1)M", NONSENSE))


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_an_argument_of_a_type_that_there_is_not(file: Path) -> None:
    for row in rows_of(file):
        line = row.get("line", "")
        for type_ in TYPE.findall(line):
            for wrong in (misspelt(type_), NONSENSE.capitalize()):
                with pytest.raises(LineError, match=f"unknown argument type '{wrong}'. (Did you mean|Known:) "):
                    expand(line.replace(f":{type_}>", f":{wrong}>", 1), TYPES)


def test_a_check_finds_the_arguments_that_it_looks_at() -> None:
    file = MODE_FILES / "config-if.toml"
    told = problem(file, {"line": "ip address <address:Address>", "check": "address"})
    assert told == (
        f"{file}:rows: 'ip address <address:Address>'.check: 'address' looks at an argument 'mask', "
        "which 'ip address <address:Address>' does not have"
    )


# --- in the files of a mode ------------------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODE_FILES, tmp_path / "modes"))


def changed(file: Path, change: Callable[[str], str]) -> None:
    text = file.read_text(encoding="utf-8")
    assert change(text) != text
    file.write_text(change(text), encoding="utf-8")


@pytest.mark.heavy
def test_every_file_is_named_when_a_row_of_it_is_wrong(files: Path) -> None:
    for path in map(shown, FILES):
        file, text = files / path, (MODE_FILES / path).read_text(encoding="utf-8")
        if "rows = [" in text:
            file.write_text(
                text.replace("rows = [", 'rows = [\n  { line = "frob", hook = "linx" },', 1), encoding="utf-8"
            )
            with pytest.raises(DataFileError) as caught:
                read_table(files, path.partition("/")[0].removesuffix(".toml"))
            assert str(caught.value) == f"{file}:rows: 'frob'.hook: unknown hook 'linx'. Did you mean links?"
            file.write_text(text, encoding="utf-8")


def test_a_missing_part_is_told(files: Path) -> None:
    for file in (files / shown(file) for file in FILES if "/" in shown(file)):
        moved = file.rename(file.with_name(f"{file.stem}2.toml"))
        with pytest.raises(DataFileError) as caught:
            read_table(files, file.parent.name)
        assert str(caught.value) == (
            f"{file.parent}.toml:rows: '{file.stem}'.include: unknown part '{file.stem}'. Did you mean {moved.stem}?"
        )
        moved.rename(file)


def test_a_wrong_head_of_a_mode_is_told(files: Path) -> None:
    for file in (files / shown(file) for file in FILES if "/" not in shown(file)):
        right, text = MODES[file.stem], file.read_text(encoding="utf-8")
        assert read_mode(file, MODES) == right
        for key, value in (("parent", right.parent), ("like", right.like)):
            for wrong in (misspelt(value), NONSENSE) if value else ():
                file.write_text(text.replace(f'{key} = "{value}"', f'{key} = "{wrong}"', 1), encoding="utf-8")
                with pytest.raises(DataFileError) as caught:
                    read_mode(file, MODES)
                assert str(caught.value).startswith(f"{file}:{key}: unknown mode '{wrong}'. ")
                assert ("Did you mean" if wrong != NONSENSE else "Known: ") in str(caught.value)
        file.write_text(text.replace("parent = ", "parrent = ", 1), encoding="utf-8")
        with pytest.raises(DataFileError, match="the key 'parent' is missing"):
            read_mode(file, MODES)


def test_a_line_without_which_another_is_not_printed_is_one_of_the_table(files: Path) -> None:
    file = files / "config" / "aaa.toml"
    changed(file, lambda text: text.replace('only_with = "aaa new-model"', 'only_with = "aaa new-modle"', 1))
    with pytest.raises(DataFileError) as caught:
        read_table(files, "config")
    assert str(caught.value).startswith(f"{file}:rows: ")
    assert "only_with: unknown line 'aaa new-modle'. Did you mean aaa new-model?" in str(caught.value)


@pytest.mark.parametrize(
    ("path", "right", "wrong", "told"),
    [
        ("config/forwarding.toml", 'moved_to = "ssh"', 'moved_to = "shs"',
         ".moved_to: unknown place 'shs'. Did you mean ssh?"),
        ("config.toml", 'moved_here = "ssh"', 'moved_here = "sssh"',
         ".moved_here: unknown place that a line is moved to 'sssh'. Did you mean ssh?"),
        ("cfg-crypto-trans.toml", 'when_absent = "mode tunnel"', 'when_absent = "mod tunnel"',
         ".when_absent: unknown line 'mod tunnel'. Known: mode"),
        ("config-if/link.toml", 'no_leaves = "no keepalive"', 'no_leaves = "no keeplive"',
         ".no_leaves: unknown line 'keeplive'. Did you mean keepalive?"),
    ],
)  # fmt: skip
def test_a_row_names_others_that_there_are(files: Path, path: str, right: str, wrong: str, told: str) -> None:
    changed(files / path, lambda text: text.replace(right, wrong, 1))
    with pytest.raises(DataFileError) as caught:
        read_table(files, path.partition("/")[0].removesuffix(".toml"))
    assert told in str(caught.value)


def renamed(row: Row, key: str) -> Iterator[tuple[str, Row]]:
    """The row with each word of a name made wrong, arguments apart."""
    name = getattr(row, key)
    for word in re.sub(r"\{[^}]*\}", "", name).split():
        for wrong in (misspelt(word), NONSENSE):
            changed = re.sub(rf"(?<![\w-]){re.escape(word)}(?![\w-])", wrong, name, count=1)
            yield wrong, msgspec.structs.replace(row, **{key: changed})


@pytest.mark.heavy
@pytest.mark.parametrize("mode", table_modes())
def test_a_place_is_named_by_words_of_its_line_or_by_another_row(mode: str) -> None:
    rows = [row for row in table(mode).rows if isinstance(row, Row)]
    named = Counter(name for row in rows for name in beginnings(row))
    for row in rows:
        assert list(place_problems(row, named)) == []
        others = named - Counter(beginnings(row))
        for wrong, changed in (each for key in ("key", "slot") if row.line for each in renamed(row, key)):
            told = " ".join(problem for _, problem in place_problems(changed, others + Counter(beginnings(changed))))
            assert f"unknown word of this line '{wrong}'. " in told or "does not begin with the slot" in told, changed


def test_a_wrong_key_is_told_with_its_file_and_row(files: Path) -> None:
    changed(files / "config/ikev2.toml", lambda text: text.replace('key = "crypto ikev2 p', 'key = "crypto ikv2 p', 1))
    with pytest.raises(DataFileError) as caught:
        read_table(files, "config")
    assert str(caught.value).startswith(f"{files}/config/ikev2.toml:rows: 'crypto ikev2 p")
    assert str(caught.value).endswith(".key: unknown word of this line 'ikv2'. Did you mean ikev2?")


# --- told when a mode is first used, and not when somebody types -----------------------------------------------------


def of_a_table(line: str, help_: str = "") -> str:
    """The complaint of a grammar whose configuration mode has one more line, told when somebody goes there."""
    package = __import__("emulator.console.commands", fromlist=["commands"])

    def more() -> Source:
        source = tables()["config"]()
        added = Command(line, ("config",), lambda _session, **_arguments: None, 15, help=help_, file="part.toml")
        return Source(source.name, (*source.commands, added), source.help, yielding=True)

    grammar = load(package, MODES, TYPES, {**tables(), "config": more}, FORMS)
    with pytest.raises(EmulatorError) as caught:
        grammar.help("config", "", None)
    assert isinstance(caught.value, GrammarError)
    return str(caught.value)


@pytest.mark.parametrize(
    ("what", "prefix", "told"),
    [
        ("help", "exitt", "Did you mean exit?"),
        ("help", "ip dhpc", "Did you mean dhcp?"),
        ("help", "username <nam>", "Did you mean <name>?"),
        ("help", "zq0zq0zq0 <x>", "Known: <marker>, <word>, aaa, access-list, alias, archive, banner, bba-group, …"),
        ("place", "licence boot", "Did you mean license?"),
        ("place", "banner mtd", "Did you mean motd?"),
    ],
)
def test_help_or_a_place_of_a_mode_without_a_line_of_it_is_told(what: str, prefix: str, told: str) -> None:
    package = __import__("emulator.console.commands", fromlist=["commands"])
    wrong = {{"help": "own_help", "place": "places"}[what]: {prefix: "part.toml"}}

    def more() -> Source:
        return msgspec.structs.replace(tables()["config"](), **wrong)

    grammar = load(package, MODES, TYPES, {**tables(), "config": more}, FORMS)
    with pytest.raises(GrammarError) as caught:
        grammar.help("config", "", None)
    assert str(caught.value) == f'part.toml: {what} for "{prefix}", which no line of this mode begins with. {told}'


def test_the_places_that_commands_fill_are_those_of_their_lines() -> None:
    assert {"license boot", "banner motd", "interface", "username"} <= set(tables()["config"]().places)
    assert "entry" not in tables()["config-std-nacl"]().places


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("frob <x:Wrod>", "unknown argument type 'Wrod'. Did you mean Word?"),
        ("frob [x", "'[' is not closed"),
        ("frob x]", "']' has no counterpart"),
        ("frob {x]", "']' has no counterpart"),
        ("frob a|b", "'|' stands outside of braces and brackets"),
        ("frob <x>", "<x> is neither <name:Type> nor <name:word|word>"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_when_its_mode_is_first_used(line: str, told: str) -> None:
    assert of_a_table(line) == f'part.toml: "{line}": {told}'


@pytest.mark.parametrize(
    ("line", "prefix", "place"),
    [("ip zq0", "ip zq0", "[words] as zq0"), ("ip dhcp <zq0:Word>", "ip dhcp <zq0>", "[arguments] as zq0")],
)
def test_a_line_without_help_is_told_with_where_help_goes(line: str, prefix: str, place: str) -> None:
    assert of_a_table(line) == (
        f'part.toml: "{line}": no help for "{prefix}" in mode config; it goes to words.toml, {place}, '
        "to [help] of this file, or, for its last word, to help of the row"
    )
