"""The lab's file server with real clients: what goes in comes out, for routers too, and everything is bounded."""

import contextlib
import http.client as http_client
import io
import random
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import tftpy
from tftpy.TftpContexts import TftpContext

from emulator.kernel.errors import Refused
from emulator.keys.world_secret import SIZE, WorldSecret
from emulator.runtime.servers import Served, Where
from emulator.storage.filesystem import KEPT_CONTENT
from emulator.transports.connections.intake import Intake
from emulator.transports.files import lab_files
from emulator.transports.files.lab_files import FileRefused, LabFiles, Received, is_name
from emulator.transports.files.tftp import TftpFiles
from emulator.world.build import new_world
from emulator.world.inputs import LabFileStored
from emulator.world.recipe import WorldRecipe
from emulator.world.world import World


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("served")
    world = new_world(WorldRecipe(), folder / "records.sqlite", secret=WorldSecret.parse("5a" * SIZE))
    made = Served(world, folder, Where())
    made.start()
    yield made
    made.stop()
    world.close()


def world_of(served: Served) -> World:
    return served._inputs._world


class TftpClient:
    """A client that hears a packet once, as RFC 1350 wants: a server repeats its last one to a client that is slow."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.settimeout(20)
        self._heard = b""
        self.transfer: Any = None

    def __enter__(self) -> "TftpClient":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, request: bytes, at: tuple[str, int]) -> None:
        self._socket.sendto(request, at)

    def send(self, packet: bytes) -> None:
        self._socket.sendto(packet, self.transfer)

    def hear(self) -> bytes:
        while True:
            packet, self.transfer = self._socket.recvfrom(600)
            if packet != self._heard:
                self._heard = packet
                return packet


def http(served: Served, name: str, content: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    assert served.files is not None
    method = "GET" if content is None else "PUT"
    request = urllib.request.Request(f"{served.files.url}/{name}", content, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def tftp(served: Served) -> tftpy.TftpClient:
    assert served._tftp is not None
    return tftpy.TftpClient("127.0.0.1", served._tftp.port, {"blksize": 1428})


def fetched(served: Served, name: str, patience: int = 10) -> bytes:
    target = io.BytesIO()
    target.name = name
    tftp(served).download(name, target, timeout=patience)
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, 511, 512, 1428, 200_000])
@pytest.mark.parametrize("way", ["http", "tftp"])
def test_what_goes_in_comes_out_by_both(served: Served, tmp_path: Path, way: str, size: int) -> None:
    content, name = bytes(n % 251 for n in range(size)), f"{way}-{size}.lic"
    if way == "http":
        assert http(served, name, content)[0] == 201
    else:
        (tmp_path / name).write_bytes(content)
        tftp(served).upload(name, str(tmp_path / name), timeout=10)
    assert http(served, name) == (200, content)
    assert fetched(served, name) == content
    found = world_of(served).medium("tftp").find(name)
    assert found is not None
    assert (found.content, found.size) == (content, size)
    assert f"{size:>12}  {name}\n".encode() in http(served, "")[1]


def test_what_tftp_acknowledges_is_stored(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library acknowledges the last block, and ends the transfer when it comes to it: here, after the test."""
    looked, end = Event(), TftpContext.end

    def end_late(context: TftpContext, close_fileobj: bool = True) -> None:
        looked.wait(20)
        end(context, close_fileobj)

    monkeypatch.setattr(TftpContext, "end", end_late)
    with TftpClient() as client, ExitStack() as at_last:
        at_last.callback(looked.set)
        assert served._tftp is not None
        client.ask(b"\0\2kept.lic\0octet\0", ("127.0.0.1", served._tftp.port))
        assert client.hear() == b"\0\4\0\0"
        for number, data in enumerate((b"x" * 512, b"y"), 1):
            client.send(b"\0\3" + number.to_bytes(2, "big") + data)
            assert client.hear() == b"\0\4" + number.to_bytes(2, "big")
        found = world_of(served).medium("tftp").find("kept.lic")
    assert found is not None
    assert found.content == b"x" * 512 + b"y"


