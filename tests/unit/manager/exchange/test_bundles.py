"""Two managers without a network between them: what one writes the other reads, each bundle once and in its order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.kernel.errors import EmulatorError, Refused
from emulator.keys.secret_box import SecretBox, new_key
from emulator.licensing.udi import Udi
from emulator.manager import inventory
from emulator.manager.context import ManagerContext
from emulator.manager.entities import (
    CredentialSet,
    DeviceAddress,
    DeviceGroup,
    DeviceReading,
    ManagedDevice,
    ManagerUser,
    ObtainedLicense,
)
from emulator.manager.errors import NotAllowed
from emulator.manager.exchange.bundles import read_bundle, write_again, write_bundle
from emulator.manager.exchange.pairs import delete_pair, keep_pair, list_pairs, own_key
from emulator.manager.exchange_entities import BundleOutcome
from emulator.manager.moved_licenses import retire
from emulator.manager.roles import ManagerRole
from emulator.manager.store.database import ManagerDatabase
from emulator.manager.store.devices import DeviceFilter
from tests.unit.manager.conftest import Bench

R1, R2 = Udi("CISCO881-K9", "FTX1405YDC7"), Udi("CISCO881-K9", "FTX1405YDC8")
ALL = DeviceFilter()


class Side(Bench):
    """A manager with its database in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.box = SecretBox(new_key())
        super().__init__(ManagerDatabase(folder / "manager.db", self.box))

    def write(self, name: str, chosen: DeviceFilter = ALL) -> bytes:
        return write_bundle(self.context(), name, chosen)[1]

    def state(self) -> list[tuple[str, int | None, tuple[str, ...]]]:
        with self.database.reading() as records:
            return [
                (str(each.udi), each.seen, tuple(held.id for held in records.licenses.licenses_of([each.udi])))
                for each in records.devices.choose(ALL)
            ]

    def put_license(self, udi: Udi, deployed: int | None = None) -> None:
        with self.database.writing() as records:
            records.licenses.keep_license(
                ObtainedLicense("L1", udi, "D4Y22SMARGQ", "advipservices", "f.lic", b"\x00<", 5, deployed)
            )


@pytest.fixture
def sides(tmp_path: Path) -> Iterator[tuple[Side, Side]]:
    """The manager inside, with two devices, and the one outside; they are paired."""
    inside, outside = Side(tmp_path / "inside"), Side(tmp_path / "outside")
    keep_pair(inside.context(), "outside", own_key(outside.context()))
    keep_pair(outside.context(), "inside", own_key(inside.context()))
    inventory.keep_credentials(inside.context(), CredentialSet("lab", "admin", "hush-hush"))
    inventory.keep_group(inside.context(), DeviceGroup("fenced", ("lab",)))
    reading = DeviceReading(R1, "R1", "15.0(1)M4", "flash:x", "advsecurity", "Permanent", "advsecurity")
    with inside.database.writing() as records:
        records.devices.keep(ManagedDevice(R1, 1, DeviceAddress("192.0.2.77"), seen=9, reading=reading))
        records.devices.keep(ManagedDevice(R2, 1))
        records.devices.join("fenced", [R1])
    yield inside, outside
    inside.database.close()
    outside.database.close()


def test_devices_go_out_and_licenses_come_in_and_secrets_and_addresses_stay(sides: tuple[Side, Side]) -> None:
    inside, outside = sides
    first = inside.write("outside")
    for secret in (b"hush-hush", b"192.0.2.77", b"admin"):
        assert secret not in first
    found = read_bundle(outside.context(), first, dry_run=True)
    assert outside.state() == []
    assert read_bundle(outside.context(), first) == found
    assert (found.new, found.number) == ((R1, R2), 1)
    assert outside.state() == [(str(R1), 9, ()), (str(R2), None, ())]
    device, groups = inventory.show_device(outside.context(), R1)
    assert (groups, device.address, device.reading and device.reading.level) == (["fenced"], None, "advsecurity")
    outside.put_license(R1)
    found = read_bundle(inside.context(), outside.write("inside"))
    assert (found.licenses, found.new, found.updated) == (("L1",), (), ())
    device, _ = inventory.show_device(inside.context(), R1)
    assert device.address == DeviceAddress("192.0.2.77")
    with inside.database.writing() as records:
        (license_,) = records.licenses.licenses_of([R1])
        assert license_.content == b"\x00<"
        records.licenses.deployed(R1, "advipservices", 77)
    found = read_bundle(outside.context(), inside.write("outside"))
    assert (found.licenses, found.deployed) == ((), ("L1",))
    with outside.database.reading() as records:
        assert [each.deployed for each in records.licenses.licenses_of([R1])] == [77]


def test_a_repeated_bundle_changes_nothing_and_one_that_is_missing_is_told_and_written_again(
    sides: tuple[Side, Side],
) -> None:
    inside, outside = sides
    one, two, three = (inside.write("outside") for _ in range(3))
    read_bundle(outside.context(), one)
    before = outside.state()
    with pytest.raises(Refused) as caught:
        read_bundle(outside.context(), three)
    assert str(caught.value) == (
        "bundle 2 is missing before bundle 3 of 'inside'; read them first, or have them written there by "
        "`manager bundle write PAIR FILE --again 2`; --skip-missing does without them"
    )
    assert read_bundle(outside.context(), one).outcome is BundleOutcome.REPEATED
    assert outside.state() == before
    assert write_again(inside.context(), "outside", 2) == two
    read_bundle(outside.context(), two)
    read_bundle(outside.context(), three)
    with pytest.raises(Refused, match="bundle 1 of 'inside' was read before, or its manager was put back to an older"):
        read_bundle(outside.context(), one)
    read_bundle(inside.context(), outside.write("inside"))
    with pytest.raises(Refused, match="bundle 2 for 'outside' was read there; the last one written is 3"):
        write_again(inside.context(), "outside", 2)
    with pytest.raises(Refused, match="bundle 4 for 'outside' was not written yet"):
        write_again(inside.context(), "outside", 4)
    assert [(each.sent, each.acknowledged, each.received) for each in list_pairs(inside.context())] == [(3, 3, 1)]
    inside.write("outside")
    found = read_bundle(outside.context(), inside.write("outside"), skip_missing=True)
    assert found.number == 5


