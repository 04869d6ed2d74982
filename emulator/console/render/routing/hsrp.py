"""`show standby` and its forms: first-hop redundancy, from the configuration.

R: forms. The router is alone in its groups, so it is active in each whose interface is up. I: it has been so since the
boot, by two changes of its state.
"""

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import IPv4Address

import msgspec

from emulator.console.render.ages import age
from emulator.console.render.interface_lists import short_name
from emulator.console.wording import wording
from emulator.kernel.time import Duration
from emulator.router.configuration import Block, Configuration
from emulator.router.network.views import InterfaceView, dotted

HSRP_HEAD = """                     P indicates configured to preempt.
                     |
Interface   Grp  Pri P State   Active          Standby         Virtual IP
"""
DEFAULT_PRIORITY = "100"
DEFAULT_HELLO, DEFAULT_HOLD = "3", "10"
FIRST_ADDRESSES = {"1": 0x00000C07AC00, "2": 0x00000C9FF000}
"""Virtual MAC address of group 0, by version (R)."""


class StandbyGroup(msgspec.Struct, frozen=True):
    """A group of an interface: its number, virtual address, and the lines that speak of it."""

    view: InterfaceView
    number: str
    virtual: str
    version: str
    lines: tuple[str, ...]

    @property
    def is_active(self) -> bool:
        """True if the router is the active one."""
        return self.view.protocol.startswith("up") and self.virtual != "unknown"

    @property
    def mac(self) -> str:
        """Virtual MAC address."""
        return dotted(FIRST_ADDRESSES[self.version] + int(self.number))

    def rest(self, words: str) -> str | None:
        """Words that follow on the group's line that begins so; None without it."""
        start = f"standby {self.number} {words}"
        found = (line.removeprefix(start).strip() for line in self.lines if f"{line} ".startswith(f"{start} "))
        return next(found, None)


def groups(configuration: Configuration, views: Iterable[InterfaceView]) -> Iterator[StandbyGroup]:
    """Groups of all interfaces."""
    for view in views:
        section = configuration.sections.get(f"interface {view.name}", Block())
        lines = tuple(section.lines.values())
        for line in lines:
            words = line.split()
            if words[:1] == ["standby"] and words[2:3] == ["ip"] and not words[4:]:
                virtual = words[3] if words[3:] else "unknown"
                yield StandbyGroup(view, words[1], virtual, section.word("standby version", "1"), lines)


def show_standby(found: Sequence[StandbyGroup], uptime: Duration) -> str:
    """Screen of `show standby`: a block for each group."""
    return "".join(_block(group, uptime) for group in found)


def _block(group: StandbyGroup, uptime: Duration) -> str:
    timers = (group.rest("timers") or f"{DEFAULT_HELLO} {DEFAULT_HOLD}").split()
    own = group.rest("priority")
    name = group.rest("name")
    preempts = group.rest("preempt")
    state = "Active" if group.is_active else "Init (interface down)" if group.virtual != "unknown" else "Disabled"
    return wording(
        "hsrp.group",
        name=group.view.name,
        number=group.number,
        version=" (version 2)" if group.version == "2" else "",
        state=state,
        changes=f"    2 state changes, last state change {age(uptime)}\n" if group.is_active else "",
        virtual=group.virtual,
        active=group.mac if group.is_active else "unknown",
        local=group.mac,
        kind=f"v{group.version} default",
        hello=timers[0],
        hold=timers[-1],
        due=f"    Next hello sent in {int(timers[0]) - 1}.296 secs\n" if group.is_active else "",
        preemption="disabled" if preempts is None else "enabled",
        router="local" if group.is_active else "unknown",
        priority=f"{own or DEFAULT_PRIORITY} ({'configured' if own else 'default'} {own or DEFAULT_PRIORITY})",
        group=f'"{name}" (cfgd)' if name else f'"hsrp-{short_name(group.view.name)}-{group.number}" (default)',
    )


def show_standby_brief(found: Sequence[StandbyGroup]) -> str:
    """Screen of `show standby brief`; empty without a group."""
    rows = "".join(_row(group) for group in found)
    return HSRP_HEAD + rows if rows else ""


def _row(group: StandbyGroup) -> str:
    preempts = " " if group.rest("preempt") is None else "P"
    state = f"{'Active':<8s}{'local':<16s}" if group.is_active else f"{'Init':<8s}{'unknown':<16s}"
    priority = group.rest("priority") or DEFAULT_PRIORITY
    return (
        f"{short_name(group.view.name):<12s}{group.number:<5s}{priority:<4s}{preempts} "
        f"{state}{'unknown':<16s}{group.virtual}\n"
    )


def show_standby_internal(found: Sequence[StandbyGroup]) -> str:
    """Screen of `show standby internal`: processes, and the addresses by the slots of their tables (I: the slots)."""
    runs = "running" if found else "not running"
    addresses = "".join(
        f"{_slot(int(IPv4Address(each.virtual))):<3d} {each.virtual:<32s} {short_name(each.view.name):<10s} "
        f"Grp {each.number}\n"
        for each in found
        if each.virtual != "unknown"
    )
    stations = "".join(
        f"{_slot(int(each.mac.replace('.', ''), 16)):<3d} {short_name(each.view.name)} {each.mac}\n"
        f"    {short_name(each.view.name)} Grp {each.number}\n"
        for each in found
    )
    return wording("hsrp.internal", runs=runs, addresses=addresses, stations=stations)


def _slot(number: int) -> int:
    return number % 251


def show_standby_delay(configuration: Configuration) -> str:
    """Screen of `show standby delay`; empty where no delay is configured."""
    rows = ""
    for key, section in configuration.sections.items():
        words = section.word("standby delay minimum").split()
        if key.startswith("interface ") and len(words) == 3:
            rows += f"{key.removeprefix('interface '):<19s}{words[0]:<8s}{words[2]}\n"
    return f"{'Interface':<19s}{'Minimum':<8s}Reload \n{rows}" if rows else ""
