"""The ledger, as the auditor's script checks it."""

import runpy
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from emulator.kernel.errors import Refused
from emulator.licensing.udi import Udi
from emulator.manager import inventory
from emulator.manager.exchange.pairs import own_key
from emulator.manager.ledger import write_ledger
from tests.unit.manager.conftest import Bench

SCRIPT = Path(__file__).parents[3] / "docs" / "check_ledger.py"
UDIS = [Udi("CISCO881-K9", f"FTX1405YDC{last}") for last in "6789"]


def check(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """Run the script as an auditor does; returns its words."""
    monkeypatch.setattr("sys.argv", ["check_ledger.py", *words])
    try:
        runpy.run_path(str(SCRIPT), run_name="__main__")
    except SystemExit as end:
        return f"{end.code}\n"
    return capsys.readouterr().out


def test_a_ledger_is_checked_offline_and_every_change_of_it_is_found(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inventory.add_devices(bench.context(), UDIS[:2])
    march, june = tmp_path / "march", tmp_path / "june"
    march.write_text(write_ledger(bench.context()), encoding="utf-8")
    inventory.add_devices(bench.context(), UDIS[2:])
    june.write_text(write_ledger(bench.context()), encoding="utf-8")
    key = own_key(bench.context())
    told = check(capsys, monkeypatch, str(june), str(march), "--key", key)
    assert told == f"5 entries hold, signed by {key}\n"
    assert "does not begin with" in check(capsys, monkeypatch, str(march), str(june))
    assert "signed by another key" in check(capsys, monkeypatch, str(june), "--key", "0" * 64)
    lines = june.read_text(encoding="utf-8").splitlines(keepends=True)
    for changed, told in {
        "".join(lines).replace("YDC7", "YDC5"): "entry 3 does not follow the one before it",
        "".join([*lines[:2], *lines[3:]]): "entry 2 does not follow the one before it",
        "".join([*lines[:-2], lines[-1]]): "it is cut off or goes on behind its end",
        "".join(lines).replace('"made": 3', '"made": 4'): "its signature is wrong",
        "".join(lines)[:-9]: "it is no ledger, or a line of it is damaged",
        "".join(lines).replace('"at"', '"On"'): "it is no ledger, or a line of it is damaged",
        "[]\n[]\n": "it is no ledger, or a line of it is damaged",
        "": "it is no ledger, or a line of it is damaged",
    }.items():
        june.write_text(changed, encoding="utf-8")
        assert check(capsys, monkeypatch, str(june)) == f"{june}: {told}\n"
    june.unlink()
    assert check(capsys, monkeypatch, str(june)) == f"{june}: cannot be read: No such file or directory\n"


def test_an_entry_that_is_changed_in_the_database_is_told(bench: Bench, tmp_path: Path) -> None:
    inventory.add_devices(bench.context(), UDIS)
    assert write_ledger(bench.context()).count("\n") == 7
    engine = create_engine(f"sqlite:///{tmp_path / 'manager.db'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE manager_trail SET outcome = 'x' WHERE number = 3"))
    engine.dispose()
    with pytest.raises(Refused, match="entry 3 of the audit trail was changed or deleted in the database"):
        write_ledger(bench.context())
