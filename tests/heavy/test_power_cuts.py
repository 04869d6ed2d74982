"""The power fails at 2,000 instants of a boot, a copy, a save, a reload and a download by ROMMON.

Whatever went on, the router comes up again or stands in ROMMON with the reason that its flash gives, and nothing that
the console had acknowledged is lost: a saved configuration, an installed license, a finished copy.
"""

from collections.abc import Callable
from functools import cache
from random import Random

import pytest

from emulator.hardware.board import BoardPhase, ResetCause
from emulator.hardware.events import BootHalted
from emulator.images.container import ImageFault, unpack
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.time import SECOND, Duration
from emulator.router.boot.image_search import BootFault
from emulator.router.device import Router
from emulator.world.world import World
from tests.driver import BenchDriver, ConsoleDriver, world_of
from tests.unit.router.records import recorded, restored, saved

pytestmark = pytest.mark.heavy

INSTANTS = 400
"""Number of instants for each of the five acts."""

IMAGE, NEWER = "c880data-universalk9-mz.150-1.M4.bin", "c880data-universalk9-mz.154-2.T1.bin"
SIZES = {name: ImageCatalogue().get(name).size for name in (IMAGE, NEWER)}
OLD_NAME, NEW_NAME = "kept", "changed"
VARIABLES = ("IP_ADDRESS=192.0.2.1", "IP_SUBNET_MASK=255.255.255.0", "DEFAULT_GATEWAY=192.0.2.254",
             "TFTP_SERVER=192.0.2.10", f"TFTP_FILE={NEWER}", "sync")  # fmt: skip


@cache
def upgraded() -> bytes:
    """A router with a bought license and a saved configuration, at its privileged prompt; its stick has a copy."""
    world = world_of()
    console, bench = ConsoleDriver(world).boot(), BenchDriver(world)
    bench.succeeds(f"software get {NEWER} tftp")
    file = bench.license_on_stick()
    console.type(f"license install usbflash0:{file}", "configure terminal", f"hostname {OLD_NAME}", "end", "write")
    console.sees("[OK]")
    return saved(world)


@cache
def dark() -> bytes:
    world = restored(upgraded())
    world.routers["R1"].power_off()
    return saved(world)


@cache
def renamed() -> bytes:
    """World of `dark` with a name that is not saved yet."""
    console = logged_in(restored(upgraded()))
    console.type("configure terminal", f"hostname {NEW_NAME}", "end")
    return saved(console.world)


@cache
def monitoring() -> bytes:
    """World of `dark` in ROMMON, ready to download."""
    world = restored(dark())
    console, bench = ConsoleDriver(world), BenchDriver(world)
    console.router.power_on()
    bench.succeeds("break R1")
    console.wait()
    console.type(*VARIABLES)
    assert console.prompt == "rommon 7 > "
    return saved(world)


def logged_in(world: World) -> ConsoleDriver:
    return ConsoleDriver(world).log_in()


def boot(world: World) -> ConsoleDriver:
    console = ConsoleDriver(world)
    console.router.power_on()
    return console


def copy(world: World) -> ConsoleDriver:
    console = logged_in(world)
    console.type(f"copy flash:{IMAGE} flash:copy.bin")
    console.line.terminal.submit("")
    return console


def save(world: World) -> ConsoleDriver:
    console = logged_in(world)
    console.line.terminal.submit("write memory")
    return console


def reload(world: World) -> ConsoleDriver:
    console = logged_in(world)
    console.type("reload")
    console.line.terminal.submit("")
    return console


def download(world: World) -> ConsoleDriver:
    console = ConsoleDriver(world)
    console.type("tftpdnld")
    console.line.terminal.submit("y")
    return console


ACTS: dict[str, tuple[Callable[[], bytes], Callable[[World], ConsoleDriver], Duration]] = {
    "boot": (dark, boot, 70 * SECOND),
    "copy": (upgraded, copy, 90 * SECOND),
    "write memory": (renamed, save, 4 * SECOND),
    "reload": (upgraded, reload, 60 * SECOND),
    "tftpdnld": (monitoring, download, 230 * SECOND),
}
"""Acts: the state before, the command, and how long the power may last, which is somewhat longer than the act."""