@pytest.mark.parametrize("size", [10, 600])
def test_a_tftp_client_is_told_that_its_file_was_not_taken(
    served: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, size: int
) -> None:
    monkeypatch.setattr(lab_files, "MOST_CONTENT", 0)
    (tmp_path / "a").write_bytes(b"x" * size)
    with pytest.raises(tftpy.TftpShared.TftpException, match="Disk full"):
        tftp(served).upload("refused.lic", str(tmp_path / "a"), timeout=10)
    assert world_of(served).medium("tftp").find("refused.lic") is None


def test_an_image_comes_out_at_its_size_and_goes_in_as_it_was(served: Served) -> None:
    world = world_of(served)
    name = world.download("c880data-universalk9-mz.150-1.M4.bin", "tftp")
    image = world.medium("tftp").find(name)
    assert image is not None
    status, content = http(served, name)
    assert (status, len(content)) == (200, image.size)
    assert http(served, "copy.bin", content)[0] == 201
    copy = world.medium("tftp").find("copy.bin")
    assert copy is not None
    assert (copy.content, copy.size) == (image.content, image.size)


def test_a_file_that_is_not_there(served: Served) -> None:
    assert http(served, "none")[0] == 404
    with pytest.raises(tftpy.TftpShared.TftpException):
        fetched(served, "none")


@pytest.mark.parametrize("name", ["a/b", "../a", "..", "...", "a:b", "a%00b", "%2e%2e%2fetc", "é", "x" * 256, "a\x7f"])
def test_what_is_no_name(served: Served, name: str) -> None:
    from urllib.parse import quote

    before = LabFiles(world_of(served)).listing()
    assert http(served, quote(name, safe="%/"), b"x")[0] in {400, 404, 405}
    assert LabFiles(world_of(served)).listing() == before


def test_nothing_of_the_host_is_reached(served: Served, tmp_path: Path) -> None:
    for name in ("/etc/hostname", "../../../../etc/hostname", "etc/hostname"):
        with pytest.raises(tftpy.TftpShared.TftpException):
            fetched(served, name)
    assert http(served, "..%2f..%2fetc/hostname")[0] == 404


def test_a_page_of_another_name_is_refused(served: Served) -> None:
    assert http(served, "", Host="attacker.example")[0] == 400
    assert http(served, "a", b"x", Host="attacker.example")[0] == 400
    assert served.portal is not None
    context = ssl.create_default_context(cafile=served.identity.ca)
    for host, status in (("localhost", 200), ("attacker.example", 400)):
        connection = http_client.HTTPSConnection("127.0.0.1", served.portal.port, timeout=20, context=context)
        connection.request("GET", "/log-in", headers={"Host": host})
        assert connection.getresponse().status == status
        connection.close()


def test_only_a_name_in_ascii_without_marks_is_one() -> None:
    assert is_name("FTX1405YDC7_20100301.lic")
    assert not any(is_name(each) for each in ("", ".", "..", " ", "a/b", "a\\b", "a\nb", "ä", "x" * 256))


def test_no_more_is_held_than_is_kept_and_no_more_taken_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    received = Received()
    for _ in range(5):
        received.add(b"x" * (1 << 20))
    assert len(received.content) == KEPT_CONTENT
    monkeypatch.setattr(lab_files, "LARGEST", 6 << 20)
    with pytest.raises(FileRefused):
        received.add(b"x" * (2 << 20))


