"""`show protocols|controllers|calendar`, `show inventory raw`, `show clock detail`: short screens of the whole router.

R: forms; I: of `show controllers` only the first lines of each interface are shown, for registers are not modeled;
of modems of digital subscriber lines more.
"""

from functools import cache, partial

from emulator.console.modes import EXEC
from emulator.console.render.interfaces.dsl import show_controller, show_controllers
from emulator.console.render.interfaces.interfaces import address_line
from emulator.console.render.system.inventory import show_inventory
from emulator.console.session.screens import show_screen
from emulator.console.session.session import Session
from emulator.grammar import Command, Condition
from emulator.hardware.ports import port_table
from emulator.kernel.effects import Handler, Say
from emulator.router.clocks import summer_bounds
from emulator.router.device import Router
from emulator.router.network.views import InterfaceView, interface_views

DSL = ("VDSL", "SHDSL", "DSL")
"""Kinds of controllers for digital subscriber lines."""

HELP = {
    "show": "Show running system information",
    "show calendar": "Display the hardware calendar",
    "show clock": "Display the system clock",
    "show clock detail": "Display detailed information",
    "show controllers": "Interface controller status",
    "show controllers <interface>": "Interface",
    **{f"show controllers {kind.lower()}": f"{kind} controller" for kind in DSL},
    **{f"show controllers {kind.lower()} <number>": "Controller number" for kind in DSL},
    "show inventory": "Show the physical inventory",
    "show inventory raw": "Every entity in the container hierarchy",
    "show protocols": "Active network routing protocols",
}


def protocols(router: Router) -> str:
    routing = router.configuration.lines.get("ip routing") != "no ip routing"
    head = f"Global values:\n  Internet Protocol routing is {'enabled' if routing else 'disabled'}\n"
    return head + "".join(_protocol(view) for view in interface_views(router))


def _protocol(view: InterfaceView) -> str:
    line = address_line(view) if view.address or view.lender else ""
    return f"{view.name} is {view.status}, line protocol is {view.protocol}\n{line}"


def controllers(router: Router) -> str:
    kinds = {port.name: port.kind for port in router.platform.interfaces if port.kind != "vlan"}
    table = port_table()
    blocks = [f"Interface {name}\nHardware is {table.kind(kind).texts['hardware']}\n" for name, kind in kinds.items()]
    return "\n".join([*blocks, show_controllers(router)] if router.platform.controllers else blocks)


def controller(session: Session, *, interface: str) -> Handler:
    """Show the block of one interface; one that the configuration makes has no controller."""
    blocks = controllers(session.router).split("\n\n")
    yield Say("".join(f"{each.rstrip()}\n" for each in blocks if each.startswith(f"Interface {interface}\n")))


def dsl_controller(session: Session, *, number: int, kind: str) -> Handler:
    yield Say(show_controller(session.router, f"{kind} {number}"))


@cache
def with_controller(kind: str) -> Condition:
    """Build the condition that the board has a controller of that kind."""
    return Condition(
        f"{kind} controller",
        lambda session: any(each.startswith(f"{kind} ") for each in session.router.platform.controllers),
    )


def inventory(router: Router) -> str:
    return show_inventory(router.platform, router.state.udi)


def clock(router: Router) -> str:
    calendar, shown = router.running.calendar, router.wall_time()
    local = shown.local
    mark = "" if calendar.is_set else "*"
    text = f"{mark}{local:%H:%M:%S}.{local.microsecond // 1000:03d} {shown.zone} {local:%a %b} {local.day} {local:%Y}\n"
    text += f"{'Time source is user configuration' if calendar.is_set else 'No time source'}\n"
    if calendar.summer:
        begin, end = summer_bounds(local.year)
        text += f"Summer time starts {begin:%H:%M:%S} {calendar.zone} {begin:%a %b} {begin.day} {begin:%Y}\n"
        text += f"Summer time ends {end:%H:%M:%S} {calendar.summer} {end:%a %b} {end.day} {end:%Y}\n"
    return text


def calendar(router: Router) -> str:
    """The calendar that runs without power, to the second (I: it agrees with the clock)."""
    shown = router.wall_time()
    local = shown.local
    return f"{local:%H:%M:%S} {shown.zone} {local:%a %b} {local.day} {local:%Y}\n"


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_protocols", basis="R",
                source="IOS configuration fundamentals command reference, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show calendar", run=partial(show_screen, screen=calendar)),
    _SHOW("show clock detail", run=partial(show_screen, screen=clock)),
    _SHOW("show controllers", run=partial(show_screen, screen=controllers)),
    _SHOW("show controllers <interface:Interface>", run=controller),
    *(
        _SHOW(
            f"show controllers {kind.lower()} <number:0-0>",
            run=partial(dsl_controller, kind=kind),
            when=with_controller(kind),
            output="show_pppoe",
        )
        for kind in DSL
    ),
    _SHOW("show inventory raw", run=partial(show_screen, screen=inventory)),
    _SHOW("show protocols", run=partial(show_screen, screen=protocols)),
)
