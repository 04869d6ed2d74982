"""The SNMP agents of all routers of a world, at one socket.

Nothing of a router is made before its first datagram. Datagrams are answered in the order in which they came, once
simulated time has caught up with real time; a turn is short, so that a flood of them cannot hold up whoever types.
What the agents count is an input of the world, but not with every datagram: before any other input, and now and then.
"""

import asyncio
import logging
import socket
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from emulator.console.line.inputs import InputSink
from emulator.kernel.events import Event
from emulator.router.device import Router
from emulator.router.snmp_traffic import SnmpCounter
from emulator.snmp.access import is_enabled
from emulator.snmp.applying import carry_out
from emulator.snmp.inputs import SnmpCounted, SnmpInput
from emulator.snmp.requests import SnmpResponse
from emulator.transports.connections.pending_counts import BeforeInputs, PendingCounts, TakingInput
from emulator.transports.snmp.messages import Exchange
from emulator.transports.snmp.notifying import Notifier
from emulator.transports.snmp.sockets import receive, send

LOG = logging.getLogger(__name__)

SLICE = 0.02
"""Seconds of real work after which the event loop gets its turn."""

COUNTED_EVERY = 10.0
"""Seconds of real time after which counts become an input of the world."""


class SnmpServer:
    """Answers the datagrams to the routers of a world."""

    def __init__(
        self,
        sink: InputSink,
        routers: Mapping[str, Router],
        router_at: Callable[[str], Router | None],
        catch_up: Callable[[], Awaitable[None]],
        settle: Callable[[], None],
        at: socket.socket,
        address_of: Callable[[Router], str],
        listeners: list[Callable[[Event], None]],
        before: BeforeInputs,
    ) -> None:
        """Serve a world.

        Args:
            sink: takes its inputs.
            routers: those of the rack, by name.
            router_at: the router at an address.
            catch_up: lets simulated time pass up to now.
            settle: lets happen what is due now.
            at: where datagrams come in.
            address_of: the address of a router.
            listeners: those who hear of events of the world.
            before: has counts written down before its inputs.
        """
        self._address_of, self._listeners = address_of, listeners
        self._notifier: Notifier | None = None
        self._sink, self._routers, self._router_at, self._catch_up, self._settle, self._socket = (
            sink, routers, router_at, catch_up, settle, at,
        )  # fmt: skip
        self._before, self._counts = before, PendingCounts[SnmpCounter]()
        self._counted_at = time.monotonic()

    async def run(self) -> None:
        """Answer until canceled; then the socket is closed."""
        readable = asyncio.Event()
        loop = asyncio.get_running_loop()
        self._before.writers.append(self._note_counts)
        loop.add_reader(self._socket, readable.set)
        notifier = self._notifier = Notifier(self._routers, self._address_of, partial(send, self._socket), self._note)
        self._listeners.append(notifier.hear)
        try:
            while True:
                await readable.wait()
                readable.clear()
                await self._catch_up()
                await self._drain()
        finally:
            self._listeners.remove(notifier.hear)
            notifier.close()
            loop.remove_reader(self._socket)
            self._socket.close()

    async def _drain(self) -> None:
        """Answer all datagrams that have come."""
        limit = time.monotonic() + SLICE
        while (datagram := receive(self._socket)) is not None:
            data, address, sender = datagram
            if address:
                self._answer(data, address, sender)
            if time.monotonic() > limit:
                await asyncio.sleep(0)
                await self._catch_up()
                limit = time.monotonic() + SLICE
        if limit - self._counted_at > COUNTED_EVERY:
            self._before.write()

    def _answer(self, data: bytes, address: str, sender: tuple[str, int]) -> None:
        """Answer a datagram; a mistake of the program that it meets leaves that one without an answer."""
        router = self._router_at(address)
        if router is None or router.state.running is None or not is_enabled(router):
            return
        if self._notifier is not None and self._notifier.acknowledge(router.name, sender, data):
            self._note(router.name, SnmpCounter.PACKETS_IN)
            return
        exchange = Exchange(router, sender[0], self._take, self._counts.of(router.name))
        try:
            reply = exchange.reply(data)
        except Exception:
            LOG.exception("a datagram of SNMP was not answered because of a mistake")
            return
        self._counts.add(router.name, exchange.counts)
        if reply is not None:
            send(self._socket, reply, address, sender)

    def _note(self, router: str, counter: SnmpCounter) -> None:
        self._counts.add(router, {counter: 1})

    def _take(self, what: SnmpInput) -> SnmpResponse | None:
        """Bring an input into the world."""
        with self._sink.taking(what):
            response = carry_out(self._routers[what.router], what)
        self._settle()
        return response

    def _note_counts(self, taking: TakingInput) -> None:
        self._counted_at = time.monotonic()
        for name, counted in self._counts.take().items():
            router = self._routers.get(name)
            if router is not None:
                what = SnmpCounted(name, dict(counted))
                with taking(what):
                    carry_out(router, what)
