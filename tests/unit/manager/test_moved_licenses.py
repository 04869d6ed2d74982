"""Every act that moves or ends a license: afterwards records, devices and portal tell the same of each device."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping

import pytest
from msgspec.structs import replace

from emulator.kernel.time import DAY
from emulator.licensing.udi import Udi
from emulator.manager import license_files, transfer
from emulator.manager.alerts import due_alerts
from emulator.manager.applicability import list_rehostable
from emulator.manager.clearing import clear_licenses
from emulator.manager.deployment import deploy_held, deploy_part, obtain_part
from emulator.manager.discovery import DiscoveryTarget, discover
from emulator.manager.entities import DeviceAddress, DeviceFault, InstalledLicense
from emulator.manager.expiry import expiring
from emulator.manager.explanation import explain_device
from emulator.manager.exports.netbox import NetboxTable, netbox_csv
from emulator.manager.fleet_summary import summarize_fleet
from emulator.manager.inventory import show_device
from emulator.manager.jobs.kinds import KINDS
from emulator.manager.paks import ask_for_pak
from emulator.manager.polling import poll
from emulator.manager.report_entities import ReportKind
from emulator.manager.reports.use_cases import make_report
from emulator.manager.store.devices import DeviceFilter
from tests.fakes.devices import FakeBackEnd, FakeDevice, FakeNetwork
from tests.unit.manager.conftest import Bench

FIRST, SECOND = Udi("CISCO881-K9", "FTX1405YDC1"), Udi("CISCO881-K9", "FTX1405YDC2")
PAK, FEATURE = "D4Y22SMARGQ", "advipservices"


class Pair:
    """Two devices, of which the first has a license that was deployed, and a portal."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.back_end, self.context = bench, FakeBackEnd(), bench.context()
        self.devices = {FIRST: FakeDevice(serial=FIRST.serial), SECOND: FakeDevice(serial=SECOND.serial)}
        bench.network = FakeNetwork(d1=self.devices[FIRST], d2=self.devices[SECOND])
        self.context = bench.context()
        targets = [DiscoveryTarget(DeviceAddress(f"192.0.2.{number}")) for number in (1, 2)]
        asyncio.run(discover(self.context, targets))
        asyncio.run(self.deploy(FIRST))

    async def deploy(self, udi: Udi) -> None:
        pak = await ask_for_pak(self.context, self.back_end, PAK)
        device, _ = show_device(self.context, udi)
        await deploy_part(self.context, self.back_end, pak, [device], reloading=False, save=False)

    async def obtain(self) -> None:
        pak = await ask_for_pak(self.context, self.back_end, PAK)
        await obtain_part(self.context, self.back_end, pak, [show_device(self.context, SECOND)[0]])

    async def deploy_held(self) -> None:
        await self.obtain()
        with self.context.database.reading() as records:
            held = records.licenses.licenses_of([SECOND])
        await deploy_held(self.context, held, reloading=False, save=False)

    async def clear(self) -> None:
        await clear_licenses(self.context, [FIRST], FEATURE)

    async def clear_and_resend(self) -> None:
        await self.clear()
        await license_files.resend(self.context, self.back_end, [FIRST])

    async def rehost(self) -> None:
        await transfer.rehost(self.context, self.back_end, FIRST, SECOND)

    async def rehost_to_one_that_is_away(self) -> None:
        self.devices[SECOND].silent = True
        await self.rehost()

    async def replace(self) -> None:
        await transfer.replace_device(self.context, self.back_end, FIRST, SECOND, "C1", accept=False)

    async def replace_by_one_that_is_away(self) -> None:
        self.devices[SECOND].silent = True
        await self.replace()

    async def told(self, udi: Udi) -> tuple[bool, bool, bool, bool]:
        """Tell whether the license is entitled at the portal, kept here, deployed by the records, and on the device."""
        with self.context.database.reading() as records:
            held = [each for each in records.licenses.licenses_of([udi]) if each.feature == FEATURE]
            assert len(held) < 2
            device = records.devices.find(udi)
        assert device is not None
        read = device.reading is not None and any(each.feature == FEATURE for each in device.reading.licenses)
        entitled = FEATURE in (await self.back_end.device(udi)).permanent
        return entitled, bool(held), bool(held and held[0].deployed), read


@pytest.fixture
def pair(bench: Bench) -> Pair:
    return Pair(bench)


NOWHERE, THERE, WAITING, LOST = (
    (False, False, False, False), (True, True, True, True), (True, True, False, False), (True, True, True, False)
)  # fmt: skip

