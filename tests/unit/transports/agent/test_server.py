"""The license agents of served routers at real sockets: who is let in, how much, and what becomes an input."""

import asyncio
import socket
import ssl

import httpx2
import pytest

from emulator.license_agent.documents import REQUEST_LIMIT, write_request
from emulator.license_agent.inputs import AgentAsked, AgentCounted
from emulator.license_agent.messages import (
    AgentRequest,
    Annotate,
    DeviceResult,
    GetLevels,
    GetUdi,
    LevelsResult,
    Reload,
    SaveConfiguration,
    SetLevel,
)
from emulator.license_agent.schema import schema_text
from emulator.transports.agent import log_ins
from emulator.transports.agent.log_ins import WRONG, credentials
from emulator.transports.connections.free_ports import free_ports
from tests.unit.transports.agent.network import PATH, inputs_of, served, until, world_with

pytestmark = pytest.mark.anyio

ASKING = write_request(AgentRequest("1", (GetUdi(),)))
OTHER = "hostname R2\nenable secret other\nip http server\nlicense agent listener http plaintext lic-agent\nend\n"


async def test_the_address_says_which_router_is_asked() -> None:
    world = world_with(R2=OTHER)
    async with served(world) as network:
        for name, password in (("R1", "lab"), ("R2", "other")):
            async with network.client(password=password) as client:
                response = await client.post(network.url(name), content=ASKING)
            assert world.router(name).state.udi.serial in response.text
            assert response.headers["server"] == "cisco-IOS"


@pytest.mark.parametrize("lines", [("no ip http server",), ("no ip http secure-server",)])
async def test_a_web_server_that_is_off_is_a_closed_port(lines: tuple[str, ...]) -> None:
    off, on = ("https", "http") if "secure" in lines[0] else ("http", "https")
    async with served(world_with(*lines)) as network, network.client(verify=False) as client:
        with pytest.raises(httpx2.TransportError):
            await client.post(network.url(scheme=off), content=ASKING)
        assert (await client.post(network.url(scheme=on), content=ASKING)).status_code == 200


async def test_the_certificate_is_for_the_address_and_of_one_authority() -> None:
    async with served(world_with()) as network:
        trusting = network.routers._agents._certificates.trusting()
        async with network.client(verify=trusting) as client:
            assert (await client.get(network.url(scheme="https"))).text == schema_text()
        async with network.client(verify=ssl.create_default_context()) as client:
            with pytest.raises(httpx2.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
                await client.get(network.url(scheme="https"))


@pytest.mark.parametrize(
    ("lines", "user", "password", "status"),
    [
        ((), "x", "lab", 200),
        ((), "", "lab", 200),
        ((), "x", "wrong", 401),
        ((), "x", "", 401),
        (("no enable secret",), "x", "lab", 401),
        (("no enable secret", "enable password 0 easy"), "x", "easy", 200),
        (("ip http authentication local",), "anna", "secret-of-anna", 200),
        (("ip http authentication local",), "anna", "lab", 401),
        (("ip http authentication local",), "otto", "secret-of-otto", 401),
        (("ip http authentication local",), "nobody", "lab", 401),
        (("ip http authentication tacacs",), "x", "lab", 401),
        (("ip http authentication aaa", "aaa new-model"), "anna", "secret-of-anna", 200),
        (("ip http authentication aaa", "aaa new-model"), "x", "lab", 401),
        (("ip http authentication aaa", "aaa new-model", "aaa authentication login default enable"), "x", "lab", 200),
        (("ip http authentication aaa", "aaa new-model", "aaa authentication login default none"), "x", "x", 401),
        (("license agent default authenticate none",), "x", "wrong", 200),
        ((f"license agent listener http plaintext {PATH} authenticate none",), "x", "wrong", 200),
        (
            ("license agent default authenticate none", f"license agent listener http plaintext {PATH} authenticate"),
            "x", "wrong", 401,
        ),
        (("access-list 5 permit 127.0.0.0 0.255.255.255", f"license agent listener http plaintext {PATH} acl 5"),
         "x", "lab", 200),
        (("access-list 5 permit 192.0.2.0 0.0.0.255", f"license agent listener http plaintext {PATH} acl 5"),
         "x", "lab", 403),
        (("access-list 5 permit 127.0.0.0 0.255.255.255", "ip http access-class 5"), "x", "lab", 200),
        (("access-list 5 permit 192.0.2.0 0.0.0.255", "ip http access-class 5"), "x", "lab", 403),
        (("ip http access-class 7",), "x", "lab", 200),
        ((f"license agent listener http plaintext {PATH} acl 7 authenticate none",), "x", "wrong", 200),
        ((f"no license agent listener http plaintext {PATH}",), "x", "lab", 404),
        (("license agent listener http plaintext other",), "x", "lab", 404),
    ],
)  # fmt: skip
async def test_a_client_is_let_in_as_the_configuration_says(
    lines: tuple[str, ...], user: str, password: str, status: int
) -> None:
    async with served(world_with(*lines)) as network, network.client(user, password) as client:
        response = await client.post(network.url(), content=ASKING)
    assert response.status_code == status
    assert ("www-authenticate" in response.headers) is (status == 401)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Basic",
        "Basic ?",
        "Basic YQ",
        "Basic YQ==",
        "Bearer YTpi",
        "Basic /////w==",
        "Basic YTpiAGM=",
        "Basic " + "YTpi" * 400,
    ],
)
def test_what_is_no_log_in_is_none(header: str) -> None:
    assert credentials(header) is None