@pytest.mark.parametrize(("limit", "value"), [("MOST_FILES", 2), ("MOST_CONTENT", 25)])
def test_a_server_that_is_full_says_so(monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    world = new_world(WorldRecipe())
    files, ten = LabFiles(world), Received()
    ten.add(b"0123456789")
    monkeypatch.setattr(lab_files, limit, value)
    for name in ("a", "b", "B"):
        files.store(name, ten)
    with pytest.raises(FileRefused, match="full"):
        files.store("c", ten)
    assert [name for name, _ in files.listing()] == ["a", "B"]


@pytest.mark.parametrize("way", ["http", "tftp"])
def test_a_client_that_sends_without_end_does_not_fill_the_disk(served: Served, tmp_path: Path, way: str) -> None:
    assert served.lab_files is not None
    full = Intake(0, 1)
    before, served.lab_files.intake = served.lab_files.intake, full
    try:
        if way == "http":
            assert http(served, "more.lic", b"x")[0] == 429
        else:
            (tmp_path / "a").write_bytes(b"x")
            with pytest.raises(tftpy.TftpShared.TftpException, match="Disk full"):
                tftp(served).upload("more.lic", str(tmp_path / "a"), timeout=10)
    finally:
        served.lab_files.intake = before
    assert world_of(served).medium("tftp").find("more.lic") is None


def test_a_file_is_an_input_of_the_world() -> None:
    world, seen, one = new_world(WorldRecipe()), [], Received()
    one.add(b"x")

    def take(what: object) -> nullcontext[None]:
        seen.append(what)
        return nullcontext()

    world.sink.taking = take
    LabFiles(world).store("a", one)
    assert seen == [LabFileStored("a", b"x", 1)]


@pytest.mark.heavy
def test_clients_that_begin_and_say_no_more_hold_up_nobody(served: Served) -> None:
    http(served, "flood", b"x" * 5000)
    assert served._tftp is not None
    with contextlib.ExitStack() as clients:
        for _ in range(300):
            client = clients.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            client.sendto(b"\0\1flood\0octet\0", ("127.0.0.1", served._tftp.port))
            client.sendto(b"\0\2new\0octet\0", ("127.0.0.1", served._tftp.port))
            client.sendto(b"nonsense", ("127.0.0.1", served._tftp.port))
    assert http(served, "flood")[1] == b"x" * 5000
    until = time.monotonic() + 20
    while True:
        try:
            assert fetched(served, "flood", 2) == b"x" * 5000
            break
        except tftpy.TftpShared.TftpException:
            assert time.monotonic() < until
    assert not any(name == "new" for name, _ in LabFiles(world_of(served)).listing())


def test_what_does_not_fit_is_no_input() -> None:
    world, large = new_world(WorldRecipe()), Received()
    large.add(b"x" * 100)
    world.state.server.capacity = 99

    def take(what: object) -> nullcontext[None]:
        raise AssertionError(what)

    world.sink.taking = take
    with pytest.raises(FileRefused, match="99 are left"):
        LabFiles(world).store("a", large)


def test_a_port_that_is_taken_is_told(served: Served) -> None:
    assert served._tftp is not None
    with pytest.raises(Refused, match=f"cannot serve TFTP at 127.0.0.1 port {served._tftp.port}"):
        TftpFiles(LabFiles(world_of(served)), served._tftp.port).start()


def test_the_addresses_are_told(served: Served) -> None:
    assert any(line.startswith("Files:      http://127.0.0.1:") for line in served.addresses())
    assert any("tftp://127.0.0.1:" in line and "192.0.2.10" in line for line in served.addresses())


def test_other_machines_do_not_reach_the_files(tmp_path: Path) -> None:
    world = new_world(WorldRecipe(), tmp_path / "records.sqlite", secret=WorldSecret.parse("5a" * SIZE))
    world.backend.accounts.change("lab", world.now, by="lab", password="quiet-otter-41")
    made = Served(world, tmp_path, Where(host="0.0.0.0"))
    assert made.files is None
    assert made.portal is not None
    for site in (made.portal, made.call_home):
        site.socket.close()
    world.close()


def test_datagrams_that_are_no_tftp_end_no_transfer_of_others(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    """A transfer goes on from block to block while strangers send nonsense and requests with wrong options."""
    assert served._tftp is not None
    at, pick = ("127.0.0.1", served._tftp.port), random.Random(12)
    requests = (b"\0\1a\0octet\0blksize\0abc\0", b"\0\2a\0octet\0tsize\0-1\0", b"\0\1\xff\0octet\0", b"\0\1a\0x\0")
    world_of(served).store("tftp", "long.bin", b"x" * 2000, 2000)
    with TftpClient() as honest:
        honest.ask(b"\0\1long.bin\0octet\0", at)
        got = b""
        for block in range(1, 5):
            data = honest.hear()
            assert data[:4] == b"\0\3\0" + bytes([block])
            got += data[4:]
            for _ in range(60):
                with socket.socket(type=socket.SOCK_DGRAM) as stranger:
                    cut = pick.choice(requests)
                    noise = pick.choice(
                        [cut, pick.randbytes(30), cut[: pick.randrange(len(cut))], cut + pick.randbytes(9)]
                    )
                    stranger.sendto(noise, at)
            honest.send(b"\0\4\0" + bytes([block]))
    assert got == b"x" * 2000
    assert fetched(served, "long.bin") == got
    assert not caplog.records
