"""Routers of the simulation, recorded and imported: the twin prints what the router printed, whatever it was."""

import pytest

from emulator.hardware.platform import PlatformCatalogue
from emulator.images.manifest import ImageCatalogue
from tests.backend_records import records_of
from tests.driver import BenchDriver, ConsoleDriver, world_of
from tests.screens import ACCEPT, NEWER, RELOAD
from tests.unit.twins.recordings import COMMANDS, log_of, printed, twin_of

PLATFORMS, IMAGES = PlatformCatalogue(), ImageCatalogue()
PAIRS = [
    (pid, image)
    for pid in PLATFORMS.pids()
    for image in IMAGES.names()
    if PLATFORMS.get(pid).boots(IMAGES.get(image).families, IMAGES.get(image).version)
]


def comes_back(log: str) -> None:
    """Every command of the log, at the twin."""
    _, twin = twin_of(log)
    wrong = [str(note) for note in twin.notes if note.matter in {"printed otherwise", "not read", "contradicts"}]
    assert not wrong, "\n".join(wrong)
    assert {each.command: each.differing for each in twin.printed if each.differing} == {}
    assert len(twin.printed) >= len(COMMANDS) - 2, twin.printed


@pytest.mark.parametrize(("pid", "image"), PAIRS[:: max(len(PAIRS) // 16, 1)])
def test_every_product_with_every_image_comes_back(pid: str, image: str) -> None:
    """A sixteenth of the pairs; the heavy suite has all of them."""
    console = ConsoleDriver(world_of("R1", pid=pid, image=image)).boot()
    console.type("write")
    comes_back(log_of(console))


STATES: dict[str, tuple[str, ...]] = {
    "pending": (),
    "accepted": ACCEPT,
    "evaluating": (*ACCEPT, *RELOAD, "|advance 5d3h"),
    "expired in use": (*ACCEPT, *RELOAD, "|advance 61d"),
    "expired not in use": (*ACCEPT, *RELOAD, "|advance 61d", *RELOAD),
    "clock set": ("clock set 10:11:12 13 june 2013",),
    "renamed": ("configure terminal", "hostname branch-office-42", "end", "write"),
    "addressed": ("configure terminal", "interface FastEthernet4", "ip address 192.0.2.77 255.255.255.192",
                  "no shutdown", "description to the provider", "exit", "interface Vlan1",
                  "ip address 10.1.2.3 255.255.0.0", "end", "write"),
    "register": ("configure terminal", "config-register 0x2142", "end"),
}  # fmt: skip


@pytest.mark.parametrize("image", ["c880data-universalk9-mz.150-1.M4.bin", NEWER])
@pytest.mark.parametrize("state", STATES)
def test_every_state_of_licenses_comes_back(state: str, image: str) -> None:
    console = ConsoleDriver(world_of("R1", image=image)).boot()
    bench = BenchDriver(console.world)
    for act in STATES[state]:
        if act.startswith("|"):
            bench.succeeds(act[1:])
        else:
            console.type(act)
    comes_back(log_of(console))


def test_a_bought_license_comes_back() -> None:
    console = ConsoleDriver(world_of("R1")).boot()
    bench = BenchDriver(console.world)
    console.type(f"license install usbflash0:{bench.license_on_stick()}")
    log = log_of(console)
    comes_back(log)
    world, _ = twin_of(log)
    assert "Next reboot license Level: advipservices" in printed(world, "show version")


def test_two_licenses_for_one_feature_come_back() -> None:
    console = ConsoleDriver(world_of("R1")).boot()
    bench = BenchDriver(console.world)
    console.type(f"license install usbflash0:{bench.license_on_stick()}")
    bench.succeeds("usb remove R1")
    bench.succeeds("order L-880-AIS=")
    pak, wrong = next(reversed(records_of(bench.world).paks)), "CISCO881-K9:FTX1405YDX7"
    bench.succeeds(f"portal register {pak} {wrong}")
    bench.succeeds(f"portal correct {pak} {wrong} R1 why two letters were swapped")
    file = bench.mail_to("usb")
    bench.succeeds("usb insert R1")
    console.type(f"license install usbflash0:{file}")
    bench.succeeds("usb remove R1")
    comes_back(log_of(console))


def test_a_router_without_any_installed_license_comes_back() -> None:
    """Assume none where all licenses were listed."""
    console = ConsoleDriver(world_of("R1")).boot()
    for act in (*ACCEPT, *RELOAD, "license clear advsecurity", "yes"):
        console.type(act)
    console.type("show license detail advsecurity")
    assert "Permanent" not in console.shown
    comes_back(log_of(console))


def test_an_evaluation_that_comes_before_a_permanent_license_comes_back() -> None:
    console = ConsoleDriver(world_of("R1")).boot()
    bench = BenchDriver(console.world)
    console.type(f"license install usbflash0:{bench.license_on_stick()}", "license modify priority advipservices high")
    comes_back(log_of(console))


def test_the_list_of_all_licenses_counts_though_one_was_asked_for_after_it() -> None:
    console = ConsoleDriver(world_of("R1")).boot()
    comes_back(log_of(console, (*COMMANDS, "show license detail advipservices")))


def test_an_evaluation_that_goes_over_into_a_right_to_use_comes_back() -> None:
    console = ConsoleDriver(world_of("R1", image=NEWER, right_to_use=True)).boot()
    comes_back(log_of(console))
