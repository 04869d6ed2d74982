"""Configurations as RANCID and Oxidized keep them: comments above that tell of the image and the hardware."""

import pytest

from tests.unit.twins.recordings import CAPTURES, imported, printed, told, twin_of

CONFIGURATION = """!
version 15.2
no service pad
!
hostname branch
!
boot-start-marker
boot-end-marker
!
end
"""

OXIDIZED = """! Cisco IOS Software, C880 Software (C880DATA-UNIVERSALK9-M), Version 15.2(4)M6, RELEASE SOFTWARE (fc2)
! 
! Image: Software: C880DATA-UNIVERSALK9-M, 15.2(4)M6, RELEASE SOFTWARE (fc2)
! Image: Compiled: Thu 20-Mar-14 01:02 by prod_rel_team
! ROM Bootstrap: Version 12.4(22r)YB3, RELEASE SOFTWARE (fc1)
! Image: flash:c880data-universalk9-mz.152-4.M6.bin
! Chassis type: 881
! Memory: main 471040K/53248K
! Processor ID: FTX1829800Q
! CPU: MPC8300
! Memory: nvram 256K
! Memory: flash 125440K
! 
! VTP: VTP Version                     : 2
! VTP: Configuration Revision          : 0
! 
! NAME: "881", DESCR: "881 chassis, Hw Serial#: FTX1829800Q, Hw Revision: 1.0"
! PID: CISCO881-SEC-K9   , VID: V01 , SN: FTX1829800Q
! 
! NAME: "C881 Mother board on Slot 0", DESCR: "C881 Mother board"
! PID: CISCO881-SEC-K9   , VID: V01, SN: FOC18270ABC
! 
!
"""  # noqa: W291
RANCID = "!RANCID-CONTENT-TYPE: cisco\n!\n" + OXIDIZED.replace("! ", "!") + "config-register 0x2142\n!\n"
INVENTORY = """NAME: "881", DESCR: "881 chassis, Hw Serial#: FTX1829800Q, Hw Revision: 1.0"
PID: CISCO881-SEC-K9   , VID: V01 , SN: FTX1829800Q

NAME: "C881 Mother board on Slot 0", DESCR: "C881 Mother board"
PID: CISCO881-SEC-K9   , VID: V01, SN: FOC18270ABC
"""


@pytest.mark.parametrize("comments", [OXIDIZED, RANCID, OXIDIZED.replace("! ", "!  ")])
def test_the_comments_of_a_collector_tell_of_image_and_hardware(comments: str) -> None:
    world, twin = twin_of(comments + CONFIGURATION)
    assert (twin.host, twin.udi) == ("branch", "CISCO881-SEC-K9:FTX1829800Q")
    assert [(each.command, each.differing) for each in twin.printed] == [("show running-config", 0)]
    shown = printed(world, "show version")
    for text in (
        "(C880DATA-UNIVERSALK9-M), Version 15.2(4)M6, RELEASE SOFTWARE (fc2)",
        "Compiled Thu 20-Mar-14 01:02 by prod_rel_team",
        "ROM: System Bootstrap, Version 12.4(22r)YB3, RELEASE SOFTWARE (fc1)",
        'System image file is "flash:c880data-universalk9-mz.152-4.M6.bin"',
        "with 471040K/53248K bytes of memory.",
        "125440K bytes of",
        "Last reload reason: ",
    ):
        assert text in shown
    assert printed(world, "show inventory").strip() == INVENTORY.strip()


def test_what_is_not_read_of_the_comments_is_told_once() -> None:
    odd = OXIDIZED.replace("VTP: Configuration Revision          : 0", "VTP: Colour of the switch : grey\n! Fan: slow")
    notes = [str(note) for note in imported(odd + CONFIGURATION)[1].notes]
    told_once = "VTP: Colour of the switch : grey (a collector's comment above the configuration, and 1 more)"
    assert notes == [f"capture1.txt:15: not read: {told_once}"]


