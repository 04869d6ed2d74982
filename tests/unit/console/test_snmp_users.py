"""Users of SNMPv3: typed, shown, never printed, and kept by `write memory` alone."""

import pytest

from emulator.router.network.snmp_users import SnmpUsers, authentication_key, encryption_key
from emulator.snmp.access import is_enabled
from tests.driver import ConsoleDriver
from tests.unit.snmp.managers import booted

ENGINE = "000000000000000000000002"
"""The engine of the examples of RFC 3414, appendix A.3, where a password is `maplesyrup`."""


@pytest.fixture
def console():
    world = booted(startup="hostname R1\nsnmp-server engineID local 80000009aa\nend\n")
    console = ConsoleDriver(world, "R1")
    console.type("", "enable", "terminal length 0", "configure terminal")
    return console


def users(console):
    return [(user.name, user.group) for user in SnmpUsers(console.world.routers["R1"]).every]


def test_passwords_become_the_keys_of_the_standard():
    assert authentication_key("md5", "maplesyrup", ENGINE).hex() == "526f5eed9fcce26f8964c2930787d82b"
    assert authentication_key("sha", "maplesyrup", ENGINE).hex() == "6695febc9288e36282235fc7151f128497b38f3f"
    assert encryption_key("sha", "aes128", "maplesyrup", ENGINE).hex() == "6695febc9288e36282235fc7151f1284"
    extended = "526f5eed9fcce26f8964c2930787d82b79eff44a90650ee0a3a40abfac5acc12"
    assert encryption_key("md5", "3des", "maplesyrup", ENGINE).hex() == extended, "as the draft has it"
    assert len(encryption_key("md5", "aes256", "maplesyrup", ENGINE)) == 32


def test_a_user_is_in_no_configuration_and_lost_unless_it_is_saved(console):
    console.type("snmp-server user anna g v3 auth sha secret-of-anna", "end")
    assert "anna" not in console.type("show running-config").shown
    console.type("write memory", "configure terminal", "snmp-server user otto g v3", "end")
    assert "anna" not in console.type("show startup-config").shown
    assert users(console) == [("anna", "g"), ("otto", "g")]
    world = console.world
    boots = world.routers["R1"].state.snmp_boots
    console.type("reload", "no", "")
    world.clock.run_while(lambda: world.lines_of("R1").console.busy)
    assert users(console) == [("anna", "g")]
    assert world.routers["R1"].state.snmp_boots == boots + 1
    console.type("", "enable", "write erase", "")
    assert world.routers["R1"].state.private_users == ()


def test_a_user_typed_again_is_replaced_and_can_be_removed(console):
    console.type("snmp-server user anna g v3", "snmp-server user anna h v3 auth md5 other")
    assert users(console) == [("anna", "h")]
    console.type("no snmp-server user anna h v3")
    assert users(console) == []
    console.type("no snmp-server user anna h v3").sees("%User anna does not exist")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("snmp-server user anna g remote 192.0.2.1 v3", "engine ID of the remote device is not configured"),
        ("snmp-server user " + "n" * 33 + " g v3", "at most 32 characters"),
        ("snmp-server user anna g v3 encrypted auth md5 12:34", "not the length of its algorithm"),
        ("snmp-server user anna g v3 encrypted auth sha " + "zz" * 20, "not the length of its algorithm"),
        ("snmp-server user anna g v3 priv des secret", "Invalid input detected"),
        ("snmp-server user anna g v3 auth sha256 secret", "Invalid input detected"),
        ("snmp-server user anna g v3 auth md5", "Incomplete command"),
        ("snmp-server engineID local xyz", "Invalid input detected"),
        ("snmp-server engineID local " + "1" * 25, "Invalid input detected"),
    ],
)
def test_what_cannot_be_a_user_is_refused(console, line, said):
    console.type(line).sees(said)
    assert users(console) == []


def test_digests_may_be_typed_in_place_of_passwords(console):
    key = authentication_key("md5", "secret", "80000009AA00000000000000")
    typed = ":".join(f"{octet:02X}" for octet in key)
    console.type(f"snmp-server user anna g v3 encrypted auth md5 {typed}", "snmp-server user otto g v3 auth md5 secret")
    anna, otto = SnmpUsers(console.world.routers["R1"]).every
    assert anna.key == otto.key == key


def test_another_engine_id_makes_the_keys_useless(console):
    console.type("snmp-server user anna g v3 auth md5 secret")
    router = console.world.routers["R1"]
    assert len(SnmpUsers(router).own) == 1
    console.type("snmp-server engineID local 80000009bb")
    assert SnmpUsers(router).own == []


def test_the_agent_can_be_switched_off(console):
    router = console.world.routers["R1"]
    console.type("snmp-server community public", "snmp-server user anna g v3", "snmp-server location Lab")
    assert is_enabled(router)
    console.type("no snmp-server")
    assert not is_enabled(router)
    assert not [line for line in router.configuration.lines.values() if "snmp" in line]
    console.type("end", "show snmp").sees("%SNMP agent not enabled")
    console.type("configure terminal", "snmp-server user anna g v3", "end", "show snmp").sees("0 SNMP packets input")
