"""The way to the Internet and to the lab's server: cable, address, route, name, site, and what is missing first."""

import pytest

from emulator.router.network.reachability import Lack, obstacle_to, obstacle_to_service
from emulator.router.network.routes import routes
from emulator.router.network.views import interface_view
from emulator.world.site_network import NAME_SERVER, SERVER_HOST, SERVICE_ADDRESS, SERVICE_NAME
from tests.driver import BenchDriver, ConsoleDriver

WAN = "interface FastEthernet4"
BY_DHCP = ("configure terminal", WAN, "ip address dhcp", "no shutdown", "end")
ASSIGNED = "%DHCP-6-ADDRESS_ASSIGN: Interface FastEthernet4 assigned DHCP address 100.64."


def settle(console: ConsoleDriver) -> None:
    """Let links and leases follow."""
    console.pass_time(20_000)


def lack(console: ConsoleDriver, host: str = SERVICE_NAME) -> Lack | None:
    found = obstacle_to_service(console.router, host)
    return None if found is None else found.lack


def configure(console: ConsoleDriver, *lines: str) -> None:
    console.type("configure terminal", *lines, "end")
    settle(console)


@pytest.fixture
def leased(console: ConsoleDriver) -> ConsoleDriver:
    """R1 with an address from its provider."""
    console.type(*BY_DHCP)
    settle(console)
    return console


def test_an_address_is_given_with_its_message(console: ConsoleDriver) -> None:
    console.type(*BY_DHCP)
    assert not console.router.running.leases
    console.screen = console.shown = ""
    settle(console)
    console.sees(
        "%LINK-3-UPDOWN: Interface FastEthernet4, changed state to up", ASSIGNED, "mask 255.255.255.0, hostname Router"
    )
    view = interface_view(console.router, "FastEthernet4")
    assert view.method == "DHCP"
    assert view.address is not None


def test_what_comes_with_a_lease(leased: ConsoleDriver) -> None:
    (lease,) = leased.router.running.leases.values()
    leased.type("show ip route")
    leased.sees(f"Gateway of last resort is {lease.gateway} to network 0.0.0.0", f"[254/0] via {lease.gateway}")
    leased.type("show ip interface brief")
    leased.sees(f"FastEthernet4              {lease.interface.ip}")
    assert lack(leased) is None
    assert obstacle_to(leased.router, SERVICE_NAME) is None


def test_two_sites_have_addresses_of_their_own(console: ConsoleDriver) -> None:
    network = console.router.context.network
    from emulator.world.build import rack
    from emulator.world.recipe import RouterRecipe

    rack(console.world, "R9", RouterRecipe())
    one, other = network.lease("R1"), network.lease("R9")
    assert one is not None
    assert other is not None
    assert one.address != other.address


def test_without_the_line_the_address_goes(leased: ConsoleDriver) -> None:
    configure(leased, WAN, "no ip address")
    assert not leased.router.running.leases
    assert interface_view(leased.router, "FastEthernet4").address is None
    assert not any(route.distance == 254 for route in routes(leased.router))


def test_a_lease_outlives_a_pulled_cable_and_comes_again_after_a_reload(
    leased: ConsoleDriver, bench: BenchDriver
) -> None:
    (before,) = leased.router.running.leases.values()
    bench.succeeds("cable R1 FastEthernet4 out")
    settle(leased)
    assert lack(leased) is Lack.CABLE
    bench.succeeds("cable R1 FastEthernet4 in")
    settle(leased)
    assert lack(leased) is None
    leased.type("write memory").reload()
    settle(leased)
    assert list(leased.router.running.leases.values()) == [before]
    assert ASSIGNED in leased.screen


