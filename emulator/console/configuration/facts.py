"""Configuration lines that come from facts of the router, and the sections that every router has.

A fact is asked with the router, the header of its section (empty outside of one) and what was typed for the line, if
anything.
C: the two lines about changes, from captures with a log-in and without one; the second is there only after a `write`
in the same boot (I), and 15.1 prints it twice (C: an 1811, a 2811 and a 3825).
"""

from collections.abc import Callable, Iterator

from emulator.console.configuration.access_lists import EXTENDED, AccessList
from emulator.console.configuration.conditions import is_since
from emulator.hardware.platform import KINDS, Platform
from emulator.router.clocks import moment
from emulator.router.configuration import Block
from emulator.router.device import Router


def _changes(router: Router, _subject: str, _typed: str | None) -> Iterator[str]:
    running, startup = router.running, router.state.startup
    if running.configured_at is not None:
        yield f"! Last configuration change at {moment(running.configured_at)}{_by(running.configured_by)}"
        if startup is not None and running.saved:
            told = f"! NVRAM config last updated at {moment(startup.written)}{_by(startup.by)}"
            yield from [told] * (TOLD_TWICE if router.manifest.release == "15.1" else 1)


TOLD_TWICE = 2


def _by(user: str) -> str:
    return f" by {user}" if user else ""


def _version(router: Router, _subject: str, _typed: str | None) -> Iterator[str]:
    yield f"version {router.manifest.release}"


def _hostname(router: Router, _subject: str, _typed: str | None) -> Iterator[str]:
    yield f"hostname {router.hostname}"


def _iomem(router: Router, _subject: str, typed: str | None) -> Iterator[str]:
    if typed is not None:
        yield typed
    elif router.platform.iomem_percent:
        yield f"memory-size iomem {router.platform.iomem_percent}"


def _udi(router: Router, _subject: str, _typed: str | None) -> Iterator[str]:
    if router.manifest.dialect.license_udi_line:
        udi = router.state.udi
        yield f"license udi pid {udi.pid} sn {udi.serial}"


def _shutdown(router: Router, subject: str, typed: str | None) -> Iterator[str]:
    """An interface of the board is shut by default or not by its kind; what is made is open."""
    kind = next((each.kind for each in router.platform.interfaces if f"interface {each.name}" == subject), None)
    shut = typed == "shutdown" if typed is not None else kind is not None and KINDS[kind].shut
    if shut:
        yield "shutdown"


def _incomplete(router: Router, subject: str, _typed: str | None) -> Iterator[str]:
    """C: a crypto map entry lacks something as long as its peer, its transforms and its access list are not all set."""
    if _list_of(router, subject) != LISTED:
        yield "! Incomplete"


def _unlisted(router: Router, subject: str, _typed: str | None) -> Iterator[str]:
    """C: from 15.4(3) on an empty list is told; 15.4(2)T does not."""
    if is_since(router.manifest, "15.4(3)") and _list_of(router, subject) == EMPTY:
        yield "! access-list has not been configured yet"


def _login(router: Router, subject: str, typed: str | None) -> Iterator[str]:
    """C: a terminal line asks for its password by itself, unless AAA is in charge of that (C)."""
    if typed is not None:
        yield typed
    elif subject.startswith("line vty ") and "aaa new-model" not in router.configuration.lines:
        yield "login"


LISTED, EMPTY, MISSING = "listed", "empty", "missing"


def _list_of(router: Router, subject: str) -> str:
    """Tell whether what a crypto map entry matches is an access list with entries."""
    entry = router.configuration.sections.get(subject)
    if entry is None or "ipsec-isakmp" not in entry.header.split() or "dynamic" in entry.header.split():
        return LISTED
    name = entry.word("match address")
    if not name:
        return MISSING
    return LISTED if AccessList(router.configuration, EXTENDED, name).entries() else EMPTY


FACTS: dict[str, Callable[[Router, str, str | None], Iterator[str]]] = {
    "changes": _changes,
    "version": _version,
    "hostname": _hostname,
    "iomem": _iomem,
    "udi": _udi,
    "shutdown": _shutdown,
    "login": _login,
    "incomplete": _incomplete,
    "unlisted": _unlisted,
}


# --- sections that are always printed, in their order ----------------------------------------------------------------


def interface_names(platform: Platform, block: Block) -> list[str]:
    """List every interface as IOS does: made ones first, then the board's with their parts, then the rest (R)."""
    made = [key.removeprefix("interface ") for key in block.sections if key.startswith("interface ")]
    names = [*dict.fromkeys([*(each.name for each in platform.interfaces), *made])]
    board = {each.name: at for at, each in enumerate(platform.interfaces)}
    return sorted(names, key=lambda name: _interface_rank(name, board))


def _interface_rank(name: str, board: dict[str, int]) -> tuple[int, int, int, int]:
    parent, _, part = name.partition(".")
    kind = parent.rstrip("0123456789/")
    number = int(parent.removeprefix(kind) or 0) if parent.removeprefix(kind).isdigit() else 0
    if kind in FIRST:
        return 0, FIRST.index(kind), number, int(part or 0)
    if kind in LAST:
        return 3, LAST.index(kind), number, int(part or 0)
    if kind in BEFORE_SWITCH:
        return 1, BEFORE_SWITCH.index(kind), number, int(part or 0)
    return 2, board.get(parent, len(board)), number, int(part or 0)


FIRST = ("Loopback", "Tunnel", "Null")
BEFORE_SWITCH = ("BRI", "ATM", "Ethernet")
"""Ports of the board that are printed before those of the switch (C: an 867VAE, an 891F and two 892s)."""

LAST = ("Virtual-Template", "Virtual-PPP", "Vlan", "Dialer", "BVI")
"""Prefixes of made interfaces that are printed last (R)."""


def _interfaces(router: Router, block: Block) -> list[str]:
    return [f"interface {name}" for name in interface_names(router.platform, block)]


def _lines(_router: Router, block: Block) -> list[str]:
    """The console, the auxiliary line and the first five terminal lines are always there."""
    made = [key for key in block.sections if key.startswith("line ")]
    vty = [key for key in made if key.startswith("line vty ")]
    vty += [] if any(key.split()[2] == "0" for key in vty) else ["line vty 0 4"]
    others = [key for key in made if key.removeprefix("line ").isdecimal()]
    return ["line con 0", "line aux 0", *others, *sorted(vty, key=lambda key: int(key.split()[2]))]


def _controllers(router: Router, block: Block) -> list[str]:
    """C: a controller of the board is printed though nothing was typed for it (an 867VAE)."""
    made = [key for key in block.sections if key.startswith("controller ")]
    return [*dict.fromkeys([*(f"controller {name}" for name in router.platform.controllers), *made])]


def _topologies(_router: Router, _block: Block) -> list[str]:
    """C: a public configuration of 15.4 prints the base topology of EIGRP though nothing was typed for it."""
    return ["topology base"]


ALWAYS_PRINTED: dict[str, Callable[[Router, Block], list[str]]] = {
    "interfaces": _interfaces,
    "lines": _lines,
    "controllers": _controllers,
    "topologies": _topologies,
}
