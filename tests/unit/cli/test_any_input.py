"""No traceback for whatever is typed at the command line, and nothing raw of it in a message."""

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


@pytest.mark.parametrize("url", ["postgresql://u@h:port/x", "postgresql://u:secret@h:p/x", "://"])
def test_a_url_of_a_database_that_is_none(url):
    with pytest.raises(Refused, match="is not the URL of a database") as caught:
        server_engines(url)
    assert "secret" not in str(caught.value)