async def test_a_password_is_checked_once_until_it_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    def right(typed: str, kind: str, text: str) -> bool:
        checked.append(typed)
        return typed in {"lab", "new"} and (typed == "new") is (kind == "0" and text == "new")

    monkeypatch.setattr(log_ins, "is_right", right)
    world = world_with()
    async with served(world) as network:
        for password, status in (("lab", 200), ("lab", 200), ("no", 401), ("no", 401)):
            async with network.client(password=password) as client:
                assert (await client.get(network.url())).status_code == status
        assert checked == ["lab", "no", "no"]
        world.router("R1").configuration.lines["enable secret"] = "enable secret 0 new"
        for password, status in (("lab", 401), ("new", 200)):
            async with network.client(password=password) as client:
                assert (await client.get(network.url())).status_code == status


async def test_who_guesses_is_told_to_wait() -> None:
    world = world_with("enable password 0 easy", "no enable secret")
    async with served(world) as network, network.client(password="wrong", verify=False) as client:
        answers = [await client.get(network.url()) for _ in range(WRONG.tries + 1)]
    assert [each.status_code for each in answers] == [401] * WRONG.tries + [429]
    assert answers[-1].headers["retry-after"] == "6"
    assert answers[-1].text == "Too many passwords were wrong.\n"


@pytest.mark.parametrize(
    ("method", "path", "headers", "content", "status"),
    [
        ("PUT", PATH, {}, ASKING, 405),
        ("POST", "/", {}, ASKING, 404),
        ("POST", f"{PATH}/x", {}, ASKING, 404),
        ("POST", PATH, {"Content-Type": "text/plain"}, ASKING, 415),
        ("POST", PATH, {}, b"<a/>", 400),
        ("POST", PATH, {}, b"", 400),
        ("POST", PATH, {}, b" " * (REQUEST_LIMIT + 1), 413),
        ("POST", PATH, {"Content-Type": "text/xml; charset=utf-8"}, ASKING, 200),
    ],
)
async def test_requests_that_are_none(
    method: str, path: str, headers: dict[str, str], content: bytes, status: int
) -> None:
    world = world_with()
    async with served(world) as network, network.client() as client:
        response = await client.request(method, network.url(path=path), content=content, headers=headers)
        assert response.status_code == status
        assert (b"<CAUSE>invalid-message</CAUSE>" in response.content) is (status == 400)
    traffic = world.router("R1").running.agent
    assert (traffic.requests, traffic.request_errors) == {404: (0, 0), 200: (1, 0)}.get(status, (1, 1))


async def test_sessions_are_connections_and_bounded() -> None:
    world = world_with("license agent max-sessions 2")
    async with served(world) as network:
        clients = [network.client() for _ in range(3)]
        statuses = [(await client.get(network.url())).status_code for client in clients]
        assert statuses == [200, 200, 503]
        assert (await clients[0].get(network.url())).status_code == 200
        line = world.lines_of("R1").open_vty("127.0.0.1", "ssh", "anna", 15)
        line.terminal.begin(lambda _: None, lambda: None)
        line.terminal.submit("show license agent sessions")
        assert world.router("R1").running.agent.sessions == 2
        line.terminal.submit("clear license agent sessions")
        for client in clients:
            await client.aclose()
        async with network.client() as client:
            await until(lambda: not network.routers._agents._agent._sessions.count("R1"))
            assert (await client.get(network.url())).status_code == 200
    assert world.router("R1").running.agent.sessions == 0


async def test_sessions_that_are_cleared_are_closed() -> None:
    world = world_with()
    async with served(world) as network, network.client() as client:
        await client.get(network.url())
        sessions = network.routers._agents._agent._sessions
        assert sessions.count("R1") == 1
        line = world.lines_of("R1").open_vty("127.0.0.1", "ssh", "anna", 15)
        line.terminal.begin(lambda _: None, lambda: None)
        line.terminal.submit("clear license agent sessions")
        world.clock.settle()
        await until(lambda: not sessions.count("R1"))


