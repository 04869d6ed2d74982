"""`show logging`: where messages go, how many went there, and the buffer.

R: the form of a 15.x release; I: that nothing is rate-limited. A message stands in the buffer as the console shows it.
"""

from collections.abc import Iterator

from emulator.console.render.system.messages import stamped_at
from emulator.router.device import Router
from emulator.router.network.syslog_hosts import syslog_hosts
from emulator.router.syslog import LEVELS, OFF, buffer_bytes, threshold

HEAD = (
    "Syslog logging: enabled (0 messages dropped, 0 messages rate-limited, 0 flushes, 0 overruns, xml disabled, "
    "filtering disabled)\n\nNo Active Message Discriminator.\n\n\n\nNo Inactive Message Discriminator.\n\n\n"
)


def show_logging(router: Router) -> str:
    """Screen of `show logging`."""
    log, configuration = router.running.log, router.configuration
    lines = [
        *_place(router, "Console", "console", log.console),
        *_place(router, "Monitor", "monitor", log.monitor),
        *_place(router, "Buffer", "buffered", log.buffered),
        "    Exception Logging: size (4096 bytes)",
        "    Count and timestamp logging messages: disabled",
        "    Persistent logging: disabled",
        "",
        "No active filter modules.",
        "",
        *_trap(router),
    ]
    if threshold(configuration, "buffered") != OFF:
        lines += ["", f"Log Buffer ({buffer_bytes(configuration)} bytes):", ""]
        lines += [stamped_at(router, entry) for entry in log.entries]
    return HEAD + "".join(f"{line}\n" for line in lines)


def _place(router: Router, name: str, place: str, count: int) -> Iterator[str]:
    level = threshold(router.configuration, place)
    pad = " " * 4
    if level == OFF:
        yield f"{pad}{name} logging: disabled"
        return
    yield f"{pad}{f'{name} logging:':<17s}level {LEVELS[level]}, {count} messages logged, xml disabled,"
    yield f"{pad}{'':17s}filtering disabled"


def _trap(router: Router) -> Iterator[str]:
    level = threshold(router.configuration, "trap")
    if level == OFF:
        yield "    Trap logging: disabled"
        return
    yield f"    Trap logging: level {LEVELS[level]}, {router.running.log.trapped} message lines logged"
    for host in syslog_hosts(router.configuration):
        way = "udp" if host.over_udp else "tcp"
        yield f"        Logging to {host.address}  ({way} port {host.port}, audit disabled,"
        yield "              link up),"
        yield "              0 message lines logged, "
        yield "              0 message lines rate-limited, "
        yield "              0 message lines dropped-by-MD, "
        yield "              xml disabled, sequence number disabled"
        yield "              filtering disabled"
    yield "        Logging Source-Interface:       VRF Name:"