def test_the_vtp_of_the_switch_is_that_of_the_comments() -> None:
    """VLANs are in a file of their own; the configuration tells of some only."""
    text = (CAPTURES / "oxidized.c881.wan-eigrp.15.4-3-M5.txt").read_text(encoding="utf-8")
    world, report = imported(text)
    assert not [note for note in report.notes if "VTP" in note.text]
    shown = printed(world, "show vtp status").splitlines()
    kept = [line.removeprefix("! VTP: ") for line in text.splitlines() if line.startswith("! VTP: ")]
    assert len(kept) == 11
    assert [line for line in shown if not line.startswith("Configuration last modified")] == kept
    world.router("R1").power_off()
    assert world.router("R1").state.vtp.revision == 16


def test_vtp_is_read_from_its_own_screen() -> None:
    screen = """VTP Version                     : 2
Configuration Revision          : 3
Maximum VLANs supported locally : 20
Number of existing VLANs        : 7
VTP Operating Mode              : Transparent
VTP Domain Name                 : branch
VTP Pruning Mode                : Disabled
VTP V2 Mode                     : Enabled
VTP Traps Generation            : Disabled
MD5 digest                      : 0x3C 0x47 0x01 0xED 0xF6 0xB4 0xF2 0x42\x20
Configuration last modified by 10.0.5.2 at 3-1-10 00:12:09
Local updater ID is 10.0.5.2 on interface Vl5 (lowest numbered VLAN interface found)
"""
    version = (CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt").read_text(encoding="utf-8")
    brief = (CAPTURES / "session.c881.netmiko.show-ip-interface-brief.txt").read_text(encoding="utf-8")
    vlan = "Vlan5                      10.0.5.2        YES NVRAM  up                    up      \n"
    head = next(line for line in brief.splitlines() if line.startswith("Interface "))
    world, twin = twin_of(version, f"{head}\n{vlan}", screen)
    assert [(each.command, each.differing) for each in twin.printed if "vtp" in each.command] == [
        ("show vtp status", 0)
    ]
    assert printed(world, "show vtp status") == screen


def test_the_register_that_rancid_writes_is_that_of_the_router() -> None:
    world, _ = twin_of(RANCID + CONFIGURATION)
    assert world.router("R1").state.config_register == 0x2142


def test_what_the_router_printed_itself_counts_more() -> None:
    version = (CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt").read_text(encoding="utf-8")
    version = version.replace("pynet-rtr2", "branch")
    world, twin = twin_of(version, OXIDIZED + CONFIGURATION.replace("15.2", "15.4"))
    assert [(each.command, each.differing) for each in twin.printed] == [
        ("show version", 0),
        ("show running-config", 0),
    ]
    assert printed(world, "show version") == version


def test_the_files_of_two_routers_in_one_are_kept_apart() -> None:
    other = (OXIDIZED + CONFIGURATION).replace("branch", "office").replace("FTX1829800Q", "FTX1405YDC7")
    world, report = imported(OXIDIZED + CONFIGURATION + other.replace("471040K/53248K", "236544K/25600K"))
    assert [(twin.host, twin.udi[-11:]) for twin in report.twins] == [
        ("branch", "FTX1829800Q"),
        ("office", "FTX1405YDC7"),
    ]
    assert "with 471040K/53248K bytes" in printed(world, "show version")
    assert "with 236544K/25600K bytes" in printed(world, "show version", "R2")


def test_comments_that_tell_nothing_are_passed_over() -> None:
    """A number that cannot be, a remark of a person."""
    odd = f"! our router in the cellar\n! Memory: nvram {'9' * 30}K\n"
    text = CONFIGURATION.replace("!\nend", "license udi pid CISCO881-K9 sn FTX1405YDC7\n!\nend")
    _, report = imported(odd + text)
    assert [each.differing for each in report.twins[0].printed] == [0]
    remark = "our router in the cellar (a collector's comment above the configuration, and 1 more)"
    assert f"capture1.txt:1: not read: {remark}" in told(report)
