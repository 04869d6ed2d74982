"""Deployment: planned before it is done, each license exactly once, whatever breaks half way."""

import asyncio

import pytest

from emulator.kernel.errors import EmulatorError, Refused
from emulator.manager import inventory, paks
from emulator.manager.deployment import DeploymentPlan, DeploymentRow, DeploymentStep, deploy, plan_deployment
from emulator.manager.discovery import DiscoveryTarget, discover
from emulator.manager.entities import BackEndAccess, DeviceFault, ManagerUser
from emulator.manager.errors import BackEndError, NotAllowed
from emulator.manager.polling import poll
from emulator.manager.roles import ManagerRole
from emulator.manager.store.devices import DeviceFilter
from tests.fakes.devices import FakeBackEnd, FakeDevice
from tests.unit.manager.conftest import Bench
from tests.unit.manager.test_discovery import R1, R2, address

PAK = "D4Y22SMARGQ"


@pytest.fixture
def portal() -> FakeBackEnd:
    return FakeBackEnd()


@pytest.fixture
def fleet(bench: Bench) -> Bench:
    """Two devices that were discovered."""
    bench.network.devices = {address(1): FakeDevice(), address(2): FakeDevice(serial=R2.serial)}
    asyncio.run(discover(bench.context(), [DiscoveryTarget(address(last)) for last in (1, 2)]))
    return bench


def planned(bench: Bench, portal: FakeBackEnd, *, reloading: bool = False) -> DeploymentPlan:
    return asyncio.run(plan_deployment(bench.context(), portal, PAK, DeviceFilter(), reloading=reloading))


def done(bench: Bench, portal: FakeBackEnd, *, reloading: bool = False, save: bool = False) -> list[DeploymentRow]:
    plan = planned(bench, portal, reloading=reloading)
    return asyncio.run(deploy(bench.context(), portal, plan, save=save))


def steps(rows: list[DeploymentRow]) -> list[tuple[DeploymentStep, DeviceFault | None]]:
    return [(row.step, row.fault) for row in rows]


def undeployed(bench: Bench) -> list[str]:
    return [str(each.udi) for each in paks.list_undeployed(bench.context())]


def test_a_plan_tells_all_and_changes_nothing(fleet: Bench, portal: FakeBackEnd) -> None:
    fleet.network.at(1).unsaved = ("ip route 0.0.0.0 0.0.0.0 192.0.2.254",)
    fleet.network.at(2).licensed = "advipservices"
    plan = planned(fleet, portal, reloading=True)
    assert plan.rows == (
        DeploymentRow(R1, DeploymentStep.INSTALL, debit=True, reload=True, vanishing=fleet.network.at(1).unsaved),
        DeploymentRow(R2, DeploymentStep.LICENSED),
    )
    assert (plan.debits, plan.pak.left, portal.paid) == (1, 5, [])
    assert [fleet.network.at(last).installs for last in (1, 2)] == [0, 0]


def test_a_deployment_installs_once_and_is_seen_on_the_device(fleet: Bench, portal: FakeBackEnd) -> None:
    assert steps(done(fleet, portal)) == [(DeploymentStep.INSTALLED, None)] * 2
    assert [each.left for each in paks.list_paks(fleet.context())] == [3]
    assert steps(done(fleet, portal)) == [(DeploymentStep.LICENSED, None)] * 2
    assert [fleet.network.at(last).installs for last in (1, 2)] == [1, 1]
    assert (portal.paid, undeployed(fleet)) == ([R1, R2], [])
    assert fleet.network.at(1).files == {f"{R1.serial}_20100301090000000.lic": b"license L0"}
    told = [entry[1:] for entry in fleet.trail() if entry[2] == str(R1)]
    assert told[1:] == [
        ("obtain", str(R1), f"license L0 by PAK {PAK}"),
        ("deploy", str(R1), "advipservices installed, license L0"),
    ]


def test_a_license_that_runs_out_is_no_reason_not_to_install(fleet: Bench, portal: FakeBackEnd) -> None:
    fleet.network.at(1).licensed, fleet.network.at(1).type = "advipservices", "Evaluation"
    assert [row.step for row in planned(fleet, portal).rows] == [DeploymentStep.INSTALL] * 2


