"""16 honest clients register devices for two minutes while everything goes wrong: none of theirs is lost or doubled.

The world's directory is on a small disk, its records are in PostgreSQL. In turn and all together the disk is full, no
handle is left, the database is stopped, and the server is killed and started again; slow strangers are there all the
time.
"""

import math
import os
import secrets
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from emulator.keys.world_secret import WorldSecret
from emulator.licensing.udi import parse_udi
from emulator.runtime.servers import MAIL_FOLDER
from emulator.transports.connections.free_ports import free_ports
from emulator.transports.https.certificates import CA, FOLDER
from emulator.world.build import new_world, open_world
from emulator.world.directory import DATABASE, WorldDirectory
from emulator.world.recipe import RouterRecipe, WorldRecipe
from tests.chaos.clients import HealthWatch, HonestClient, Registered, Stranger
from tests.chaos.host import MEGABYTE, Disk, PostgresServer, no_handles, resident, small_disk, threads

pytestmark = pytest.mark.chaos

CLIENTS = 16
SECONDS = 120
SKU = "L-880-AIS="
DRIP = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"a" * 400
MOST_IN_TROUBLE = 1.35
"""Most memory of a server at any time, under every fault, as a ratio to what it usually has."""

MOST_GROWTH = 1.1
"""Most memory in the last quarter of the last life, which has no faults, as a ratio to the quarter before."""


