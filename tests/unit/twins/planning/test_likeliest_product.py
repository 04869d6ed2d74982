"""The product of a device that tells none: what it is taken for, what decides, and what is of another family."""

import pytest

from emulator.hardware.platform import PlatformCatalogue
from emulator.images.manifest import ImageCatalogue
from emulator.twins.choice import ImportChoice
from emulator.twins.use_case import Recording, import_into, read
from emulator.world.build import new_world
from emulator.world.recipe import WorldRecipe
from tests.driver import ConsoleDriver, world_of
from tests.unit.twins.recordings import CAPTURES, imported, printed, told, twin_of

PLATFORMS, IMAGES = PlatformCatalogue(), ImageCatalogue()
ARP = (CAPTURES / "show-arp.c881.ansible-lookup.txt").read_text(encoding="utf-8")
VERSION = (CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt").read_text(encoding="utf-8")
CUT = (CAPTURES / "show-running-config.c887va-v-w.pastebin-aavdP8fW.partial.15.1.txt").read_text(encoding="utf-8")


def configuration(*lines: str) -> str:
    return "\n".join(["!", "version 15.1", "hostname branch", "!", *lines, "!", "end", ""])


@pytest.mark.parametrize("pid", PLATFORMS.pids())
def test_a_configuration_without_identity_gets_a_product_with_its_interfaces(pid: str) -> None:
    """Products are taken for one that has at least the interfaces that the configuration names."""
    console = ConsoleDriver(world_of("R1", pid=pid)).boot()
    console.type("terminal length 0", "show running-config")
    lines = [line for line in console.shown.splitlines() if not line.startswith("license udi ")]
    _, twin = twin_of("\n".join(lines) + "\n")
    taken = PLATFORMS.get(twin.udi.partition(":")[0])
    named = {line.removeprefix("interface ") for line in lines if line.startswith("interface ")}
    assert named <= {port.name for port in taken.interfaces}
    assert any(f"taken for {taken.pid}" in note.text for note in twin.notes)


@pytest.mark.parametrize(
    ("lines", "pid"),
    [
        (("interface FastEthernet4",), "CISCO881-K9"),
        (("interface ATM0", "interface Ethernet0"), "CISCO887VA-K9"),
        (("controller VDSL 0",), "CISCO887VA-K9"),
        (("interface Vlan20", "interface Loopback0", "interface FastEthernet4.10", "interface Tunnel2"), "CISCO881-K9"),
        (("boot system flash c860-universalk9-mz.151-4.M5.bin",), "CISCO861-K9"),
        (("boot system flash c860-universalk9-mz.152-4.M9.bin",), "CISCO861-K9"),
        (("isdn switch-type basic-net3",), "CISCO887-K9"),
        (("no service pad",), "CISCO881-K9"),
        (("interface ATM0", "interface FastEthernet0", "interface Dot11Radio0"), "CISCO887-K9"),
        (("interface ATM0", "controller DSL 0"), "CISCO888-K9"),
        (("controller vdsl 0",), "CISCO887VA-K9"),
    ],
)  # fmt: skip
def test_each_trace_of_the_hardware_counts(lines: tuple[str, ...], pid: str) -> None:
    _, twin = twin_of(configuration(*lines))
    assert twin.udi.startswith(f"{pid}:"), twin.notes


@pytest.mark.parametrize("pid", [pid for pid in PLATFORMS.pids() if not PLATFORMS.get(pid).processor])
def test_a_line_about_the_memory_names_a_later_product_by_its_pid(pid: str) -> None:
    """C: a C886VA-K9 of 15.4(3)M4 prints no more than its PID there."""
    _, twin = twin_of(
        "router#show version\n"
        "Cisco IOS Software, C800 Software (C800-UNIVERSALK9-M), Version 15.4(3)M4, RELEASE SOFTWARE (fc1)\n"
        f"Cisco {pid} (revision 1.0) with 488524K/35763K bytes of memory.\nrouter#\n"
    )
    assert twin.udi.startswith(f"{pid}:"), twin.notes


def test_a_part_of_a_configuration_names_the_controllers_too() -> None:
    lines = ("interface ATM0", " no ip address", "!", "interface Vlan1", " ip address 192.168.77.1 255.255.255.0")
    _, twin = twin_of("\n".join(lines) + "\n")
    assert twin.udi.startswith("CISCO887-K9:"), twin.notes


def test_a_screen_that_tells_no_hardware_is_of_the_likeliest_product() -> None:
    screen = ConsoleDriver(world_of("R1")).boot().type("show vtp status").shown
    _, twin = twin_of(f"sw#show vtp status\n{screen}sw#\n")
    assert twin.udi.startswith("CISCO881-K9:")
    assert any("it is taken for the likeliest, CISCO881-K9" in note.text for note in twin.notes)


def test_a_configuration_that_was_cut_before_its_interfaces_is_imported() -> None:
    world, twin = twin_of(CUT)
    assert twin.host == "887VA_V_W"
    assert {"BRI0", "wlan-ap0"} <= {port.name for port in world.router("R1").platform.interfaces}


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("interface GigabitEthernet0/0",), "no product of these families has the interfaces GigabitEthernet0/0"),
        (("interface FastEthernet0", "interface Dot11Radio0"), "has the interfaces Dot11Radio0"),
        (
            ("boot system flash:c2900-universalk9-mz.SPA.151-4.M4.bin",),
            "c2900-universalk9-mz.SPA.151-4.M4.bin is an image for routers of another family",
        ),
    ],
)  # fmt: skip
def test_what_is_of_another_family_is_refused(lines: tuple[str, ...], why: str) -> None:
    _, report = imported(configuration(*lines))
    assert not report.made
    assert any(why in text for text in told(report))


