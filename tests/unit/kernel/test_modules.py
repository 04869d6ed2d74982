"""A record of a table in Python: a key that it does not have, and one that is missing, are told with their line."""

import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from emulator.cli.main import main
from emulator.grammar import Command, GrammarError, load
from emulator.kernel.errors import DataFileError, EmulatorError
from emulator.kernel.modules import load_table, module_names
from emulator.licensing.type_rule import Ending, TypeRule
from emulator.scenarios.predicates.facts import Fact
from emulator.scenarios.predicates.scene import Predicate
from emulator.snmp.tables import Column
from emulator.transports.web.route import PageRoute
from tests.mistakes import NONSENSE, misspelt

Write = Callable[[str], str]

HEAD = "from emulator.grammar import Command\ndef run(session):\n    yield\nHELP = {'show': 'Show'}\n"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Write the module `planted_rows.table` and return its file."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # Python takes the code of a file of the same second and size
    folder = tmp_path / "planted_rows"
    folder.mkdir()
    (folder / "__init__.py").touch()

    def written(text: str) -> str:
        for name in [name for name in sys.modules if name.startswith("planted_rows")]:
            del sys.modules[name]
        file = folder / "table.py"
        file.write_text(text, encoding="utf-8")
        return str(file)

    yield written
    for name in [name for name in sys.modules if name.startswith("planted_rows")]:
        del sys.modules[name]


def package() -> ModuleType:
    return __import__("planted_rows")


def test_modules_are_found_in_every_package_below_in_order(write: Write) -> None:
    below = Path(write("")).parent / "apart"
    below.mkdir()
    for name in ("__init__", "table"):
        (below / f"{name}.py").touch()
    assert module_names(package()) == ["planted_rows.apart.table", "planted_rows.table"]


@pytest.mark.parametrize(
    "record", [Command, PageRoute, Column, Predicate, Fact, TypeRule, Ending], ids=lambda record: record.__name__
)
def test_every_key_misspelt(write: Write, record: type) -> None:
    for key in inspect.signature(record).parameters:
        for wrong in (misspelt(key), NONSENSE):
            file = write(
                f"from {record.__module__} import {record.__name__}\n\nROWS = (\n    {record.__name__}({wrong}=1),\n)\n"
            )
            assert module_names(package()) == ["planted_rows.table"]
            with pytest.raises(DataFileError) as caught:
                load_table("planted_rows.table")
            assert str(caught.value).startswith(f"{file}:4: unknown key '{wrong}'. ")
            assert ("Did you mean " if wrong != NONSENSE else "Known: ") in str(caught.value)


def test_a_value_that_an_enumeration_does_not_have(write: Write) -> None:
    file = write("from emulator.transports.portal.web.menu import Group\n\nROWS = (\n    Group.ORDRS,\n)\n")
    with pytest.raises(DataFileError) as caught:
        load_table("planted_rows.table")
    assert str(caught.value) == f"{file}:4: unknown Group 'ORDRS'. Did you mean ORDERS?"


def test_an_attribute_of_anything_else_is_a_mistake_of_the_program(write: Write) -> None:
    write("ROWS = ('a'.uper(),)\n")
    with pytest.raises(AttributeError, match="uper"):
        load_table("planted_rows.table")


def test_a_name_that_the_module_does_not_have(write: Write) -> None:
    file = write("from emulator.licensing.types import ON_A_DATE\n\nROWS = (\n    ON_DATE,\n)\n")
    with pytest.raises(DataFileError) as caught:
        load_table("planted_rows.table")
    assert str(caught.value) == f"{file}:4: unknown name 'ON_DATE'. Did you mean ON_A_DATE?"


def test_a_name_that_a_function_does_not_have_is_a_mistake_of_the_program(write: Write) -> None:
    write("def row():\n    return ON_DATE\n\nROWS = (row(),)\n")
    with pytest.raises(NameError, match="ON_DATE"):
        load_table("planted_rows.table")


def test_a_key_that_is_missing(write: Write) -> None:
    file = write("from emulator.grammar import Command\nCOMMANDS = (Command('show', ('exec',)),)\n")
    with pytest.raises(DataFileError) as caught:
        load_table("planted_rows.table")
    assert str(caught.value) == f"{file}:2: the key 'run' is missing"


def test_what_a_function_makes_is_told_at_the_line_of_the_table(write: Write) -> None:
    text = "def row(line, *, basis='R'):\n    return line\n\nROWS = (\n    row('a'),\n    row('b', bases='C'),\n)\n"
    file = write(text)
    with pytest.raises(DataFileError) as caught:
        load_table("planted_rows.table")
    assert str(caught.value) == f"{file}:6: unknown key 'bases'. Did you mean basis?"


def test_a_wrong_record_of_any_module_ends_a_command_with_a_message(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(
        "from emulator.licensing.type_rule import TypeRule\n\nROWS = (\n    TypeRule('A', moveable=True),\n)\n"
    )
    monkeypatch.setattr(importlib, "import_module", lambda _: __import__("planted_rows.table"))
    assert main(["list", "pids"]) == 2
    assert capsys.readouterr().err == f"isrtwin: {file}:4: unknown key 'moveable'. Did you mean movable?\n"


def test_another_mistake_of_the_program_stays_what_it_is(write: Write) -> None:
    write("ROWS = ('a' + 1,)\n")
    with pytest.raises(TypeError, match="can only concatenate"):
        load_table("planted_rows.table")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("(Command('show', 'exec', run))", "COMMANDS is not a tuple of commands"),
        ("(('show', 'exec', run),)", "row 1 of COMMANDS is not a Command"),
        ("(Command('show', 'exec', run),)", "\"show\": modes is 'exec', which is not of type tuple"),
        ("(Command(7, ('exec',), run),)", '"7": line is 7, which is not of type str'),
        ("(Command('show', ('exec',), 'run'),)", "\"show\": run is 'run', which is not of type Callable"),
        ("(Command('show', ('exec',), run, privilege='15'),)", "\"show\": privilege is '15', which is not of type int"),
        ("(Command('show', ('exec',), run, piped='yes'),)", "\"show\": piped is 'yes', which is not of type bool"),
        (
            "(Command('show', ('exec',), run, when='always'),)",
            "\"show\": when is 'always', which is not of type Condition",
        ),
        (
            "(Command('show', ('exec',), run, forms=('no',)),)",
            "\"show\": forms is ('no',), which is not of type Mapping",
        ),
        (
            "(Command('show', ('exec',), run, form_lines='show'),)",
            "\"show\": form_lines is 'show', which is not of type tuple",
        ),
        ("(Command('show', ('exec',), run, output=None),)", '"show": output is None, which is not of type str'),
    ],
)
def test_a_value_of_another_type(write: Write, table: str, told: str) -> None:
    write(f"{HEAD}COMMANDS = {table}\n")
    with pytest.raises(GrammarError) as caught:
        load(package(), ("exec",), {})
    assert told in str(caught.value)
    assert str(caught.value).startswith("planted_rows/table.py: ")


def test_help_that_is_no_mapping(write: Write) -> None:
    write("COMMANDS = ()\nHELP = ('show',)\n")
    with pytest.raises(EmulatorError, match="HELP is not texts by prefix"):
        load(package(), ("exec",), {})
