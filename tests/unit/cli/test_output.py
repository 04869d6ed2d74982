"""Output of commands does not steer the terminal: what is in the files of others is shown as `cat -v` shows it."""

import json
from pathlib import Path

import pytest

from emulator.cli.main import main
from emulator.cli.output import complain, say, say_json, show
from emulator.kernel.errors import as_on_a_line, visible

CONTROLS = "".join(chr(number) for number in (*range(0x20), *range(0x7F, 0xA0)))
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\x85\x7f\u202e\ud800"
KEPT_BY_A_LINE = "\a\b\t\n\r"


def steers(text: str) -> list[str]:
    """Characters of a text that a terminal obeys, beside those with which a line moves."""
    return sorted(
        {each for each in text if (each in CONTROLS and each not in KEPT_BY_A_LINE) or each in "\u202e\ud800"}
    )


@pytest.mark.parametrize("number", [*range(0x20), *range(0x7F, 0xA0)])
def test_every_control_character_is_shown(number: int) -> None:
    assert visible(chr(number)) in {"\t", "\n"} or visible(chr(number)).isprintable()
    assert as_on_a_line(chr(number)) in KEPT_BY_A_LINE or as_on_a_line(chr(number)).isprintable()


def test_every_way_to_print(capsys: pytest.CaptureFixture[str]) -> None:
    say(HOSTILE)
    complain(HOSTILE)
    show(f"{HOSTILE}\n")
    say_json({"a": CONTROLS}, lines=False)
    captured = capsys.readouterr()
    assert steers(captured.out + captured.err) == []
    assert json.loads(captured.out.splitlines()[-1]) == {"a": CONTROLS}


CAPTURE = f"R1>show version\nCisco IOS Software, {HOSTILE}\n{HOSTILE} uptime is\n\nR{HOSTILE}>{HOSTILE}\nR1>\n"
SCENARIO = "title: 'x'\nsteps:\n  - bench: \"rack R1 {}\"\n  - '{}'\n{}: 1\n"
YAML_ESCAPES = r"\e]0;owned\a\e[2J"
FILES = {
    "import capture.log": CAPTURE,
    "import --json capture.log": CAPTURE,
    "validate scenario.yaml": SCENARIO.format(YAML_ESCAPES, YAML_ESCAPES, f'"{YAML_ESCAPES}"'),
    "run scenario.yaml": SCENARIO.format(YAML_ESCAPES, YAML_ESCAPES, f'"{YAML_ESCAPES}"'),
    "validate world.yaml": f'"{YAML_ESCAPES}": 1\nrouters:\n  "{YAML_ESCAPES}": {{}}\n',
    "serve world.yaml": f'"{YAML_ESCAPES}": 1\nrouters:\n  "{YAML_ESCAPES}": {{}}\n',
    "validate raw.yaml": f"title: {HOSTILE[:-1]}\n",
    "validate platform.toml": '"\\u001b[2J" = "\\u001b[2J"\n',
    "run page.md": f"# {HOSTILE[:-1]}\n\n```console\n$ {HOSTILE[:-1]}\n```\n",
}
"""Commands for a file of another person, and the content of that file."""


@pytest.mark.parametrize("command", FILES)
def test_a_hostile_file(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    file = command.rsplit(maxsplit=1)[-1]
    (tmp_path / file).write_bytes(FILES[command].encode("utf-8", "surrogatepass"))
    assert main(command.split()) in {0, 1, 2}
    captured = capsys.readouterr()
    assert captured.out + captured.err
    assert steers(captured.out + captured.err) == []
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("words", [["\x1b[2J"], ["serve", "--port-base", "\x1b[2J"], ["world", "\x9bJ"]])
def test_a_word_that_is_no_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(words)
    captured = capsys.readouterr()
    assert captured.err
    assert steers(captured.out + captured.err) == []