async def test_a_web_server_moves_with_its_port() -> None:
    world = world_with(R2=OTHER)
    configuration = world.router("R1").configuration
    port = free_ports(1)
    async with served(world) as network, network.client() as client:
        own = network.url().replace(f":{network.ports.http}/", f":{port}/")
        configuration.lines["ip http port"] = f"ip http port {port}"
        await network.routers._agents._own_ports.follow()
        assert (await client.get(own)).status_code == 200
        for url in (network.url(), own.replace(".0.1:", ".0.2:")):
            with pytest.raises(httpx2.TransportError):
                await client.get(url)
        assert (await client.get(network.url("R2"))).status_code == 401
        assert f" {port} " in next(line for line in network.routers.table() if line.startswith("R1"))
        del configuration.lines["ip http port"]
        await network.routers._agents._own_ports.follow()
        assert (await client.get(network.url())).status_code == 200
        with pytest.raises(httpx2.TransportError):
            await client.get(own)


async def test_a_port_that_is_taken_is_told(caplog: pytest.LogCaptureFixture) -> None:
    world = world_with()
    async with served(world) as network:
        address = network.routers.addresses.of(world.router("R1"))
        with socket.create_server((address, 0)) as other:
            port = other.getsockname()[1]
            world.router("R1").configuration.lines["ip http secure-port"] = f"ip http secure-port {port}"
            await network.routers._agents._own_ports.follow()
            await network.routers._agents._own_ports.follow()
            assert f" {port} (taken)" in list(network.routers.table())[1]
            told = f"R1: no 'ip http secure-server' at {address} port {port}: Address already in use"
    assert caplog.messages == [told]


async def test_connections_are_bounded_for_both_servers_together() -> None:
    async with served(world_with("ip http max-connections 2")) as network:
        slots = network.routers._agents._agent._slots
        clients = [network.client(verify=False) for _ in range(3)]
        for client, scheme in zip(clients, ("http", "https", "http"), strict=True):
            assert (await client.get(network.url(scheme=scheme))).status_code == 200
        assert len(slots["R1"]) == slots["R1"].most == 2
        for client in clients:
            await client.aclose()
        await until(lambda: not len(slots["R1"]))


async def test_acts_are_inputs_and_reads_are_counted_before_them() -> None:
    world = world_with()
    taken = inputs_of(world)
    async with served(world) as network:
        assert isinstance((await network.ask(GetUdi()))[0], DeviceResult)
        await network.ask(Annotate(1, "x"), GetUdi())
        await network.ask(GetLevels())
    kinds = [each for each in taken if isinstance(each, AgentAsked | AgentCounted)]
    assert [type(each) for each in kinds] == [AgentCounted, AgentAsked, AgentCounted]
    asked = kinds[1]
    assert isinstance(asked, AgentAsked)
    assert (asked.user, asked.peer, asked.request.operations) == ("x", "127.0.0.1", (Annotate(1, "x"), GetUdi()))
    traffic = world.router("R1").running.agent
    assert (traffic.requests, traffic.operations, traffic.operation_errors) == (3, 4, 0)


async def test_an_upgrade_by_the_agent_alone() -> None:
    world = world_with()
    async with served(world) as network:
        assert await network.ask(GetLevels()) == (LevelsResult("c880-data", "advsecurity", "advsecurity"),)
        await network.ask(SetLevel("advipservices", accept_agreement=True), SaveConfiguration(), Reload())
        world.clock.run_to(world.now + 300_000)
        [levels] = await network.ask(GetLevels())
    assert isinstance(levels, LevelsResult)
    assert levels.running == "advipservices"


async def test_a_router_that_loses_its_power_gives_no_answer() -> None:
    world = world_with()
    async with served(world) as network:
        world.router("R1").state.partition.fuse = 0
        with pytest.raises(httpx2.TransportError):
            await network.ask(Annotate(1, "x"))
        assert world.router("R1").state.running is None
        with pytest.raises(httpx2.TransportError):
            await network.ask(GetUdi())


async def test_a_client_that_says_nothing_keeps_nobody_out() -> None:
    world = world_with("license agent max-sessions 1")
    async with served(world) as network:
        url = network.url().removeprefix("http://").partition("/")[0]
        address, port = url.split(":")
        silent = [await asyncio.open_connection(address, int(port)) for _ in range(20)]
        for _, writer in silent:
            writer.write(b"POST /lic-agent HTTP/1.1\r\n")
        assert await network.ask(GetUdi())
        for _, writer in silent:
            writer.close()