ACTS: Mapping[str, tuple[Callable[[Pair], Coroutine[None, None, None]], object, object]] = {
    "deploy": (lambda pair: pair.deploy(SECOND), THERE, THERE),
    "obtain": (Pair.obtain, THERE, WAITING),
    "deploy-held": (Pair.deploy_held, THERE, THERE),
    "clear": (Pair.clear, LOST, NOWHERE),
    "resend": (Pair.clear_and_resend, THERE, NOWHERE),
    "rehost": (Pair.rehost, NOWHERE, THERE),
    "rehost, target away": (Pair.rehost_to_one_that_is_away, NOWHERE, WAITING),
    "rma": (Pair.replace, NOWHERE, THERE),
    "rma, replacement away": (Pair.replace_by_one_that_is_away, NOWHERE, WAITING),
}
"""Acts, and what is told afterwards of the device that had the license and of the other one."""

TELLS_ALONE = {"annotate", "discover", "drift", "evaluate", "install", "poll", "preview", "refresh-paks"}
"""Kinds of jobs that move or end no license that was obtained here."""


def test_every_kind_of_job_is_looked_at() -> None:
    assert KINDS.keys() == {name.partition(",")[0] for name in ACTS} | TELLS_ALONE


@pytest.mark.parametrize("name", ACTS)
def test_records_devices_and_portal_tell_the_same(pair: Pair, name: str) -> None:
    act, first, second = ACTS[name]
    asyncio.run(act(pair))
    found = asyncio.run(pair.told(FIRST)), asyncio.run(pair.told(SECOND))
    assert found == (first, second)
    if "away" in name:
        pair.devices[SECOND].silent = False
        with pair.context.database.reading() as records:
            held = records.licenses.licenses_of([SECOND])
        assert [each.pak for each in held] == [PAK]
        asyncio.run(deploy_held(pair.context, held, reloading=False, save=False))
        assert asyncio.run(pair.told(SECOND)) == THERE
    report = make_report(pair.context, ReportKind.DISCREPANCIES, DeviceFilter())
    assert [row[2] for row in report.rows] == {LOST: ["license lost"], WAITING: ["not deployed"]}.get(
        LOST if name == "clear" else WAITING if name == "obtain" else THERE, []
    )


def test_a_device_that_was_replaced_counts_no_more_until_it_is_read_again(pair: Pair) -> None:
    with pair.context.database.writing() as records:
        device = records.devices.find(FIRST)
        assert device is not None
        assert device.reading is not None
        trial = InstalledLicense(FEATURE, "Evaluation", "Active, In Use", "Evaluation License Storage", "2 days")
        reading = replace(device.reading, licenses=(*device.reading.licenses, trial))
        records.devices.keep(replace(device, successor=SECOND, fault=DeviceFault.OTHER_DEVICE, reading=reading))
    assert len(expiring(pair.context, DeviceFilter(), 14 * DAY)) == 1
    for _ in range(2):
        asyncio.run(pair.replace())
    device, _ = show_device(pair.context, FIRST)
    assert (device.replaced_by, device.address, device.fault, device.successor) == (SECOND, None, None, None)
    assert expiring(pair.context, DeviceFilter(), 14 * DAY) == []
    assert list_rehostable(pair.context, FIRST) == []
    assert [each.sku for each in list_rehostable(pair.context, SECOND)] == ["L-880-AIS="]
    summary = summarize_fleet(pair.context)
    assert (summary.levels, summary.unread, summary.replaced, summary.running_out) == ({"advsecurity": 1}, 0, 0, 0)
    assert due_alerts(pair.context, 14 * DAY).standing == ()
    table = netbox_csv(pair.context, NetboxTable.ASSIGNMENTS, DeviceFilter(), site="S", role="R")
    assert FIRST.serial not in table
    table = netbox_csv(pair.context, NetboxTable.DEVICES, DeviceFilter(), site="S", role="R")
    assert f'decommissioning,S,"failed, replaced by {SECOND}"' in table
    rows = make_report(pair.context, ReportKind.LICENSES, DeviceFilter()).rows
    assert {row[0] for row in rows} == {str(SECOND)}
    [fact] = explain_device(pair.context, FIRST).chain
    assert fact.fact == f"It failed, and {SECOND} has its licenses since (RMA)."
    told = f"replaced by {SECOND}, which has its licenses"
    assert ("local", "rma", str(FIRST), told) in pair.bench.trail()
    asyncio.run(poll(pair.context))
    assert show_device(pair.context, FIRST)[0].replaced_by == SECOND
    asyncio.run(discover(pair.context, [DiscoveryTarget(DeviceAddress("192.0.2.1"))]))
    assert show_device(pair.context, FIRST)[0].replaced_by is None
