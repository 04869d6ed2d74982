"""The way from power to IOS: what a router boots, or would boot at a reload, and the steps that let it start.

Whether a file starts is not worked out here: a fork of the router is asked to boot it.
"""

from collections.abc import Iterator

from emulator.hardware.board import BoardPhase
from emulator.hardware.platform import Platform
from emulator.hardware.register import (
    BOOT_FIELD,
    DIAGNOSTIC,
    FACTORY,
    IGNORE_NVRAM,
    STAY_IN_ROMMON,
    boot_field,
    ignores_nvram,
)
from emulator.images.manifest import ImageManifest
from emulator.images.memory import memory_fault
from emulator.router.boot.image_search import FLASH, STICK, system_of
from emulator.router.boot.tftp_download import port_interface
from emulator.router.device import Router
from emulator.router.state import BootRequest, FlashHealth
from emulator.storage.filesystem import FileSystem
from emulator.world.explanation.server_path import steps_to_server
from emulator.world.explanation.subject import image_of
from emulator.world.explanation.view import BENCH, Link, MendingStep, broken, waiting
from emulator.world.fork import await_boot, fork_router, reload
from emulator.world.site_network import SERVER_HOST
from emulator.world.world import World

BOOT_TIME = "10m"
"""Time that is enough for any boot, as a bench duration."""

DOWNLOAD = (
    "IP_ADDRESS=192.0.2.1",
    "IP_SUBNET_MASK=255.255.255.0",
    f"DEFAULT_GATEWAY={SERVER_HOST}",
    f"TFTP_SERVER={SERVER_HOST}",
)
"""Variables of ROMMON for a download from the lab's server, but for the file."""


def start_link(name: str, world: World, router: Router) -> Link | None:
    """Build the link of a router on which IOS does not run, with the step that starts it; None where IOS runs."""
    match router.state.board.phase:
        case BoardPhase.OFF:
            return broken(name, f"{router.name} has no power", MendingStep(BENCH, f"power {router.name} on"))
        case BoardPhase.BOOTING:
            return waiting(name, f"{router.name} is booting", MendingStep(BENCH, f"advance {BOOT_TIME}"))
        case BoardPhase.ROMMON:
            return _in_rommon(name, world, router)
    return None


def restart_link(name: str, world: World, router: Router) -> Link:
    """Build the link of a router that runs IOS, but would end in ROMMON at a reload."""
    ends = f"a reload now ends in ROMMON: the register is 0x{router.next_register:X}"
    if boot_field(router.next_register) == STAY_IN_ROMMON:
        return broken(name, ends, *register_steps(router))
    if router.state.flash_health is FlashHealth.TIRED:
        fact = "a reload now ends in ROMMON: the flash is not recognized at the next start, but at the one after it"
        return broken(name, fact, MendingStep(router.name, "reload"))
    sound = next(_starting(world, router, FLASH), None)
    if sound is not None:
        wrong = next(each for each in _images(router, FLASH) if each != sound)
        fact = f"a reload now ends in ROMMON: {wrong} is booted, and does not start"
        return broken(name, fact, MendingStep(router.name, f"delete {FLASH}:{wrong}"))
    fact = "a reload now ends in ROMMON: no image in flash starts"
    if not router.platform.usb_ports:
        return broken(name, fact, *image_steps(world, router, _wanted_image(router)))
    on_stick = next(_starting(world, router, STICK), None)
    if on_stick is not None:
        return broken(name, fact, _copied(router, router.state.usb, f"{STICK}:{on_stick}", on_stick))
    return broken(name, fact, _bring_stick(world, router))


def ignored_startup_link(name: str, router: Router) -> Link | None:
    """Build the link of a register that has the saved configuration ignored; None where it is, or will be, read."""
    fact = f"the register is 0x{router.next_register:X}, so a boot ignores the saved configuration"
    if ignores_nvram(router.next_register):
        return broken(name, fact, *register_steps(router))
    if ignores_nvram(router.state.config_register) and router.state.startup is not None:
        fact = "this boot ignored the saved configuration, which the next one reads"
        return broken(name, fact, MendingStep(router.name, "reload"))
    return None


def register_steps(router: Router) -> tuple[MendingStep, ...]:
    """Steps that make the next boot look for an image and read the saved configuration; the console keeps its speed."""
    value = router.next_register & ~(BOOT_FIELD | IGNORE_NVRAM | DIAGNOSTIC) | FACTORY & BOOT_FIELD
    lines = ("configure terminal", f"config-register 0x{value:X}", "end")
    return tuple(MendingStep(router.name, line) for line in lines)


