"""RANCID: the commands that it sends to every router, and the level before and after another client's upgrade."""

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.clients.matrix import lab

PROGRAMS = "/usr/lib/rancid/bin"
LOGIN = """\
add method * {{ssh}}
add sshcmd * {{{{ssh -F {inventory}/ssh_config}}}}
add user * {{{user}}}
add password * {{{password}}} {{{enable}}}
add cyphertype * {{aes128-cbc}}
add autoenable * 1
"""
RECORDED = ("!Chassis type: 881", "!Flash: nvram:", "Feature name ", "!VLAN:", "!PID: CISCO881-K9", "hostname ")


def call(folder: str, program: str, *arguments: str) -> str:
    environment = {**os.environ, "HOME": folder, "PATH": f"{PROGRAMS}:{os.environ['PATH']}"}
    done = subprocess.run(
        [program, *arguments], cwd=folder, env=environment, check=True, text=True, capture_output=True, timeout=120
    )
    return done.stdout


def read(router: lab.Router, level: str) -> None:
    with TemporaryDirectory() as folder:
        settings = Path(folder, ".cloginrc")
        settings.touch(0o600)
        settings.write_text(
            LOGIN.format(inventory=router.inventory, user=lab.USER, password=lab.PASSWORD, enable=lab.ENABLE)
        )
        lab.level_is(call(folder, "clogin", "-c", lab.SHOW_LEVEL, router.address), level)
        lab.did(f"level {level} by clogin")
        call(folder, "rancid", "-t", "cisco", router.address)
        written = Path(folder, f"{router.address}.new").read_text()
        missing = [text for text in RECORDED if text not in written]
        assert not missing, f"{missing} not in {written}"
    lab.did("all that RANCID records of a router")


def before(router: lab.Router) -> None:
    read(router, lab.BEFORE)


def after(router: lab.Router) -> None:
    read(router, lab.AFTER)


if __name__ == "__main__":
    told = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", "rancid"], check=True, text=True, capture_output=True
    )
    print(f"version: rancid {told.stdout}", flush=True)
    lab.main("", {act.__name__: act for act in (before, after)})
