"""The queries of Zabbix (template Cisco IOS by SNMP) and of LibreNMS (its classes for this vendor), and what they read.

Neither has a package to be tried here; their public sources say what they ask for, and in which order they fall back.
"""

import re

import pytest

from emulator.kernel.time import SECOND
from tests.driver import ConsoleDriver
from tests.unit.snmp.managers import FAMILIES, Manager, booted

SYSTEM, ENTITY, INTERFACES = "1.3.6.1.2.1.1", "1.3.6.1.2.1.47.1.1.1.1", "1.3.6.1.2.1.2.2.1"
EXTENDED_INTERFACES = "1.3.6.1.2.1.31.1.1.1"
POOLS, CPU, OLD_CPU = "1.3.6.1.4.1.9.9.48.1.1.1", "1.3.6.1.4.1.9.9.109.1.1.1.1", "1.3.6.1.4.1.9.2.1.58.0"
ENVIRONMENT, LARGER_POOLS = "1.3.6.1.4.1.9.9.13.1", "1.3.6.1.4.1.9.9.221.1.1.1.1"
CHASSIS_CLASS = 3


@pytest.fixture(params=FAMILIES)
def pair(request: pytest.FixtureRequest) -> tuple[ConsoleDriver, Manager]:
    console = ConsoleDriver(booted(request.param)).log_in()
    return console, Manager(console.router)


def discovered(manager: Manager, *columns: str) -> dict[tuple[int, ...], list[object]]:
    """Rows that a discovery finds: the values of several columns by their common index."""
    found: dict[tuple[int, ...], list[object]] = {}
    for column in columns:
        for index, value in manager.column(column).items():
            found.setdefault(index, []).append(value)
    return found


def dotted(index: tuple[int, ...]) -> str:
    return ".".join(map(str, index))


def test_zabbix_reads_inventory_memory_and_load(pair: tuple[ConsoleDriver, Manager]) -> None:
    console, manager = pair
    udi = console.router.state.udi
    assert (manager.text(f"{ENTITY}.13.1").strip(), manager.text(f"{ENTITY}.11.1")) == (udi.pid, udi.serial)
    version = re.search(r"Version (.+), RELEASE", manager.text(f"{SYSTEM}.1.0"))
    assert version is not None
    assert f"Version {version[1]}," in console.type("show version").shown
    for table in ("3.1.2", "4.1.2", "5.1.2"):
        assert discovered(manager, f"{ENVIRONMENT}.{table}") == {}, "there are no sensors to ask"
    pools = discovered(manager, f"{POOLS}.2")
    assert {name for [name] in pools.values()} == {b"Processor", b"I/O"}
    for index in pools:
        used, free = (manager.number(f"{POOLS}.{column}.{dotted(index)}") for column in (5, 6))
        assert 0 < used / (used + free) < 1
    for index in discovered(manager, f"{CPU}.5"):
        assert 0 <= manager.number(f"{CPU}.8.{dotted(index)}") <= 100
    modules = discovered(manager, f"{ENTITY}.5", f"{ENTITY}.7", f"{ENTITY}.11")
    assert [row[2] for row in modules.values() if row[0] == CHASSIS_CLASS] == [udi.serial.encode()]


def test_zabbix_reads_interfaces(pair: tuple[ConsoleDriver, Manager]) -> None:
    console, manager = pair
    columns = [f"{INTERFACES}.{column}" for column in (2, 3, 7, 8)]
    rows = discovered(manager, *columns, f"{EXTENDED_INTERFACES}.1", f"{EXTENDED_INTERFACES}.18")
    assert rows
    shown = console.type("show interfaces").shown
    for index, (name, *_) in rows.items():
        assert isinstance(name, bytes)
        assert f"{name.decode()} is " in shown or f"{name.decode()} " not in shown
        for column in (6, 10, 15):
            assert manager.number(f"{EXTENDED_INTERFACES}.{column}.{dotted(index)}") >= 0
        for column in (13, 14, 19, 20):
            assert manager.number(f"{INTERFACES}.{column}.{dotted(index)}") >= 0


def test_librenms_reads_model_version_memory_and_load(pair: tuple[ConsoleDriver, Manager]) -> None:
    console, manager = pair
    description = manager.text(f"{SYSTEM}.1.0")
    found = re.search(r"^Cisco IOS Software, .+? Software \([^\-]+-([^\-]+)-\w\),.+?Version ([^, ]+)", description)
    assert found is not None
    assert console.router.running.image.split("-")[1] in found[1].lower()
    assert f"Version {found[2]}," in console.type("show version").shown
    assert manager.number(f"{ENTITY}.4.1") == 0
    assert manager.text(f"{ENTITY}.13.1").strip() == console.router.state.udi.pid
    assert discovered(manager, f"{LARGER_POOLS}.3") == {}, "so it asks for the smaller table"
    pools = discovered(manager, *(f"{POOLS}.{column}" for column in (2, 5, 6, 7)))
    assert len(pools) == 2
    for index in pools:
        assert manager.number(f"{POOLS}.7.{dotted(index)}") <= manager.number(f"{POOLS}.6.{dotted(index)}")
    loads = discovered(manager, f"{CPU}.8", f"{CPU}.2")
    [[load, chassis]] = loads.values()
    assert load == manager.number(OLD_CPU)
    assert manager.text(f"{ENTITY}.7.{chassis}")


def test_both_read_what_is_left_of_a_license(pair: tuple[ConsoleDriver, Manager]) -> None:
    console, manager = pair
    info = "1.3.6.1.4.1.9.9.543.1.2.3.1"
    rows = discovered(manager, f"{info}.3", f"{info}.8")
    views = console.router.activation.inventory.views()
    wanted = [[view.line.feature.encode(), (view.left or 0) // SECOND] for view in views]
    assert sorted(map(repr, rows.values())) == sorted(map(repr, wanted))
