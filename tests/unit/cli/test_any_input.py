"""No traceback for whatever is typed at the command line, and nothing raw of it in a message."""

import argparse
import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from emulator.cli.main import main
from emulator.cli.parser import LINE_OPTION, parser
from emulator.databases.engines import server_engines
from emulator.kernel.errors import Refused

LONG, DIGITS = "a" * 300, "9" * 5000


LINES = [
    f"run {LONG}.yaml",
    f"validate {LONG}/x.yaml",
    f"import {LONG}",
    f"console {LONG}",
    f"bench -c rack~{LONG}~CISCO881-K8",
    f"bench -c advance~{DIGITS}d",
    f"bench -c mail~{DIGITS}",
    f"world fork {LONG}",
    f"world snapshot {LONG}",
    f"world advance {DIGITS}d",
    f"serve --host {LONG}",
    "serve --smtp h:99999999",
    f"serve --smtp h:{DIGITS}",
    "serve --smtp h:\uff12\uff15",
    f"console --at {DIGITS}",
    f"console --pace {DIGITS}x",
    f"serve --proxy {LONG}",
    "run \x1b[2J.yaml",
    "bench -c rack~\x1b[2J~CISCO881-K9",
    f"run x.yaml --set A={DIGITS}",
]
"""Command lines, with `~` for a blank within a word."""


@pytest.mark.parametrize("line", LINES, ids=lambda line: ascii(line[:30]))
def test_any_input_is_answered_in_words(line, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    main(["world", "new"])
    assert main([word.replace("~", " ") for word in line.split()]) in {1, 2}
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert "\x1b" not in captured.out + captured.err


@pytest.mark.parametrize("start", [DIGITS, "0" * 5000, "soon", "2010-13-01", "1492-10-12", "9999-12-31", "\x1b[2J"])
def test_a_start_that_is_no_moment_makes_no_world(start, tmp_path, capsys):
    assert main(["world", "new", "--start", start, "--world", str(tmp_path / "w")]) == 2
    captured = capsys.readouterr()
    assert "is not a date and time; write for example 2010-03-01T09:00:00Z" in captured.err
    assert "\x1b" not in captured.err
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize(
    "line",
    [
        *(f"run --jobs {text}" for text in ("0", "65", "00641111", "1" + "0" * 20, "0" * 4999 + "1", DIGITS)),
        *(f"lab certify --seeds {text}" for text in ("0", "10001", "00001" * 2, "0" * 4999 + "1", DIGITS)),
    ],
    ids=lambda line: line[:24],
)
def test_a_number_is_looked_at_whole(line, capsys):
    with pytest.raises(SystemExit) as ended:
        main(line.split())
    assert ended.value.code == 2
    assert "is not a number of" in capsys.readouterr().err


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("line", "closed"),
    [
        ("list pids", (0, 1, 2)),
        ("list nothing", (2,)),
        ("world list", (1,)),
        ("world new", (0,)),
        *(("console -c show~clock", closed) for closed in ((0,), (1,), (2,), (0, 1, 2))),
    ],
)
def test_a_standard_stream_that_is_closed(line, closed, tmp_path):
    program = (
        "import os, sys\n"
        f"for number in {closed}: os.close(number)\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'emulator', *sys.argv[1:]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *(word.replace("~", " ") for word in line.split())],
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == (2 if line == "list nothing" else 0)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("url", ["postgresql://u@h:port/x", "postgresql://u:secret@h:p/x", "://"])
def test_a_url_of_a_database_that_is_none(url):
    with pytest.raises(Refused, match="is not the URL of a database") as caught:
        server_engines(url)
    assert "secret" not in str(caught.value)


def commands(grammar: argparse.ArgumentParser, *path: str) -> Iterator[tuple[list[str], list[argparse.Action]]]:
    """Every command of the command line, with what can be given to it."""
    for action in grammar._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                yield from commands(command, *path, name)
            return
    yield list(path), grammar._actions


def test_two_dashes_are_no_value_but_a_line_to_type(capsys):
    """Python's parser takes them away and leaves an empty list, which no command expects."""
    grammar = parser()
    asked = 0
    for path, actions in commands(grammar):
        places = [action for action in actions if not action.option_strings]
        wanted = [str(next(iter(place.choices or "1"))) for place in places if place.nargs not in {"?", "*"}]
        options = [action.option_strings[-1] for action in actions if action.option_strings and action.nargs != 0]
        for option in (each for each in options if each != LINE_OPTION):
            with pytest.raises(SystemExit) as ended:
                grammar.parse_args([*path, *wanted, f"{option}=--" if option.startswith("--") else f"{option}--"])
            assert ended.value.code == 2
            assert "'--' is no value" in capsys.readouterr().err
            asked += 1
    assert asked > 40
    with pytest.raises(SystemExit):
        grammar.parse_args(["new", "--", "lab", "--"])


@pytest.mark.parametrize("line", ["world new --world {}", "world fork {}", "console --world {} -c x", "new lab {}"])
def test_a_path_of_two_thousand_folders(line, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    main(["world", "new"])
    assert main(line.format("a/" * 1900 + "a").split()) == 2
    assert max(map(len, capsys.readouterr().err.splitlines())) < 1200


def test_no_message_of_the_grammar_repeats_an_endless_word(capsys):
    """Every option and every place of every command has one that is too long; what is refused is refused briefly."""
    grammar = parser()
    told = ""
    for path, actions in commands(grammar):
        places = [action for action in actions if not action.option_strings]
        wanted = [str(next(iter(place.choices or "1"))) for place in places if place.nargs not in {"?", "*"}]
        options = [action.option_strings[-1] for action in actions if action.option_strings and action.nargs != 0]
        lines = [[*wanted[:at], DIGITS, *wanted[at + 1 :]] for at in range(len(wanted) + 1)]
        lines += [[*wanted, f"{option}={DIGITS}"] for option in options] + [[*wanted, f"--{DIGITS}"]]
        for line in lines:
            with contextlib.suppress(SystemExit):
                grammar.parse_args([*path, *line])
        told += capsys.readouterr().err
    assert told.count("error: ") > 60
    assert max(map(len, told.splitlines())) < 1200


@pytest.mark.parametrize("line", ["lab check", "new scenario", "validate", "world fork", "run x.yaml --set"])
def test_no_message_of_a_command_repeats_an_endless_word(line, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    assert main([*line.split(), "d/" * 2000]) == 2
    assert max(map(len, capsys.readouterr().err.splitlines())) < 1200


def test_the_bench_repeats_no_endless_word(tmp_path, capsys):
    for line in (f"rack {DIGITS} CISCO881-K9", f"order {DIGITS}", f"snapshot {DIGITS}", f"mail {DIGITS}"):
        assert main(["bench", "--world", str(tmp_path / "w"), "-c", line]) == 1
        assert max(map(len, capsys.readouterr().out.splitlines())) < 1200
