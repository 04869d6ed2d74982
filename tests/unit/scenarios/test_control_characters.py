"""Scenarios of others steer no terminal: neither what `run` prints of them, nor the transcript, nor the asciicast."""

import json
from pathlib import Path

import pytest

from emulator.cli.main import main

ESCAPES = r"\e]0;x\a\e[2J\x9b2J\x7f"
SCENARIO = f"""\
title: "T{ESCAPES}"
teaches: {{question: "Q{ESCAPES}?", lesson: "L{ESCAPES}"}}
routers: {{R1: {{pid: CISCO881-K9, powered: true}}}}
steps:
  - {{note: "N{ESCAPES}", console: R1, type: ["show{ESCAPES}", "more flash:{ESCAPES}"]}}
  - {{bench: "status"}}
"""
OWN = ("\x1b[1m", "\x1b[2m", "\x1b[0m")
"""Escape sequences that the asciicast draws by itself."""


def steers(text: str) -> bool:
    for own in OWN:
        text = text.replace(own, "")
    return any((each < " " and each not in "\a\b\t\n\r") or "\x7f" <= each <= "\x9f" for each in text)


def test_nothing_of_a_hostile_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(SCENARIO, encoding="utf-8")
    main(["run", "s.yaml", "--transcript", "s.txt", "--cast", "s.cast"])
    captured = capsys.readouterr()
    assert "^[" in captured.out
    assert not steers(captured.out + captured.err)
    assert not steers(Path("s.txt").read_text(encoding="utf-8"))
    header, *events = Path("s.cast").read_text(encoding="utf-8").splitlines()
    assert not steers(json.loads(header)["title"])
    assert len(events) > 3
    assert not steers("".join(json.loads(event)[2] for event in events))