def halted_for(router: Router) -> str | None:
    """Tell why ROMMON cannot boot what is in flash; None where it can."""
    files = router.state.flash.files
    image = next((file for file in files if file.name.endswith(".bin")), None)
    if image is None:
        return BootFault.NO_IMAGE
    fault = unpack(image.content, image.size)
    return fault if isinstance(fault, ImageFault) else None


@pytest.mark.parametrize("act", ACTS)
def test_power_fails_at_any_instant(act: str) -> None:
    prepare, begin, longest = ACTS[act]
    dice = Random(f"power cuts {act}")
    outcomes = set()
    for _ in range(INSTANTS):
        instant, off = dice.randrange(longest), dice.randrange(5 * SECOND)
        world = restored(prepare())
        console = begin(world)
        router = console.router
        console.shown = ""
        world.clock.run_to(world.now + instant)
        acknowledged = console.shown
        licenses = {stored.line.id for stored in router.activation.inventory.licenses.primary}
        router.power_off()
        after_cut = restored(saved(world)) if dice.random() < 0.1 else world
        outcomes.add(came_back(after_cut, off, act, acknowledged, licenses, instant))
    assert len(outcomes) > (act in {"tftpdnld", "write memory", "copy"}), "the cuts fell on both sides of the act"


def came_back(
    world: World, off: Duration, act: str, acknowledged: str, licenses: set[str], instant: Duration
) -> tuple[object, ...]:
    """Give the power back and check the laws; the value tells the outcomes apart."""
    router, events, context = world.routers["R1"], recorded(world), (act, instant)
    files = {file.name: (file.size, file.content) for file in router.state.flash.files}
    world.clock.run_to(world.now + off)
    router.power_on()
    world.clock.settle()
    world.clock.run_while(lambda: router.state.board.phase is BoardPhase.BOOTING)
    reason = halted_for(router)
    if reason is None:
        assert router.state.board.phase is BoardPhase.RUNNING, context
        assert router.running.level == "advipservices", context
    else:
        assert act == "tftpdnld", context
        assert router.state.board.phase is BoardPhase.ROMMON, context
        halts = [event.reason for event in events if isinstance(event, BootHalted)]
        assert halts == [reason], context
        assert router.monitor.environment.variables["TFTP_FILE"] == NEWER, context
    assert router.state.reset.cause is ResetCause.POWER_ON
    assert {stored.line.id for stored in router.activation.inventory.licenses.primary} == licenses, context
    assert len(licenses) > 1
    saved_name = next(
        line.removeprefix("hostname ")
        for line in (router.state.startup.text if router.state.startup else "").splitlines()
        if line.startswith("hostname ")
    )
    if act == "write memory":
        assert saved_name == (NEW_NAME if "[OK]" in acknowledged else saved_name), context
    else:
        assert saved_name == OLD_NAME, context
    if reason is None:
        assert router.hostname == saved_name, context
    check_files(act, acknowledged, files)
    return router.state.board.phase, reason, saved_name, files.get("copy.bin", (0, b""))[0] in {0, SIZES[IMAGE]}


def check_files(act: str, acknowledged: str, files: dict[str, tuple[int, bytes]]) -> None:
    """Files that were not touched are whole; what was written is whole where that was told, else a beginning of it."""
    if act != "tftpdnld":
        assert files[IMAGE][0] == SIZES[IMAGE]
    for name, source in (("copy.bin", IMAGE), (NEWER, NEWER)):
        if name in files:
            size, content = files[name]
            assert size <= SIZES[source]
            assert (unpack(content, size) == source) is (size == SIZES[source])
    if act == "copy" and "bytes copied" in acknowledged:
        assert files["copy.bin"][0] == SIZES[IMAGE]
    if act == "tftpdnld" and IMAGE in files:
        assert list(files) == [IMAGE]
        assert files[IMAGE][0] == SIZES[IMAGE]
