"""Every product with every image: what it runs comes up as what it is, what it does not run is refused at ROMMON."""

import pytest

from emulator.console.render.files.running_config import show_running_config
from emulator.console.render.system.version import show_version
from emulator.hardware.board import BoardPhase
from emulator.hardware.platform import PlatformCatalogue
from emulator.images.features import npe_levels
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.time import DAY, MINUTE
from emulator.licensing.families import release_order
from emulator.licensing.types import LicenseType
from emulator.router.device import Router
from tests.backend_records import records_of
from tests.driver import BenchDriver, ConsoleDriver, world_of

PLATFORMS, IMAGES = PlatformCatalogue(), ImageCatalogue()
PIDS, FILES = PLATFORMS.pids(), IMAGES.names()
RUNS = {
    "860": "c860-universalk9-mz",
    "880": "c880data-universalk9-mz",
    "880srst": "c880voice-universalk9-mz",
    "iad880": "c880voice-universalk9-mz",
    "second generation": "c800-universalk9-mz",
}
MODULES = {"860": "c860", "880": "c880-data", "880srst": "c880-voice", "iad880": "c880-voice",
           "second generation": "c800"}  # fmt: skip
KINDS = [next(file for file in FILES if file.startswith(kind)) for kind in dict.fromkeys(RUNS.values())]
"""An image of each kind: which release it is of does not matter where the hardware is another."""


def of_its_kind(pid: str, file: str) -> bool:
    return file.replace("_npe", "").startswith(RUNS[PLATFORMS.get(pid).family])


def older(pid: str, file: str) -> bool:
    return release_order(IMAGES.get(file).version) < release_order(PLATFORMS.get(pid).oldest_release)


def fits(pid: str, file: str) -> bool:
    return of_its_kind(pid, file) and not older(pid, file)


def refuses(pid: str, file: str) -> bool:
    return (file in KINDS and not of_its_kind(pid, file)) or (of_its_kind(pid, file) and older(pid, file))


def started(**facts: object) -> tuple[Router, str]:
    """A router as it is after power on, and what its console has shown."""
    world = world_of(**facts)
    console = ConsoleDriver(world)
    console.router.power_on()
    world.clock.run_to(2 * MINUTE)
    return console.router, console.screen


def headers(configuration: str) -> list[str]:
    return [line.removeprefix("interface ") for line in configuration.splitlines() if line.startswith("interface ")]


@pytest.mark.parametrize(("pid", "file"), [(pid, file) for pid in PIDS for file in FILES if fits(pid, file)])
def test_a_product_boots_every_image_of_its_family(pid: str, file: str) -> None:
    router, screen = started(pid=pid, image=file)
    platform, image = PLATFORMS.get(pid), IMAGES.get(file)
    assert router.state.board.phase is BoardPhase.RUNNING, screen
    assert f"\n{platform.rommon_platform} platform with {platform.dram_kib} Kbytes of main memory\n" in screen
    level = npe_levels(platform.factory_levels, image.levels)[-1]
    version = show_version(router)
    later = platform.family == "second generation"
    for text in (version, screen):
        assert f"\n{image.banner}\n" in f"\n{text}"
        assert (
            f"\nCisco {pid if later else f'{platform.model} (MPC8300) processor'} (revision 1.0)"
            f" with {platform.main_kib}K/{platform.iomem_kib}K bytes of memory.\n" in text
        )
        assert (
            f"\nProcessor board ID {router.state.udi.serial}\n\n" + "\n".join(platform.counts) + "\n256K bytes" in text
        )
    assert f"*0  \t  {pid:<22s}{router.state.udi.serial:<16s}\n" in version
    assert (
        f"License Information for '{MODULES[platform.family]}'\n"
        f"    License Level: {level}   Type: Permanent\n"
        f"    Next reboot license Level: {level}\n"
    ) in version
    configuration = show_running_config(router)
    names = [port.name for port in platform.interfaces]
    first = [name for name in ("BRI0", "ATM0", "Ethernet0") if name in names]
    assert headers(configuration) == [*first, *(name for name in names if name not in first)]
    assert f"\nversion {image.version[:4]}\n" in configuration
    assert (f"\nlicense udi pid {pid} sn " in configuration) is image.dialect.license_udi_line


REFUSED = 'loadprog: bad file magic number: 0x0\nboot: cannot load "flash:{file}"\n'


