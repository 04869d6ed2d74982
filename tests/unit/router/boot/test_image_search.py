"""The image that ROMMON boots: boot field, `boot system` lines, what was named by hand."""

import pytest

from emulator.hardware.board import BoardPhase
from emulator.hardware.events import BootFileMissing, BootHalted
from emulator.images.container import pack
from emulator.kernel.time import MINUTE
from emulator.router.boot.image_search import BootFault, boot_commands
from emulator.router.device import Router
from emulator.router.state import BootRequest, SavedConfiguration
from emulator.storage.filesystem import FileSystem
from emulator.world.world import World
from tests.driver import world_of
from tests.unit.router.records import recorded, restored, saved

FIRST, SECOND, THIRD = (f"c880data-universalk9-mz.{release}.bin" for release in ("150-1.M4", "151-4.M5", "154-2.T1"))


@pytest.mark.parametrize(
    ("words", "device", "file"),
    [
        ("flash a.bin", "flash", "a.bin"),
        ("flash:a.bin", "flash", "a.bin"),
        ("flash:/a.bin", "flash", "a.bin"),
        ("flash /a.bin", "flash", "a.bin"),
        ("flash", "flash", ""),
        ("flash:", "flash", ""),
        ("a.bin", "flash", "a.bin"),
        ("usbflash0:a.bin", "usbflash0", "a.bin"),
        ("tftp a.bin 192.0.2.10", "tftp", "a.bin"),
        ("tftp://192.0.2.10/b/a.bin", "tftp", "a.bin"),
    ],
)
def test_every_form_of_the_line_is_read(words: str, device: str, file: str) -> None:
    assert boot_commands(f"!\nboot-start-marker\nboot system {words}\nboot-end-marker\n") == [BootRequest(device, file)]


def two_images() -> World:
    """R1 with two images in flash and a third on a stick."""
    world = world_of()
    state, images = world.routers["R1"].state, world.images
    state.flash.capacity = 10**9
    state.flash.write(SECOND, pack(images.get(SECOND)), 0, images.get(SECOND).size)
    state.usb = FileSystem(10**9)
    state.usb.write(THIRD, pack(images.get(THIRD)), 0, images.get(THIRD).size)
    return world


def started(world: World, *lines: str, register: int = 0x2102) -> Router:
    router = world.routers["R1"]
    router.state.startup = SavedConfiguration("".join(f"boot system {line}\n" for line in lines), router.wall_time())
    router.state.config_register = register
    router.power_on()
    world.clock.run_to(world.now + 3 * MINUTE)
    return router


@pytest.mark.parametrize(
    ("lines", "register", "runs", "missing"),
    [
        ([], 0x2102, FIRST, []),
        ([f"flash {SECOND}"], 0x2102, SECOND, []),
        ([f"flash {SECOND}"], 0x210F, SECOND, []),
        ([f"flash {SECOND}"], 0x2101, FIRST, []),
        ([f"flash {SECOND}"], 0x2142, FIRST, []),
        (["flash x.bin", f"flash:{SECOND}", f"flash {FIRST}"], 0x2102, SECOND, ["x.bin"]),
        (["flash x.bin", "tftp y.bin 192.0.2.10"], 0x2102, FIRST, ["x.bin", "y.bin"]),
        ([f"usbflash0:{THIRD}"], 0x2102, THIRD, []),
        ([f"tftp://192.0.2.10/{SECOND}", f"flash {SECOND}"], 0x2102, SECOND, [SECOND]),
    ],
)
def test_lines_are_tried_in_order_and_then_the_first_image(
    lines: list[str], register: int, runs: str, missing: list[str]
) -> None:
    world = two_images()
    events = recorded(world)
    assert started(world, *lines, register=register).running.image == runs
    assert [event.file for event in events if isinstance(event, BootFileMissing)] == missing


def test_boot_field_0_stays_in_rommon() -> None:
    world = two_images()
    events = recorded(world)
    router = started(world, f"flash {SECOND}", register=0x2100)
    assert router.state.board.phase is BoardPhase.ROMMON
    assert isinstance(events[-1], BootHalted)
    assert events[-1].reason == BootFault.BOOT_FIELD


@pytest.mark.parametrize(
    ("request_", "url"),
    [
        (BootRequest("flash", SECOND), f"flash:{SECOND}"),
        (BootRequest("flash"), f"flash:{FIRST}"),
        (BootRequest("usbflash0"), f"usbflash0:{THIRD}"),
    ],
)
def test_what_was_named_by_hand_is_booted_whatever_the_lines_say(request_: BootRequest, url: str) -> None:
    world = two_images()
    router = started(world, "flash x.bin", register=0x2100)
    router.reset_control.load(request_)
    world.clock.run_to(world.now + 3 * MINUTE)
    assert (router.running.booted_from or f"flash:{router.running.image}") == url
    assert router.state.boot_request is None
    assert router.state.monitor is None


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (BootRequest("flash", "x.bin"), BootFault.NO_FILE),
        (BootRequest("usbflash0", "x.bin"), BootFault.UNRECOGNISED),
    ],
)
def test_what_is_not_there_leaves_the_router_in_rommon(request_: BootRequest, reason: BootFault) -> None:
    world = two_images()
    router = started(world, register=0x2100)
    router.state.usb = None
    events = recorded(world)
    router.reset_control.load(request_)
    world.clock.run_to(world.now + 3 * MINUTE)
    assert isinstance(events[-1], BootHalted)
    assert (events[-1].reason, events[-1].device) == (reason, request_.device)
    assert router.state.board.phase is BoardPhase.ROMMON


def test_an_image_in_memory_boots_without_touching_flash() -> None:
    world = two_images()
    router = started(world, register=0x2100)
    before = list(router.state.flash.files)
    [image] = router.state.usb.files if router.state.usb else []
    image.name = f"//192.0.2.10/{THIRD}"
    router.reset_control.load(BootRequest("tftp", THIRD, image))
    world.clock.run_to(world.now + 30_000)
    copy = restored(saved(world))
    for each in (world, copy):
        each.clock.run_to(world.now + 3 * MINUTE)
        assert each.routers["R1"].running.booted_from == f"tftp://192.0.2.10/{THIRD}"
        assert each.routers["R1"].running.image == THIRD
    assert router.state.flash.files == before


def test_a_boot_by_hand_that_was_saved_goes_on_with_the_same_image() -> None:
    world = two_images()
    router = started(world, register=0x2100)
    router.reset_control.load(BootRequest("flash", SECOND))
    world.clock.run_to(world.now + 20_000)
    copy = restored(saved(world))
    copy.clock.run_to(copy.now + 3 * MINUTE)
    assert copy.routers["R1"].running.image == SECOND


def test_a_renamed_image_is_named_as_it_lies_there() -> None:
    world = two_images()
    [image, _] = world.routers["R1"].state.flash.files
    image.name = "renamed.bin"
    assert started(world).running.booted_from == "flash:renamed.bin"
