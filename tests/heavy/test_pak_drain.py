"""64 clients drain one PAK over HTTPS while the server is killed: exactly as many licenses come of it as it had.

Each client calls as a device does, and makes a call again that got no answer. The server is the program itself, killed
with SIGKILL while requests are in flight and started again at the same port over the same database.
"""

import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.backend.service import LicensingService
from emulator.keys.documents import read_license_file
from emulator.keys.signing import SigningKey, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.file import FileLine
from emulator.licensing.lines import LicenseLine
from emulator.licensing.udi import Udi
from emulator.router.ports import CallRefused, LogIn
from emulator.transports.call_home.client import HttpsCarrier, Patience, ServerAddress
from emulator.transports.call_home.server import PATH
from emulator.transports.call_home.wire import write_call
from emulator.transports.connections.free_ports import free_ports
from emulator.transports.https.certificates import CA, FOLDER
from emulator.world.build import new_world, open_world
from emulator.world.call_home.protocol import Call, CallOperation, Destination
from emulator.world.directory import WorldDirectory
from emulator.world.recipe import WorldRecipe
from emulator.world.world import World
from tests.postgres import scratch
from tests.served import serving
from tests.sizes import trials

pytestmark = pytest.mark.heavy

QUANTITY, BEYOND = trials(1_000, full=5_000), 100
CLIENTS, KILLS = 64, 6
ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SKU, WHO = "L-880-AIS=", LogIn("lab", "lab")
VENDOR = "tools.cisco.com"
STUBBORN = Patience(whole=120, answer=10, attempts=60, pause=0.1, longest=1.0)


def device(number: int) -> Udi:
    digits = ""
    for _ in range(4):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return Udi("CISCO881-K9", f"FTX1405{digits}")


class Server:
    """`isrtwin serve` as a process of its own that is killed again and again."""

    def __init__(self, directory: Path, database: str | None) -> None:
        self.directory, self.port = directory, free_ports()
        self._database = [] if database is None else ["--database", database]
        self.process: subprocess.Popen[str] | None = None
        self.kills = 0

    def start(self) -> None:
        self.process, _ = serving("--world", str(self.directory), "--port-base", str(self.port), *self._database)

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()
        self.kills += 1


def make(directory: Path, database: str | None) -> tuple[str, WorldSecret]:
    """A world with so many devices and one PAK for most of them."""
    place, secret = database or directory / "backend.sqlite", WorldSecret.random()
    world: World = new_world(WorldRecipe(name="drain"), database=place, secret=secret)
    world.state.database = database
    for number in range(QUANTITY + BEYOND):
        world.backend.manufacture(device(number), ["advsecurity"], 0)
    pak = world.backend.order(SKU, QUANTITY, 0, by="lab")[0].pak
    with WorldDirectory(directory) as held:
        held.keep_secret(secret)
        held.save(world.state)
    world.backend.close()
    return pak, secret


POSTGRES = os.environ.get("ISRTWIN_TEST_POSTGRES")
DATABASES = [
    pytest.param(None, id="sqlite"),
    pytest.param(
        POSTGRES,
        id="postgresql",
        marks=pytest.mark.skipif(not POSTGRES, reason="ISRTWIN_TEST_POSTGRES names no server"),
    ),
]


@pytest.mark.parametrize("database", DATABASES)
def test_a_drained_pak_gave_exactly_what_was_bought(database: str | None, tmp_path: Path) -> None:
    if database is not None:
        with scratch(database) as url:
            drain(url, tmp_path)
    else:
        drain(None, tmp_path)


def drain(database: str | None, directory: Path) -> None:
    pak, secret = make(directory, database)
    server = Server(directory, database)
    server.start()
    keys: dict[Udi, SigningKey] = {}
    carrier = HttpsCarrier(
        {VENDOR: ServerAddress("127.0.0.1", server.port + 1)}, directory / FOLDER / CA, keys.__getitem__, STUBBORN
    )
    work: queue.SimpleQueue[Udi] = queue.SimpleQueue()
    for number in range(QUANTITY + BEYOND):
        udi = device(number)
        keys[udi] = derive_signing_key(secret, f"device {udi}")
        work.put(udi)
    files: dict[Udi, bytes] = {}
    refused: dict[Udi, CallRefused] = {}
    mistakes: list[BaseException] = []
    destination = Destination(VENDOR, 443, PATH)
    endpoint = ServerAddress("127.0.0.1", server.port + 1)

    def install(udi: Udi) -> bytes | CallRefused:
        call = Call(f"{udi.serial}.1", CallOperation.INSTALL, udi, WHO, pak=pak, skus=(SKU,))
        answer = carrier.fetch(destination, endpoint, write_call(call, keys[udi]))
        assert isinstance(answer, bytes | CallRefused)
        return answer

    def client() -> None:
        try:
            while True:
                udi = work.get_nowait()
                answer = install(udi)
                if isinstance(answer, CallRefused):
                    refused[udi] = answer
                else:
                    files[udi] = answer
        except queue.Empty:
            return
        except BaseException as error:  # noqa: BLE001 - told by the test's own thread
            mistakes.append(error)

    clients = [threading.Thread(target=client, daemon=True) for _ in range(CLIENTS)]
    for thread in clients:
        thread.start()
    try:
        for kill in range(1, KILLS + 1):
            while len(files) < QUANTITY * kill // (KILLS + 1) and not mistakes:
                time.sleep(0.01)
            server.kill()
            server.start()
        for thread in clients:
            thread.join()
        assert not mistakes, mistakes[0]
        assert (len(files), len(refused)) == (QUANTITY, BEYOND)
        assert {each.cause for each in refused.values()} == {"pak spent"}
        for udi in list(files)[::250]:
            assert install(udi) == files[udi], "asked again, the same file at no debit"
    finally:
        server.kill()
        carrier.close()
    assert server.kills == KILLS + 1
    assert_consistent(directory, database, pak, files)


def assert_consistent(directory: Path, database: str | None, pak: str, files: dict[Udi, bytes]) -> None:
    """Check that the licenses that clients hold are those on record, one a device."""
    with WorldDirectory(directory) as held:
        state = held.load()
    assert state is not None
    world = open_world(state, database=database or directory / "backend.sqlite", secret=held.secret)
    service: LicensingService = world.backend
    ids = set()
    for udi, file in files.items():
        [entry] = read_license_file(file, world.license_verifier)
        assert isinstance(entry, FileLine)
        assert entry.line.udi == udi
        ids.add(entry.line.id)
    assert len(ids) == QUANTITY
    assert service.queries.paks(by="lab", text=pak).items[0].left == 0
    recorded = [each.id for each in _purchased(service, files)]
    assert sorted(recorded) == sorted(ids)
    service.close()


def _purchased(service: LicensingService, files: dict[Udi, bytes]) -> Iterator[LicenseLine]:
    for udi in files:
        for each in service.queries.entitlements(udi, by="lab"):
            if each.sku == SKU:
                yield each.line
