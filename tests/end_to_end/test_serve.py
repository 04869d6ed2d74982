"""`isrtwin serve` as a user has it: a process that is called over HTTPS, stopped, killed and started again."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from emulator.cli.main import main
from emulator.keys.signing import derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.udi import Udi
from emulator.router.ports import CallRefused, LogIn
from emulator.transports.call_home.client import HttpsCarrier, Patience, ServerAddress
from emulator.transports.call_home.server import PATH
from emulator.transports.call_home.wire import write_call
from emulator.transports.connections.free_ports import free_ports
from emulator.transports.https.certificates import CA, FOLDER
from emulator.world.build import open_world
from emulator.world.call_home.protocol import Answer, Call, CallOperation, Destination
from emulator.world.directory import FILE, WorldDirectory
from emulator.world.secret_file import SECRET
from tests.served import serving

pytestmark = pytest.mark.heavy

WHO = LogIn("lab", "lab")


def secret_in(directory: Path) -> WorldSecret:
    """The secret of the world there."""
    return WorldSecret.parse((directory / SECRET).read_text(encoding="ascii").strip())


class Program:
    """One world, served by one process after the other."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.port = free_ports()
        self.process: subprocess.Popen[str] | None = None
        self.told = ""

    def start(self, *options: str) -> None:
        self.process, self.told = serving("--world", str(self.directory), "--port-base", str(self.port), *options)

    def end(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=20)
        self.told += rest
        return self.process.returncode

    def call(self, operation: CallOperation, **what: object) -> Answer | CallRefused:
        """Call home as the first router of the world would."""
        with_key = derive_signing_key(secret_in(self.directory), f"device {self.udi}")
        carrier = HttpsCarrier({}, self.directory / FOLDER / CA, lambda _: with_key, Patience(attempts=1))
        call = Call("X.1", operation, self.udi, WHO, **what)  # type: ignore[arg-type]
        try:
            return carrier.fetch(
                Destination("localhost", self.port + 1, PATH),
                ServerAddress("127.0.0.1", self.port + 1),
                write_call(call, with_key),
            )
        finally:
            carrier.close()

    @property
    def udi(self) -> Udi:
        saved = msgspec.json.decode((self.directory / FILE).read_bytes())
        return msgspec.convert(saved["world"]["routers"]["R1"]["udi"], Udi)


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    program = Program(tmp_path / "world")
    yield program
    if program.process is not None and program.process.poll() is None:
        program.end(signal.SIGKILL)


def ordered(directory: Path) -> str:
    """A PAK, ordered while nobody serves."""
    with WorldDirectory(directory) as held:
        state = held.load()
        assert state is not None
        world = open_world(state, held.database, secret=held.secret)
        pak = world.backend.order("L-880-AIS=", 2, world.now, by="lab")[0].pak
        world.backend.close()
    return pak


def test_everything_of_a_served_world_is_for_its_owner_alone(program: Program) -> None:
    before = os.umask(0)
    try:
        program.start()
    finally:
        os.umask(before)
    there = [program.directory, *program.directory.rglob("*")]
    assert {"lock", "secret", "world.json", "backend.sqlite", "tls", "ca.key", "ca.pem"} <= {
        each.name for each in there
    }
    assert [each for each in there if each.lstat().st_mode & 0o077] == []


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_stops_when_told(program: Program, stop: signal.Signals) -> None:
    program.start()
    assert f"Portal:     https://127.0.0.1:{program.port}/\n" in program.told
    assert f"Call home:  https://127.0.0.1:{program.port + 1}{PATH}\n" in program.told
    assert f"CA file:    {program.directory / FOLDER / CA}\n" in program.told
    assert "Log-in:     lab, password lab\n" in program.told
    assert "Warning" not in program.told
    assert program.end(stop) == 0
    assert "Traceback" not in program.told


def test_what_was_acknowledged_survives_a_kill(program: Program) -> None:
    program.start()
    assert program.end(signal.SIGTERM) == 0
    pak = ordered(program.directory)
    program.start()
    file = program.call(CallOperation.INSTALL, pak=pak, skus=("L-880-AIS=",))
    assert isinstance(file, bytes), file
    program.end(signal.SIGKILL)
    program.start()
    assert program.call(CallOperation.INSTALL, pak=pak, skus=("L-880-AIS=",)) == file
    assert program.end(signal.SIGTERM) == 0


def test_a_port_that_is_taken(program: Program) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", program.port))
        taken.listen()
        with pytest.raises(AssertionError, match=f"cannot serve at 127.0.0.1 port {program.port}: Address already"):
            program.start()


def test_two_never_hold_one_world(program: Program) -> None:
    program.start()
    second = Program(program.directory)
    with pytest.raises(AssertionError, match="is held by another isrtwin"):
        second.start()
    assert program.end(signal.SIGTERM) == 0


def test_it_says_so_when_others_can_reach_it(program: Program) -> None:
    line = "portal password lab quiet-otter-41"
    assert main(["bench", "--world", str(program.directory), "-c", line]) == 0
    program.start("--host", "0.0.0.0")
    assert "Warning: other machines can reach this" in program.told
    assert program.end(signal.SIGTERM) == 0


def test_a_lab_is_played_in_its_world_while_that_is_served(
    program: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    world = ["first-boot", "--world", str(program.directory)]
    assert main(["lab", "start", *world, "-c", "lab"]) == 0
    program.start()
    assert main(["lab", "answer", *world, "LEVEL", "advsecurity"]) == 0
    assert main(["bench", "--world", str(program.directory), "-c", "order L-880-AIS="]) == 1
    assert program.end(signal.SIGTERM) == 0
    told = capsys.readouterr()
    assert "answered: LEVEL is advsecurity" in told.out
    assert "this command is not available in this lab" in told.out
