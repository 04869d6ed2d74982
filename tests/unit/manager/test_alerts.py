"""Alerts: each matter is told once until it is over, and again where the letter was lost."""

from emulator.kernel.time import DAY
from emulator.manager import inventory
from emulator.manager.alerts import alerts_told, due_alerts
from tests.unit.manager.conftest import Bench
from tests.unit.manager.reports.test_reports import IAD, R1, R3, fleet


def test_a_matter_is_told_once_and_again_when_it_comes_back(bench: Bench) -> None:
    fleet(bench)
    letter = due_alerts(bench.context(), 14 * DAY)
    assert letter.subject == "License manager: 4 new alerts"
    assert letter.body == (
        "licenses that have run out: 1 new\n"
        f"  {R3} advipservices, Evaluation (nothing left)\n\n"
        "licenses that run out: 1 new\n"
        f"  {IAD} advipservices, Evaluation (2d of use left)\n\n"
        "licenses that wait to be deployed: 1 new\n"
        f"  {R1} advipservices\n\n"
        "other hardware at the address: 1 new\n"
        f"  {R3}: {IAD} answers\n\n"
        "4 stand in all. `isrtwin manager report make` has the tables.\n"
    )
    assert due_alerts(bench.context(), 14 * DAY).new == letter.new
    alerts_told(bench.context(), letter)
    assert due_alerts(bench.context(), 14 * DAY).new == ()
    with bench.database.writing() as records:
        records.licenses.deployed(R1, "advipservices", 1)
        replaced = records.devices.find(R3)
        assert replaced is not None
    inventory.delete_devices(bench.context(), [R3])
    letter = due_alerts(bench.context(), 14 * DAY)
    assert (len(letter.new), len(letter.standing)) == (0, 1)
    alerts_told(bench.context(), letter)
    with bench.database.writing() as records:
        records.devices.keep(replaced)
    assert due_alerts(bench.context(), 14 * DAY).subject == "License manager: 2 new alerts"
