"""Probes of IP SLA: one that is scheduled succeeds while the router reaches its target, which is asked now."""

from collections.abc import Iterator

import msgspec

from emulator.kernel.time import SECOND, Duration
from emulator.router.configuration import Block, Section
from emulator.router.network.host import Host
from emulator.router.network.reachability import obstacle_to

PROBE = "ip sla "
FREQUENCY = "60"
"""Seconds between two runs, where the configuration gives none (R)."""


class SlaProbe(msgspec.Struct, frozen=True):
    """A probe of the configuration.

    Attributes:
        measure: its line that says what is measured, in words; empty without one.
        schedule: words of its schedule; None: it is not scheduled.
    """

    number: int
    measure: list[str]
    section: Block
    schedule: list[str] | None

    @property
    def kind(self) -> str:
        """Name of what is measured."""
        return self.measure[0] if self.measure else "undefined"

    @property
    def target(self) -> str:
        """Address or name of the other end."""
        return self.measure[2 if self.kind == "http" else 1] if len(self.measure) > 1 else ""

    @property
    def runs(self) -> bool:
        """Tell whether it is scheduled to run by itself."""
        return self.schedule is not None and "start-time" in self.schedule and "pending" not in self.schedule

    @property
    def every(self) -> Duration:
        """Milliseconds between two runs."""
        return int(self.section.word("frequency", FREQUENCY)) * SECOND


def probes(router: Host) -> Iterator[SlaProbe]:
    """Yield the probes by their number."""
    configuration = router.configuration
    found = []
    for key, section in configuration.sections.items():
        number = key.removeprefix(PROBE)
        if key.startswith(PROBE) and number.isdigit():
            measure, block = _measure(section)
            line = configuration.lines.get(f"{key} schedule")
            found.append(SlaProbe(int(number), measure, block, None if line is None else line.split()[4:]))
    yield from sorted(found, key=lambda probe: probe.number)


def _measure(section: Section) -> tuple[list[str], Block]:
    """Words of the measuring line, and the block of the rest, which stands below it or beside."""
    for inner in section.sections.values():
        rest = Block({**section.lines, **inner.lines})
        return inner.header.split(), rest
    return [], section


def succeeds(router: Host, probe: SlaProbe) -> bool:
    """Tell whether a probe that runs now finds its target."""
    return probe.runs and bool(probe.target) and obstacle_to(router, probe.target) is None
