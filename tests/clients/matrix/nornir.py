"""Nornir with the inventory that the server wrote: the level before and after another client's upgrade."""

from nornir import InitNornir
from nornir_napalm.plugins.tasks import napalm_get
from nornir_netmiko.tasks import netmiko_send_command

from tests.clients.matrix import lab


def read(router: lab.Router, level: str) -> None:
    all_of_them = InitNornir(config_file=f"{router.inventory}/nornir/config.yaml")
    one = all_of_them.filter(name=router.name)
    shown = one.run(task=netmiko_send_command, command_string=lab.SHOW_LEVEL)
    assert not shown.failed, shown[router.name].exception
    lab.level_is(shown[router.name].result, level)
    facts = one.run(task=napalm_get, getters=["facts"])
    assert not facts.failed, facts[router.name].exception
    assert facts[router.name].result["facts"]["hostname"] == router.name
    one.close_connections()
    lab.did("commands through Netmiko, facts through NAPALM")


def before(router: lab.Router) -> None:
    read(router, lab.BEFORE)
    lab.did("level before")


def after(router: lab.Router) -> None:
    read(router, lab.AFTER)
    lab.did("level after")


if __name__ == "__main__":
    lab.main("nornir nornir-netmiko nornir-napalm", {act.__name__: act for act in (before, after)})
