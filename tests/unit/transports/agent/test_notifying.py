"""Notifications of the license agents at a listener on a real socket: in order, retried, bounded."""

import asyncio
import contextlib
import ssl
from collections import deque
from collections.abc import AsyncIterator
from functools import partial

import pytest

from emulator.license_agent.documents import read_notification
from emulator.license_agent.messages import AgentNotification, Annotate, Clear
from emulator.licensing.file import FileLine
from emulator.runtime import served_agents
from emulator.transports.agent import notifying
from emulator.transports.agent.notifying import AgentNotifier, DeliveryPatience, is_reachable
from tests.unit.console.papers import line
from tests.unit.transports.agent.network import Network, served, until, world_with

pytestmark = pytest.mark.anyio

QUICK = DeliveryPatience(attempts=3, answer=0.5, pause=0.01)


class Listener:
    """A web server of a few lines that answers with the statuses it is given, and then acknowledges."""

    def __init__(self, *statuses: int) -> None:
        self.statuses, self.port = list(statuses), 0
        self.peers: list[str] = []
        self.heard: list[AgentNotification] = []
        self._server: asyncio.Server | None = None
        self._open = 0

    async def __aenter__(self) -> "Listener":
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        async with asyncio.timeout(20):
            while self._open:
                await asyncio.sleep(0.01)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.peers.append(writer.get_extra_info("peername")[0])
        self._open += 1
        try:
            await self._converse(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            """The client is gone."""
        finally:
            writer.close()
            self._open -= 1

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(head.partition("content-length:")[2].split()[0])
            self.heard.append(read_notification(await reader.readexactly(length)))
            status = self.statuses.pop(0) if self.statuses else 204
            if status == 0:
                await reader.read()
                return
            writer.write(f"HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n".encode())
            await writer.drain()


@contextlib.asynccontextmanager
async def told(*statuses: int, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Network, Listener]]:
    """A served world whose R1 tells a listener."""
    monkeypatch.setattr(served_agents, "AgentNotifier", partial(AgentNotifier, patience=QUICK))
    async with Listener(*statuses) as listener:
        world = world_with(f"license agent notify http://127.0.0.1:{listener.port}/n")
        async with served(world) as network:
            await network.ask(Annotate(1, "x"))
            yield network, listener


def waiting_at(network: Network) -> dict[tuple[str, str], deque[bytes]]:
    notifier = network.routers._agents._notifier
    assert notifier is not None
    return notifier._waiting


def install(network: Network, number: int = 1) -> None:
    network.world.router("R1").activation.install(
        FileLine(line(id_=f"x-{number}", udi=network.world.router("R1").state.udi), "t", "2010-03-01T09:00:00.000Z", "")
    )


async def test_a_notification_names_what_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    async with told(monkeypatch=monkeypatch) as (network, listener):
        install(network)
        network.world.router("R1").activation.announce_next_level()
        await until(lambda: len(listener.heard) == 2)
        assert set(listener.peers) == {network.routers.addresses.of(network.world.router("R1"))}
    first, second = listener.heard
    assert (first.event, first.number, first.feature) == ("clmgmtLicenseInstalled", 1, "advipservices")
    assert (second.event, second.number, second.level) == ("cilmBootImageLevelChanged", 2, "advipservices")
    assert network.world.router("R1").running.agent.notifications == 2


@pytest.mark.parametrize("status", [500, 404, 302, 0])
async def test_it_is_sent_again_until_it_is_acknowledged(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    async with told(status, status, monkeypatch=monkeypatch) as (network, listener):
        install(network)
        await until(lambda: len(listener.heard) == 3)
        install(network, 2)
        await until(lambda: len(listener.heard) == 4)
    assert [each.number for each in listener.heard] == [1, 1, 1, 2]
    traffic = network.world.router("R1").running.agent
    assert (traffic.notifications, traffic.acknowledgement_errors, traffic.notification_errors) == (2, 0, 0)


async def test_it_is_given_up_after_its_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    async with told(*[500] * 3, monkeypatch=monkeypatch) as (network, listener):
        install(network)
        install(network, 2)
        await until(lambda: len(listener.heard) == 4)
    assert [each.number for each in listener.heard] == [1, 1, 1, 2]
    traffic = network.world.router("R1").running.agent
    assert (traffic.notifications, traffic.acknowledgement_errors) == (1, 1)


async def test_a_listener_that_never_answers_costs_a_bounded_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifying, "MOST_WAITING", 3)
    async with told(*[0] * 99, monkeypatch=monkeypatch) as (network, _):
        for number in range(10):
            install(network, number)
        [waiting] = waiting_at(network).values()
        assert len(waiting) == 3
        await network.ask(Clear(60))
    assert network.world.router("R1").running.agent.notification_errors == 7


async def test_where_there_is_no_listener_it_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with told(monkeypatch=monkeypatch) as (network, _):
        lines = network.world.router("R1").configuration.lines
        for url in ("http://192.0.2.1/n", "ftp://127.0.0.1/n", "http://127.0.0.1:1/n"):
            lines[f"license agent notify {url}"] = f"license agent notify {url}"
        install(network)
        await until(lambda: not waiting_at(network))
    traffic = network.world.router("R1").running.agent
    assert (traffic.notifications, traffic.notification_errors) == (1, 3)


@pytest.mark.parametrize(
    ("url", "reachable"),
    [
        ("http://127.0.0.1/n", True),
        ("https://localhost:8443/n", True),
        ("http://[::1]:80/n", True),
        ("http://127.9.9.9", True),
        ("http://192.0.2.1/n", False),
        ("http://example.com/n", False),
        ("http://127.0.0.1:99999/n", False),
        ("http://[::1/n", False),
        ("ftp://127.0.0.1/n", False),
        ("http:127.0.0.1", False),
        ("http://127.0.0.1.example.com/", False),
        ("http://example.com@127.0.0.1/", True),
        ("http://127.0.0.1@example.com/", False),
        ("x", False),
        ("", False),
    ],
)
def test_only_this_machine_is_posted_to(url: str, reachable: bool) -> None:
    assert is_reachable(url) is reachable


async def test_a_listener_by_https_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with told(monkeypatch=monkeypatch) as (network, _):
        trusted = network.routers._agents._certificates.trusting()
        assert trusted.verify_mode is ssl.CERT_REQUIRED
        assert trusted.check_hostname
        assert len(trusted.get_ca_certs()) == 1
