"""Captures that are unusual, contradictory or useless: what is told of them, and what is made of them."""

import pytest

from tests.unit.twins.recordings import CAPTURES, imported, printed, told, twin_of

VERSION = (CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt").read_text(encoding="utf-8")
INVENTORY = (CAPTURES / "show-inventory.c881.txt").read_text(encoding="utf-8")


def with_level(level: str, kind: str, following: str) -> str:
    return VERSION.replace(
        "License Level: advsecurity   Type: Permanent", f"License Level: {level}   Type: {kind}"
    ).replace("Next reboot license Level: advsecurity", f"Next reboot license Level: {following}")


@pytest.mark.parametrize(
    "text",
    [
        with_level("advipservices", "EvalRightToUse", "advipservices"),
        with_level("advipservices", "Evaluation", "advipservices"),
        with_level("advipservices", "Permanent", "advsecurity"),
        with_level("advsecurity", "Permanent", "advipservices"),
        with_level("advsecurity", "Default. No valid license found.", "advsecurity"),
        with_level("advsecurity", "Grace Period", "advsecurity"),
        VERSION.replace("is 0x2102", "is 0x2142 (will be 0x2102 at next reload)"),
        VERSION.replace('"flash:c880', '"flash:/c880'),
        VERSION.replace("by reload at", "by bus error at PC 0x80B2E2A8, address 0x14 at").replace(
            "Reload Command", "bus error at PC 0x80B2E2A8, address 0x14"
        ),
        VERSION.replace("Reload Command", "Reload command").replace("30 weeks", "1 year, 30 weeks"),
        VERSION.replace("Last reload type: Normal Reload\nLast reload reason: Reload Command\n\n", ""),
        VERSION.replace("Last reload reason: Reload Command\n\n", ""),
        VERSION.replace("15.4(2)T1", "15.2(4)M6").replace("154-2.T1", "152-4.M6").replace("26-Jun-14", "20-Mar-14"),
        VERSION.replace("236544K/25600K", "471040K/53248K").replace("(revision 1.0)", "(revision 2.1)"),
        VERSION.replace("12.4(22r)YB5", "15.1(1r)XB").replace("256K bytes of non", "128K bytes of non"),
        VERSION.replace("1 Virtual Private", "1 ISDN Basic Rate interface\n1 ATM interface\n1 Virtual Private"),
        VERSION.replace("CISCO881-K9           ", "CISCO887VA-K9         ").replace("Cisco 881 (", "Cisco 887VA ("),
        VERSION.replace("prod_rel_team", "ccai").replace("30 weeks, 3 days, 5 hours, 43 minutes", "1 minute"),
    ],
)  # fmt: skip
def test_whatever_show_version_tells_comes_back(text: str) -> None:
    world, twin = twin_of(text)
    assert not [str(note) for note in twin.notes if note.matter in {"printed otherwise", "contradicts", "not read"}]
    assert printed(world, "show version") == text


def test_an_unknown_product_is_refused_with_the_nearest_named() -> None:
    _, report = imported(VERSION.replace("CISCO881-K9 ", "CISCO882-K9 "))
    assert not report.made
    assert (
        "refused: capture1.txt:48: unknown PID 'CISCO882-K9'. Did you mean CISCO888-K9?"
        " Name the product that it is like with --pid."
    ) in told(report)


def test_an_image_without_feature_licenses_is_refused() -> None:
    _, report = imported(VERSION.replace("C880DATA-UNIVERSALK9-M", "C880DATA-ADVIPSERVICESK9-M"))
    assert [text for text in told(report) if "is not a universal image" in text]


@pytest.mark.parametrize("damaged", ["15é.4(2)T1", "1x.4(2)T1", "x5.4(2)T1", "١٥.4(2)T1", "15.4T1"])
def test_a_release_that_cannot_be_is_told_not_believed(damaged: str) -> None:
    line = next(line for line in VERSION.splitlines() if "15.4(2)T1" in line).replace("15.4(2)T1", damaged)
    _, report = imported("\n".join(line if "15.4(2)T1" in each else each for each in VERSION.splitlines()))
    assert f"capture1.txt:1: not read: {line}" in told(report)


def test_licenses_of_another_family_are_refused() -> None:
    other = (CAPTURES / "show-license.asr903.16.9.1a.txt").read_text(encoding="utf-8")
    _, report = imported(VERSION + other.replace("LAB-ABC-XYZ-T4-ACC-RTR-00-00#", "pynet-rtr2#"))
    assert not report.made
    assert any("another family" in text for text in told(report))


def test_a_contradiction_is_told_with_both_places() -> None:
    udi = "*0        CISCO881-SEC-K9   FTX1829800Q     CISCO881-SEC-K9:FTX1829800Q"
    _, report = imported(VERSION, f"Device#   PID               SN              UDI\n{'-' * 68}\n{udi}\n")
    assert "capture2.txt:3: contradicts: the product is CISCO881-SEC-K9, but CISCO881-K9 at capture1.txt:48" in told(
        report
    )


def test_a_line_that_is_not_understood_is_told_by_file_and_line() -> None:
    _, report = imported(VERSION.replace("1 Virtual Private", "Something new\n1 Virtual Private"))
    assert "capture1.txt:36: not read: Something new" in told(report)
    assert any("'Something new' is not printed" in text for text in told(report))


def test_a_date_that_never_was_is_told() -> None:
    _, report = imported(VERSION.replace("PDT Thu Jul 7 2016", "PDT Fri Jul 7 2016"))
    assert any("7 Jul 2016 was no Fri" in text for text in told(report))


def test_only_the_inventory_makes_a_router_of_what_the_factory_ships() -> None:
    world, twin = twin_of(INVENTORY)
    assert twin.udi == "CISCO881-SEC-K9:FTX1405Y00S"
    assert "License Level: advipservices   Type: Permanent" in printed(world, "show version")
    assert any("nothing tells the uptime" in note.text for note in twin.notes)


@pytest.mark.parametrize("text", ["", "nothing of use\n", "17:18:53.000 PDT Sat Feb 4 2017\n", "\x00" * 500])
def test_what_tells_of_no_product_makes_no_router(text: str) -> None:
    _, report = imported(text)
    assert not report.made


DIRECTORY = """Directory of flash:/

    2  -rw-    42628912   Jul 7 2016 12:30:00 -07:00  c880data-universalk9-mz.154-2.T1.bin
    3  -rw-        1234   Mar 1 2002 00:01:02 -08:00  foo.cfg
    4  drw-           0  Mar 31 2002 00:01:02 +05:30  backup

128237568 bytes total (85590015 bytes free)
"""


def test_a_directory_comes_back_whatever_its_clusters() -> None:
    world, _ = twin_of(VERSION, DIRECTORY)
    assert printed(world, "dir flash:") == DIRECTORY


def test_the_image_of_a_directory_boots() -> None:
    """Sizes there are not those that the catalogue knows."""
    world, _ = twin_of(VERSION, DIRECTORY.replace("42628912", "42628999"))
    router = world.router("R1")
    router.power_off()
    router.power_on()
    world.clock.run_to(world.now + 180_000)
    assert router.state.board.phase == "running"


INTERFACES = """Interface                  IP-Address      OK? Method Status                Protocol
FastEthernet0              unassigned      YES unset  up                    up      
FastEthernet1              unassigned      YES unset  down                  down    
FastEthernet2              unassigned      YES unset  up                    down    
FastEthernet3              unassigned      YES unset  administratively down down    
FastEthernet4              198.51.100.7    YES DHCP   up                    up      
Loopback0                  10.0.0.1        YES NVRAM  up                    up      
NVI0                       198.51.100.7    YES unset  up                    up      
Tunnel0                    172.16.0.1      YES manual up                    down    
Vlan1                      192.168.1.1     YES NVRAM  up                    up      
"""  # noqa: W291


def test_interfaces_that_came_about_by_themselves_and_odd_states_come_back() -> None:
    world, twin = twin_of(VERSION, INTERFACES)
    assert printed(world, "show ip interface brief") == INTERFACES
    assert world.router("R1").state.cables == ["FastEthernet0", "FastEthernet2", "FastEthernet4"]
    assert sum("the mask of" in note.text for note in twin.notes) == 3


def test_what_was_seen_of_an_interface_ends_when_its_cable_is_pulled() -> None:
    world, _ = twin_of(VERSION, INTERFACES)
    world.router("R1").plug("FastEthernet2", cable=False)
    row = "FastEthernet2              unassigned      YES unset  {:<22s}{:<8s}\n"
    expected = INTERFACES.replace(row.format("up", "down"), row.format("down", "down"))
    assert printed(world, "show ip interface brief") == expected


ARP = """Protocol  Address          Age (min)  Hardware Addr   Type   Interface
Internet  10.220.88.1            11   0062.ec29.70fe  ARPA   FastEthernet4
Internet  10.220.88.20            -   c89c.1d00.00b6  ARPA   FastEthernet4
Internet  10.220.88.29            0   Incomplete      ARPA   
"""  # noqa: W291


def test_neighbours_come_back_and_grow_older() -> None:
    world, _ = twin_of(VERSION, ARP)
    assert printed(world, "show arp") == ARP == printed(world, "show ip arp")
    world.clock.run_to(world.now + 120_000)
    assert printed(world, "show arp") == ARP.replace("     11   ", "     13   ").replace(
        "      0   Inc", "      2   Inc"
    )