# --- the ARP table -------------------------------------------------------------------------------------------------


def test_an_arp_table_alone_makes_a_router_with_its_own_addresses() -> None:
    second = "Internet  10.220.89.1             -   c89c.1d00.00b6  ARPA   FastEthernet4\n"
    world, twin = twin_of(ARP + second)
    assert twin.udi.startswith("CISCO881-K9:")
    assert [(each.command, each.differing) for each in twin.printed] == [("show arp", 0)]
    assert "FastEthernet4              10.220.88.20 " in printed(world, "show ip interface brief")
    shown = printed(world, "show running-config interface FastEthernet4")
    assert " ip address 10.220.89.1 255.0.0.0 secondary\n ip address 10.220.88.20 255.0.0.0\n" in shown
    assert "FastEthernet4" in world.router("R1").state.cables
    assert "address is c89c.1d00.00b6" in printed(world, "show interfaces FastEthernet4")


def test_an_address_of_the_table_is_that_of_an_interface_that_gets_its_own_by_dhcp() -> None:
    lines = ("interface FastEthernet4", " ip address dhcp", " duplex auto", " speed auto")
    world, twin = twin_of(configuration(*lines), ARP)
    assert [each.differing for each in twin.printed] == [0, 0]
    assert "FastEthernet4              10.220.88.20 " in printed(world, "show ip interface brief")


# --- choices -------------------------------------------------------------------------------------------------------


def chosen(text: str, choice: ImportChoice) -> tuple[str, list[str], list[str]]:
    """UDI and image of the one twin, and what was told."""
    world = new_world(WorldRecipe())
    report = import_into(world, read([Recording("capture.txt", text.encode())]), (), choice)
    made = [world.router(twin.router).manifest.file for twin in report.made]
    return "".join(twin.udi for twin in report.made), made, told(report)


@pytest.mark.parametrize("text", [ARP, CUT, configuration("interface GigabitEthernet0/0"), VERSION])
def test_a_product_that_was_chosen_counts_more_than_all_captures(text: str) -> None:
    udi, _, _ = chosen(text, ImportChoice(pid="CISCO887VA-K9"))
    assert udi.startswith("CISCO887VA-K9:")


def test_a_product_that_the_capture_denies_is_told() -> None:
    udi, _, notes = chosen(VERSION, ImportChoice(pid="CISCO881-SEC-K9"))
    assert udi == "CISCO881-SEC-K9:FTX1829800Q"
    assert "capture.txt:48: contradicts: the product is CISCO881-K9, but CISCO881-SEC-K9 was chosen" in notes


