"""Files for the programs that automate routers; the programs themselves use them in `tests/clients/matrix`."""

import re
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from emulator.console.configuration.ssh_algorithms import offers
from emulator.kernel.errors import Refused
from emulator.keys.passwords import revealed
from emulator.runtime.credentials import Credentials, credentials
from emulator.runtime.inventory import FILES, InventoryHost, without_password, write_inventory

ADMIN = Credentials("admin", "lab", "cisco")
NOBODY = Credentials()
HOSTS = [
    InventoryHost("R1", "127.1.0.1", 2022, 2023, 2024, ADMIN),
    InventoryHost("R2", "127.1.0.2", 2022, 2023, 2024, NOBODY),
]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([""], NOBODY),
        (["username admin privilege 15 secret lab"], Credentials("admin", "lab")),
        (["username admin password 0 two words"], Credentials("admin", "two words")),
        (["username admin password 7 0300521D"], Credentials("admin", revealed("0300521D"))),
        (["username admin secret 5 $1$abcd$efgh"], Credentials("admin")),
        (["enable password 0 cisco\nusername guest secret g"], Credentials("guest", "g", "cisco")),
        (["username guest secret g\nusername admin privilege 15 secret a"], Credentials("admin", "a")),
        (["username guest secret g\nusername admin privilege 15 secret 5 $1$x$y"], Credentials("guest", "g")),
        (["username a secret lab", "username a secret 5 $1$x$y\nenable secret e"], Credentials("a", "lab", "e")),
        (["", "username admin secret 5 $1$x$y\nusername admin secret 0 lab"], Credentials("admin", "lab")),
        (["no username admin secret lab\nsnmp-server enable password x"], NOBODY),
    ],
)  # fmt: skip
def test_the_log_in_that_a_configuration_tells(texts: list[str], found: Credentials):
    assert credentials(texts) == found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_inventory(tmp_path / "lab", HOSTS)
    return tmp_path / "lab"


def test_every_file_is_for_its_owner_and_names_every_router(folder: Path):
    files = {str(file.relative_to(folder)): file for file in folder.rglob("*") if file.is_file()}
    assert files.keys() == FILES.keys()
    assert {file.stat().st_mode & 0o777 for file in files.values()} == {0o600}
    settings = {"ansible/ansible.cfg", "nornir/config.yaml", "nornir/groups.yaml"}
    for name in files.keys() - settings:
        assert {"R1", "R2"} <= set(re.findall(r"R\d", files[name].read_text())), name


def test_yaml_can_be_read_and_has_no_password_that_is_not_known(folder: Path):
    hosts = YAML(typ="safe").load(folder / "nornir" / "hosts.yaml")
    assert (hosts["R1"]["username"], hosts["R1"]["password"]) == ("admin", "lab")
    assert hosts["R2"].keys().isdisjoint({"username", "password"})
    ansible = YAML(typ="safe").load(folder / "ansible" / "hosts.yaml")["all"]["children"]["routers"]["hosts"]
    assert ansible["R1"]["ansible_become_password"] == "cisco"
    assert "ansible_password" not in ansible["R2"]
    assert without_password(HOSTS) == ["R2"]


@pytest.mark.parametrize("host", ["R1", "127.1.0.1"])
def test_openssh_takes_the_algorithms_of_every_release(folder: Path, host: str):
    told = subprocess.run(["ssh", "-F", folder / "ssh_config", "-G", host], check=True, text=True, capture_output=True)
    options = dict(line.split(" ", 1) for line in told.stdout.splitlines())
    assert (options["hostname"], options["port"], options["user"]) == ("127.1.0.1", "2022", "admin")
    for offer in offers():
        assert set(offer.key_exchange) <= set(options["kexalgorithms"].split(","))
        assert set(offer.ciphers) <= set(options["ciphers"].split(","))


def test_files_of_before_are_replaced_and_keep_their_mode(folder: Path):
    write_inventory(folder, HOSTS[:1])
    assert "R2" not in (folder / "ssh_config").read_text()
    assert (folder / "ssh_config").stat().st_mode & 0o777 == 0o600


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match=r"the inventory cannot be written: .*file"):
        write_inventory(tmp_path / "file", HOSTS)
