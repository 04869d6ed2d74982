"""NAPALM: its getters, and the level before and after another client's upgrade."""

from napalm import get_network_driver

from tests.clients.matrix import lab

GETTERS = (
    "get_interfaces",
    "get_interfaces_ip",
    "get_interfaces_counters",
    "get_environment",
    "get_users",
    "get_arp_table",
    "get_lldp_neighbors",
    "get_ntp_servers",
    "get_config",
    "get_snmp_information",
)


def read(router: lab.Router, level: str) -> None:
    driver = get_network_driver("ios")
    options = {"port": router.ssh, "secret": lab.ENABLE}
    with driver(router.address, lab.USER, lab.PASSWORD, optional_args=options) as at:
        facts = at.get_facts()
        assert (facts["vendor"], facts["hostname"]) == ("Cisco", router.name), facts
        assert facts["serial_number"].startswith("FTX"), facts
        assert "Vlan1" in facts["interface_list"], facts
        got = {name: getattr(at, name)() for name in GETTERS}
        assert got["get_interfaces"]["Vlan1"]["is_enabled"], got
        assert f"hostname {router.name}" in got["get_config"]["running"], got
        assert lab.USER in got["get_users"], got
        lab.did(f"get_facts and {len(GETTERS)} other getters")
        lab.level_is(at.cli([lab.SHOW_LEVEL])[lab.SHOW_LEVEL], level)


def before(router: lab.Router) -> None:
    read(router, lab.BEFORE)
    lab.did("level before")


def after(router: lab.Router) -> None:
    read(router, lab.AFTER)
    lab.did("level after")


if __name__ == "__main__":
    lab.main("napalm", {act.__name__: act for act in (before, after)})
