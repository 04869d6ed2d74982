"""Several lines at once: who gets which, sessions that do not disturb each other, transcripts that come out again."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.console.line.admission import LineRefusal, LineRefused
from emulator.console.line.phases import LinePhase, PromptKind
from emulator.world.build import open_world
from emulator.world.state import WorldState
from emulator.world.world import World
from tests.driver import ConsoleDriver, VtyDriver, world_of

SSH_ONLY, BOTH, TELNET_ONLY = range(5), range(5, 8), range(8, 10)
TAKES = {"ssh": [*SSH_ONLY, *BOTH], "telnet": [*BOTH, *TELNET_ONLY]}


@pytest.fixture(scope="module")
def shared() -> World:
    """A router with lines for SSH, for both protocols and for Telnet, which ask nothing."""
    console = ConsoleDriver(world_of()).boot()
    console.type("configure terminal", "line vty 0 4", "transport input ssh", "no login")
    console.type("line vty 5 7", "transport input ssh telnet", "no login")
    console.type("line vty 8 9", "transport input telnet", "no login", "end")
    return console.world


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.sampled_from(["ssh", "telnet"])),
        st.tuples(st.sampled_from(["gone", "exit", "clear"]), st.integers(0, 9)),
    ),
    max_size=40,
)


@given(ACTS)
def test_the_lowest_free_line_that_takes_the_protocol(shared: World, acts: list[tuple[str, str | int]]) -> None:
    lines, model = shared.lines_of("R1"), dict[int, VtyDriver]()
    console = ConsoleDriver(shared)
    for act, what in acts:
        if act == "open":
            free = [number for number in TAKES[str(what)] if number not in model]
            if not free:
                with pytest.raises(LineRefused) as refused:
                    lines.open_vty("192.0.2.1", str(what))
                assert refused.value.reason is LineRefusal.NO_LINE
                continue
            client = VtyDriver(shared, "192.0.2.1", str(what))
            assert client.line.number == free[0]
            model[free[0]] = client
        elif what in model:
            client = model.pop(int(what))
            if act == "gone":
                client.line.terminal.client_gone()
            elif act == "exit":
                client.type("exit")
            else:
                console.type(f"clear line vty {what}", "")
            assert client.hung_up
        assert [line.number for line in lines.in_use[1:]] == sorted(model)
        assert not any(client.hung_up for client in model.values())
    for client in model.values():
        client.line.terminal.client_gone()


SCRIPTS = (
    ("terminal length 0", "show privilege", "configure terminal", "interface vlan 1", "description a", "end"),
    (
        "show clock | count UTC",
        "terminal width 100",
        "show terminal | include Width",
        "configure terminal",
        "ip domain name x.y",
    ),
    ("verify flash:nothing", "enable", "show history", "terminal history size 3", "show history"),
)
"""Lines of three clients, which do not depend on when they are typed."""


def played(order: list[int]) -> tuple[list[str], str]:
    """The screens of three clients whose lines come in this order, and the configuration that is left."""
    console = ConsoleDriver(world_of()).boot()
    console.type("configure terminal", "no ip domain lookup", "end")
    clients = [VtyDriver(console.world, f"192.0.2.{n}", "ssh", f"user{n}", 15) for n in range(3)]
    left = [list(script) for script in SCRIPTS]
    for client in [*order, *(n for n in range(3) for _ in SCRIPTS[n])]:
        if left[client]:
            clients[client].type(left[client].pop(0))
    console.type("show running-config | exclude Last configuration change")
    return [client.screen for client in clients], console.shown


@settings(max_examples=12)
@given(st.lists(st.integers(0, 2), max_size=18))
def test_no_order_of_typing_changes_what_each_client_sees(order: list[int]) -> None:
    assert played(order) == played([])


def test_two_commands_run_at_once(console: ConsoleDriver) -> None:
    clients = [VtyDriver(console.world, user=name, privilege=15) for name in ("ann", "bob")]
    for client in clients:
        client.line.terminal.submit("copy running-config flash:" + client.line.exec.user)
    console.world.clock.settle()
    for client in clients:
        client.type("")
    assert all("bytes copied in" in client.screen for client in clients)
    console.type("dir flash:").sees("ann", "bob")


def test_a_line_that_waits_holds_up_no_other(console: ConsoleDriver) -> None:
    one, two = (VtyDriver(console.world, user=name, privilege=15) for name in ("ann", "bob"))
    one.type("reload in 5")
    assert one.line.prompt.kind is PromptKind.KEY
    two.line.terminal.submit("ping 192.0.2.99")
    console.world.clock.settle()
    assert two.line.busy
    console.type("show privilege").sees_exactly("Current privilege level is 15\n")
    assert one.line.prompt.kind is PromptKind.KEY


def test_a_break_of_one_line_is_none_of_another(console: ConsoleDriver) -> None:
    one, two = (VtyDriver(console.world, user=name, privilege=15) for name in ("ann", "bob"))
    for each in (one, two):
        each.line.terminal.submit("ping 192.0.2.99")
    console.world.clock.settle()
    one.line.terminal.interrupt()
    assert (one.line.busy, two.line.busy) == (False, True)
    two.wait()
    assert "Success rate is 0 percent (0/5)" in two.screen
    assert "Success rate is 0 percent (0/1)" in one.screen


def test_the_same_typing_gives_the_same_transcripts() -> None:
    order = [0, 1, 2, 2, 1, 0, 0, 1]
    assert played(order) == played(order)


def test_a_restored_world_has_dropped_every_connection(console: ConsoleDriver) -> None:
    client = VtyDriver(console.world, user="ann", privilege=15).type("configure terminal")
    assert client.line.phase is LinePhase.OPEN
    console.world.state.now = console.world.now
    saved = msgspec.json.encode(console.world.state)
    assert b"192.0.2.1" not in saved
    again = open_world(msgspec.json.decode(saved, type=WorldState))
    lines = again.lines_of("R1")
    assert [line.name for line in lines.in_use] == ["con 0"]
    assert lines.console.phase is LinePhase.CLOSED
    assert VtyDriver(again, user="bob", privilege=15).line.name == "vty 0"


def test_a_router_that_leaves_the_rack_takes_its_connections_along(console: ConsoleDriver) -> None:
    from emulator.world.build import unrack

    client = VtyDriver(console.world, user="ann", privilege=15)
    unrack(console.world, "R1")
    assert client.hung_up
