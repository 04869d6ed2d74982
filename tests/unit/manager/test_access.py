"""Folders and access lists: who sees what, who may change that, and what is kept whoever looks."""

import asyncio

import pytest

from emulator.kernel.errors import Refused, UnknownName
from emulator.licensing.udi import Udi
from emulator.manager import access, inventory, paks
from emulator.manager.access_entities import Listed, PakFolder, UserAccessList
from emulator.manager.alerts import due_alerts
from emulator.manager.discovery import DiscoveryTarget, discover
from emulator.manager.entities import DeviceAddress, DeviceGroup, KnownPak, ManagerUser
from emulator.manager.errors import BackEndError, NotAllowed, NotKnown
from emulator.manager.job_records import ABOUT_ADDRESSES, ABOUT_PAKS
from emulator.manager.jobs import control
from emulator.manager.jobs.arguments import PollJob
from emulator.manager.jobs.kinds import KINDS
from emulator.manager.moved_licenses import retire
from emulator.manager.paks import ask_for_pak
from emulator.manager.policies import keep_policy, list_policies, try_policy
from emulator.manager.polling import poll
from emulator.manager.roles import ManagerRole
from emulator.manager.store.devices import DeviceFilter, LicensePolicy
from tests.fakes.devices import FakeBackEnd, FakeDevice, FakeNetwork
from tests.unit.manager.conftest import Bench

R1, R2, R3 = (Udi("CISCO881-K9", f"FTX1405YDC{number}") for number in (1, 2, 3))
PAK, OTHER = "D4Y22SMARGQ", "D4Y22SMARGR"
ANN, BOB, PIA = "ann", "bob", "pia"


@pytest.fixture
def fleet(bench: Bench) -> Bench:
    """Three devices, the first two in groups; two PAKs, the first in a folder; Ann and Bob, and Pia who has PAKs."""
    context = bench.context()
    for name, role in ((ANN, ManagerRole.INVENTORY), (BOB, ManagerRole.INVENTORY), (PIA, ManagerRole.PAK)):
        inventory.keep_user(context, ManagerUser(name, role))
    inventory.add_devices(context, [R1, R2, R3])
    for name, udis in (("north", [R1, R2]), ("south", [R2])):
        inventory.keep_group(context, DeviceGroup(name))
        inventory.change_members(context, name, udis, join=True)
    with bench.database.writing() as records:
        for code in (PAK, OTHER):
            records.licenses.keep_pak(KnownPak(code, "L-880-AIS=", "advipservices", 5, 5, bench.now))
    access.keep_folder(context, "spare")
    access.change_folder(context, "spare", [PAK], put=True)
    return bench


def seen(bench: Bench, user: str) -> list[Udi]:
    return inventory.choose_udis(bench.context(user), DeviceFilter())


def limit(bench: Bench, about: Listed, subject: object, *users: str) -> None:
    access.keep_access(bench.context(), UserAccessList(about, str(subject), users))


def test_what_has_no_list_is_seen_by_all(fleet: Bench) -> None:
    assert seen(fleet, ANN) == [R1, R2, R3]
    assert access.list_folders(fleet.context(BOB)) == [PakFolder("spare", (PAK,))]


def test_a_device_is_seen_by_those_on_any_of_its_lists(fleet: Bench) -> None:
    limit(fleet, Listed.GROUP, "north", ANN)
    assert (seen(fleet, ANN), seen(fleet, BOB), seen(fleet, "local")) == ([R1, R2, R3], [R3], [R1, R2, R3])
    limit(fleet, Listed.GROUP, "south", BOB)
    assert seen(fleet, BOB) == [R2, R3]
    limit(fleet, Listed.DEVICE, R1, BOB)
    assert seen(fleet, BOB) == [R1, R2, R3]
    assert inventory.show_device(fleet.context(BOB), R2)[1] == ["south"]
    limit(fleet, Listed.DEVICE, R3)
    assert (seen(fleet, ANN), seen(fleet, BOB)) == ([R1, R2], [R1, R2])
    access.delete_access(fleet.context(), Listed.DEVICE, str(R3))
    assert R3 in seen(fleet, ANN)


def test_a_list_whose_users_were_deleted_is_for_admins_alone(fleet: Bench) -> None:
    limit(fleet, Listed.GROUP, "north", BOB)
    inventory.delete_user(fleet.context(), BOB)
    assert access.list_access(fleet.context()) == [UserAccessList(Listed.GROUP, "north", ())]
    assert seen(fleet, ANN) == [R3]


def test_a_group_has_its_list_and_policies_under_another_name(fleet: Bench) -> None:
    limit(fleet, Listed.GROUP, "north", ANN)
    keep_policy(fleet.context(), LicensePolicy("p", "L-*", DeviceFilter(group="north")))
    for user, new in ((BOB, "west"), (ANN, "south")):
        with pytest.raises((UnknownName, Refused)):
            inventory.rename_group(fleet.context(user), "north", new)
    inventory.rename_group(fleet.context(ANN), "north", "west")
    assert access.list_access(fleet.context()) == [UserAccessList(Listed.GROUP, "west", (ANN,))]
    assert seen(fleet, BOB) == [R3]
    assert [each.filter.group for each in list_policies(fleet.context())] == ["west"]
    assert inventory.show_device(fleet.context(), R1)[1] == ["west"]
    control.submit(fleet.context(), "poll", PollJob(filter=DeviceFilter(group="south")))
    with pytest.raises(Refused, match="a job that is not over names group 'south'; wait until it is, or kill it"):
        inventory.rename_group(fleet.context(), "south", "east")


