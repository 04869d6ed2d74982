"""License files that are installed as they are, and licenses that were lost and come back."""

import asyncio

import pytest

from emulator.licensing.udi import Udi
from emulator.manager.device_acts import AGREEMENT
from emulator.manager.discovery import DiscoveryTarget, discover
from emulator.manager.entities import DeviceFault
from emulator.manager.license_files import InstalledFile, install_file, resend
from tests.fakes.devices import FakeBackEnd, FakeDevice
from tests.unit.manager.conftest import Bench
from tests.unit.manager.test_discovery import R1, R2, address

NEW = ("level after the next reload: advsecurity -> advipservices", "license new: advipservices, Permanent")


@pytest.fixture
def one(bench: Bench) -> Bench:
    """One device that was discovered."""
    bench.network.devices = {address(1): FakeDevice()}
    asyncio.run(discover(bench.context(), [DiscoveryTarget(address(1))]))
    return bench


def install(bench: Bench, name: str = "a.lic", udi: Udi = R1, *, accept: bool = False) -> InstalledFile:
    return asyncio.run(install_file(bench.context(), udi, name, b"<xml/>", accept=accept))


def test_a_file_is_installed_and_then_there(one: Bench) -> None:
    assert install(one) == InstalledFile(R1, 1, 0, NEW)
    assert install(one) == InstalledFile(R1, 0, 1, ())
    assert one.network.at(1).installs == 1
    assert one.trail()[-2:] == [
        ("local", "install", str(R1), "a.lic: 1 installed, 0 there before"),
        ("local", "install", str(R1), "a.lic: 0 installed, 1 there before"),
    ]


def test_an_agreement_is_accepted_by_whom_the_trail_tells(one: Bench) -> None:
    one.network.at(1).asks = AGREEMENT
    refused = install(one)
    assert (refused.fault, refused.detail) == (
        DeviceFault.REFUSED, f"'license install flash:a.lic' asks '{AGREEMENT}'",
    )  # fmt: skip
    assert install(one, accept=True) == InstalledFile(R1, 1, 0, NEW)
    assert one.trail()[-1][3] == "a.lic: 1 installed, 0 there before, agreement accepted"


@pytest.mark.parametrize(
    ("name", "udi", "fault", "detail"),
    [
        ("a b.lic", R1, DeviceFault.REFUSED, "'a b.lic' is no name for a file in its flash"),
        ("a\rreload", R1, DeviceFault.REFUSED, "'a?reload' is no name for a file in its flash"),
        ("a.lic", R2, DeviceFault.UNREACHABLE, "it is not under management"),
    ],
)
def test_what_cannot_be_installed(one: Bench, name: str, udi: Udi, fault: DeviceFault, detail: str) -> None:
    assert install(one, name, udi) == InstalledFile(udi, fault=fault, detail=detail)
    assert one.network.at(1).files == {}


def test_licenses_that_were_lost_come_back(one: Bench) -> None:
    portal = FakeBackEnd()
    portal.paid.append(R1)
    found = asyncio.run(resend(one.context(), portal, [R1, R2, R1]))
    assert found == [
        InstalledFile(R1, 1, 0, NEW),
        InstalledFile(R2, fault=DeviceFault.REFUSED, detail=f"{R2} has no license."),
    ]
    assert one.network.at(1).files == {f"{R1.serial}_20100301090000009.lic": b"all"}
    assert portal.paid == [R1]
