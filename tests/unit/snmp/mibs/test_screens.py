"""SNMP says of a router what its screens print."""

import re

import pytest

from tests.driver import BenchDriver, ConsoleDriver
from tests.unit.snmp.managers import FAMILIES, STARTUP, Manager, booted


@pytest.fixture(params=FAMILIES)
def pair(request):
    world = booted(request.param)
    console = ConsoleDriver(world, "R1")
    console.type("", "enable", "terminal length 0")
    return console, Manager(world.routers["R1"])


def found(pattern, text):
    """The groups of a pattern that is there."""
    match = re.search(pattern, text)
    assert match is not None
    return match.groups()


def test_system_and_inventory_are_those_of_the_screens(pair):
    console, manager = pair
    banner = console.type("show version").shown
    assert all(line in banner for line in manager.text("1.3.6.1.2.1.1.1.0").split("\r\n"))
    shown = console.type("show inventory").shown
    entity = "1.3.6.1.2.1.47.1.1.1.1"
    columns = [manager.column(f"{entity}.{number}") for number in (7, 2, 13, 8, 11)]
    told = [
        f'NAME: "{name}", DESCR: "{text}"\nPID: {pid:<18s}, VID: {vid}'
        for name, text, pid, vid in (
            tuple(value.decode() for value in row) for row in zip(*(c.values() for c in columns[:4]), strict=True)
        )
    ]
    assert shown.count("NAME:") == len(told) > 0
    assert all(each in shown for each in told)
    assert re.findall(r"SN: (\S*)", shown) == [value.decode() for value in columns[4].values()]


def test_interfaces_are_those_of_the_screens(pair):
    console, manager = pair
    shown = console.type("show interfaces").shown
    table = "1.3.6.1.2.1.2.2.1"
    names = {index: name.decode() for index, name in manager.column(f"{table}.2").items()}
    blocks = dict(re.findall(r"^(\S+)( is .*?)(?=^\S|\Z)", shown, re.MULTILINE | re.DOTALL))
    assert set(names.values()) == set(blocks)
    speeds, mtus = manager.column(f"{table}.5"), manager.column(f"{table}.4")
    administrative, operational = manager.column(f"{table}.7"), manager.column(f"{table}.8")
    descriptions = manager.column("1.3.6.1.2.1.31.1.1.1.18")
    for index, name in names.items():
        block = blocks[name]
        mtu, bandwidth = map(int, found(r"MTU (\d+) bytes, .*?BW (\d+) Kbit", block))
        assert (mtus[index], speeds[index]) == (mtu, min(bandwidth * 1000, 2**32 - 1))
        assert (administrative[index] == 2) == block.startswith(" is administratively down")
        assert (operational[index] == 1) == ("line protocol is up" in block)
        text = descriptions[index].decode()
        assert (f"Description: {text}" in block) == bool(text)


def test_addresses_are_those_of_the_screens(pair):
    console, manager = pair
    shown = console.type("show ip interface brief").shown
    listed = set(re.findall(r"^\S+\s+(\d+\.\d+\.\d+\.\d+)", shown, re.MULTILINE))
    told = {".".join(map(str, value)) for value in manager.column("1.3.6.1.2.1.4.20.1.1").values()}
    assert told == listed
    assert "198.51.100.1" in told


def test_memory_and_load_are_those_of_the_screens(pair):
    console, manager = pair
    shown = console.type("show memory statistics").shown
    pool = "1.3.6.1.4.1.9.9.48.1.1.1"
    names, used, free = (manager.column(f"{pool}.{number}") for number in (2, 5, 6))
    for index, name in names.items():
        row = found(rf"{name.decode()}\s+\S+\s+\d+\s+(\d+)\s+(\d+)", shown)
        assert (int(row[0]), int(row[1])) == (used[index], free[index])
    load = console.type("show processes cpu").shown
    row = found(r"five seconds: (\d+)%/0%; one minute: (\d+)%; five minutes: (\d+)%", load)
    cpu = [manager.value(f"1.3.6.1.4.1.9.9.109.1.1.1.1.{number}.1") for number in (3, 4, 5)]
    assert [int(each) for each in row] == cpu


