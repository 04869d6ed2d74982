"""`show buffers`, `show region`: the memory of packets, and how all of it is divided."""

from functools import partial

from emulator.console.modes import EXEC
from emulator.console.render.system.buffers import show_buffers, show_regions
from emulator.console.session.screens import show_screen
from emulator.grammar import Command

HELP = {
    "show": "Show running system information",
    "show buffers": "Buffer pool statistics",
    "show region": "Region Manager Status",
}

_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_buffers", basis="R",
                source="IOS configuration fundamentals command reference, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show buffers", run=partial(show_screen, screen=show_buffers)),
    _SHOW("show region", run=partial(show_screen, screen=show_regions)),
)