class Server:
    """`isrtwin serve` as a process."""

    def __init__(self, directory: Path, log: Path, environment: Mapping[str, str] | None = None) -> None:
        self.directory, self.port, self._log = directory, free_ports(), log
        self._environment = {**os.environ, **(environment or {})}
        self.process: subprocess.Popen[str] | None = None
        self.memory: list[list[int]] = []
        """Samples of each life of the server."""

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def start(self) -> None:
        command = [sys.executable, "-m", "emulator", "serve", "--world", str(self.directory)]
        with self._log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [*command, "--port-base", str(self.port), "--router-port-base", str(free_ports())],
                stdout=subprocess.PIPE, stderr=log, text=True, env=self._environment,
            )  # fmt: skip
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("Ctrl-C"):
                self.memory.append([])
                return
        raise AssertionError(f"it did not come up:\n{self._log.read_text(encoding='utf-8')[-3000:]}")

    def end(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        self.process.communicate(timeout=60)
        return self.process.returncode

    def kill(self) -> None:
        """End it, if it has not ended."""
        if self.alive():
            self.end(signal.SIGKILL)

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def sample(self) -> None:
        if self.alive():
            self.memory[-1].append(resident(self.pid))


def made(directory: Path, database: str | None) -> tuple[str, list[str]]:
    """A world with a PAK for each client; the token that they show, and the PAKs."""
    recipe = WorldRecipe(name="chaos", routers={"R1": RouterRecipe(powered=True)})
    directory.mkdir()
    secret = WorldSecret.random()
    world = new_world(recipe, database or directory / DATABASE, secret=secret)
    world.state.database = database
    paks = [world.backend.order(SKU, 5_000, 0, by="lab")[0].pak for _ in range(CLIENTS)]
    _, token = world.backend.accounts.new_token("lab", "chaos", 0, by="lab", entropy=secrets.token_bytes(32))
    with WorldDirectory(directory) as held:
        held.keep_secret(secret)
        held.save(world.state)
    world.close()
    return token, paks


class Trouble:
    """Faults, each for some seconds, alone or together."""

    def __init__(self, server: Server, disk: Disk, database: PostgresServer) -> None:
        self.server, self.disk, self.database = server, disk, database

    def full_disk(self, rest: Callable[[], None]) -> None:
        self.disk.fill()
        rest()
        self.disk.empty()

    def without_handles(self, rest: Callable[[], None]) -> None:
        with no_handles(self.server.pid):
            rest()

    def without_database(self, rest: Callable[[], None]) -> None:
        self.database.stop()
        rest()
        self.database.start()

    def killed(self, rest: Callable[[], None]) -> None:
        self.server.end(signal.SIGKILL)
        rest()
        self.server.start()

    def all_at_once(self, rest: Callable[[], None]) -> None:
        self.full_disk(lambda: self.without_handles(lambda: self.without_database(rest)))

    def killed_in_the_middle(self, rest: Callable[[], None]) -> None:
        def kill() -> None:
            rest()
            self.server.end(signal.SIGKILL)

        self.full_disk(lambda: self.without_database(kill))
        self.server.start()


def test_everything_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ExitStack() as given:
        disk = given.enter_context(small_disk(tmp_path / "disk", 64))
        database = PostgresServer()
        given.callback(database.remove)
        database.start()
        token, paks = made(disk.path / "world", database.url)
        server = Server(disk.path / "world", tmp_path / "log")
        server.start()
        given.callback(server.kill)
        clients, health = played(server, Trouble(server, disk, database), token, paks)
        acts = [act for client in clients for act in client.done]
        assert [client.mistakes for client in clients] == [[]] * CLIENTS
        assert not any(client.is_alive() for client in clients)
        assert sum(client.without_time for client in clients) == 0, "503 tells when to come again"
        assert set(health.statuses) == {200, 503}
        wait_for_mail(server)
        assert server.end(signal.SIGTERM) == 0
        log = (tmp_path / "log").read_text(encoding="utf-8")
        assert "Traceback" not in log, log[-5000:]
        assert len(log) < 100_000, "what is told is bounded"
        assert_consistent(disk.path / "world", database.url, paks, clients)
        assert_flat(server.memory)
    statuses = sum((Counter(client.statuses) for client in clients), Counter[int]())
    lives = [" ".join(str(size // MEGABYTE) for size in life[:: max(1, len(life) // 6)]) for life in server.memory]
    with capsys.disabled():
        print(f"\n{told(acts)}; answers {dict(statuses)}; health {health.statuses}; MB: {'; '.join(lives)}")


def played(server: Server, trouble: Trouble, token: str, paks: Sequence[str]) -> tuple[list[HonestClient], HealthWatch]:
    """Two minutes of clients, strangers and faults, the last half minute of it without faults."""
    ca = server.directory / FOLDER / CA
    copy = server.directory.parent.parent / CA
    copy.write_bytes(ca.read_bytes())
    stop, leave = threading.Event(), threading.Event()
    clients = [HonestClient(number, server.port, copy, token, pak, stop) for number, pak in enumerate(paks)]
    health = HealthWatch(server.port + 1, copy, stop)
    strangers = [
        Stranger(port, copy, most, leave, encrypted=encrypted, says=DRIP)
        for port in (server.port, server.port + 1)
        for most, encrypted in ((300, False), (50, True))
    ]
    faults = [
        trouble.full_disk, trouble.without_database, trouble.without_handles, trouble.killed, trouble.all_at_once,
        trouble.killed_in_the_middle,
    ]  # fmt: skip
    began = time.monotonic()

    def rest_until(instant: float) -> None:
        while time.monotonic() - began < instant:
            server.sample()
            time.sleep(0.1)

    with threads(strangers, leave), threads([*clients, health], stop):
        for number, fault in enumerate(faults):
            start = 5 + number * (SECONDS - 35) / len(faults)
            rest_until(start)
            fault(lambda start=start: rest_until(start + 5))  # type: ignore[misc]
            assert server.alive(), fault.__name__
        rest_until(SECONDS)
        assert all(stranger.opened > 100 for stranger in strangers)
    return clients, health


def assert_flat(lives: Sequence[Sequence[int]]) -> None:
    """A server that starts takes a while until all its strangers are there; from then on it needs no more."""
    curves = "; ".join(" ".join(str(size // MEGABYTE) for size in life[::10]) for life in lives)
    longest = max(lives, key=len)
    usual = statistics.median(longest)
    assert max(map(max, lives)) <= MOST_IN_TROUBLE * usual, curves
    quarter = len(lives[-1]) // 4
    assert quarter > 50, "the last life is long enough to tell"
    before, after = max(lives[-1][-2 * quarter : -quarter]), max(lives[-1][-quarter:])
    assert after <= MOST_GROWTH * before, curves


def told(acts: Sequence[Registered]) -> str:
    seconds = sorted(act.seconds for act in acts)

    def percentile(share: float) -> float:
        return seconds[math.ceil(share * len(seconds)) - 1]

    return (
        f"{len(acts)} acts by {CLIENTS} clients, {sum(act.tries > 1 for act in acts)} of them made again; "
        f"median {percentile(0.5) * 1000:.0f} ms, p99 {percentile(0.99):.2f} s, longest {seconds[-1]:.2f} s"
    )


def wait_for_mail(server: Server) -> None:
    """The letters that were to be mailed are on their way as long as more of them come."""
    mail, before = server.directory / MAIL_FOLDER, -1
    while (count := len(list(mail.glob("*.eml")))) != before:
        before = count
        time.sleep(3)


def assert_consistent(directory: Path, database: str, paks: Sequence[str], clients: Sequence[HonestClient]) -> None:
    """Check that records are as the clients were told: one license a device, one debit each, every letter delivered."""
    with WorldDirectory(directory) as held:
        state = held.load()
        assert state is not None
        world = open_world(state, database, secret=held.secret)
    service = world.backend
    for pak, client in zip(paks, clients, strict=True):
        [found] = service.queries.paks(by="lab", text=pak).items
        assert found.quantity - found.left == len(client.done), "each was debited once"
        assert len(client.done) > 20
    for client in clients:
        for act in client.done[::10]:
            udi = act.udi
            lines = [each.line.id for each in service.queries.entitlements(parse_udi(udi), by="lab") if each.sku == SKU]
            assert lines == [act.license]
    assert service.outbox.undelivered(world.now) == []
    letters = service.outbox.count_letters(world.now)
    assert len(list((directory / MAIL_FOLDER).glob("*.eml"))) == letters
    world.close()
