"""Inventory: devices, groups, credential sets and users, and the exact words for what is refused."""

from collections.abc import Callable

import pytest

from emulator.kernel.errors import EmulatorError
from emulator.licensing.udi import Udi
from emulator.manager import inventory
from emulator.manager.entities import CredentialSet, DeviceGroup, ManagerUser
from emulator.manager.roles import ManagerRole
from emulator.manager.store.devices import DeviceFilter
from tests.unit.manager.conftest import Bench
from tests.unit.manager.test_discovery import R1, R2


def test_devices_are_added_by_udi_once(bench: Bench) -> None:
    inventory.keep_group(bench.context(), DeviceGroup("fenced"))
    assert inventory.add_devices(bench.context(), [R1, R2, R1], "fenced") == [R1, R2]
    assert inventory.add_devices(bench.context(), [R1]) == []
    devices, total = inventory.list_devices(bench.context(), DeviceFilter(group="fenced"), limit=1)
    assert ([each.udi for each in devices], total) == ([R1], 2)
    assert inventory.show_device(bench.context(), R1)[1] == ["fenced"]


def test_a_deleted_device_is_in_no_group(bench: Bench) -> None:
    inventory.keep_group(bench.context(), DeviceGroup("north"))
    inventory.add_devices(bench.context(), [R1, R2], "north")
    assert inventory.delete_devices(bench.context(), [R1, R1]) == 1
    assert inventory.list_groups(bench.context()) == [(DeviceGroup("north"), 1)]
    inventory.delete_group(bench.context(), "north")
    assert inventory.list_devices(bench.context(), DeviceFilter())[1] == 1


def test_a_device_may_be_in_several_groups(bench: Bench) -> None:
    for name in ("north", "shops"):
        inventory.keep_group(bench.context(), DeviceGroup(name))
        inventory.add_devices(bench.context(), [R1], name)
    assert inventory.show_device(bench.context(), R1)[1] == ["north", "shops"]
    inventory.change_members(bench.context(), "north", [R1], join=False)
    assert inventory.show_device(bench.context(), R1)[1] == ["shops"]


def test_a_credential_set_that_is_deleted_is_tried_nowhere(bench: Bench) -> None:
    inventory.keep_group(bench.context(), DeviceGroup("north", ("lab",)))
    inventory.delete_credentials(bench.context(), "lab")
    assert inventory.list_groups(bench.context()) == [(DeviceGroup("north"), 0)]


def test_no_listing_or_trace_has_a_password(bench: Bench) -> None:
    inventory.keep_credentials(bench.context(), CredentialSet("core", "admin", "s3cret-word", "3nable-word"))
    assert inventory.list_credentials(bench.context()) == [("core", "admin"), ("lab", "admin")]
    assert "s3cret" not in repr(bench.trail()) + repr(CredentialSet("core", "admin", "s3cret-word"))
    assert bench.context().credential_sets(["core"]) == [CredentialSet("core", "admin", "s3cret-word", "3nable-word")]


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda c: inventory.keep_group(c, DeviceGroup("a b")),
         "'a b' is no name of a group; it has 1 to 64 visible ASCII characters"),
        (lambda c: inventory.keep_group(c, DeviceGroup("north", ("lap",))),
         "unknown credential set 'lap'. Did you mean lab?"),
        (lambda c: inventory.keep_credentials(c, CredentialSet("x", "", "lab")),
         "'' is no name of a user at the devices; it has 1 to 64 visible ASCII characters"),
        (lambda c: inventory.keep_credentials(c, CredentialSet("x", "admin", "l\u00e4b")),
         "a password has at most 256 characters, all of them printable ASCII"),
        (lambda c: inventory.keep_credentials(c, CredentialSet("x", "admin", "lab\nreload")),
         "a password has at most 256 characters, all of them printable ASCII"),
        (lambda c: inventory.keep_user(c, ManagerUser("local", ManagerRole.REPORT)),
         "'local' is who works on the manager's host, and always Admin"),
        (lambda c: inventory.delete_user(c, "ida"), "unknown user 'ida'. None is known."),
        (lambda c: inventory.delete_credentials(c, "lap"), "unknown credential set 'lap'. Did you mean lab?"),
        (lambda c: inventory.show_device(c, Udi("CISCO881-K9", "FTX1405YDC7")),
         "unknown device 'CISCO881-K9:FTX1405YDC7'. None is known."),
        (lambda c: inventory.list_devices(c, DeviceFilter(group="north")), "unknown group 'north'. None is known."),
    ],
)  # fmt: skip
def test_what_is_refused(bench: Bench, act: Callable[[object], object], told: str) -> None:
    with pytest.raises(EmulatorError) as caught:
        act(bench.context())
    assert str(caught.value) == told


def test_a_user_that_is_not_known(bench: Bench) -> None:
    inventory.keep_user(bench.context(), ManagerUser("ida", ManagerRole.REPORT))
    with pytest.raises(EmulatorError, match=r"unknown user 'ido'\. Did you mean ida\?"):
        bench.context("ido")
    assert inventory.list_users(bench.context()) == [ManagerUser("ida", ManagerRole.REPORT)]