@pytest.mark.parametrize("image", [name for name in IMAGES.names() if "880" in IMAGES.get(name).families])
def test_an_image_that_was_chosen_is_the_one_that_runs(image: str) -> None:
    _, made, _ = chosen(configuration("no service pad"), ImportChoice(image=image))
    assert made == [image]


def test_an_image_that_the_capture_denies_is_told() -> None:
    _, made, notes = chosen(VERSION, ImportChoice(image="c880data-universalk9-mz.155-3.M8"))
    assert made == ["c880data-universalk9-mz.155-3.M8.bin"]
    assert any("contradicts: the image is flash:c880data-universalk9-mz.154-2.T1.bin, but" in each for each in notes)


@pytest.mark.parametrize(
    "choice", [ImportChoice(pid="CISCO881-K8"), ImportChoice(image="c880data-universalk9-mz.155-3.M88")]
)
def test_a_choice_of_nothing_known_is_refused_with_the_nearest(choice: ImportChoice) -> None:
    _, made, notes = chosen(VERSION, choice)
    assert made == []
    assert any("Did you mean" in each for each in notes)


# --- what nobody saw of an image -----------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["c880data-universalk9-mz.151-2.T1.bin", "c880data-universalk9-mz.152-4.M6.bin"])
def test_an_image_of_which_only_the_name_is_known_has_no_build_and_no_date(file: str) -> None:
    world, _ = twin_of(configuration(f"boot system flash {file}").replace("15.1", f"15.{file[26]}"))
    manifest = world.router("R1").manifest
    assert (manifest.file, manifest.build, manifest.compiled, manifest.copyright_year) == (file, None, None, None)
    shown = printed(world, "show version")
    assert "Copyright (c)" not in shown
    assert "Compiled" not in shown
    assert "(fc" not in shown.splitlines()[0]


def test_an_image_has_the_year_of_its_compilation() -> None:
    """Dates are as in every image file: the copyright runs to the year of the compilation."""
    unlisted = (
        VERSION.replace("15.4(2)T1", "15.2(4)M6").replace("154-2.T1", "152-4.M6").replace("26-Jun-14", "20-Mar-13")
    )
    world, twin = twin_of("".join(line for line in unlisted.splitlines(keepends=True) if "Copyright (c)" not in line))
    manifest = world.router("R1").manifest
    assert (manifest.build, manifest.compiled, manifest.copyright_year) == ("fc3", "Thu 20-Mar-13 14:15", 2013), twin


# --- the zone of the clock -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "lines"),
    [
        ("12:00:00.000 UTC Mon Jul 7 2014", []),
        ("12:00:00.000 PDT Mon Jul 7 2014", ["clock timezone PST -8 0", "clock summer-time PDT recurring"]),
        ("12:00:00.000 PST Mon Jan 6 2014", ["clock timezone PST -8 0"]),
        (
            "12:00:00.000 CEST Mon Jul 7 2014",
            ["clock timezone CET 1 0", "clock summer-time CEST recurring last Sun Mar 2:00 last Sun Oct 3:00"],
        ),
        ("12:00:00.000 IST Mon Jul 7 2014", ["clock timezone IST 5 30"]),
        ("12:00:00.000 AEDT Mon Jan 6 2014", ["clock timezone AEDT 11 0"]),
    ],
)
def test_the_zone_of_the_clock_is_in_the_configuration_that_is_made(clock: str, lines: list[str]) -> None:
    world, twin = twin_of(VERSION.replace("PDT", clock.split()[1]), f"{clock}\n")
    assert [each.differing for each in twin.printed if each.command == "show clock"] == [0]
    shown = printed(world, "show running-config").splitlines()
    assert [line for line in shown if line.startswith("clock ")] == lines


def test_a_zone_with_one_name_all_the_year_is_known_by_the_date() -> None:
    zone = ("clock timezone EST -5 0", "clock summer-time EST recurring")
    for day, ahead in (("Mon Jul 7 2014", -240), ("Mon Jan 6 2014", -300)):
        world, _ = twin_of(configuration(*zone), f"12:00:00.000 EST {day}\n")
        assert world.router("R1").wall_time().zone_minutes == ahead
        assert printed(world, "show clock") == f"12:00:00.000 EST {day}\n"