def test_a_channel_of_an_interface_has_a_number_too() -> None:
    names = Manager(booted("CISCO886-K9").routers["R1"]).column("1.3.6.1.2.1.2.2.1.2")
    assert {b"BRI0", b"BRI0:1", b"BRI0:2"} <= set(names.values())


def numbers_after(*lines: str) -> dict[str, int]:
    """Numbers of the loopback interfaces after lines were typed, a save and a reload."""
    console = ConsoleDriver(booted(), "R1")
    console.type("", "enable", "configure terminal", *lines, "end", "write memory", "reload", "")
    console.world.clock.run_while(lambda: console.world.lines_of("R1").console.busy)
    table = Manager(console.world.routers["R1"]).column("1.3.6.1.2.1.2.2.1.2")
    names = {name.decode(): index[0] for index, name in table.items() if isinstance(name, bytes)}
    return {name: number for name, number in names.items() if name.startswith("Loopback")}


def test_numbers_of_interfaces_stay_where_they_are_kept() -> None:
    made = ("interface Loopback7", "interface Loopback3", "exit")
    persist = "snmp-server ifindex persist"
    first = numbers_after(*made, persist)
    assert sorted(first.values()) == list(range(min(first.values()), min(first.values()) + 3))
    gone = numbers_after(*made, persist, "do write memory", "no interface Loopback0", "interface Loopback1", "exit")
    assert (gone["Loopback7"], gone["Loopback3"]) == (first["Loopback7"], first["Loopback3"])
    assert gone["Loopback1"] == max(first.values()) + 1
    assert numbers_after(*made, "no interface Loopback0") != {name: first[name] for name in ("Loopback7", "Loopback3")}


def test_the_last_change_of_a_link_is_told_in_the_time_of_the_agent() -> None:
    world = booted()
    manager, bench = Manager(world.routers["R1"]), BenchDriver(world)
    rows = {name: index for index, name in manager.column("1.3.6.1.2.1.2.2.1.2").items()}
    [wan] = rows[b"FastEthernet4"]
    change, uptime = f"1.3.6.1.2.1.2.2.1.9.{wan}", "1.3.6.1.2.1.1.3.0"
    assert manager.number(change) == 0, "as it was when the agent started"
    bench.do("cable R1 FastEthernet4 in", "advance 1h")
    after = manager.number(change)
    assert manager.number(uptime) - 360_100 < after < manager.number(uptime) - 359_000
    bench.do("advance 1h")
    assert manager.number(change) == after
    assert manager.number(f"1.3.6.1.2.1.2.2.1.9.{rows[b'Loopback0'][0]}") == 0


def test_counters_move_with_what_the_router_sends() -> None:
    world = booted(startup=STARTUP.replace("end\n", "ip route 0.0.0.0 0.0.0.0 192.0.2.254\nend\n"))
    console, manager = ConsoleDriver(world, "R1"), Manager(world.routers["R1"])
    world.routers["R1"].plug("FastEthernet4", cable=True)
    console.type("", "enable", "terminal length 0")
    index = {name: at for at, name in manager.column("1.3.6.1.2.1.2.2.1.2").items()}[b"FastEthernet4"]
    columns = {"in": 10, "packets in": 11, "out": 16, "packets out": 17}

    def counted() -> dict[str, int]:
        return {name: manager.number(f"1.3.6.1.2.1.2.2.1.{column}.{index[0]}") for name, column in columns.items()}

    assert set(counted().values()) == {0}
    console.type("ping 192.0.2.10 size 200 repeat 3", "ping 192.0.2.1")
    frame = 200 + 18
    assert counted() == {"in": 2 * frame, "packets in": 2, "out": 3 * frame, "packets out": 3}
    shown = console.type("show interfaces FastEthernet4").shown
    assert f"2 packets input, {2 * frame} bytes" in shown
    assert f"3 packets output, {3 * frame} bytes" in shown
