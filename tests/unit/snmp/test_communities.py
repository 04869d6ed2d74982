"""Communities may do what the running configuration says."""

import pytest

from emulator.snmp.errors import ErrorStatus
from emulator.snmp.requests import PduType, Version
from emulator.snmp.values import Binding, ValueType, oid
from tests.unit.snmp.managers import Manager, booted

LOCATION, NAME, DESCRIPTION = "1.3.6.1.2.1.1.6.0", "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.1.0"


@pytest.fixture
def world():
    return booted()


@pytest.fixture
def router(world):
    return world.routers["R1"]


def configure(world, *lines):
    terminal = world.lines_of("R1").console.terminal
    for line in ("", "enable", "configure terminal", *lines, "end"):
        terminal.submit(line)
        world.clock.run_while(lambda: world.lines_of("R1").console.busy)


def test_a_read_only_community_never_sets(router):
    readers = (Manager(router, "public"), Manager(router, "public", Version.V1))
    assert [each.set((LOCATION, ValueType.OCTETS, "Cellar")) for each in readers] == [
        ErrorStatus.NO_ACCESS,
        ErrorStatus.NO_SUCH_NAME,
    ]
    assert Manager(router).text(LOCATION) == "Lab"


def test_an_unknown_community_gets_no_answer(router):
    for community in ("", "Public", "public RO", "public ", "nobody"):
        assert Manager(router, community).is_ignored


def test_the_access_list_of_a_community_decides_by_address(world, router):
    configure(world, "access-list 7 permit 127.0.0.9", "snmp-server community listed RO 7")
    assert not Manager(router, "listed", peer="127.0.0.9").is_ignored
    assert Manager(router, "listed", peer="127.0.0.1").is_ignored


def test_a_view_hides_and_protects(world, router):
    configure(
        world,
        "snmp-server view narrow system included",
        "snmp-server view narrow system.6 excluded",
        "snmp-server community seen view narrow RW",
        "snmp-server community blind view nothing RO",
    )
    seen = Manager(router, "seen")
    assert {found[:7] for found, _ in seen.walk()} == {oid("1.3.6.1.2.1.1")}
    assert seen.get(LOCATION).bindings[0].value.kind is ValueType.NO_OBJECT
    assert seen.set((LOCATION, ValueType.OCTETS, "Cellar")) is ErrorStatus.NO_ACCESS
    assert seen.set((NAME, ValueType.OCTETS, "Other")) is ErrorStatus.NO_ERROR
    assert router.hostname == "Other"
    assert list(Manager(router, "blind").walk()) == []


def test_a_set_is_whole_or_not_at_all(router):
    manager = Manager(router)
    refused = [
        ((DESCRIPTION, ValueType.OCTETS, "x"), ErrorStatus.NOT_WRITABLE),
        ((LOCATION, ValueType.INTEGER, 1), ErrorStatus.WRONG_TYPE),
        ((LOCATION, ValueType.OCTETS, "x" * 256), ErrorStatus.WRONG_LENGTH),
        ((LOCATION, ValueType.OCTETS, b"\xff"), ErrorStatus.WRONG_VALUE),
        ((LOCATION, ValueType.OCTETS, "two\nlines"), ErrorStatus.WRONG_VALUE),
        ((NAME, ValueType.OCTETS, "-bad-"), ErrorStatus.WRONG_VALUE),
        (("1.3.6.1.2.1.1.6.1", ValueType.OCTETS, "x"), ErrorStatus.NO_CREATION),
        (("1.3.6.1.9", ValueType.OCTETS, "x"), ErrorStatus.NO_CREATION),
        (("1.3.6.1.2.1.1.4.0", ValueType.OCTETS, "another"), ErrorStatus.INCONSISTENT_VALUE),
    ]
    contact = ("1.3.6.1.2.1.1.4.0", ValueType.OCTETS, "Somebody")
    for wrong, status in refused:
        assert manager.set(contact, wrong) is status
        assert manager.set(wrong, contact) is status
        assert manager.text("1.3.6.1.2.1.1.4.0") == ""
    assert manager.set(contact, (LOCATION, ValueType.OCTETS, "Cellar"), contact) is ErrorStatus.NO_ERROR
    assert router.configuration.lines["snmp-server contact"] == "snmp-server contact Somebody"
    assert router.running.changed


def test_the_index_of_a_refused_variable_is_told(router):
    manager = Manager(router)
    bindings = (Binding(oid(LOCATION), manager.get(NAME).bindings[0].value), Binding(oid(DESCRIPTION)))
    response = manager.ask(PduType.SET, *bindings)
    assert (response.status, response.index) == (ErrorStatus.NOT_WRITABLE, 2)
    assert response.bindings == bindings


def test_version_1_is_told_of_what_is_not_there(router):
    manager = Manager(router, version=Version.V1)
    response = manager.get(NAME, "1.3.6.1.2.1.1.99.0")
    assert (response.status, response.index) == (ErrorStatus.NO_SUCH_NAME, 2)
    assert manager.get("1.3.6.1.2.1.31.1.1.1.6.1").status is ErrorStatus.NO_SUCH_NAME
