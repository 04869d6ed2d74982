"""Files into and out of a served router by SCP."""

import asyncio
from pathlib import Path

import asyncssh
import pytest

from emulator.images.container import pack
from tests.unit.transports.vty.network import STARTUP, booted, served

pytestmark = pytest.mark.anyio

ENABLED = STARTUP.replace("end\n", "ip scp server enable\nend\n")


def names(world) -> list[str]:
    return [file.name for file in world.router("R1").state.flash.files]


@pytest.mark.parametrize(
    ("path", "name"),
    [("flash:b.lic", "b.lic"), ("flash:", "a.lic"), ("flash:/", "a.lic"), (".", "a.lic"), ("b.lic", "b.lic")],
)
async def test_a_file_goes_in_and_comes_out_the_same(tmp_path: Path, path: str, name: str):
    content = bytes(range(256)) * 300
    (tmp_path / "a.lic").write_bytes(content)
    async with served(booted(startup=ENABLED)) as network:
        async with network.log_in() as connection:
            await asyncssh.scp(str(tmp_path / "a.lic"), (connection, path))
        assert name in names(network.world)
        async with network.log_in() as connection:
            await asyncssh.scp((connection, f"flash:{name}"), str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == content


async def test_an_image_comes_out_and_goes_in_as_a_good_copy(tmp_path: Path):
    world = booted(startup=ENABLED)
    (image,) = (file for file in world.router("R1").state.flash.files if file.name.endswith(".bin"))
    async with served(world) as network:
        async with network.log_in() as connection:
            await asyncssh.scp((connection, f"flash:/{image.name}"), str(tmp_path / "image"))
        assert (tmp_path / "image").stat().st_size == image.size
        async with network.log_in() as connection:
            await asyncssh.scp(str(tmp_path / "image"), (connection, "flash:copy.bin"))
        copy = world.router("R1").state.flash.find("copy.bin")
        assert copy is not None
        assert (copy.size, copy.content) == (image.size, pack(world.images.get(image.name)))


async def test_the_configurations_come_out(tmp_path: Path):
    async with served(booted(startup=ENABLED)) as network:
        for url in ("system:running-config", "nvram:startup-config"):
            async with network.log_in() as connection:
                await asyncssh.scp((connection, url), str(tmp_path / "config"))
            assert "ip scp server enable" in (tmp_path / "config").read_text()


@pytest.mark.parametrize(
    ("path", "told"),
    [("nvram:a", "Permission denied"), ("system:running-config", "No such device"), ("tftp://192.0.2.10/a", "No such"),
     ("disk9:a", "No such device"), ("flash:none/a", "No such file or directory"), ("flash:a:b", "Invalid argument")],
)  # fmt: skip
async def test_where_a_file_cannot_go(tmp_path: Path, path: str, told: str):
    (tmp_path / "a").write_bytes(b"x")
    world = booted(startup=ENABLED)
    before = names(world)
    async with served(world) as network, network.log_in() as connection:
        with pytest.raises(asyncssh.SFTPError, match=told):
            await asyncssh.scp(str(tmp_path / "a"), (connection, path))
    assert names(world) == before


async def test_what_does_not_fit_is_refused(tmp_path: Path):
    with (tmp_path / "a").open("wb") as file:
        file.truncate(500_000_000)
    async with served(booted(startup=ENABLED)) as network, network.log_in() as connection:
        with pytest.raises(asyncssh.SFTPError, match="Not enough space"):
            await asyncssh.scp(str(tmp_path / "a"), (connection, "flash:a"))


async def test_a_file_that_is_not_there(tmp_path: Path):
    async with served(booted(startup=ENABLED)) as network, network.log_in() as connection:
        with pytest.raises(asyncssh.SFTPError, match="No such file"):
            await asyncssh.scp((connection, "flash:none"), str(tmp_path / "a"))


@pytest.mark.parametrize(
    ("startup", "user", "told"),
    [
        (STARTUP, "admin", "Administratively disabled.\n"),
        (ENABLED, "guest", "Privilege denied.\n"),
        (ENABLED.replace("line con 0", "aaa new-model\nline con 0"), "admin", "Privilege denied.\n"),
    ],
)
async def test_who_may_copy(startup: str, user: str, told: str):
    password = "lab" if user == "admin" else "guest"
    async with served(booted(startup=startup)) as network, network.log_in(user=user, password=password) as connection:
        result = await connection.run("scp -f flash:a")
        assert (result.stdout, result.exit_status) == (told, 1)


async def test_a_client_that_is_cut_off_leaves_nothing(tmp_path: Path):
    world = booted(startup=ENABLED)
    before = names(world)
    async with served(world) as network:
        async with network.log_in() as connection:
            process = await connection.create_process("scp -t flash:a", encoding=None)
            await process.stdout.readexactly(1)
            process.stdin.write(b"C0644 1000 a\n" + b"x" * 500)
            await process.stdout.readexactly(1)
            connection.abort()
        async with network.shell() as talk:
            await talk.sees("#")
    assert names(world) == before


@pytest.mark.parametrize(("sent", "status"), [(b"C0644 4 a\ntext\0", 0), (b"C0644 4 a\ntext", 1), (b"C0644 4", 1)])
async def test_a_client_that_says_no_more_is_told_whether_all_is_stored(sent: bytes, status: int):
    world = booted(startup=ENABLED)
    before = names(world)
    async with served(world) as network, network.log_in() as connection:
        process = await connection.create_process("scp -t flash:a", encoding=None)
        process.stdin.write(sent)
        process.stdin.write_eof()
        assert (await process.wait()).exit_status == status
    assert ("a" in names(world)) == (status == 0)
    assert set(before) <= set(names(world))


async def test_a_copy_holds_up_nobody(tmp_path: Path):
    world = booted(startup=ENABLED)
    (image,) = (file for file in world.router("R1").state.flash.files if file.name.endswith(".bin"))
    async with served(world) as network, network.log_in() as connection:
        copying = asyncio.create_task(asyncssh.scp((connection, f"flash:{image.name}"), str(tmp_path / "image")))
        async with network.shell() as talk:
            await talk.sees("#")
            await talk.type("show clock\r", "R1#")
        await copying
