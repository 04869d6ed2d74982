"""`show cdp` and `show lldp`: who is at the other end of a cable. The lab's hosts speak neither protocol.

R: forms and timers, that CDP runs unless `no cdp run` says otherwise and that LLDP does not unless `lldp run` does.
"""

from functools import partial

from emulator.console.modes import EXEC
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show cdp": "CDP information",
    "show cdp neighbors": "CDP neighbor entries",
    "show cdp neighbors detail": "Show detailed information",
    "show lldp": "LLDP information",
    "show lldp neighbors": "LLDP neighbor entries",
    "show lldp neighbors detail": "Show detailed information",
}


def cdp(session: Session, *, key: str) -> Handler:
    runs = session.router.configuration.lines.get("cdp run") != "no cdp run"
    yield Say(wording(key if runs else "show.cdp_off"))


def lldp(session: Session, *, key: str) -> Handler:
    runs = session.router.configuration.lines.get("lldp run") == "lldp run"
    yield Say(wording(key if runs else "show.lldp_off"))


_SOURCE = "IOS network management command reference, recalled"
COMMANDS = tuple(
    Command(line, modes=(EXEC,), run=partial(tell, key=key), piped=True, output="show_neighbors", source=_SOURCE,
            basis="R")
    for line, tell, key in (
        ("show cdp", cdp, "show.cdp"),
        ("show cdp neighbors", cdp, "show.cdp_neighbors"),
        ("show cdp neighbors detail", cdp, "show.cdp_neighbors_detail"),
        ("show lldp", lldp, "show.lldp"),
        ("show lldp neighbors", lldp, "show.lldp_neighbors"),
        ("show lldp neighbors detail", lldp, "show.lldp_neighbors_detail"),
    )
)  # fmt: skip
