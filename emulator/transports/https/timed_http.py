"""HTTP/1.1 over one connection with a time-out for everything that a client is waited for.

Rule (I): a client has so long to send the head of a request, to send its body, and to take the answer, however slowly
it goes on sending or reading. While the server itself is at work no clock runs. Between two requests the connection may
be idle for a shorter time.
"""

import asyncio
from enum import Enum, auto
from typing import TYPE_CHECKING

import h11
import msgspec
from uvicorn.protocols.http.h11_impl import H11Protocol

from emulator.transports.connections.slots import Slot, SlotPair
from emulator.transports.https.timed_web_socket import TimedWebSocket

if TYPE_CHECKING:
    from uvicorn import Config
    from uvicorn.server import ServerState


class TimeOuts(msgspec.Struct, frozen=True):
    """Seconds that a client may take.

    Attributes:
        handshake: until TLS stands.
        head: for the head of a request, from the connection or from the answer before.
        body: for the body of a request.
        answer: for taking what of an answer does not fit into the buffers.
        goodbye: for the end of TLS.
        undisturbed: from the first octet to the end of the first request, while it makes no room for another client.
        settled: of being idle, before a connection makes room for another one.
    """

    handshake: float = 10.0
    head: float = 10.0
    body: float = 30.0
    answer: float = 30.0
    goodbye: float = 5.0
    undisturbed: float = 3.0
    settled: float = 0.5

    @property
    def patience(self) -> float:
        """Seconds that a client waits for a place: by then those that say no more have made room."""
        return self.undisturbed + 2 * self.settled


class Stage(Enum):
    """Stage of a connection: the event that it waits for."""

    HEAD = auto()
    BODY = auto()
    WORK = auto()
    """The answer of the application."""
    ANSWER_TAKEN = auto()


class TimedHttp(H11Protocol):
    """Serves one connection, and ends it when its client takes too long.

    Attributes:
        begins: its first request has not come yet; until then its opener says whether it makes room.
    """

    def __init__(self, config: "Config", state: "ServerState", slot: Slot | SlotPair, time_outs: TimeOuts) -> None:
        super().__init__(config, state, {})
        self.closed = asyncio.Event()
        self.begins = True
        self._slot = slot
        self._seconds = {
            Stage.HEAD: time_outs.head,
            Stage.BODY: time_outs.body,
            Stage.ANSWER_TAKEN: time_outs.answer,
        }
        self._stage: Stage | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._unread = self._upgraded = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        super().connection_made(transport)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._stop_timer()
        self.closed.set()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = True
        self._look()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._unread = False
        self._look()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hand the connection over to the WebSocket that the request asks for."""
        self._stop_timer()
        self._slot.busy()
        self._upgraded = True
        super().handle_websocket_upgrade(event)
        protocol = self.transport.get_protocol()
        assert isinstance(protocol, TimedWebSocket)
        protocol.ended, protocol.patience = self.closed, self._seconds[Stage.ANSWER_TAKEN]

    def _look(self) -> None:
        """Start the clock of the stage that begins; the one of a stage that goes on runs on."""
        if self._upgraded:
            return
        stage = self._present_stage()
        if stage is self._stage:
            return
        self._stage = stage
        self._stop_timer()
        if (seconds := self._seconds.get(stage)) is not None:
            self._timer = self.loop.call_later(seconds, self.transport.abort)
        if stage is Stage.WORK:
            self.begins = False
            self._slot.busy()
        elif not self.begins:
            self._slot.idle()

    def _present_stage(self) -> Stage:
        if self._unread:
            return Stage.ANSWER_TAKEN
        if self.conn.their_state is h11.IDLE:
            return Stage.HEAD
        return Stage.BODY if self.conn.their_state is h11.SEND_BODY else Stage.WORK

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
