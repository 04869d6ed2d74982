"""Racks, power, cables, the USB stick, and the break key of the console line."""

from functools import partial

from emulator.bench.session import Bench
from emulator.grammar import Command
from emulator.hardware.board import BoardPhase
from emulator.kernel.effects import Handler, Say, Wait
from emulator.kernel.errors import UnknownName
from emulator.kernel.time import SECOND
from emulator.world.build import rack, unrack
from emulator.world.feature_navigator import images_of
from emulator.world.recipe import RouterRecipe

HELP = {
    "rack": "Unpack a router and rack it",
    "rack <name>": "Name of the router at the bench",
    "rack <name> <pid>": "Product",
    "unrack": "Put a router on the shelf",
    "unrack <router>": "Router",
    "power": "Switch a router's power",
    "power <router>": "Router",
    "power <router> on": "Power on",
    "power <router> off": "Pull the plug",
    "power <router> cycle": "Off, five seconds, on",
    "cable": "Plug or pull a cable",
    "cable <router>": "Router",
    "cable <router> <interface>": "Interface, such as FastEthernet4",
    "cable <router> <interface> in": "Plug it in",
    "cable <router> <interface> out": "Pull it out",
    "break": "Send a break on a router's console line",
    "break <router>": "Router",
    "baud": "Set the speed of the terminal at a router's console",
    "baud <router>": "Router",
    "baud <router> <speed>": "Speed in baud; the factory default is 9600",
    "internet": "Connect a router's site to the Internet, or disconnect it",
    "internet <router>": "Router",
    "internet <router> on": "Connect it",
    "internet <router> off": "Disconnect it",
    "usb": "Insert or remove the lab's USB stick",
    "usb insert": "Plug it into a router",
    "usb insert <router>": "Router",
    "usb remove": "Pull it out of a router",
    "usb remove <router>": "Router",
    "console": "Go to a router's console (Ctrl-^ x comes back)",
    "console <router>": "Router",
}

_FACTS = {
    "image": ("<image>", "Put another image on it than it is shipped with", "Universal image"),
    "serial": ("<serial>", "Give its serial number", "Serial number, FTX1405YDC7"),
    "factory": ("<levels>", "Choose the levels licensed at the factory", "Levels, separated by commas"),
}
"""Facts of a router to rack, each of which may be left out: the argument, and both helps."""

_PREFIXES = ["rack <name> <pid>"]
for _word, (_argument, _about, _help) in _FACTS.items():
    for _before in tuple(_PREFIXES):
        HELP[f"{_before} {_word}"] = _about
        HELP[f"{_before} {_word} {_argument}"] = _help
        _PREFIXES.append(f"{_before} {_word} {_argument}")

OFF_TIME = 5 * SECOND


def rack_router(
    bench: Bench, *, name: str, pid: str, image: str | None, serial: str | None, levels: str | None
) -> Handler:
    factory = tuple(levels.split(",")) if levels else None
    router = rack(bench.world, name, RouterRecipe(pid, serial, factory, image))
    yield Say(f"{name} is racked: {router.state.udi}, without power\n")
    manifest = bench.world.images.get(image or router.platform.factory_image)
    if not router.platform.boots(manifest.families, manifest.version):
        others = ", ".join(images_of(router.platform, bench.world.images))
        yield Say(f"{manifest.file} does not boot on it, so it ends in ROMMON; images for it: {others}\n")


def unrack_router(bench: Bench, *, router: str) -> None:
    unrack(bench.world, router)


def power(bench: Bench, *, router: str, state: str) -> Handler:
    device = bench.world.router(router)
    if state in {"off", "cycle"}:
        device.power_off()
    if state == "cycle":
        yield Wait(OFF_TIME)
    if state in {"on", "cycle"}:
        if device.state.board.phase is not BoardPhase.OFF:
            yield Say(f"{router} has power already\n")
        device.power_on()


def cable(bench: Bench, *, router: str, interface: str, state: str) -> None:
    device = bench.world.router(router)
    ports = {port.name.lower(): port.name for port in device.platform.interfaces if port.rule.cabled}
    if interface.lower() not in ports:
        raise UnknownName("interface", interface, ports.values())
    device.plug(ports[interface.lower()], cable=state == "in")


def send_break(bench: Bench, *, router: str) -> Handler:
    if not bench.world.router(router).reset_control.send_break():
        yield Say(f"{router} does not heed a break now\n")


def set_speed(bench: Bench, *, router: str, speed: int) -> None:
    bench.world.router(router).state.terminal_speed = speed


def internet(bench: Bench, *, router: str, state: str) -> None:
    bench.world.router(router).connect_site(up=state == "on")


def insert(bench: Bench, *, router: str) -> None:
    bench.world.insert_stick(bench.world.router(router))


def remove(bench: Bench, *, router: str) -> None:
    bench.world.remove_stick(bench.world.router(router))


def console(bench: Bench, *, router: str) -> None:
    bench.console = router


MODES = ("bench",)
COMMANDS = (  # a word that is no product or image is refused by name, with the nearest right one
    *(
        Command(f"rack <name:Word> <pid:{pid}> {facts}", modes=MODES, run=run)
        for pid in ("Pid", "Word")
        for facts, run in (
            ("[serial <serial:Word>] [factory <levels:Word>]", partial(rack_router, image=None)),
            ("image <image:Image> [serial <serial:Word>] [factory <levels:Word>]", rack_router),
            ("image <image:Word> [serial <serial:Word>] [factory <levels:Word>]", rack_router),
        )
    ),
    Command("unrack <router:Router>", modes=MODES, run=unrack_router),
    Command("power <router:Router> <state:on|off|cycle>", modes=MODES, run=power),
    Command("cable <router:Router> <interface:Word> <state:in|out>", modes=MODES, run=cable),
    Command("break <router:Router>", modes=MODES, run=send_break),
    Command("baud <router:Router> <speed:Baud>", modes=MODES, run=set_speed),
    Command("internet <router:Router> <state:on|off>", modes=MODES, run=internet),
    Command("usb insert <router:Router>", modes=MODES, run=insert),
    Command("usb remove <router:Router>", modes=MODES, run=remove),
    Command("console <router:Router>", modes=MODES, run=console, look=True),
)
