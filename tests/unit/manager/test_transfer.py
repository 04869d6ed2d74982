"""Licenses move once: a rehost that breaks off at any step goes on there, and an RMA gives the same file again."""

import asyncio

import pytest

from emulator.kernel.errors import EmulatorError
from emulator.licensing.udi import Udi
from emulator.manager.discovery import DiscoveryTarget, discover
from emulator.manager.entities import DeviceAddress, DeviceFault, ObtainedLicense, RehostStep
from emulator.manager.errors import BackEndError
from emulator.manager.explanation import explain_device
from emulator.manager.license_files import InstalledFile
from emulator.manager.transfer import list_rehosts, rehost, replace_device
from tests.fakes.devices import FakeBackEnd, FakeDevice, FakeNetwork
from tests.unit.manager.conftest import Bench

SOURCE, TARGET = Udi("CISCO881-K9", "FTX1405YDC1"), Udi("CISCO881-K9", "FTX1405YDC2")
AGREEMENT = "ACCEPT? [yes/no]:"


class Pair:
    """A device with a license, another one without, and a portal."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.back_end = bench, FakeBackEnd()
        self.source = FakeDevice(serial=SOURCE.serial, licensed="advipservices")
        self.target = FakeDevice(serial=TARGET.serial)
        bench.network = FakeNetwork(d1=self.source, d2=self.target)
        targets = [DiscoveryTarget(DeviceAddress(f"192.0.2.{number}")) for number in (1, 2)]
        asyncio.run(discover(bench.context(), targets))

    def move(self, *, accept: bool = False) -> InstalledFile:
        return asyncio.run(rehost(self.bench.context(), self.back_end, SOURCE, TARGET, accept=accept))

    @property
    def step(self) -> RehostStep:
        [found] = list_rehosts(self.bench.context())
        return found.step

    def assert_moved_once(self) -> None:
        assert self.step is RehostStep.INSTALLED
        assert (self.source.revoked, self.target.installs) == (1, 1)
        assert (self.back_end.rehosts.permitted, self.back_end.rehosts.given) == ([SOURCE], [TARGET])
        assert self.source.licensed == "advsecurity"
        assert self.target.licensed == "advipservices"


@pytest.fixture
def pair(bench: Bench) -> Pair:
    return Pair(bench)


def test_a_rehost_takes_its_steps(pair: Pair) -> None:
    assert pair.move().installed == 1
    pair.assert_moved_once()
    acts = [outcome for _, act, _, outcome in pair.bench.trail() if act == "rehost"]
    assert [each.removeprefix(f"to {TARGET}: ") for each in acts] == [str(step) for step in RehostStep]


def test_what_a_source_gave_up_is_no_license_of_it_any_more(pair: Pair) -> None:
    with pair.bench.database.writing() as records:
        for udi, feature in ((SOURCE, "advipservices"), (SOURCE, "advsecurity"), (TARGET, "advipservices")):
            number = f"{udi.serial} {feature}"
            records.licenses.keep_license(ObtainedLicense(number, udi, "P", feature, "f.lic", b"x", 1, deployed=2))
    assert pair.move().installed == 1
    with pair.bench.database.reading() as records:
        left = [(each.id, each.pak) for each in records.licenses.licenses_of([SOURCE, TARGET])]
    assert left == [(f"{SOURCE.serial} advsecurity", "P"), (f"{TARGET.serial} advipservices", "P"), ("M0", "P")]
    told = f"license {SOURCE.serial} advipservices for advipservices given up for {TARGET}"
    assert ("local", "rehost", str(SOURCE), told) in pair.bench.trail()
    assert f"Licenses were moved to it from {SOURCE}." in [
        each.fact for each in explain_device(pair.bench.context(), TARGET).chain
    ]


def test_a_rehost_that_is_over_stays_so_where_the_portal_permits_no_other(pair: Pair) -> None:
    assert pair.move().installed == 1
    pair.back_end.down = "permission"
    with pytest.raises(BackEndError):
        pair.move()
    assert pair.step is RehostStep.INSTALLED


def test_a_lost_permission_is_asked_for_again(pair: Pair) -> None:
    pair.back_end.down = "permission"
    with pytest.raises(BackEndError):
        pair.move()
    assert pair.step is RehostStep.ASKED
    pair.move()
    pair.assert_moved_once()


def test_a_source_that_is_lost_after_it_revoked_gives_its_ticket_again(pair: Pair) -> None:
    pair.source.dies_at = "fetch"
    found = pair.move()
    assert (found.fault, found.detail) == (
        DeviceFault.DROPPED, f"{SOURCE} did not revoke: the connection was lost"
    )  # fmt: skip
    assert pair.step is RehostStep.PERMITTED
    pair.move()
    pair.assert_moved_once()


def test_a_license_whose_answer_was_lost_is_given_again(pair: Pair) -> None:
    pair.back_end.down = "rehost"
    with pytest.raises(BackEndError):
        pair.move()
    assert pair.step is RehostStep.REVOKED
    pair.move()
    pair.assert_moved_once()


def test_a_target_that_is_away_gets_its_license_later(pair: Pair) -> None:
    pair.target.silent = True
    assert pair.move().fault is DeviceFault.SILENT
    assert pair.step is RehostStep.LICENSED
    pair.target.silent = False
    pair.move()
    pair.assert_moved_once()


def test_an_agreement_is_accepted_by_the_user_alone(pair: Pair) -> None:
    pair.source.asks = AGREEMENT
    assert pair.move().fault is DeviceFault.REFUSED
    assert pair.source.revoked == 0
    pair.move(accept=True)
    pair.assert_moved_once()
    told = f"to {TARGET}: revoked on the source, agreement accepted where it was asked for"
    assert ("local", "rehost", str(SOURCE), told) in pair.bench.trail()


def test_a_device_gives_nothing_to_itself(pair: Pair) -> None:
    with pytest.raises(EmulatorError) as caught:
        asyncio.run(rehost(pair.bench.context(), pair.back_end, SOURCE, SOURCE))
    assert str(caught.value) == "a rehost is from one device to another one"


def test_a_replacement_gets_the_licenses_of_the_failed_device(pair: Pair) -> None:
    context = pair.bench.context()
    refused = asyncio.run(replace_device(context, pair.back_end, SOURCE, TARGET, "C2", accept=False))
    assert (refused.fault, refused.detail) == (DeviceFault.REFUSED, f"The contract of {SOURCE} is another one.")
    for expected in (1, 0):
        found = asyncio.run(replace_device(context, pair.back_end, SOURCE, TARGET, "C1", accept=False))
        assert found.installed == expected
    assert pair.target.installs == 1
