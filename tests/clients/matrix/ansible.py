"""Ansible with the collection cisco.ios, with the inventory that the server wrote and playbooks of our own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from ansible_collections.cisco import ios

from tests.clients.matrix import lab

BOOKS = Path(__file__).parent / "playbooks"


def play(router: lab.Router, book: str, carrier: str) -> None:
    variables = {"router": router.name, "license": router.license, "ansible_network_cli_ssh_type": carrier}
    settings = [word for name, value in variables.items() for word in ("-e", f"{name}={value}")]
    told = subprocess.run(
        [str(Path(sys.executable).with_name("ansible-playbook")), f"{book}.yaml", *settings],
        cwd=BOOKS,
        env={**os.environ, "ANSIBLE_CONFIG": f"{router.inventory}/ansible/ansible.cfg", "ANSIBLE_NOCOLOR": "1"},
        check=False,
        text=True,
        capture_output=True,
    )
    assert told.returncode == 0, told.stdout + told.stderr


def upgrade(router: lab.Router) -> None:
    play(router, "upgrade", "paramiko")
    for step in ("install", "EULA", "reload", "reconnect", "level after"):
        lab.did(step)


def modules(carrier: str) -> Callable[[lab.Router], None]:
    def act(router: lab.Router) -> None:
        play(router, "modules", carrier)
        lab.did(f"ios_facts, ios_command, ios_config, ios_banner, ios_user over {carrier}")

    return act


if __name__ == "__main__":
    collection = json.loads((Path(ios.__path__[0]) / "MANIFEST.json").read_text())["collection_info"]["version"]
    print(f"version: cisco.ios {collection}, ansible-core {version('ansible-core')}", flush=True)
    lab.main("", {"upgrade": upgrade, "paramiko": modules("paramiko"), "libssh": modules("libssh")})
