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
    notes = [str(note) for note in imported(OXIDIZED + CONFIGURATION)[1].notes]
    told_once = "VTP: VTP Version                     : 2 (a collector's comment above the configuration, and 1 more)"
    assert notes == [f"capture1.txt:14: not read: {told_once}"]


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
