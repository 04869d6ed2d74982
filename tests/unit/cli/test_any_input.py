"""No traceback for whatever is typed at the command line, and nothing raw of it in a message."""

import os
import subprocess
import sys

import pytest

from emulator.backend.store.engines import server_engines
from emulator.cli.main import main
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


@pytest.mark.parametrize("line", ["list pids", "list nothing", "world list", "world new", "console -c show~clock"])
@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
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