def test_a_device_reloads_and_is_seen_at_its_new_level(fleet: Bench, portal: FakeBackEnd) -> None:
    began = fleet.now
    assert steps(done(fleet, portal, reloading=True)) == [(DeploymentStep.INSTALLED, None)] * 2
    assert [fleet.network.at(last).level for last in (1, 2)] == ["advipservices"] * 2
    device, _ = inventory.show_device(fleet.context(), R1)
    assert device.reading is not None
    assert (device.reading.level, device.fault) == ("advipservices", None)
    assert fleet.now - began == 2 * 3 * 3_000


def test_a_device_whose_reload_was_lost_is_reloaded_by_the_same_deployment(fleet: Bench, portal: FakeBackEnd) -> None:
    done(fleet, portal)
    assert [fleet.network.at(last).level for last in (1, 2)] == ["advsecurity"] * 2
    plan = planned(fleet, portal, reloading=True)
    assert [(row.step, row.reload) for row in plan.rows] == [(DeploymentStep.LICENSED, True)] * 2
    assert steps(done(fleet, portal, reloading=True)) == [(DeploymentStep.LICENSED, None)] * 2
    assert [fleet.network.at(last).level for last in (1, 2)] == ["advipservices"] * 2
    assert [row.reload for row in planned(fleet, portal, reloading=True).rows] == [False] * 2


def test_unsaved_lines_are_kept_where_that_is_asked_for(fleet: Bench, portal: FakeBackEnd) -> None:
    for last in (1, 2):
        fleet.network.at(last).unsaved = ("no ip http server",)
    done(fleet, portal, reloading=True, save=True)
    assert fleet.network.at(1).unsaved == ("no ip http server",)


@pytest.mark.parametrize("dies_at", ["license install", "show license detail"])
def test_a_device_lost_half_way_is_completed_by_the_same_command(
    fleet: Bench, portal: FakeBackEnd, dies_at: str
) -> None:
    plan = planned(fleet, portal)
    fleet.network.at(1).dies_at = dies_at
    outcomes = asyncio.run(deploy(fleet.context(), portal, plan))
    assert steps(outcomes) == [(DeploymentStep.FAILED, DeviceFault.DROPPED), (DeploymentStep.INSTALLED, None)]
    assert undeployed(fleet) == [str(R1)]
    fleet.network.at(1).dies_at = ""
    done(fleet, portal)
    assert (fleet.network.at(1).installs, portal.paid, undeployed(fleet)) == (1, [R1, R2], [])


def test_an_answer_of_the_portal_that_was_lost_costs_nothing(fleet: Bench, portal: FakeBackEnd) -> None:
    portal.lost, portal.quantity = 1, 2
    with pytest.raises(BackEndError):
        done(fleet, portal)
    plan = planned(fleet, portal)
    assert (plan.debits, plan.pak.left) == (0, 0)
    assert steps(done(fleet, portal)) == [(DeploymentStep.INSTALLED, None)] * 2
    assert portal.paid == [R1, R2]


def test_a_license_that_is_at_hand_is_not_debited_again(fleet: Bench, portal: FakeBackEnd) -> None:
    fleet.network.at(
        1
    ).refuses = "Installing...Feature:advipservices...Failed:\n0/1 licenses were successfully installed"
    outcomes = done(fleet, portal)
    assert steps(outcomes) == [(DeploymentStep.FAILED, DeviceFault.REFUSED), (DeploymentStep.INSTALLED, None)]
    assert outcomes[0].detail.startswith(f"it did not install {R1.serial}_20100301090000000.lic: Installing...Feature")
    fleet.network.at(1).refuses = ""
    assert planned(fleet, portal).rows[0] == DeploymentRow(R1, DeploymentStep.INSTALL)
    done(fleet, portal)
    assert (portal.paid, undeployed(fleet)) == ([R1, R2], [])


def test_a_poll_sees_a_license_that_was_installed_by_hand(fleet: Bench, portal: FakeBackEnd) -> None:
    fleet.network.at(1).refuses = "% Error"
    done(fleet, portal)
    assert undeployed(fleet) == [str(R1)]
    fleet.network.at(1).licensed = "advipservices"
    asyncio.run(poll(fleet.context()))
    assert undeployed(fleet) == []