def test_a_pak_goes_with_its_folders(fleet: Bench) -> None:
    limit(fleet, Listed.FOLDER, "spare", BOB)
    assert [each.code for each in paks.list_paks(fleet.context(PIA))] == [OTHER]
    assert access.list_folders(fleet.context(PIA)) == []
    assert [each.code for each in paks.list_paks(fleet.context(BOB), "spare")] == [PAK]
    access.rename_folder(fleet.context(), "spare", "store")
    assert [each.code for each in paks.list_paks(fleet.context(BOB), "store")] == [PAK]
    assert access.list_folders(fleet.context(PIA)) == []
    access.delete_folder(fleet.context(), "store")
    assert access.list_access(fleet.context()) == []
    assert len(paks.list_paks(fleet.context(PIA))) == 2


@pytest.mark.parametrize(("user", "about", "subject"), [(ANN, Listed.GROUP, "north"), (PIA, Listed.DEVICE, str(R1))])
def test_lists_of_devices_are_an_admins(fleet: Bench, user: str, about: Listed, subject: str) -> None:
    with pytest.raises(NotAllowed, match="may not manage access lists of devices and groups"):
        access.keep_access(fleet.context(user), UserAccessList(about, subject, (user,)))


def test_members_of_a_listed_group_are_changed_by_who_may_change_the_list(fleet: Bench) -> None:
    limit(fleet, Listed.GROUP, "north", ANN)
    ann = fleet.context(ANN)
    with pytest.raises(NotAllowed):
        inventory.change_members(ann, "north", [R1], join=False)
    with pytest.raises(NotAllowed):
        inventory.delete_group(ann, "north")
    inventory.change_members(ann, "south", [R3], join=True)
    assert seen(fleet, BOB) == [R3]
    inventory.delete_group(fleet.context(), "north")
    assert access.list_access(fleet.context()) == []


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (UserAccessList(Listed.GROUP, "nort", ()), "unknown group 'nort'. Did you mean north?"),
        (UserAccessList(Listed.PAK, PAK, ("eve",)), "there is no user 'eve'"),
    ],
)
def test_what_is_not_there_has_no_list(fleet: Bench, wanted: UserAccessList, told: str) -> None:
    with pytest.raises((UnknownName, NotKnown)) as caught:
        access.keep_access(fleet.context(), wanted)
    assert str(caught.value) == told


def test_a_pak_that_is_not_seen_cannot_be_used(fleet: Bench) -> None:
    limit(fleet, Listed.PAK, PAK, BOB)
    told = []
    for code in (PAK, "D4Y22SMARGZ"):
        with pytest.raises(BackEndError) as caught:
            asyncio.run(ask_for_pak(fleet.context(ANN), FakeBackEnd(), code))
        told.append(str(caught.value).replace(code, "X"))
    assert told == ["the portal has no PAK 'X' for this account"] * 2


def test_what_a_reading_tells_is_kept_whoever_reads(fleet: Bench) -> None:
    fleet.network = FakeNetwork(d1=FakeDevice(serial=R1.serial))
    asyncio.run(discover(fleet.context(), [DiscoveryTarget(DeviceAddress("192.0.2.1"))]))
    fleet.network = FakeNetwork(d1=FakeDevice(serial=R3.serial))
    limit(fleet, Listed.DEVICE, R3)
    [found] = asyncio.run(poll(fleet.context(ANN), DeviceFilter()))
    assert found.detail == "(not shown to you) answers at its address"
    assert inventory.show_device(fleet.context(ANN), R1)[0].successor is None
    fleet.network = FakeNetwork()
    asyncio.run(poll(fleet.context(ANN), DeviceFilter()))
    assert inventory.show_device(fleet.context(), R1)[0].successor == R3


def test_a_job_of_ones_own_keeps_what_is_hidden_later(fleet: Bench) -> None:
    job = control.submit(fleet.context(ANN), "poll", PollJob(udis=(str(R1), str(R3))))
    with fleet.database.writing() as records:
        records.jobs.add_items(job.id, [str(R1), str(R3)])
    limit(fleet, Listed.DEVICE, R1, BOB)
    control.comment(fleet.context(ANN), job.id, f"after {R1}")
    assert control.show_job(fleet.context(ANN), job.id).comment == "after (not shown to you)"
    assert [each.subject for each in control.list_items(fleet.context(ANN), job.id)] == [str(R3)]
    control.pause(fleet.context(ANN), job.id)
    assert control.show_job(fleet.context(), job.id).comment == f"after {R1}"
    assert len(control.list_items(fleet.context(), job.id)) == 2


def test_a_letter_is_for_who_sees_everything(fleet: Bench) -> None:
    limit(fleet, Listed.DEVICE, R1, BOB)
    assert due_alerts(fleet.context(BOB), 0).new == ()
    with pytest.raises(Refused, match="a letter tells of the whole fleet"):
        due_alerts(fleet.context(ANN), 0)


def test_subjects_of_jobs_are_of_the_kind_that_sight_takes_them_for() -> None:
    assert {kind.name for kind in KINDS.values() if not hasattr(kind.arguments, "udis")} == {
        *ABOUT_PAKS, *ABOUT_ADDRESSES, "install", "rehost", "rma",
    }  # fmt: skip


def test_a_device_whose_replacement_is_not_seen_gets_no_license_by_a_policy(fleet: Bench) -> None:
    with fleet.database.writing() as records:
        retire(records, R1, R3)
    limit(fleet, Listed.DEVICE, R3, BOB)
    keep_policy(fleet.context(ANN), LicensePolicy("upgrade", "L-880-*"))
    assert inventory.show_device(fleet.context(ANN), R1)[0].replaced_by is None
    assert [item.udi for item in try_policy(fleet.context(ANN), "upgrade").items] == [R2]