@pytest.mark.parametrize(("pid", "file"), [(pid, file) for pid in PIDS for file in FILES if refuses(pid, file)])
def test_a_product_refuses_other_images_and_older_ones_before_they_are_expanded(pid: str, file: str) -> None:
    router, screen = started(pid=pid, image=file)
    assert router.state.board.phase is BoardPhase.ROMMON
    assert screen.endswith(REFUSED.format(file=file))
    assert "Self decompressing" not in screen


MEMORY = (
    "error : memory requirements exceed available memory\nmemory required : 0x{required:08x}\n\n"
    "*** System received a Software forced crash ***\nsignal= 0x17, code= 0x5, context= 0x80020000\n"
)
WORKING = "[OK]\n\nSYSTEM INIT: INSUFFICIENT MEMORY TO BOOT THE IMAGE!\n"


@pytest.mark.parametrize(
    ("release", "dram_mib", "refused"),
    [
        ("124-15.XZ2", 128, ""),
        ("124-20.T1", 128, ""),
        ("124-24.T4", 128, ""),
        ("150-1.M4", 128, ""),
        ("151-4.M5", 128, WORKING),
        ("154-2.T1", 128, WORKING),
        ("154-3.M5", 128, WORKING),
        ("155-3.M6", 128, MEMORY),
        ("155-3.M8", 128, MEMORY),
        ("158-3.M6", 128, MEMORY),
        ("158-3.M6", 176, WORKING),
        ("158-3.M6", 200, ""),
        ("158-3.M6", 768, ""),
        ("124-15.XZ2", 64, WORKING),
        ("124-20.T1", 64, MEMORY),
    ],
)
def test_an_image_needs_room_to_expand_and_to_work_in(release: str, dram_mib: int, refused: str) -> None:
    file = f"c880data-universalk9-mz.{release}.bin"
    router, screen = started(image=file, dram_mib=dram_mib)
    if refused:
        assert router.state.board.phase is BoardPhase.ROMMON
        assert screen.endswith(refused.format(required=IMAGES.get(file).size * 29 // 10))
    else:
        iomem = dram_mib // 10 * 1024
        memory = f"with {dram_mib * 1024 - iomem}K/{iomem}K bytes of memory.\n"
        assert router.state.board.phase is BoardPhase.RUNNING
        assert memory in screen


def test_a_unit_keeps_its_memory_when_its_world_is_saved() -> None:
    from tests.unit.router.records import restored, saved

    router, _ = started(dram_mib=512)
    copy = restored(saved(world_of(dram_mib=512))).routers["R1"]
    assert router.platform.main_kib == copy.platform.main_kib == 512 * 1024 - 51 * 1024
    assert copy.platform.pid == "CISCO881-K9"


def test_a_second_generation_image_goes_onto_the_flash_and_no_further() -> None:
    """Owners of a CISCO881 who take it for a C881 fetch such an image."""
    world = world_of()
    bench = BenchDriver(world)
    console = ConsoleDriver(world).boot()
    bench.succeeds("software get c800-universalk9-mz.SPA.153-3.M usb")
    bench.succeeds("usb insert R1")
    console.type("copy usbflash0:c800-universalk9-mz.SPA.153-3.M.bin flash:", "")
    console.type(f"delete {FIRST}", "", "", "reload", "")
    console.wait()
    console.sees(REFUSED.format(file="c800-universalk9-mz.SPA.153-3.M.bin"))
    assert console.prompt == "rommon 1 > "


FIRST = "c880data-universalk9-mz.150-1.M4.bin"


# --- what a saved configuration of each product reads back as ------------------------------------------------------


@pytest.mark.parametrize("pid", PIDS)
def test_a_saved_configuration_is_read_back_as_it_was(pid: str) -> None:
    console = ConsoleDriver(world_of(pid=pid)).boot()
    wan = PLATFORMS.get(pid).wan_interface
    console.type("configure terminal", f"interface {wan}", "ip address 192.0.2.1 255.255.255.0", "no shutdown", "end")
    console.type("write memory")
    before = _below_the_date(show_running_config(console.router))
    console.reload()
    assert "% Invalid" not in console.screen
    assert _below_the_date(show_running_config(console.router)) == before
    assert wan in console.router.running.protocols_up
    assert console.router.links.way_out() == wan


def _below_the_date(configuration: str) -> str:
    return configuration.partition("\nversion ")[2]


# --- channels ------------------------------------------------------------------------------------------------------

ISDN = [pid for pid in PIDS if any(port.kind == "bri" for port in PLATFORMS.get(pid).interfaces)]


def test_what_has_isdn_is_known() -> None:
    """C, by the product MIB: `1 ISDN`; the second 887VA has none."""
    assert "CISCO887VA-K9" in ISDN
    assert "C887VA-K9" not in ISDN


def test_an_isdn_interface_is_listed_with_its_channels() -> None:
    """C2: the rows of a Cisco 892. R: the channels cannot be configured, and are down while there is no call."""
    console = ConsoleDriver(world_of(pid="CISCO887VA-K9")).boot()
    console.type("show ip interface brief | include BRI")
    console.sees_exactly(
        "BRI0                       unassigned      YES unset  administratively down down    \n"
        "BRI0:1                     unassigned      YES unset  administratively down down    \n"
        "BRI0:2                     unassigned      YES unset  administratively down down    \n"
    )
    console.type("show interfaces BRI0:2 | include BRI")
    console.sees_exactly("BRI0:2 is administratively down, line protocol is down \n  Hardware is BRI\n")
    for wrong in ("show interfaces BRI0:3", "show interfaces FastEthernet0:1"):
        console.type(wrong)
        console.sees("% Invalid input detected at '^' marker.")
    console.type("configure terminal", "interface BRI0:1")
    console.sees("% Invalid input detected at '^' marker.")
    console.type("interface BRI0", "no shutdown", "end", "show ip interface brief | include BRI0:")
    assert [line.split()[-2:] for line in console.shown.splitlines()] == [["down", "down"]] * 2


# --- interfaces ----------------------------------------------------------------------------------------------------


def configuring(pid: str) -> ConsoleDriver:
    return ConsoleDriver(world_of(pid=pid)).boot().type("configure terminal")


@pytest.mark.parametrize(
    ("pid", "typed", "name"),
    [
        ("CISCO887VA-K9", "interface e0", "Ethernet0"),
        ("CISCO887VA-K9", "interface ethernet 0", "Ethernet0"),
        ("CISCO887VA-K9", "interface atm 0", "ATM0"),
        ("CISCO887VA-K9", "interface bri0", "BRI0"),
        ("CISCO881G-G-K9", "interface cellular 0", "Cellular0"),
        ("CISCO881W-GN-A-K9", "interface wlan-gigabitethernet 0", "Wlan-GigabitEthernet0"),
        ("CISCO881W-GN-A-K9", "interface wlan-g0", "Wlan-GigabitEthernet0"),
        ("CISCO881W-GN-A-K9", "interface wlan-ap0", "wlan-ap0"),
        ("IAD888B-K9", "interface fa3", "FastEthernet3"),
    ],
)
def test_an_interface_is_found_by_its_short_name(pid: str, typed: str, name: str) -> None:
    console = configuring(pid).type(typed)
    assert console.prompt == "Router(config-if)#"
    console.type("description here", "end", "show running-config")
    console.sees(f"interface {name}\n description here\n")


@pytest.mark.parametrize(
    ("pid", "typed"),
    [
        ("CISCO887VA-K9", "interface fa4"),
        ("CISCO881-K9", "interface atm0"),
        ("CISCO867-K9", "interface bri0"),
        ("CISCO881W-GN-A-K9", "interface wlan0"),
    ],
)
def test_an_interface_that_is_not_there_is_not_known(pid: str, typed: str) -> None:
    configuring(pid).type(typed).sees("% Invalid input detected at '^' marker.")


def test_the_interface_of_the_access_point_says_what_it_is_for() -> None:
    """C in wording, from an 819."""
    console = configuring("CISCO861W-GN-A-K9").type("interface wlan-ap 0")
    console.sees_exactly(
        "The wlan-ap 0 interface is used for managing the embedded AP.\n"
        'Please use the "service-module wlan-ap 0 session" command to console into the embedded AP\n'
    )


def test_the_way_to_the_access_point_is_up_by_itself_and_takes_no_cable() -> None:
    console = ConsoleDriver(world_of(pid="CISCO881W-GN-A-K9")).boot()
    bench = BenchDriver(console.world)
    bench.succeeds("cable R1 FastEthernet0 out")
    console.pass_time(MINUTE)
    assert console.router.running.protocols_up == ["Wlan-GigabitEthernet0", "wlan-ap0", "Vlan1"]
    assert "unknown interface 'wlan-ap0'" in bench.is_refused("cable R1 wlan-ap0 in")


def test_an_isdn_and_a_cellular_interface_are_plugged_by_hand() -> None:
    console = configuring("CISCO881G-G-K9")
    bench = BenchDriver(console.world)
    assert console.router.state.cables == ["FastEthernet0", "FastEthernet4"]
    bench.succeeds("cable R1 cellular0 in")
    console.pass_time(MINUTE)
    assert "Cellular0" in console.router.running.protocols_up, "it is not shut by default"


# --- what the releases know ----------------------------------------------------------------------------------------

OLD = "c880data-universalk9-mz.124-24.T4.bin"
NEW = "c880data-universalk9-mz.155-3.M8.bin"


def test_12_4t_has_no_agreement_for_all() -> None:
    console = ConsoleDriver(world_of(image=OLD)).boot().type("configure terminal")
    console.type("license accept end user agreement").sees("% Invalid input detected at '^' marker.")
    assert "accept" not in console.session.help("license ")
    console = ConsoleDriver(world_of(image=NEW)).boot().type("configure terminal")
    assert "accept" in console.session.help("license ")


def test_12_4t_cuts_a_long_comment_and_15_x_refuses_it() -> None:
    console = ConsoleDriver(world_of(image=OLD)).boot()
    console.type("license comment add advsecurity " + "x" * 120)
    [stored] = console.router.activation.inventory.licenses.primary
    assert stored.comment == "x" * 99
    console = ConsoleDriver(world_of(image=NEW)).boot()
    console.type("license comment add advsecurity " + "x" * 120).sees("% Error: Comment is longer than 99 characters")


def test_12_4t_tells_less_of_a_license() -> None:
    console = ConsoleDriver(world_of(image=OLD)).boot().type("show license detail advsecurity")
    console.sees_exactly(
        "Index: 1 \tFeature: advsecurity                       Version: 1.0\n"
        "\tLicense Type: Permanent\n\tLicense State: Active, In Use\n"
        "\tLicense Count: Non-Counted\n\tLicense Priority: Medium\n"
        "\tStore Index: 0\n\tStore Name: Primary License Storage\n\n"
    )


@pytest.mark.parametrize("image", [OLD, NEW])
def test_every_release_calls_home(image: str) -> None:
    """Call home is in every release, as the FAQ promises."""
    console = ConsoleDriver(world_of(image=image)).boot()
    bench = BenchDriver(console.world)
    bench.succeeds("order L-880-AIS=")
    pak = next(reversed(records_of(console.world).paks))
    console.type(f"license call-home install pak {pak}", "lab", "lab", "yes")
    console.sees("Installing...Feature:advipservices...Successful:Supported")


def test_an_860_has_one_level_and_nothing_to_evaluate() -> None:
    console = ConsoleDriver(world_of(pid="CISCO861-K9", image="c860-universalk9-mz.151-4.M5.bin")).boot()
    assert console.router.activation.inventory.built_in == ()
    console.type("show license").sees("Index 1 Feature: advsecurity")
    console.sees_nothing_of("advipservices", "SSL_VPN")
    console.type("configure terminal", "license boot module c860 level advipservices")
    console.sees("% Invalid input detected at '^' marker.")


@pytest.mark.parametrize(("right", "title"), [(False, "Evaluation"), (True, "EvalRightToUse")])
def test_an_evaluation_of_15_1_and_later_may_become_a_right(*, right: bool, title: str) -> None:
    console = ConsoleDriver(world_of(image=NEW, right_to_use=right)).boot()
    console.type("show license").sees(f"\tLicense Type: {title}\n")
    console.type("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "write")
    console.reload()
    assert console.router.running.level == "advipservices"
    console.pass_time(61 * DAY)
    console.reload()
    assert console.router.running.level == ("advipservices" if right else "advsecurity")


def test_the_choice_belongs_to_the_unit_whatever_it_boots() -> None:
    console = ConsoleDriver(world_of(image=NEW, right_to_use=True)).boot()
    lines = console.router.activation.inventory.built_in
    assert {line.type for line in lines} == {LicenseType.EVAL_RIGHT_TO_USE}
    flash = console.router.state.flash
    flash.delete(NEW)
    bench = BenchDriver(console.world)
    bench.succeeds(f"software get {OLD} usb")
    bench.succeeds("usb insert R1")
    console.type(f"copy usbflash0:{OLD} flash:", "")
    console.reload()
    [line] = console.router.activation.inventory.built_in
    assert line.type is LicenseType.EVALUATION, "12.4T knows no other"
