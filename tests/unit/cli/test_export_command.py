"""`isrtwin export snmprec`: what a router answers by SNMP, as simulators read it."""

from pathlib import Path

import pytest

from emulator.cli.main import main

PRINTABLE = "1.3.6.1.2.1.1.5.0|4|Router\n"


@pytest.fixture
def world(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "w"
    assert main(["world", "new", "--world", str(path)]) == 0
    capsys.readouterr()
    return path


def exported(world: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(["export", *words, "--world", str(world)])
    return status, *capsys.readouterr()


def test_every_instance_is_a_line_in_the_order_of_a_walk(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["bench", "--world", str(world), "-c", "power R1 on", "-c", "advance 5m"])
    capsys.readouterr()
    status, text, problems = exported(world, capsys, "snmprec", "R1")
    assert (status, problems) == (0, "")
    assert PRINTABLE in text
    rows = [line.split("|", 2) for line in text.splitlines()]
    order = [tuple(map(int, name.split("."))) for name, _, _ in rows]
    assert order == sorted(order)
    assert len(order) > 300
    plain = {"2", "4", "4x", "6", "64x", "65", "66", "67", "70"}
    assert {tag for _, tag, _ in rows} <= plain
    assert all(bytes.fromhex(value) is not None for _, tag, value in rows if tag.endswith("x"))
    assert not any(name.startswith("1.3.6.1.6.3.15") for name, _, _ in rows)
    assert text == exported(world, capsys, "snmprec", "R1")[1]


def test_a_router_that_does_not_run_is_refused(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = exported(world, capsys, "snmprec", "R1")
    assert told == (2, "", "isrtwin: R1 does not run, so it answers nothing by SNMP\n")
    assert exported(world, capsys, "snmprec", "R2") == (2, "", "isrtwin: unknown router 'R2'. Known: R1\n")
