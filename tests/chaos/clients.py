"""Clients of a served world: honest ones, which make a request again until it is answered, and slow strangers."""

import json
import socket
import ssl
import threading
import time
from contextlib import ExitStack, suppress
from http.client import HTTPException, HTTPSConnection
from pathlib import Path

import msgspec

PAUSE = 0.05
ANSWER = 20.0
PATIENCE = 50.0
"""Seconds for one act of an honest client, all tries together."""


class Registered(msgspec.Struct):
    """One act of an honest client: which license it has for a device, and how long that took."""

    udi: str
    license: str
    seconds: float
    tries: int


class HonestClient(threading.Thread):
    """Registers devices one by one for a PAK of its own, as a program with a token does."""

    def __init__(self, number: int, port: int, ca: Path, token: str, pak: str, stop: threading.Event) -> None:
        super().__init__(daemon=True, name=f"client {number}")
        self.done: list[Registered] = []
        self.statuses: dict[int, int] = {}
        self.without_time = 0
        """Answers with 503 that did not tell when to come again."""
        self.mistakes: list[str] = []
        self._number, self._port, self._token, self._pak, self._stopping = number, port, token, pak, stop
        self._trust = ssl.create_default_context(cafile=str(ca))
        self._line: HTTPSConnection | None = None

    def run(self) -> None:
        try:
            self._register_all()
        finally:
            self._hang_up()

    def _register_all(self) -> None:
        count = 0
        while not self._stopping.is_set():
            udi = f"CISCO881-K9:F{chr(65 + self._number)}X1405{count:04d}"
            began, tries = time.monotonic(), 0
            while (license_ := self._register(udi, mailed=count % 25 == 0)) is None:
                tries += 1
                time.sleep(PAUSE)
                if time.monotonic() - began > PATIENCE:
                    self.mistakes.append(f"{udi}: no answer")
                    return
            if license_ == "":
                return
            self.done.append(Registered(udi, license_, time.monotonic() - began, tries + 1))
            count += 1
            self._stopping.wait(PAUSE)

    def _register(self, udi: str, *, mailed: bool) -> str | None:
        """The license; None where the request is to be made again; empty after a mistake."""
        try:
            status, body, headers = self._asked({"udis": [udi], "mailed": mailed})
        except (OSError, HTTPException):
            self._hang_up()
            return None
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status == 503:
            self.without_time += "retry-after" not in headers
            return None
        if status != 200:
            self.mistakes.append(f"{udi}: {status} {body[:300]!r}")
            return ""
        [row] = json.loads(body)["rows"]
        return str(row["license"])

    def _asked(self, inputs: dict[str, object]) -> tuple[int, bytes, dict[str, str]]:
        if self._line is None:
            self._line = HTTPSConnection("127.0.0.1", self._port, context=self._trust, timeout=ANSWER)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        self._line.request("POST", f"/api/v1/paks/{self._pak}/registrations", json.dumps(inputs), headers)
        answer = self._line.getresponse()
        return answer.status, answer.read(), {name.lower(): text for name, text in answer.getheaders()}

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


class Stranger(threading.Thread):
    """Holds many connections open and says nothing, or a byte now and then."""

    def __init__(self, port: int, ca: Path, most: int, stop: threading.Event, *, encrypted: bool, says: bytes) -> None:
        super().__init__(daemon=True)
        self.opened = 0
        self._port, self._most, self._stopping, self._says = port, most, stop, says
        self._trust = ssl.create_default_context(cafile=str(ca)) if encrypted else None

    def run(self) -> None:
        while not self._stopping.is_set():
            with ExitStack() as held:
                lines: list[socket.socket] = []
                for byte in self._says:
                    if len(lines) < self._most:
                        with suppress(OSError):
                            lines.append(held.enter_context(self._connected()))
                    for line in lines:
                        with suppress(OSError):
                            line.sendall(bytes([byte]))
                    if self._stopping.wait(PAUSE):
                        return

    def _connected(self) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self._port), timeout=1)
        self.opened += 1
        return line if self._trust is None else self._trust.wrap_socket(line, server_hostname="127.0.0.1")


class HealthWatch(threading.Thread):
    """Asks the call-home server whether it is well, every now and then."""

    def __init__(self, port: int, ca: Path, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.statuses: dict[int, int] = {}
        self._port, self._stopping = port, stop
        self._trust = ssl.create_default_context(cafile=str(ca))

    def run(self) -> None:
        while not self._stopping.wait(0.2):
            line = HTTPSConnection("127.0.0.1", self._port, context=self._trust, timeout=ANSWER)
            with suppress(OSError, HTTPException):
                line.request("GET", "/health")
                status = line.getresponse().status
                self.statuses[status] = self.statuses.get(status, 0) + 1
            line.close()
