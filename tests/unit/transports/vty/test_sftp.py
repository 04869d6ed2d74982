"""SFTP at a served router: refused as these releases refuse it, until the bench allows it; never the host's files."""

import asyncio
from pathlib import Path

import asyncssh
import pytest

from emulator.transports.connections import intake
from emulator.transports.vty import copy_slots, ssh, ssh_channel
from emulator.transports.vty.copy_slots import MOST_COPYING
from emulator.transports.vty.sftp import MOST_OPEN, MOST_READ, RouterSftp
from tests.driver import BenchDriver
from tests.unit.transports.vty.network import PATIENCE, STARTUP, booted, served

pytestmark = pytest.mark.anyio


async def test_it_is_refused_until_the_bench_allows_it_and_after_it_forbids_it():
    world = booted()
    bench = BenchDriver(world)
    async with served(world) as network:
        for state, allowed in (("", False), ("on", True), ("off", False)):
            if state:
                bench.succeeds(f"sftp R1 {state}")
            async with network.log_in() as connection:
                if allowed:
                    assert "startup-config" in await (await connection.start_sftp_client()).listdir("/nvram:")
                    continue
                with pytest.raises((asyncssh.Error, OSError)):
                    await connection.start_sftp_client()


async def client_of(network, **options):
    network.world.router("R1").state.sftp = True
    connection = await network.log_in(**options)
    return connection, await connection.start_sftp_client()


async def test_files_come_and_go(tmp_path: Path):
    (tmp_path / "a.lic").write_bytes(b"license " * 5000)
    async with served(booted()) as network:
        connection, sftp = await client_of(network)
        async with connection:
            assert await sftp.getcwd() == "/flash:"
            await sftp.put(tmp_path / "a.lic", "b.lic")
            assert "b.lic" in await sftp.listdir(".")
            assert (await sftp.stat("/flash:/b.lic")).size == 40_000
            await sftp.get("flash:b.lic", tmp_path / "c.lic")
            assert (tmp_path / "c.lic").read_bytes() == (tmp_path / "a.lic").read_bytes()
            await sftp.get("system:running-config", tmp_path / "r1.cfg")
            assert "hostname R1" in (tmp_path / "r1.cfg").read_text()
            assert {name.filename for name in await sftp.readdir("/")} == {"flash:", "usbflash0:", "nvram:"}
            assert await sftp.isdir("flash:")
            assert not await sftp.exists("flash:nothing")
        stored = network.world.router("R1").state.flash.find("b.lic")
        assert stored is not None
        assert stored.content == (tmp_path / "a.lic").read_bytes()


async def test_what_is_refused(tmp_path: Path):
    async with served(booted()) as network:
        connection, sftp = await client_of(network)
        async with connection:
            for path in ("/etc/passwd", "../../../etc/passwd", "flash:../../etc/passwd", "disk0:x", "nothing"):
                with pytest.raises(asyncssh.SFTPError):
                    await sftp.get(path, tmp_path / "x")
            for act in (sftp.remove, sftp.mkdir, sftp.rmdir, sftp.readlink):
                with pytest.raises(asyncssh.SFTPError):
                    await act("flash:a")
            with pytest.raises(asyncssh.SFTPError):
                await sftp.rename("flash:a", "flash:b")
            (tmp_path / "big").write_bytes(b"!" * (1 << 20))
            with pytest.raises(asyncssh.SFTPError, match="Not enough space"):
                await sftp.put(tmp_path / "big", "nvram:startup-config")


async def test_a_user_without_privilege_gets_nothing(tmp_path: Path):
    async with served(booted(startup=STARTUP)) as network:
        connection, sftp = await client_of(network, user="guest", password="guest")
        async with connection:
            with pytest.raises(asyncssh.SFTPPermissionDenied):
                await sftp.listdir("flash:")


async def test_a_client_that_is_cut_off_leaves_nothing():
    async with served(booted()) as network:
        connection, sftp = await client_of(network)
        handle = await sftp.open("flash:half", "wb")
        await handle.write(b"half a file")
        connection.abort()
        await connection.wait_closed()
        async with network.shell() as talk:
            await talk.sees("#")
            shown = await talk.type("dir flash:half\r", "R1#")
        assert "No such file" in shown


def packet(kind: int, number: int, *fields: bytes | int) -> bytes:
    """A request of SFTP: strings, and numbers of four bytes."""
    parts = [field.to_bytes(4) if isinstance(field, int) else len(field).to_bytes(4) + field for field in fields]
    body = bytes([kind]) + number.to_bytes(4) + b"".join(parts)
    return len(body).to_bytes(4) + body


@pytest.mark.parametrize("closed", [True, False])
async def test_what_was_closed_before_the_end_is_stored_and_nothing_else(closed: bool):
    """A client that sends all at once, waits for no answer and says no more."""
    first, whole, offset = b"\0\0\0\0", 0x1A, b"\0\0\0\0\0\0\0\0"
    write = bytes([6]) + (3).to_bytes(4) + len(first).to_bytes(4) + first + offset + (4).to_bytes(4) + b"text"
    async with served(booted()) as network:
        network.world.router("R1").state.sftp = True
        async with network.log_in() as connection:
            channel = await connection.create_process(subsystem="sftp", encoding=None)
            channel.stdin.write(
                packet(1, 3)
                + packet(3, 2, b"flash:a.lic", whole, 0)
                + len(write).to_bytes(4)
                + write
                + (packet(4, 4, first) if closed else b"")
            )
            channel.stdin.write_eof()
            async with asyncio.timeout(PATIENCE):
                answers = await channel.stdout.read()
        stored = network.world.router("R1").state.flash.find("a.lic")
    assert (packet(101, 4, 0, b"", b"") in answers, stored is not None and stored.content == b"text") == (
        closed,
        closed,
    )


