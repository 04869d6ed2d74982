"""A device explained: each fact with who told it, and the step that each state asks for."""

import pytest

from emulator.kernel.errors import UnknownName
from emulator.licensing.udi import Udi
from emulator.manager.entities import (
    DeviceAddress,
    DeviceFault,
    DeviceReading,
    InstalledLicense,
    ManagedDevice,
    ObtainedLicense,
)
from emulator.manager.explanation import explain_device
from tests.unit.manager.conftest import Bench

R1, R2 = Udi("CISCO881-K9", "FTX1405YDC7"), Udi("CISCO881-K9", "FTX1405YDC8")
HERE = DeviceAddress("192.0.2.1")
SECURITY = InstalledLicense("advsecurity", "Permanent", "Active, In Use", "Primary License Storage")
SERVICES = InstalledLicense("advipservices", "Permanent", "Active, Not in Use", "Primary License Storage")
TRIAL = InstalledLicense(
    "advipservices", "Evaluation", "Active, In Use", "Evaluation License Storage", "8 weeks 4 days"
)


def obtained(deployed: int | None) -> ObtainedLicense:
    return ObtainedLicense("L7", R1, "D4Y22SMARGQ", "advipservices", "f.lic", b"", 0, deployed)


def reading(*licenses: InstalledLicense, level: str = "advsecurity", after: str = "advsecurity") -> DeviceReading:
    return DeviceReading(R1, level=level, level_type="Permanent", next_level=after, licenses=licenses)


def explained(bench: Bench, device: ManagedDevice, *held: ObtainedLicense) -> tuple[list[str], tuple[str, ...]]:
    with bench.database.writing() as records:
        records.devices.keep(device)
        for each in held:
            records.licenses.keep_license(each)
            if each.deployed is not None:
                records.licenses.deployed(each.udi, each.feature, each.deployed)
    found = explain_device(bench.context(), device.udi)
    return [f"{each.fact} [{each.told_by}]" for each in found.chain], found.next_steps


def test_a_reload_is_left_to_do(bench: Bench) -> None:
    device = ManagedDevice(R1, 0, HERE, seen=0, reading=reading(SECURITY, SERVICES, after="advipservices"))
    chain, steps = explained(bench, device, obtained(0))
    read, kept = "[the device, 1970-01-01T00:00:00Z]", "[the records, 1970-01-01T00:00:00Z]"
    by_others = (
        "The permanent license for advsecurity was not obtained for it here: it came with the device or by other hands."
    )
    assert chain == [
        f"It runs advsecurity by a license of the type Permanent. {read}",
        f"The license for advsecurity in use is Permanent, in Primary License Storage. {read}",
        f"License L7 for advipservices was obtained by PAK D4Y22SMARGQ, and is there. {kept}",
        f"{by_others} [the records]",
        f"A reload brings it to advipservices. {read}",
    ]
    assert steps == ("reload it, so that it runs advipservices",)


def test_a_license_that_waits_and_one_that_was_lost(bench: Bench) -> None:
    device = ManagedDevice(R1, 0, HERE, seen=0, reading=reading(SECURITY))
    chain, steps = explained(bench, device, obtained(None))
    assert "obtained by PAK D4Y22SMARGQ, and was not installed yet." in chain[2]
    assert steps == ("install the license that waits (deploy-held)",)
    chain, steps = explained(bench, device, obtained(5_000))
    assert chain[2].endswith("was there, and is there no more. [the records, 1970-01-01T00:00:05Z]")
    assert steps == ("have its licenses sent again (resend), at no debit",)


def test_an_evaluation_runs_out(bench: Bench) -> None:
    device = ManagedDevice(R1, 0, HERE, seen=0, reading=reading(TRIAL, level="advipservices", after="advipservices"))
    chain, steps = explained(bench, device)
    assert "is Evaluation, in Evaluation License Storage, 8 weeks 4 days left." in chain[1]
    assert steps == ("deploy a permanent license for advipservices before the time is up",)


def test_another_device_at_the_address_and_one_that_does_not_answer(bench: Bench) -> None:
    device = ManagedDevice(R1, 0, HERE, seen=0, tried=1_000, fault=DeviceFault.SILENT, detail="no prompt",
                           reading=reading(SECURITY))  # fmt: skip
    chain, steps = explained(bench, device)
    assert chain[-1] == "It could not be read since: timed out, no prompt. [the last look, 1970-01-01T00:00:01Z]"
    assert steps == ("see that it can be reached, and poll it",)
    chain, steps = explained(bench, ManagedDevice(R1, 0, HERE, tried=1_000, successor=R2, reading=reading(SECURITY)))
    assert chain[-1] == f"{R2} answers at its address. [the last look, 1970-01-01T00:00:01Z]"
    assert steps == (f"replace it by {R2} (RMA), or find it at another address",)


def test_what_was_never_read(bench: Bench) -> None:
    assert explained(bench, ManagedDevice(R1, 0)) == (
        ["Nothing is known of its level: it was never read. [the records]"],
        ("discover its address",),
    )
    with pytest.raises(UnknownName):
        explain_device(bench.context(), R2)