def test_no_altered_byte_of_a_bundle_is_taken_over(sides: tuple[Side, Side]) -> None:
    inside, outside = sides
    data = inside.write("outside")
    for place in range(0, len(data), 29):
        altered = data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]
        with pytest.raises(Refused):
            read_bundle(outside.context(), altered)
    with pytest.raises(
        Refused, match=r"the bundle was altered: it does not bear the signature of its sender [0-9A-F]+;"
    ):
        read_bundle(outside.context(), data + b" ")
    assert outside.state() == []


def test_a_bundle_of_a_stranger_for_another_or_of_this_manager_is_refused(
    sides: tuple[Side, Side], tmp_path: Path
) -> None:
    inside, outside = sides
    stranger = Side(tmp_path / "stranger")
    keep_pair(stranger.context(), "outside", own_key(outside.context()))
    refusals = [
        (outside, stranger.write("outside"), "is of a manager that is not paired with this one, key "),
        (stranger, outside.write("inside"), "the bundle of 'outside' is for another manager, not for this one"),
        (outside, outside.write("inside"), "was written by this manager; it is for the other one"),
        (outside, b"<UDI_LIST/>", "it is no bundle of a license manager; `manager bundle write` writes one"),
    ]
    for reader, data, told in refusals:
        with pytest.raises(Refused) as caught:
            read_bundle(reader.context(), data)
        assert told in str(caught.value)
    delete_pair(outside.context(), "inside")
    with pytest.raises(Refused, match="is of a manager that is not paired"):
        read_bundle(outside.context(), inside.write("outside"))
    stranger.database.close()


def test_a_manager_that_was_put_back_to_an_older_copy_is_told_and_goes_on(
    sides: tuple[Side, Side], tmp_path: Path
) -> None:
    inside, outside = sides
    read_bundle(outside.context(), inside.write("outside"))
    inside.database.close()
    old = (tmp_path / "inside" / "manager.db").read_bytes()
    inside.database = ManagerDatabase(tmp_path / "inside" / "manager.db", inside.box)
    read_bundle(outside.context(), inside.write("outside"))
    inside.database.close()
    for name in ("manager.db-wal", "manager.db-shm"):
        (tmp_path / "inside" / name).unlink(missing_ok=True)
    (tmp_path / "inside" / "manager.db").write_bytes(old)
    inside.database = ManagerDatabase(tmp_path / "inside" / "manager.db", inside.box)
    inventory.add_devices(inside.context(), [Udi("CISCO881-K9", "FTX1405YDC9")])
    with pytest.raises(
        Refused, match="does not follow what was read of it here: the records of one side were put back"
    ):
        read_bundle(outside.context(), inside.write("outside"))
    assert read_bundle(inside.context(), outside.write("inside")).restored
    read_bundle(outside.context(), inside.write("outside"))
    assert len(outside.state()) == 3


def test_only_administrators_exchange_and_malformed_pairs_are_refused(sides: tuple[Side, Side]) -> None:
    inside, _ = sides
    inventory.keep_user(inside.context(), ManagerUser("ann", ManagerRole.INVENTORY))
    reader: ManagerContext = inside.context("ann")
    with pytest.raises(NotAllowed, match="may not exchange bundles with other managers"):
        write_bundle(reader, "outside", ALL)
    key = own_key(inside.context())
    for name, given, told in (
        ("a b", key, "'a b' is no name of a pair; it has 1 to 64 visible ASCII characters"),
        ("x", key[1:], "the key of a manager has 64 hexadecimal digits; `manager pair key` shows it there"),
        ("x", key, "that is the key of this manager; take the one that `manager pair key` shows in the other"),
    ):
        with pytest.raises(Refused) as caught:
            keep_pair(inside.context(), name, given)
        assert str(caught.value) == told
    with pytest.raises(Refused, match="'outside' is paired already, with the key "):
        keep_pair(inside.context(), "outside", "0" * 64)
    with pytest.raises(EmulatorError, match=r"unknown pair 'outsid'\. Did you mean outside\?"):
        inside.write("outsid")


@pytest.mark.parametrize("is_known", [True, False])
def test_a_failure_that_was_reported_outside_is_known_inside(sides: tuple[Side, Side], *, is_known: bool) -> None:
    inside, outside = sides
    read_bundle(outside.context(), inside.write("outside"))
    inside.put_license(R1, deployed=7)
    with outside.database.writing() as records:
        retire(records, R1, R2)
    if not is_known:
        inventory.delete_devices(inside.context(), [R1])
    found = read_bundle(inside.context(), outside.write("inside"))
    assert (found.new, found.updated) == (((), (R1,)) if is_known else ((R1,), ()))
    device, _ = inventory.show_device(inside.context(), R1)
    assert (device.replaced_by, device.address) == (R2, None)
    assert device.reading is not None
    assert (device.reading.hostname, device.reading.level) == ("R1", "")
    assert inside.state()[0][2] == ()
    assert read_bundle(outside.context(), inside.write("outside")).updated == ()
