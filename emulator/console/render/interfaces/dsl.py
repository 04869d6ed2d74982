"""`show controllers vdsl|dsl|shdsl`: the modem of a router for digital subscriber lines, and its line.

C2: layout and names of the modem, a CISCO867VAE of 15.6(3)M. R: the modem of first products, what stands there without
a line, the lines of G.SHDSL. I: the figures of the lab's line, which is short and without errors; the provider offers
VDSL2 at the Ethernet port of the modem and ADSL2+ at its ATM port.
"""

import msgspec

from emulator.console.wording import text_file
from emulator.router.configuration import Section
from emulator.router.device import Router

UP, DOWN = "UP", "DOWN"
SERIAL_OCTETS = 32
"""Length of the serial number that modems exchange (G.994.1)."""


class DslLine(msgspec.Struct, frozen=True):
    """Facts and figures of a line; those of the far end begin with `far`. Rates in kbit/s, the others in dB and dBm."""

    trained: str = ""
    carrier: str = "Unknown"
    status: str = "Idle"
    trellis: str = "OFF"
    far_chip: str = "    "
    far_chip_specific: str = "0x0000"
    far_chip_country: str = "0x0000"
    attenuation: str = "0.0"
    margin: str = "0.0"
    far_margin: str = "0.0"
    attainable: int = 0
    far_attainable: int = 0
    power: str = "0.0"
    far_power: str = "0.0"
    speed: int = 0
    far_speed: int = 0
    trainings: int = 0


SHOWTIME = "TC Sync (Showtime!)"
NO_LINE = DslLine()
LINES = {
    "ethernet": DslLine(
        "G.993.2 (VDSL2) Profile 17a", "PTM", SHOWTIME, "ON", "IKNS", "0x0001", "0xB500",
        "3.0", "12.0", "6.0", 120000, 45000, "10.0", "- 8.0", 50000, 10000, 1,
    ),
    "atm": DslLine(
        "G.992.5 (ADSL2+) Annex A", "ATM", SHOWTIME, "ON", "BDCM", "0x0000", "0xB500",
        "10.0", "9.0", "8.0", 24000, 1300, "18.0", "12.0", 20000, 1024, 1,
    ),
}  # fmt: skip
"""Lines that the provider offers, by the kind of the port at which they come in."""


def show_controllers(router: Router) -> str:
    """Blocks of all controllers of the board."""
    return "\n".join(show_controller(router, name) for name in router.platform.controllers)


def show_controller(router: Router, name: str) -> str:
    """Block of one controller, `VDSL 0`."""
    section = router.configuration.sections.get(f"controller {name}", Section())
    kind = name.partition(" ")[0]
    if kind == "VDSL":
        return _vdsl(router, name, section)
    state = UP if _lines(router) else DOWN
    if kind == "DSL":
        annex = section.word("dsl-mode shdsl symmetric annex", "A-B").split()[0]
        rate = section.word("line-rate", "auto")
        return text_file("shdsl", name=name, state=state, annex=annex, rate=rate, times=int(state == UP))
    return f"Controller {name} is {state}\n"


def _vdsl(router: Router, name: str, section: Section) -> str:
    line = next(iter(_lines(router)), NO_LINE)
    pid, version = router.platform.pid, router.manifest.version
    first = pid.startswith("CISCO88")
    return text_file(
        "vdsl",
        name=name,
        state=UP if line.trained else DOWN,
        chip="IKNS" if first else "BDCM",
        chip_country="0x04B5" if first else "0xB500",
        serial=f"{router.state.udi.serial} {pid.removeprefix('CISCO').partition('-')[0]} {version}"[:SERIAL_OCTETS],
        version=version,
        configured=section.word("operating mode", "auto").split()[0].upper(),
        line=line,
    )


def _lines(router: Router) -> list[DslLine]:
    """Lines that the modem has trained, shut though the port behind it may be."""
    return [LINES[port.kind] for port in router.links.trained()]