def _in_rommon(name: str, world: World, router: Router) -> Link:
    here = f"{router.name} is in ROMMON"
    if router.state.flash_health is FlashHealth.UNRECOGNISED:
        return broken(name, f"{here}: the flash was not recognized at this start", MendingStep(router.name, "reset"))
    if _starts(world, router, BootRequest(FLASH)):
        return broken(name, here, MendingStep(router.name, "boot"))
    for device in (FLASH, STICK):
        if (file := next(_starting(world, router, device), None)) is not None:
            fact = f"{here}, and the first image in flash does not start"
            return broken(name, fact, MendingStep(router.name, f"boot {device}:{file}"))
    fact = f"{here}, and no image in flash starts"
    if router.platform.usb_ports:
        return broken(name, fact, _bring_stick(world, router))
    return broken(name, fact, *_download(world, router))


def _bring_stick(world: World, router: Router) -> MendingStep:
    """The next step on the way of an image to the USB port of a router."""
    image = _wanted_image(router)
    if (holder := world.stick_holder()) is not None:
        return MendingStep(BENCH, f"usb remove {holder}")
    if world.medium("usb").find(image) is None:
        return MendingStep(BENCH, f"software get {image} usb")
    return MendingStep(BENCH, f"usb insert {router.name}")


def _download(world: World, router: Router) -> tuple[MendingStep, ...]:
    """The next steps on the way of an image through the network into a router that is in ROMMON."""
    image, port = _wanted_image(router), port_interface(router.platform, 0)
    if world.state.server.find(image) is None:
        return (MendingStep(BENCH, f"software get {image} tftp"),)
    if port not in router.state.cables:
        return (MendingStep(BENCH, f"cable {router.name} {port} in"),)
    if world.serve(SERVER_HOST) is None:
        return (MendingStep(BENCH, "server tftp up"),)
    lines = (*DOWNLOAD, f"TFTP_FILE={image}", "tftpdnld")
    return tuple(MendingStep(router.name, line) for line in lines)


def image_steps(world: World, router: Router, image: str) -> tuple[MendingStep, ...]:
    """The next step on the way of an image through the network into a router that runs IOS."""
    if world.state.server.find(image) is None:
        return (MendingStep(BENCH, f"software get {image} tftp"),)
    if world.reach(router.name, SERVER_HOST) is None:
        return steps_to_server(world, router)
    return (_copied(router, world.state.server, f"tftp://{SERVER_HOST}/{image}", image),)


def _copied(router: Router, source: FileSystem | None, url: str, image: str) -> MendingStep:
    """The step that copies an image into flash; first the largest file goes where it finds no room."""
    flash, file = router.state.flash, source.find(image) if source is not None else None
    if file is not None and flash.files and flash.free < file.size:
        largest = max(flash.files, key=lambda each: (each.size, each.name))
        return MendingStep(router.name, f"delete {FLASH}:{largest.name}")
    return MendingStep(router.name, f"copy {url} {FLASH}:")


def _wanted_image(router: Router) -> str:
    """The image that the router had, or that it was shipped with where that one does not fit it."""
    manifest, platform = image_of(router), router.platform
    return manifest.file if fits(manifest, platform) else platform.factory_image


def fits(manifest: ImageManifest, platform: Platform) -> bool:
    """Tell whether an image runs on a platform."""
    runs = platform.boots(manifest.families, manifest.version)
    return runs and memory_fault(manifest.size, platform.dram_kib, platform.iomem_kib) is None


def _starting(world: World, router: Router, device: str) -> Iterator[str]:
    """Yield the images on a device that start."""
    return (name for name in _images(router, device) if _starts(world, router, BootRequest(device, name)))


def _images(router: Router, device: str) -> list[str]:
    system = system_of(router.state, device)
    return [each.name for each in system.files if each.name.endswith(".bin")] if system is not None else []


def _starts(world: World, router: Router, request: BootRequest) -> bool:
    """Try on a fork whether an image starts."""
    forked = fork_router(world, router.name)
    if forked.state.board.phase is not BoardPhase.ROMMON:
        forked.set_register(STAY_IN_ROMMON)
        reload(forked)
    forked.reset_control.load(request)
    await_boot(forked)
    return forked.state.board.phase is BoardPhase.RUNNING
