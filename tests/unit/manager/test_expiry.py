"""Licenses that run out: those in use first, then by what is left; permanent ones never."""

import pytest

from emulator.kernel.time import DAY, HOUR, MINUTE, WEEK
from emulator.licensing.udi import Udi
from emulator.manager.entities import DeviceReading, InstalledLicense, ManagedDevice
from emulator.manager.expiry import expiring, period_left
from emulator.manager.store.devices import DeviceFilter
from tests.unit.manager.conftest import Bench
from tests.unit.manager.test_discovery import R1, R2


def device(udi: Udi, *licenses: tuple[str, str, str]) -> ManagedDevice:
    installed = tuple(InstalledLicense(feature, "Evaluation", state, "", left) for feature, state, left in licenses)
    return ManagedDevice(udi, 1, seen=2, reading=DeviceReading(udi, licenses=installed))


def test_those_in_use_come_first_then_what_is_left(bench: Bench) -> None:
    with bench.database.writing() as records:
        records.devices.keep(
            device(R1, ("a", "Active, Not in Use", "1 day 0 hour"), ("b", "Active, In Use", "2  weeks 1 day"))
        )
        records.devices.keep(
            device(R2, ("a", "Active, In Use", "0 minute 0 second"), ("c", "Active, In Use", ""),
                   ("d", "Active, In Use", "9 weeks 0 day"))
        )  # fmt: skip
    found = expiring(bench.context(), DeviceFilter(), 8 * WEEK)
    assert [(each.udi, each.feature, each.in_use, each.left) for each in found] == [
        (R2, "a", True, 0), (R1, "b", True, 2 * WEEK + DAY), (R1, "a", False, DAY),
    ]  # fmt: skip
    assert expiring(bench.context(), DeviceFilter(text=R1.serial), DAY)[0].seen == 2


@pytest.mark.parametrize(
    ("text", "left"),
    [("8 weeks 4 days", 8 * WEEK + 4 * DAY), ("1 hour 2 minutes", HOUR + 2 * MINUTE), ("Life time", None), ("", None)],
)
def test_periods(text: str, left: int | None) -> None:
    assert period_left(text) == left
