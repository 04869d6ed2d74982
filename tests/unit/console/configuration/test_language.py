"""Effects of a line, of `no` and of `default`, and lines that do more than being kept."""

import pytest

from emulator.console.configuration.layout import configuration_lines
from tests.driver import ConsoleDriver, world_of

IMAGE = "c880data-universalk9-mz.155-3.M8.bin"


@pytest.fixture
def config() -> ConsoleDriver:
    levels = ("advsecurity", "advipservices")
    return ConsoleDriver(world_of(image=IMAGE, factory=levels)).boot().type("configure terminal")


def lines(console: ConsoleDriver) -> list[str]:
    return list(configuration_lines(console.router))


def below(console: ConsoleDriver, header: str) -> list[str]:
    """The lines of a section."""
    shown = lines(console)
    at = shown.index(header) + 1
    return [line for line in shown[at : shown.index("!", at) if "!" in shown[at:] else None] if line.startswith(" ")]


def test_a_line_takes_the_place_of_the_one_before(config: ConsoleDriver) -> None:
    config.type("interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "ip address 192.0.2.2 255.255.255.0")
    assert below(config, "interface Vlan1") == [" ip address 192.0.2.2 255.255.255.0"]
    config.type("default ip address")
    assert below(config, "interface Vlan1") == [" no ip address"]


def test_lines_are_printed_in_the_order_of_ios_and_in_full(config: ConsoleDriver) -> None:
    config.type("int vl 1", "ip nat in", "desc LAN", "ip tcp adj 1452", "ip addr 192.0.2.1 255.255.255.0")
    assert below(config, "interface Vlan1") == [
        " description LAN", " ip address 192.0.2.1 255.255.255.0", " ip nat inside", " ip tcp adjust-mss 1452",
    ]  # fmt: skip


def test_the_length_of_a_network_is_one_line_however_it_is_typed(config: ConsoleDriver) -> None:
    rule = "ip nat inside source static network 192.0.2.0 198.51.100.0"
    config.type(f"{rule} 255.255.255.0", f"{rule} /24")
    assert [line for line in lines(config) if line.startswith(rule)] == [f"{rule} /24"]
    config.type(f"no {rule} 255.255.255.0")
    assert not [line for line in lines(config) if line.startswith(rule)]
    for wrong in ("255.0.255.0", "/33", "/0"):
        config.type(f"{rule} {wrong}")
        config.sees("% Invalid input detected at '^' marker.")


def test_an_interface_can_be_set_to_its_defaults(config: ConsoleDriver) -> None:
    config.type("interface fa4", "no shutdown", "ip address dhcp", "exit", "default interface fa4")
    config.sees_exactly("Interface FastEthernet4 set to default configuration\n")
    assert below(config, "interface FastEthernet4") == [" no ip address", " shutdown", " duplex auto", " speed auto"]


def test_entries_of_a_named_list_stand_by_their_numbers(config: ConsoleDriver) -> None:
    config.type(
        "ip access-list extended WEB", "permit tcp any host 192.0.2.1 eq 80", "deny ip any any log",
        "15 permit icmp any any echo", "remark the end",
    )  # fmt: skip
    assert below(config, "ip access-list extended WEB") == [
        " permit tcp any host 192.0.2.1 eq www", " permit icmp any any echo",
        " deny   ip any any log", " remark the end",
    ]  # fmt: skip
    config.type("15 permit ip any any").sees_exactly("% Duplicate sequence number\n")
    config.type("no 15", "no deny ip any any log", "permit tcp any any eq")
    config.sees("% Incomplete command.")
    assert below(config, "ip access-list extended WEB") == [
        " permit tcp any host 192.0.2.1 eq www", " remark the end",
    ]  # fmt: skip


def test_help_goes_on_inside_an_entry(config: ConsoleDriver) -> None:
    config.type("ip access-list extended WEB")
    assert [line.split()[0] for line in config.session.help("permit tcp any ").splitlines()] == [
        "A.B.C.D", "any", "eq", "gt", "host", "lt", "neq", "object-group", "range",
    ]  # fmt: skip
    config.type("permit tcp any foo any")
    assert config.shown.splitlines()[0].index("^") == len(config.prompt) + len("permit tcp any ")


def test_a_user_is_one_line_whose_secret_is_hashed(config: ConsoleDriver) -> None:
    config.type("username ann privilege 15", "username ann secret cisco", "username bob password cisco")
    [ann, bob] = [line for line in lines(config) if line.startswith("username ")]
    assert ann.startswith("username ann privilege 15 secret 5 $1$")
    assert bob == "username bob password 0 cisco"
    config.type("no username ann")
    assert ann not in lines(config)


def test_a_banner_goes_on_to_its_delimiter(config: ConsoleDriver) -> None:
    config.type("banner motd #")
    config.sees_exactly("Enter TEXT message.  End with the character '#'.\n")
    config.type("two", "lines#")
    shown = "\n".join(lines(config))
    assert "\nbanner motd ^C\ntwo\nlines^C\n" in shown
    config.type("end", "write")
    config.reload()
    assert "\nbanner motd ^C\ntwo\nlines^C\n" in "\n".join(lines(config))


def test_the_zone_is_shown_and_moves_no_license_clock(config: ConsoleDriver) -> None:
    config.type("clock timezone PST -8", "clock summer-time PDT recurring", "do clock set 12:00:00 10 july 2018")
    config.type("do show clock").sees(" PDT Tue Jul 10 2018")
    config.type("do clock set 12:00:00 10 december 2018", "do show clock").sees(" PST Mon Dec 10 2018")
    assert "clock timezone PST -8 0" in lines(config)
    config.type("no clock timezone", "no clock summer-time", "do show clock").sees("20:00:0", " UTC Mon Dec 10 2018")


@pytest.mark.parametrize(("levels", "most"), [(("advsecurity",), 4), (("advsecurity", "advipservices"), 8)])
def test_the_switch_has_as_many_vlans_as_its_level(levels: tuple[str, ...], most: int) -> None:
    console = ConsoleDriver(world_of(image=IMAGE, factory=levels)).boot().type("configure terminal")
    console.type(*(f"vlan {number}" for number in range(2, 2 + most)))
    console.sees_exactly("")
    console.type(f"vlan {2 + most}").sees_exactly(f"% Failed to create VLANs {2 + most}\n")
    assert sum(line.startswith("vlan ") for line in lines(console)) == most


@pytest.mark.parametrize("typed", ["vlan 2306", "vlan 1006,2306"])
def test_vlans_above_the_normal_range_ask_for_transparent_mode(config: ConsoleDriver, typed: str) -> None:
    numbers = typed.removeprefix("vlan ")
    config.type(typed).sees_exactly(
        f"% Failed to create VLANs {numbers}\nExtended VLAN(s) not allowed in current VTP mode.\n"
    )
    config.type("vtp mode transparent", typed, "exit", "no spanning-tree vlan 2306")
    assert typed in lines(config)
    config.type("no vlan 2306")
    assert typed not in lines(config)


def test_startup_lines_are_merged_into_what_runs(config: ConsoleDriver) -> None:
    config.type("ip domain name one.example", "do write", "no ip domain name", "lldp run", "end")
    config.type("copy startup-config running-config", "")
    config.sees(" bytes copied in ")
    assert {"ip domain name one.example", "lldp run"} <= set(lines(config))


def test_a_file_cannot_run_commands(config: ConsoleDriver) -> None:
    startup = "hostname lab\ndo reload\nex\nexit\nlogout\nlldp run\nend\nno lldp run\n"
    config.type("end", "write")
    assert config.router.state.startup is not None
    config.router.state.startup.text = startup
    config.type("copy startup-config running-config", "")
    config.sees("do reload\n^\n")
    assert config.prompt == "lab#"
    assert "lldp run" in lines(config), "what stands behind `end` is not read"


def test_an_address_family_is_closed_by_its_own_word(config: ConsoleDriver) -> None:
    config.type("ip vrf RED", "router bgp 65000", "address-family ipv4 vrf RED", "redistribute connected")
    shown = "\n".join(lines(config))
    family = " !\n address-family ipv4 vrf RED\n  redistribute connected\n exit-address-family\n!\n"
    assert f"router bgp 65000\n{family}" in shown
    config.type("exit-address-family")
    assert config.prompt == "Router(config-router)#"
    config.type("end", "write")
    config.reload()
    assert family in "\n".join(lines(config))


def test_a_circuit_below_a_sub_interface_is_a_section_of_its_own() -> None:
    console = ConsoleDriver(world_of(pid="CISCO887VA-K9")).boot()
    console.type("configure terminal", "interface atm0.1 point-to-point", "pvc 8/35", "dialer pool-member 1")
    assert console.prompt == "Router(config-if-atm-vc)#"
    console.type("description to the exchange")
    assert console.prompt == "Router(config-subif)#", "a line of the section above leads there"
    console.type("pvc 8/35", "exit")
    assert console.prompt == "Router(config-subif)#"
    lines = list(configuration_lines(console.router))
    at = lines.index("interface ATM0.1 point-to-point")
    assert lines[at : at + 5] == [
        "interface ATM0.1 point-to-point", " description to the exchange", " pvc 8/35 ", "  dialer pool-member 1", " !"
    ]  # fmt: skip


def test_an_interface_can_be_left_out_of_those_that_are_passive(config: ConsoleDriver) -> None:
    config.type("router rip", "passive-interface default", "no passive-interface vlan1", "passive-interface fa4")
    assert below(config, "router rip") == [" passive-interface default", " no passive-interface Vlan1"]
    config.type("default passive-interface vlan1")
    assert " no passive-interface Vlan1" not in lines(config)


def test_an_encrypted_key_stays_marked_as_one(config: ConsoleDriver) -> None:
    config.type("crypto isakmp key 6 ABC address 192.0.2.1", "crypto isakmp key 0 abc hostname hq")
    assert {"crypto isakmp key 6 ABC address 192.0.2.1", "crypto isakmp key abc hostname hq"} <= {
        line.rstrip() for line in lines(config)
    }
    config.type("no crypto isakmp key 6 ABC address 192.0.2.1", "crypto isakmp key abc address 192.0.2.1")
    assert not [line for line in lines(config) if line.startswith("crypto isakmp key 6 ")]


def test_what_is_said_of_a_probe_stands_beside_what_it_measures(config: ConsoleDriver) -> None:
    config.type("ip sla 1", "icmp-echo 192.0.2.1", "frequency 10", "tag HQ")
    assert config.prompt == "Router(config-ip-sla-echo)#"
    assert "ip sla 1\n icmp-echo 192.0.2.1\n tag HQ\n frequency 10\n" in "\n".join(lines(config))


def test_a_virtual_template_can_be_a_tunnel(config: ConsoleDriver) -> None:
    config.type("interface virtual-template 3", "interface virtual-template3 type tunnel", "tunnel mode ipsec ipv4")
    assert config.prompt == "Router(config-if)#"
    assert below(config, "interface Virtual-Template3 type tunnel") == [" no ip address", " tunnel mode ipsec ipv4"]
    config.type("ip unnumbered vlan1", "interface virtual-template 3", "no tunnel mode")
    assert below(config, "interface Virtual-Template3 type tunnel") == [" ip unnumbered Vlan1"]


def test_a_global_line_leads_out_of_a_trustpoint_that_begins_alike(config: ConsoleDriver) -> None:
    config.type("crypto pki trustpoint A", "ip-address none", "no ip source-route")
    assert config.prompt == "Router(config)#"
    assert {" ip-address none", "no ip source-route"} <= set(lines(config))


def test_a_probe_has_its_schedule_behind_it_and_takes_it_along(config: ConsoleDriver) -> None:
    config.type("ip sla 2", "icmp-echo 192.0.2.2", "ip sla 1", "icmp-echo 192.0.2.1", "ip sla schedule 1 life forever")
    config.type("ip sla schedule 2 start-time now")
    assert (
        "ip sla 1\n icmp-echo 192.0.2.1\nip sla schedule 1 life forever\n"
        "ip sla 2\n icmp-echo 192.0.2.2\nip sla schedule 2 start-time now\n"
    ) in "\n".join(lines(config))
    config.type("no ip sla schedule 2", "no ip sla 1")
    assert [line for line in lines(config) if line.startswith("ip sla")] == ["ip sla 2"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("logging source-interface vlan 1", "logging source-interface Vlan1"),
        ("logging source-interface FASTETHERNET 4", "logging source-interface FastEthernet4"),
        ("do show running-config interface fa 4", "interface FastEthernet4"),
    ],
)
def test_the_number_of_an_interface_may_stand_apart(config: ConsoleDriver, typed: str, kept: str) -> None:
    config.type(typed)
    config.sees_nothing_of("%")
    assert kept in lines(config)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("logging source-interface vlan", "% Incomplete command.\n\n"),
        ("logging source-interface fa 9", "% Invalid input detected at '^' marker.\n\n"),
        ("logging source-interface f a4", "% Invalid input detected at '^' marker.\n\n"),
        ("logging source-interface vlan 1 1", "% Invalid input detected at '^' marker.\n\n"),
    ],
)
def test_what_is_no_number_of_an_interface_is_refused(config: ConsoleDriver, typed: str, answer: str) -> None:
    config.type(typed).sees(answer)


def test_help_asks_for_the_number_of_an_interface(config: ConsoleDriver) -> None:
    assert config.session.help("logging source-interface vlan ") == "  <0-2147483647>  Interface number\n"