def test_a_device_that_the_portal_refuses_costs_the_others_nothing(fleet: Bench, portal: FakeBackEnd) -> None:
    portal.refused[R1] = "CISCO881-K9 is of another family."
    outcomes = done(fleet, portal)
    assert steps(outcomes) == [(DeploymentStep.FAILED, DeviceFault.REFUSED), (DeploymentStep.INSTALLED, None)]
    assert outcomes[0].detail == "CISCO881-K9 is of another family."


def test_another_device_at_the_address_gets_nothing(fleet: Bench, portal: FakeBackEnd) -> None:
    plan = planned(fleet, portal, reloading=True)
    fleet.network.at(1).serial = "FTX1405YDC9"
    outcomes = asyncio.run(deploy(fleet.context(), portal, plan))
    assert (outcomes[0].fault, outcomes[0].step) == (DeviceFault.OTHER_DEVICE, DeploymentStep.FAILED)
    assert (fleet.network.at(1).installs, fleet.network.at(1).files) == (0, {})
    assert planned(fleet, portal).rows[0].fault is DeviceFault.OTHER_DEVICE


def test_a_device_that_is_known_by_its_udi_alone_is_told(bench: Bench, portal: FakeBackEnd) -> None:
    inventory.add_devices(bench.context(), [R1])
    [row] = planned(bench, portal).rows
    assert (row.fault, row.detail) == (DeviceFault.UNREACHABLE, "it is known by its UDI alone")


@pytest.mark.parametrize(
    ("portal", "code", "told"),
    [
        (FakeBackEnd(left=1), PAK, f"PAK {PAK} has 1 license(s) left, and 2 device(s) need one"),
        (FakeBackEnd(kind="subscription"), PAK,
         f"PAK {PAK} is for licenses of the type 'subscription'; permanent ones are deployed here"),
        (FakeBackEnd(), "D4Y22SMARGX", "the portal has no PAK 'D4Y22SMARGX' for this account"),
    ],
)  # fmt: skip
def test_what_is_refused_before_anything_is_done(fleet: Bench, portal: FakeBackEnd, code: str, told: str) -> None:
    with pytest.raises(EmulatorError) as caught:
        asyncio.run(plan_deployment(fleet.context(), portal, code, DeviceFilter(), reloading=False))
    assert str(caught.value) == told
    assert portal.paid == []


def test_a_role_that_may_not_deploy(fleet: Bench, portal: FakeBackEnd) -> None:
    inventory.keep_user(fleet.context(), ManagerUser("rita", ManagerRole.REPORT))
    plan = planned(fleet, portal)
    with pytest.raises(NotAllowed, match="'rita' may not obtain and deploy licenses: the role is ReportMgr"):
        asyncio.run(deploy(fleet.context("rita"), portal, plan))
    assert portal.paid == []


def test_paks_are_kept_as_the_portal_tells_them(bench: Bench, portal: FakeBackEnd) -> None:
    asyncio.run(paks.refresh_pak(bench.context(), portal, PAK))
    portal.paid.append(R1)
    asyncio.run(paks.refresh_pak(bench.context(), portal, PAK))
    [pak] = paks.list_paks(bench.context())
    assert (pak.code, pak.sku, pak.left, pak.quantity) == (PAK, "L-880-AIS=", 4, 5)
    paks.delete_pak(bench.context(), PAK)
    with pytest.raises(EmulatorError, match=f"unknown PAK '{PAK}'"):
        paks.delete_pak(bench.context(), PAK)


@pytest.mark.parametrize(
    ("url", "token", "told"),
    [
        ("http://portal.example", "t", "'http://portal.example' is not the URL of a portal; write https://host:port/"),
        (
            "https://portal.example",
            "",
            "a token has visible ASCII characters; the account page of the portal makes one",
        ),
    ],
)
def test_what_is_no_portal(bench: Bench, url: str, token: str, told: str) -> None:
    with pytest.raises(Refused) as caught:
        paks.keep_back_end(bench.context(), BackEndAccess(url, token))
    assert str(caught.value) == told
