"""The database of the manager, in a file and on a server: what it keeps, seals and refuses."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from emulator.kernel.errors import DataFileError, Refused
from emulator.keys.sealing import CannotOpen
from emulator.keys.secret_box import SecretBox, new_key
from emulator.licensing.udi import Udi
from emulator.manager.context import ManagerContext
from emulator.manager.entities import (
    SSH,
    BackEndAccess,
    CredentialSet,
    DeviceAddress,
    DeviceFault,
    DeviceGroup,
    DeviceReading,
    DeviceTransport,
    InstalledLicense,
    KnownPak,
    ManagedDevice,
    ObtainedLicense,
    Rehost,
    RehostStep,
    TrailEntry,
    TransportChoice,
)
from emulator.manager.ports import one_by_one
from emulator.manager.store.database import VERSION, ManagerDatabase
from emulator.manager.store.devices import DeviceFilter
from tests.fakes.devices import FakeNetwork
from tests.hidden_fleet import HIDDEN, HIDDEN_PAK, INSIDE, OPEN, OPEN_PAK, OUTSIDE, hide
from tests.postgres import scratch

R1, R2 = Udi("CISCO881-K9", "FTX1405YDC7"), Udi("CISCO881-K9", "FTX1405YDC8")
BOX = SecretBox(new_key())
SERVER = os.environ.get("ISRTWIN_TEST_POSTGRES")

ORDER = (SSH, TransportChoice(DeviceTransport.TELNET, 2023))
FULL = ManagedDevice(
    R1, 1, DeviceAddress("2001:db8::1", 2022), SSH, "lab", 3, 2, DeviceFault.OTHER_DEVICE,
    "R2 answers", R2,
    DeviceReading(R1, "R1", "15.0(1)M4", "flash:x", "advsecurity", "Permanent", "advipservices",
                  (InstalledLicense("advsecurity", "Permanent", "Active, In Use", "Primary License Storage"),)),
)  # fmt: skip


@pytest.fixture(params=["file", *(["server"] if SERVER else [])])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    if request.param == "file":
        yield tmp_path / "manager.db"
    else:
        assert SERVER is not None
        with scratch(SERVER) as url:
            yield url


@pytest.fixture
def database(place: Path | str) -> Iterator[ManagerDatabase]:
    opened = ManagerDatabase(place, BOX)
    yield opened
    opened.close()


def test_what_is_kept_is_read_again_after_it_was_opened_anew(place: Path | str) -> None:
    first = ManagerDatabase(place, BOX)
    with first.writing() as records:
        records.keep_credentials(CredentialSet("lab", "admin", "lab", "cisco"))
        records.keep_group(DeviceGroup("north", ("lab",), ORDER))
        records.devices.keep(FULL)
        records.devices.keep(ManagedDevice(R2, 5))
        records.devices.join("north", [R1, R2])
        records.add_to_trail(TrailEntry(1, "local", "add", str(R1), "added"))
    first.close()
    again = ManagerDatabase(place, BOX)
    with again.reading() as records:
        assert records.devices.find(R1) == FULL
        assert records.devices.find(R2) == ManagedDevice(R2, 5)
        assert records.devices.at(DeviceAddress("2001:db8::1", 2022)) == [FULL]
        assert records.credentials() == [CredentialSet("lab", "admin", "lab", "cisco")]
        assert records.groups() == [DeviceGroup("north", ("lab",), ORDER)]
        assert records.devices.groups_of(R2) == ["north"]
        assert records.trail(limit=9) == [TrailEntry(1, "local", "add", str(R1), "added")]
    again.close()


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (DeviceFilter(), [R1, R2]),
        (DeviceFilter(text="ydc8"), [R2]),
        (DeviceFilter(text="2001:DB8"), [R1]),
        (DeviceFilter(text="%"), []),
        (DeviceFilter(level="advsecurity"), [R1]),
        (DeviceFilter(faulty=True), [R1]),
        (DeviceFilter(pending=True), [R1]),
        (DeviceFilter(group="north"), [R2]),
        (DeviceFilter(group="north", faulty=True), []),
    ],
)
def test_a_choice_of_devices(database: ManagerDatabase, chosen: DeviceFilter, found: list[Udi]) -> None:
    with database.writing() as records:
        records.keep_group(DeviceGroup("north"))
        records.devices.keep(FULL)
        records.devices.keep(ManagedDevice(R2, 5))
        records.devices.join("north", [R2])
    with database.reading() as records:
        assert [each.udi for each in records.devices.choose(chosen)] == found
        assert records.devices.count(chosen) == len(found)


def test_the_portal_paks_and_licenses_are_kept(database: ManagerDatabase) -> None:
    access = BackEndAccess("https://portal.example/", "t0ken", "-----BEGIN CERTIFICATE-----")
    license_ = ObtainedLicense("L1", R1, "D4Y22SMARGQ", "advipservices", "a.lic", b"\x00<xml/>", 7)
    with database.writing() as records:
        assert records.back_end() is None
        records.keep_back_end(BackEndAccess("https://old.example/", "x"))
        records.keep_back_end(access)
        records.licenses.keep_pak(KnownPak("D4Y22SMARGQ", "L-880-AIS=", "advipservices", 5, 4, 1))
        records.licenses.keep_license(license_)
        records.devices.keep(FULL)
        records.devices.drop([R1])
    with database.writing() as records:
        assert records.back_end() == access
        assert records.licenses.paks() == [KnownPak("D4Y22SMARGQ", "L-880-AIS=", "advipservices", 5, 4, 1)]
        assert records.licenses.undeployed() == [license_]
        records.licenses.deployed(R1, "advsecurity", 8)
        records.licenses.deployed(R1, "advipservices", 9)
        records.licenses.deployed(R1, "advipservices", 10)
        assert records.licenses.undeployed() == []
        assert [each.deployed for each in records.licenses.licenses_of([R1, R2])] == [9]
        assert records.licenses.drop_pak("D4Y22SMARGQ")
        assert not records.licenses.drop_pak("D4Y22SMARGQ")


def test_what_fails_half_way_leaves_nothing(database: ManagerDatabase) -> None:
    def fail() -> None:
        with database.writing() as records:
            records.devices.keep(FULL)
            raise Refused("half way")

    with pytest.raises(Refused, match="half way"):
        fail()
    with database.reading() as records:
        assert records.devices.find(R1) is None


def test_passwords_are_sealed_at_rest_and_open_with_one_key_alone(tmp_path: Path) -> None:
    file = tmp_path / "manager.db"
    first = ManagerDatabase(file, BOX)
    with first.writing() as records:
        records.keep_credentials(CredentialSet("lab", "admin", "s3cret-word", "3nable-word"))
    first.close()
    kept = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert b"admin" in kept
    assert b"s3cret-word" not in kept
    assert b"3nable-word" not in kept
    other = ManagerDatabase(file, SecretBox(new_key()))
    with other.reading() as records, pytest.raises(CannotOpen):
        records.credentials()
    other.close()


def test_a_sealed_password_opens_beside_its_own_name_alone(tmp_path: Path) -> None:
    file = tmp_path / "manager.db"
    database = ManagerDatabase(file, BOX)
    with database.writing() as records:
        records.keep_credentials(CredentialSet("lab", "admin", "lab"))
        records.keep_credentials(CredentialSet("mine", "guest", "guest"))
    with sqlite3.connect(file) as connection:
        connection.execute(
            "UPDATE manager_credentials SET password ="
            " (SELECT password FROM manager_credentials WHERE name = 'lab') WHERE name = 'mine'"
        )
    connection.close()
    with database.reading() as records, pytest.raises(CannotOpen):
        records.credentials(["mine"])
    database.close()


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "manager.db"
    ManagerDatabase(file, BOX).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE manager_schema SET version = 99")
    connection.close()
    with pytest.raises(DataFileError) as caught:
        ManagerDatabase(file, BOX)
    assert str(caught.value) == f"{file}: was written by a newer isrtwin (version 99, this one knows up to {VERSION})"


def test_a_database_of_the_first_version_is_brought_up(tmp_path: Path) -> None:
    file = tmp_path / "manager.db"
    first = ManagerDatabase(file, BOX)
    with first.writing() as records:
        records.devices.keep(FULL)
    first.close()
    with sqlite3.connect(file) as connection:
        for table in ("back_end", "paks", "licenses"):
            connection.execute(f"DROP TABLE manager_{table}")
        connection.execute("UPDATE manager_schema SET version = 1")
    connection.close()
    for _ in range(2):
        again = ManagerDatabase(file, BOX)
        with again.writing() as records:
            assert records.devices.find(R1) == FULL
            assert records.licenses.undeployed() == []
        again.close()


LATER_TABLES = ("access_users", "access_lists", "folder_paks", "folders")
"""Tables that version 9 brought."""


def test_a_database_of_version_8_is_brought_up_and_keeps_what_it_has(place: Path | str) -> None:
    first = ManagerDatabase(place, BOX)
    with first.writing() as records:
        records.devices.keep(FULL)
        records.licenses.keep_pak(KnownPak("D4Y22SMARGQ", "L-880-AIS=", "advipservices", 5, 4, 1))
    with first._writer.begin() as connection:
        for table in LATER_TABLES:
            connection.exec_driver_sql(f"DROP TABLE manager_{table}")
        connection.exec_driver_sql("ALTER TABLE manager_paks DROP COLUMN families")
        connection.exec_driver_sql("ALTER TABLE manager_devices DROP COLUMN replaced_by")
        connection.exec_driver_sql("ALTER TABLE manager_rehosts DROP COLUMN paks")
        connection.exec_driver_sql("UPDATE manager_schema SET version = 8")
    first.close()
    pak = KnownPak("D4Y22SMARGQ", "L-880-AIS=", "advipservices", 5, 4, 1)
    moved = Rehost(R1, R2, 1, 2, RehostStep.REVOKED, b"x", b"y", paks=(("advipservices", "D4Y22SMARGQ"),))
    again = ManagerDatabase(place, BOX)
    with again.writing() as records:
        assert (records.devices.find(R1), records.licenses.paks(), records.access.folders()) == (FULL, [pak], [])
        records.devices.keep(replace(FULL, replaced_by=R2))
        records.licenses.keep_pak(replace(pak, families=("880", "iad880")))
        records.rehosts.keep(moved)
    again.close()
    last = ManagerDatabase(place, BOX)
    with last.reading() as records:
        assert records.devices.find(R1) == replace(FULL, replaced_by=R2)
        assert records.licenses.paks() == [replace(pak, families=("880", "iad880"))]
        assert records.rehosts.find(R1, R2) == moved
    hide(ManagerContext(last, FakeNetwork(), one_by_one, lambda: 1_000, _no_pause))
    with last.seen_by(OUTSIDE).reading() as records:
        assert records.devices.udis(DeviceFilter()) == sorted([OPEN, R1])
    last.close()


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "manager.db"
    file.write_bytes(b"address,udi\n" * 1_000)
    with pytest.raises(DataFileError) as caught:
        ManagerDatabase(file, BOX)
    assert str(caught.value) == f"{file}: is damaged: file is not a database"


def test_a_place_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        ManagerDatabase(tmp_path / "missing" / "manager.db", BOX)
    assert str(caught.value) == (
        f"the database {tmp_path}/missing/manager.db cannot be used: unable to open database file"
    )


async def _no_pause(_: float) -> None:
    raise AssertionError("nothing waits here")


def test_what_access_lists_keep_from_a_user_is_left_out_of_every_record(database: ManagerDatabase) -> None:
    context = ManagerContext(database, FakeNetwork(), one_by_one, lambda: 1_000, _no_pause)
    hide(context)
    told = {}
    for user in (OUTSIDE, INSIDE, None):
        with database.seen_by(user).reading() as records:
            told[user] = (
                [each.udi for each in records.devices.choose(DeviceFilter())],
                records.devices.count(DeviceFilter()),
                sum(records.devices.levels().values()),
                len(list(records.devices.licenses())),
                records.devices.counts().pending,
                [each.code for each in records.licenses.paks()],
                [(each.id, each.pak) for each in records.licenses.choose()[0]],
                len(records.rehosts.choose()),
                records.jobs.count(open_only=False),
                [len(records.jobs.items(number)) for number in (1, 2)],
                [each.name for each in records.groups()],
                records.history(str(HIDDEN), offset=0, limit=9)[1],
                len(records.reports.heads()),
            )
    assert told[OUTSIDE] == (
        [OPEN], 1, 1, 1, 1, [OPEN_PAK], [("L0", ""), ("L1", OPEN_PAK)], 0, 0, [0, 1], ["open-south"], 0, 10,
    )  # fmt: skip
    assert told[INSIDE] == told[None] == (
        [OPEN, HIDDEN], 2, 2, 2, 2, [HIDDEN_PAK, OPEN_PAK], [("L0", HIDDEN_PAK), ("L1", OPEN_PAK), ("L2", OPEN_PAK)],
        1, 2, [1, 2], ["hidden-north", "open-south"], 1, 12,
    )  # fmt: skip
