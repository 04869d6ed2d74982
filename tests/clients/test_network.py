"""Clients that people automate routers with, against one served world: OpenSSH, pexpect, Paramiko and Netmiko."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import netmiko
import paramiko
import pexpect
import pytest

from tests.served import row_of, serving

WORLD = """\
name: clients
seed: 7
routers:
  R1:
    pid: CISCO881-K9
    powered: true
    rsa_key: 2048
    startup: |
      hostname R1
      ip domain name lab.example
      enable secret cisco
      username admin privilege 15 secret lab
      username guest password 0 guest
      ip scp server enable
      line vty 0 4
       login local
      end
"""

OLD = ["-oKexAlgorithms=+diffie-hellman-group14-sha1", "-oHostKeyAlgorithms=+ssh-rsa", "-oCiphers=+aes128-cbc"]
BARE = ["-F", "none", "-oStrictHostKeyChecking=no", "-oUserKnownHostsFile=/dev/null"]


class Lab:
    """A served world: where its router is."""

    def __init__(self, table: str) -> None:
        row = row_of(table)
        self.address = row["Address"]
        self.ssh, self.telnet, self.console = (int(row[name]) for name in ("SSH", "Telnet", "Console"))

    def await_boot(self) -> None:
        """Watch the console port until the router is up."""
        with socket.create_connection((self.address, self.console), timeout=60) as console:
            seen = b""
            while b"Press RETURN to get started!" not in seen:
                seen += console.recv(4096)

    def netmiko(self, port: int, kind: str, **more: object) -> netmiko.BaseConnection:
        return netmiko.ConnectHandler(device_type=kind, host=self.address, port=port, username="admin", password="lab",
                                      secret="cisco", **more)  # fmt: skip


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder: Path = tmp_path_factory.mktemp("served")
    (folder / "world.yaml").write_text(WORLD)
    process, told = serving(
        str(folder / "world.yaml"), "--world", str(folder / "world"),
        "--port-base", "0", "--router-port-base", "0", "--pace", "warp",
    )  # fmt: skip
    try:
        served = Lab(told)
        served.await_boot()
        yield served
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert process.returncode == 0


@pytest.mark.heavy
def test_openssh_meets_an_old_router(lab: Lab):
    told = subprocess.run(
        ["ssh", *BARE, "-oBatchMode=yes", f"-p{lab.ssh}", f"admin@{lab.address}"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert "no matching key exchange method found" in told.stderr


def test_openssh_with_a_person(lab: Lab):
    with pexpect.spawn("ssh", [*BARE, *OLD, f"-p{lab.ssh}", f"admin@{lab.address}"], timeout=20) as ssh:
        ssh.expect("assword:")
        ssh.sendline("lab")
        ssh.expect("R1#")
        ssh.sendline("show version")
        ssh.expect(" --More-- ")
        ssh.send("q")
        ssh.expect("R1#")
        ssh.send("show cl?")
        ssh.expect("clock.*R1#show cl")
        ssh.send("o\t")
        ssh.expect("R1#show clock ")
        ssh.sendline()
        ssh.expect("UTC.*R1#")
        ssh.sendline("exit")
        ssh.expect(pexpect.EOF)


def test_openssh_with_one_command(lab: Lab):
    arguments = [*BARE, *OLD, f"-p{lab.ssh}", f"admin@{lab.address}", "show license udi"]
    with pexpect.spawn("ssh", arguments, timeout=20) as ssh:
        ssh.expect("assword:")
        ssh.sendline("lab")
        ssh.expect("CISCO881-K9:FTX")
        ssh.expect(pexpect.EOF)


def scp(lab: Lab, source: str, target: str) -> None:
    """Copy a file with OpenSSH's client in its old protocol."""
    arguments = ["-O", *BARE, *OLD, f"-P{lab.ssh}", source, target]
    with pexpect.spawn("scp", arguments, timeout=20) as client:
        client.expect("assword:")
        client.sendline("lab")
        client.expect(pexpect.EOF)
        client.close()
        assert client.exitstatus == 0, client.before


@pytest.mark.parametrize("path", ["flash:/b.lic", "flash:b.lic", "b.lic"])
def test_openssh_copies_files_both_ways(lab: Lab, tmp_path: Path, path: str):
    content = bytes(range(256)) * 100
    (tmp_path / "a.lic").write_bytes(content)
    scp(lab, str(tmp_path / "a.lic"), f"admin@{lab.address}:{path}")
    scp(lab, f"admin@{lab.address}:{path}", str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == content


@pytest.mark.parametrize("direction", ["put", "get"])
def test_netmiko_transfers_a_file(lab: Lab, tmp_path: Path, direction: str):
    (tmp_path / "n.txt").write_bytes(b"from netmiko\n" * 50)
    with lab.netmiko(lab.ssh, "cisco_ios") as connection:
        done = netmiko.file_transfer(
            connection,
            source_file=str(tmp_path / "n.txt") if direction == "put" else "n.txt",
            dest_file="n.txt" if direction == "put" else str(tmp_path / "m.txt"),
            file_system="flash:",
            direction=direction,
            overwrite_file=True,
        )
    assert done["file_exists"]
    assert done["file_verified"]


def test_paramiko(lab: Lab):
    with paramiko.SSHClient() as client:
        client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
        client.connect(lab.address, lab.ssh, "guest", "guest", look_for_keys=False, allow_agent=False)
        _, output, _ = client.exec_command("show privilege")
        assert b"Current privilege level is 1" in output.read()


@pytest.mark.heavy
@pytest.mark.parametrize("kind", ["cisco_ios", "cisco_ios_telnet"])
def test_netmiko(lab: Lab, kind: str):
    with lab.netmiko(lab.ssh if kind == "cisco_ios" else lab.telnet, kind) as connection:
        assert connection.find_prompt() == "R1#"
        assert "CISCO881-K9" in connection.send_command("show version")
        connection.send_config_set(["interface Vlan1", "description by netmiko", "exit"])
        assert "description by netmiko" in connection.send_command("show running-config interface Vlan1")
        assert "[OK]" in connection.save_config()


@pytest.mark.heavy
def test_netmiko_reloads_and_comes_back(lab: Lab):
    connection = lab.netmiko(lab.ssh, "cisco_ios")
    connection.send_command("reload", expect_string=r"\[confirm\]")
    connection.write_channel("\n")
    lab.await_boot()
    connection.disconnect()
    with lab.netmiko(lab.ssh, "cisco_ios") as connection:
        assert "uptime is" in connection.send_command("show version")