def test_the_site_without_internet_gives_no_address_until_it_has_it(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds("internet R1 off")
    console.type(*BY_DHCP)
    settle(console)
    assert not console.router.running.leases
    assert lack(console) is Lack.SITE
    bench.succeeds("internet R1 on")
    settle(console)
    assert lack(console) is None


# --- what is missing ----------------------------------------------------------------------------------------------


def test_a_port_as_it_came_needs_only_cable_and_site(console: ConsoleDriver, bench: BenchDriver) -> None:
    assert lack(console) is None
    bench.succeeds("internet R1 off")
    assert lack(console) is Lack.SITE
    bench.succeeds("cable R1 FastEthernet4 out")
    assert lack(console) is Lack.CABLE
    assert obstacle_to(console.router, SERVER_HOST) is not None


def test_a_saved_configuration_without_a_line_for_the_port_leaves_it_as_it_came(console: ConsoleDriver) -> None:
    console.type("write memory").reload()
    assert lack(console) is None


STATIC = ("ip address 203.0.113.2 255.255.255.0", "no shutdown")
ROUTE = "ip route 0.0.0.0 0.0.0.0 203.0.113.1"
NAMES = f"ip name-server {NAME_SERVER}"


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        ((WAN, "no shutdown"), Lack.ADDRESS),
        ((WAN, *STATIC, "exit", ROUTE), Lack.NAME_SERVER),
        ((WAN, *STATIC, "exit", NAMES), Lack.ROUTE),
        ((WAN, *STATIC, "exit", ROUTE, NAMES), None),
        ((WAN, *STATIC, "exit", ROUTE, NAMES, "no ip domain lookup"), Lack.LOOKUP),
        ((WAN, *STATIC, "exit", ROUTE, "ip name-server 198.51.100.99"), Lack.NAME_SERVER),
        ((WAN, *STATIC, "exit", f"ip host {SERVICE_NAME} {SERVICE_ADDRESS}"), Lack.ROUTE),
        ((WAN, *STATIC, "exit", ROUTE, f"ip host {SERVICE_NAME} {SERVICE_ADDRESS}"), None),
        ((WAN, STATIC[0], "exit", f"ip host {SERVICE_NAME} {SERVICE_ADDRESS}"), Lack.SHUT),
        ((WAN, "no shutdown", "exit", f"ip host {SERVICE_NAME} {SERVICE_ADDRESS}"), Lack.ADDRESS),
        ((WAN, *STATIC, "exit", "ip route 198.51.100.0 255.255.255.0 FastEthernet4", NAMES), None),
        ((WAN, *STATIC, "exit", "ip route 0.0.0.0 0.0.0.0 192.168.9.1", NAMES), Lack.ROUTE),
    ],
)
def test_what_a_configured_port_lacks(console: ConsoleDriver, lines: tuple[str, ...], missing: Lack | None) -> None:
    configure(console, *lines)
    assert lack(console) is missing


def test_call_home_asks_for_that_way(console: ConsoleDriver, bench: BenchDriver) -> None:
    configure(console, WAN, *STATIC)
    console.type("license call-home resend", "lab", "lab")
    assert "Please specify a filename" not in console.prompt
    configure(console, ROUTE, NAMES)
    assert console.router.call_home.connected("R1")


def test_a_router_without_power_lacks_it(console: ConsoleDriver, bench: BenchDriver) -> None:
    bench.succeeds("power R1 off")
    assert lack(console) is Lack.POWER


# --- ping and files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "answers"),
    [(SERVICE_ADDRESS, True), (NAME_SERVER, True), (SERVER_HOST, True), ("198.51.100.1", False), ("10.9.9.9", False)],
)
def test_who_answers_behind_the_provider(leased: ConsoleDriver, host: str, answers: bool) -> None:
    leased.type(f"ping {host}")
    leased.sees("Success rate is 100 percent" if answers else "Success rate is 0 percent")


def test_the_gateway_answers(leased: ConsoleDriver) -> None:
    (lease,) = leased.router.running.leases.values()
    leased.type(f"ping {lease.gateway}")
    leased.sees("Success rate is 80 percent (4/5)")


def test_a_file_comes_through_the_provider_and_names_the_port(leased: ConsoleDriver) -> None:
    leased.world.store("tftp", "a", b"x", 1)
    leased.type(f"copy tftp://{SERVER_HOST}/a flash:", "")
    leased.sees("(via FastEthernet4): !")


def test_a_server_by_its_name(leased: ConsoleDriver) -> None:
    leased.world.store("tftp", "a", b"x", 1)
    leased.type("copy tftp://files.lab.example/a flash:", "")
    leased.sees("1 bytes copied in")


def test_a_server_in_another_network_needs_a_route(console: ConsoleDriver) -> None:
    configure(console, "interface Vlan1", "ip address 10.0.0.1 255.255.255.0")
    console.type(f"copy tftp://{SERVER_HOST}/a flash:", "")
    console.sees("(Timed out)")
