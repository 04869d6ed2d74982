"""OpenSSH with a person at it, whom pexpect plays, and its `scp`."""

import subprocess
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import pexpect

from tests.clients.matrix import lab


def spawn(router: lab.Router, program: str, *arguments: str) -> "pexpect.spawn[str]":
    at = pexpect.spawn(program, ["-F", f"{router.inventory}/ssh_config", *arguments], timeout=60, encoding="utf-8")
    at.expect("assword:")
    at.sendline(lab.PASSWORD)
    return at


def connect(router: lab.Router) -> "pexpect.spawn[str]":
    at = spawn(router, "ssh", router.name)
    at.expect(f"{router.name}#")
    return at


def ask(at: "pexpect.spawn[str]", router: lab.Router, command: str) -> str:
    at.sendline(command)
    at.expect(rf"\r\n{router.name}#")
    return str(at.before)


def upgrade(router: lab.Router) -> None:
    at = connect(router)
    lab.level_is(ask(at, router, lab.SHOW_LEVEL), lab.BEFORE)
    assert lab.INSTALLED in ask(at, router, router.install)
    lab.did("install")
    at.sendline("configure terminal")
    at.expect(r"\(config\)#")
    at.sendline(lab.BOOT_LEVEL)
    at.expect_exact(lab.ACCEPT)
    at.sendline("yes")
    at.expect(r"\(config\)#")
    at.sendline("end")
    at.expect(f"{router.name}#")
    lab.did("EULA")
    assert "[OK]" in ask(at, router, "write memory")
    at.sendline("reload")
    at.expect_exact("[confirm]")
    at.send("\r")
    at.expect(pexpect.EOF)
    at.close()
    lab.did("reload")
    at = lab.until_up(lambda: connect(router), (pexpect.EOF, pexpect.TIMEOUT))
    lab.did("reconnect")
    lab.level_is(ask(at, router, lab.SHOW_LEVEL), lab.AFTER)
    lab.did("level after")
    at.sendline("exit")
    at.expect(pexpect.EOF)


def keys(router: lab.Router) -> None:
    at = connect(router)
    at.sendline("show version")
    at.expect(" --More-- ")
    at.send("q")
    at.expect(f"{router.name}#")
    at.send("show cl?")
    at.expect(f"clock.*{router.name}#show cl")
    at.send("o\t")
    at.expect(f"{router.name}#show clock ")
    at.send("\x15")
    at.sendline("exit")
    at.expect(pexpect.EOF)
    lab.did("paging, help and completion")
    at = spawn(router, "ssh", router.name, "show license udi")
    at.expect("CISCO881-K9:")
    at.expect(pexpect.EOF)
    lab.did("one command without a shell")


def scp(router: lab.Router) -> None:
    with TemporaryDirectory() as folder:
        there, back = Path(folder, "there.txt"), Path(folder, "back.txt")
        there.write_text("hello\n" * 100)
        for source, target in (
            (str(there), f"{router.name}:flash:/scp.txt"),
            (f"{router.name}:flash:/scp.txt", str(back)),
        ):
            at = spawn(router, "scp", "-O", source, target)
            at.expect(pexpect.EOF)
            at.close()
            assert at.exitstatus == 0, at.before
        assert back.read_bytes() == there.read_bytes()
    lab.did("scp -O there and back")


if __name__ == "__main__":
    told = subprocess.run(["ssh", "-V"], check=True, text=True, capture_output=True)
    print(f"version: {told.stderr.partition(',')[0].replace('_', ' ')}, pexpect {version('pexpect')}", flush=True)
    lab.main("", {act.__name__: act for act in (upgrade, keys, scp)})
