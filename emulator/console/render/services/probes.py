"""Screens of probes: `show ip sla statistics|summary|configuration`.

C2: the forms of 15.x, as public outputs have them. I: a probe that is scheduled has run at its frequency since the
boot, and has gone as it goes now; a round trip takes a millisecond.
"""

from itertools import pairwise

from emulator.console.wording import text_file, wording
from emulator.kernel.time import SECOND
from emulator.router.clocks import moment
from emulator.router.device import Router
from emulator.router.network.probes import FREQUENCY, SlaProbe, probes, succeeds
from emulator.router.network.routing_interfaces import UNSET

KINDS = {"http get": "http", "tcp-connect": "tcpConnect"}
"""Types that the screens call otherwise than the configuration does (R)."""

TIMEOUT, ECHO_BYTES = "5000", "28"


def show_statistics(router: Router, number: int | None = None) -> str:
    """Screen of `show ip sla statistics`: what became of each probe."""
    blocks = [_statistics(router, each) for each in probes(router) if number in {None, each.number}]
    return "IPSLAs Latest Operation Statistics\n\n" + "".join(blocks) if blocks or number is None else ""


def _statistics(router: Router, probe: SlaProbe) -> str:
    runs = router.uptime() // probe.every if probe.runs else 0
    good = succeeds(router, probe)
    if not runs:
        rtt, code = "\tLatest RTT: Unknown\n", "Unknown"
    else:
        rtt = "\tLatest RTT: 1 milliseconds\n" if good else "\tLatest RTT: NoConnection/Busy/Timeout\n"
        code = "OK" if good else "Timeout"
    last = router.now - (router.uptime() - runs * probe.every)
    return wording(
        "probe.statistics",
        number=probe.number,
        rtt=rtt,
        start=moment(router.running.calendar.at(last)) if runs else "Unknown",
        code=code,
        good=runs if good else 0,
        bad=0 if good else runs,
        life=_life(probe),
    )


def _life(probe: SlaProbe) -> str:
    words = probe.schedule or []
    if not probe.runs:
        return "0"
    return "Forever" if "forever" in words else dict(pairwise(words)).get("life", "3600")


def show_summary(router: Router) -> str:
    """Screen of `show ip sla summary`: a line a probe."""
    rows = ""
    for probe in probes(router):
        runs = router.uptime() // probe.every if probe.runs else 0
        good = succeeds(router, probe)
        ago = (router.uptime() - runs * probe.every) // SECOND
        stats = f"{'RTT=1' if good else '-':<12s}{'OK' if good else 'Timeout':<15s}{ago} seconds ago"
        unknown = f"{'-':<12s}{'Unknown':<15s}-"
        mark = "*" if probe.runs else "^" if probe.schedule is None else "~"
        rows += f"{mark}{probe.number:<12d}{probe.kind:<12s}{probe.target:<18s}{stats if runs else unknown}\n"
    return wording("probe.summary", rows=rows)


def show_configuration(router: Router, number: int | None = None) -> str:
    """Screen of `show ip sla configuration`: every setting of each probe, those that are usual too."""
    found = [each for each in probes(router) if number in {None, each.number}]
    if number is not None and not found:
        return wording("probe.missing", number=number)
    return wording("probe.engine") + "".join(_settings(each) for each in found)


def _settings(probe: SlaProbe) -> str:
    words, section = probe.measure, probe.section
    source = next((words[at + 1] for at, word in enumerate(words[:-1]) if word.startswith("source-i")), str(UNSET))
    return text_file(
        "ip_sla",
        number=probe.number,
        owner=section.word("owner"),
        tag=section.word("tag"),
        timeout=section.word("timeout", TIMEOUT),
        kind=KINDS.get(" ".join(words[:2]), KINDS.get(probe.kind, probe.kind)),
        origin="interface" if "source-interface" in words else "address",
        target=probe.target,
        source=source,
        tos=f"0x{int(section.word('tos', '0')):X}",
        bytes=section.word("request-data-size", ECHO_BYTES),
        verify="Yes" if "verify-data" in section.lines else "No",
        vrf=section.word("vrf"),
        frequency=section.word("frequency", FREQUENCY),
        start="Start Time already passed" if probe.runs else "Pending trigger",
        life=_life(probe) if probe.runs else "3600",
        status="Active" if probe.runs else "notInService",
        threshold=section.word("threshold", TIMEOUT),
    )
