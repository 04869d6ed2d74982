"""Bad data files and the exact message that each brings."""

from pathlib import Path

import msgspec
import pytest

from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError
from emulator.kernel.yamlfile import read_yaml


class Port(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    speed: int = 100


class Box(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    ports: list[Port] = []
    labels: dict[str, Port] = {}


def toml_error(tmp_path: Path, text: str) -> str:
    file = tmp_path / "box.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        read_toml(file, Box)
    return str(caught.value).replace(str(file), "box.toml")


def yaml_error(tmp_path: Path, text: str) -> str:
    file = tmp_path / "box.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        read_yaml(file, Box, "box.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = 3", 'box.toml:title: expected text, got a whole number; in quotes it is text: "3"'),
        ("", "box.toml: the key 'title' is missing"),
        ('title = "a"\ntitel = "b"', "box.toml:titel: unknown key 'titel'. Did you mean title?"),
        ('title = "a"\nqqq = 1', "box.toml:qqq: unknown key 'qqq'. Known: labels, ports, title"),
        (
            'title = "a"\n[[ports]]\nname = "x"\nsped = 3',
            "box.toml:ports 1, sped: unknown key 'sped'. Did you mean speed? (in 'x')",
        ),
        (
            'title = "a"\n[[ports]]\nname = "x"\n[[ports]]\nname = "y"\nspeed = "z"',
            "box.toml:ports 2, speed: expected a whole number, got text (in 'y')",
        ),
        ("title = ", "box.toml: is not TOML: Invalid value (at end of document)"),
    ],
)
def test_a_wrong_toml_file_is_told_with_its_key(tmp_path: Path, text: str, message: str) -> None:
    assert toml_error(tmp_path, text) == message


def test_a_missing_toml_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"none\.toml: cannot be read: .*No such file or directory"):
        read_toml(tmp_path / "none.toml", Box)


def test_a_toml_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes(b'title = "\xe4"')
    with pytest.raises(DataFileError, match=r"latin\.toml: cannot be read: 'utf-8' codec"):
        read_toml(file, Box)


def test_a_good_toml_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "box.toml"
    file.write_text('title = "a"\n[[ports]]\nname = "x"\nspeed = 10\n', encoding="utf-8")
    assert read_toml(file, Box) == Box("a", [Port("x", 10)])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: [1]\n", "box.yaml:1: title: expected text, got a list"),
        ("# nothing\n", "box.yaml: expected keys and values, got nothing; its keys are title"),
        ("ports: []\n", "box.yaml:1: the key 'title' is missing"),
        ("title: a\ntitel: b\n", "box.yaml:2: titel: unknown key 'titel'. Did you mean title?"),
        (
            "title: a\nports:\n  - name: x\n    sped: 3\n",
            "box.yaml:4: ports 1, sped: unknown key 'sped'. Did you mean speed?",
        ),
        (
            "title: a\nports:\n  - name: x\n  - name: y\n    speed: fast\n",
            "box.yaml:5: ports 2, speed: expected a whole number, got text",
        ),
        (
            "title: a\ntitle: b\n",
            "box.yaml:2: is not YAML: the key 'title' stands twice here\n    title: b\n    ^",
        ),
        (
            "title: [a\n",
            "box.yaml:1: is not YAML: the bracket that opens here is never closed\n    title: [a\n           ^",
        ),
    ],
)
def test_a_wrong_yaml_file_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    assert yaml_error(tmp_path, text) == message


def test_a_missing_yaml_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"none\.yaml: cannot be read: .*No such file or directory"):
        read_yaml(tmp_path / "none.yaml", Box)


def test_off_is_a_word_in_yaml(tmp_path: Path) -> None:
    file = tmp_path / "box.yaml"
    file.write_text("title: off\n", encoding="utf-8")
    assert read_yaml(file, Box).data.title == "off"