async def test_a_client_has_few_files_open(tmp_path: Path):
    async with served(booted()) as network:
        connection, sftp = await client_of(network)
        async with connection:
            files = [await sftp.open(f"flash:f{number}", "wb") for number in range(MOST_OPEN)]
            with pytest.raises(asyncssh.SFTPError, match="can be open"):
                await sftp.open("flash:more", "wb")
            with pytest.raises(asyncssh.SFTPError, match="can be open"):
                await sftp.open("nvram:startup-config", "rb")
            await files[0].close()
            async with sftp.open("flash:more", "wb") as more:
                await more.write(b"x")


async def test_a_client_that_does_not_read_is_given_little(monkeypatch: pytest.MonkeyPatch):
    """Answers wait until the earlier ones are taken, and are short, however much is asked for."""
    lengths: list[int] = []
    read = RouterSftp.read

    async def counted(self: RouterSftp, file_obj: object, offset: int, size: int) -> bytes:
        data = await read(self, file_obj, offset, size)
        lengths.append(len(data))
        return data

    monkeypatch.setattr(RouterSftp, "read", counted)
    async with served(booted()) as network:
        connection, sftp = await client_of(network)
        (image,) = [name for name in await sftp.listdir("flash:") if name.endswith(".bin")]
        file = await sftp.open(f"flash:{image}", "rb")
        connection._transport.pause_reading()
        asked = [asyncio.ensure_future(file._handler.read(file._handle, 0, 1 << 24)) for _ in range(100)]
        before = -1
        while len(lengths) != before:
            before = len(lengths)
            await asyncio.sleep(0.2)
        assert before < 20
        connection._transport.resume_reading()
        await asyncio.gather(*asked)
        assert lengths == [MOST_READ] * 100
        connection.abort()


async def test_as_many_clients_copy_as_there_are_lines(tmp_path: Path):
    (tmp_path / "a.lic").write_bytes(b"license")
    async with served(booted()) as network:
        clients = [await client_of(network) for _ in range(MOST_COPYING)]
        with pytest.raises((asyncssh.Error, OSError)):
            await client_of(network)
        with pytest.raises((asyncssh.Error, OSError)):
            await asyncssh.scp(tmp_path / "a.lic", (await network.log_in(), "flash:a.lic"))
        for connection, _ in clients:
            connection.abort()
            await connection.wait_closed()
        connection, sftp = await client_of(network)
        async with connection:
            await sftp.put(tmp_path / "a.lic", "flash:a.lic")


async def test_a_client_that_copies_without_end_does_not_fill_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(copy_slots, "Intake", lambda: intake.Intake(2 * (intake.FILE_OVERHEAD + 9), 1))
    (tmp_path / "a.lic").write_bytes(b"license a")
    async with served(
        booted(startup=STARTUP.replace("enable secret", "ip scp server enable\nenable secret"))
    ) as network:
        connection, sftp = await client_of(network)
        async with connection:
            await sftp.put(tmp_path / "a.lic", "flash:a.lic")
            await asyncssh.scp(tmp_path / "a.lic", (await network.log_in(), "flash:b.lic"))
            with pytest.raises(asyncssh.SFTPError, match="too much was sent for now"):
                await sftp.put(tmp_path / "a.lic", "flash:c.lic")
            with pytest.raises(asyncssh.SFTPError, match="too much was sent for now"):
                await asyncssh.scp(tmp_path / "a.lic", (await network.log_in(), "flash:c.lic"))
        assert network.world.router("R1").state.flash.find("b.lic") is not None
        assert network.world.router("R1").state.flash.find("c.lic") is None


async def test_who_asks_for_nothing_is_cut_off(monkeypatch: pytest.MonkeyPatch):
    """Connections end after the log-in without a channel, and in the middle of SFTP."""
    monkeypatch.setattr(ssh, "PATIENCE", 0.1)
    monkeypatch.setattr(ssh_channel, "PATIENCE", 0.1)
    async with served(booted()) as network:
        async with asyncio.timeout(PATIENCE):
            await (await network.log_in()).wait_closed()
            connection, _ = await client_of(network)
            await connection.wait_closed()


@pytest.mark.parametrize("operation", [name for name in dir(asyncssh.SFTPServer) if not name.startswith("_")])
async def test_no_operation_of_the_library_works_on_files_of_this_computer(operation: str):
    if operation in {"channel", "connection", "env", "logger", "convert_attrs"}:
        return
    assert not issubclass(RouterSftp, asyncssh.SFTPServer)
    ours = vars(RouterSftp).get(operation)
    if ours is None:
        with pytest.raises(asyncssh.SFTPOpUnsupported):
            getattr(RouterSftp.__new__(RouterSftp), operation)(b"/etc/passwd")
