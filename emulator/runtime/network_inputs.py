"""Inputs that come into a world over a network, on their way through the journal.

Requests are served by threads of their own. Those that change something take effect between two events of the world,
and their letters, like the answers to calls of its routers, in the thread of its clock. Letters of what is done at the
bench are under way at once, served or not.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from emulator.kernel.effects import Pending
from emulator.router.ports import CallRefused, PakItem, Reply
from emulator.world.call_home.gateway import WorldCallHome
from emulator.world.call_home.protocol import Answer, Call, CallCarrier, Destination
from emulator.world.inputs import CallReceived, CallsCarried, LettersPosted, PortalAsked, ReplyReceived
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.transports.portal.operation import PortalRequest


class NetworkInputs:
    """The ways into one world that is served."""

    def __init__(self, world: World) -> None:
        self._world = world
        home = world.context.call_home
        assert isinstance(home, WorldCallHome)
        self._home = home
        self._requested = 0
        """Depth of the requests that take effect just now, which only one thread does at a time."""

    def begin(self, carrier: CallCarrier) -> None:
        """Have the routers call home over the network, and take note of what comes; `carrier` brings a call there."""
        with self._world.sink.taking(CallsCarried(over_network=True)):
            self._home.carry = _pending(carrier)
        self._world.clock.outside.come = self._answered
        self.take_letters_in_turn()

    def take_letters_in_turn(self) -> None:
        """Have letters of requests come into the world in the thread of its clock."""
        self._world.in_turn = self._in_turn

    @contextmanager
    def operation(self, name: str, request: "PortalRequest", inputs: msgspec.Struct) -> Iterator[None]:
        """Make room for an operation of the portal, at an instant of its own."""
        with self._world.sink.taking(asked(name, request, inputs)), self._request():
            request.now = self._world.now
            yield

    @contextmanager
    def call(self, call: Call) -> Iterator[None]:
        """Make room for a call home that the server has accepted."""
        with self._world.sink.taking(CallReceived(call)), self._request():
            yield

    @contextmanager
    def _request(self) -> Iterator[None]:
        self._requested += 1
        try:
            yield
        finally:
            self._requested -= 1

    def _answered(self, pending: Pending[Any], answer: Answer | CallRefused) -> None:
        call = self._home.out.pop(id(pending), None)
        if call is not None:
            with self._world.sink.taking(reply_of(call, answer)):
                """It takes effect as the clock goes on."""

    def _in_turn(self, act: Callable[[], None]) -> None:
        if not self._requested:
            act()
            return

        def noted() -> None:
            with self._world.sink.taking(LettersPosted()):
                act()

        self._world.clock.outside.post(noted)


def asked(name: str, request: "PortalRequest", inputs: msgspec.Struct) -> PortalAsked:
    """A request as the journal keeps it."""
    return PortalAsked(name, request.by, msgspec.to_builtins(inputs), request.entropy.hex())


def reply_of(call: str, answer: Answer | CallRefused) -> ReplyReceived:
    """An answer as the journal keeps it."""
    match answer:
        case CallRefused():
            return ReplyReceived(call, refused=answer)
        case bytes():
            return ReplyReceived(call, file=answer)
    paks = tuple(each for each in answer if isinstance(each, PakItem))
    return ReplyReceived(call, paks=paks, products=tuple(each for each in answer if not isinstance(each, PakItem)))


def answer_of(reply: ReplyReceived) -> Answer | CallRefused:
    """An answer out of the journal."""
    if reply.refused is not None:
        return reply.refused
    return reply.file if reply.file is not None else reply.paks or reply.products or ()


def _pending(carrier: CallCarrier) -> CallCarrier:
    """Have every answer come from outside, the ones that are there at once too."""

    def carry(destination: Destination, call: Call) -> Reply[Answer]:
        reply = carrier(destination, call)
        if isinstance(reply, Pending):
            return reply
        future: Future[Answer | CallRefused] = Future()
        future.set_result(reply)
        return future

    return carry
