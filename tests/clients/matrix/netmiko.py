"""Netmiko by SSH, Telnet and console port."""

from pathlib import Path
from tempfile import TemporaryDirectory

from netmiko import BaseConnection, ConnectHandler, SSHDetect, file_transfer
from netmiko.exceptions import NetmikoBaseException
from paramiko import SSHException

from tests.clients.matrix import lab

DOWN = (NetmikoBaseException, SSHException, OSError, EOFError)
"""Errors that a client of a booting router gets."""


def connect(router: lab.Router, kind: str = "cisco_ios", port: int = 0) -> BaseConnection:
    return ConnectHandler(
        device_type=kind,
        host=router.address,
        port=port or router.ssh,
        username=lab.USER,
        password=lab.PASSWORD,
        secret=lab.ENABLE,
    )


def upgrade(router: lab.Router) -> None:
    with connect(router) as at:
        lab.level_is(str(at.send_command(lab.SHOW_LEVEL)), lab.BEFORE)
        assert lab.INSTALLED in at.send_command(router.install, read_timeout=60)
        lab.did("install")
        at.config_mode()
        assert lab.ACCEPT in at.send_command(lab.BOOT_LEVEL, expect_string=r"\[yes/no\]:")
        at.send_command("yes", expect_string=r"\(config\)#")
        at.exit_config_mode()
        lab.did("EULA")
        assert "[OK]" in at.save_config()
        at.send_command("reload", expect_string=r"\[confirm\]")
        at.write_channel("\n")
    lab.did("reload")
    with lab.until_up(lambda: connect(router), DOWN) as at:
        lab.did("reconnect")
        lab.level_is(str(at.send_command(lab.SHOW_LEVEL)), lab.AFTER)
        lab.did("level after")


def configure(at: BaseConnection, text: str) -> None:
    at.enable()
    at.send_config_set(["interface Vlan1", f"description {text}", "exit"])
    assert f"description {text}" in at.send_command("show running-config interface Vlan1")
    lab.did("show and configure")


def telnet(router: lab.Router) -> None:
    with connect(router, "cisco_ios_telnet", router.telnet) as at:
        assert at.find_prompt() == f"{router.name}#"
        configure(at, "by Telnet")


def console(router: lab.Router) -> None:
    with connect(router, "cisco_ios_telnet", router.console) as at:
        assert at.find_prompt() == f"{router.name}>"
        configure(at, "at the console")


def autodetect(router: lab.Router) -> None:
    detect = SSHDetect(
        device_type="autodetect",
        host=router.address,
        port=router.ssh,
        username=lab.USER,
        password=lab.PASSWORD,
    )
    assert detect.autodetect() == "cisco_ios"
    lab.did("autodetect: cisco_ios")


def transfer(router: lab.Router) -> None:
    with connect(router) as at, TemporaryDirectory() as folder:
        there, back = Path(folder, "hello.txt"), Path(folder, "back.txt")
        there.write_text("hello\n" * 100)
        told = file_transfer(at, source_file=str(there), dest_file="hello.txt", file_system="flash:")
        assert told["file_verified"], told
        lab.did("file transfer there, with its MD5")
        told = file_transfer(at, source_file="hello.txt", dest_file=str(back), file_system="flash:", direction="get")
        assert told["file_verified"], told
        assert back.read_bytes() == there.read_bytes()
        lab.did("and back")


if __name__ == "__main__":
    acts = (upgrade, telnet, console, autodetect, transfer)
    lab.main("netmiko", {act.__name__: act for act in acts})
