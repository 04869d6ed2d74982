"""`show control-plane host open-ports`: ports that the router itself answers, and what serves them.

C2: layouts and names, public screens of a 1941 and a 2911 of 15.x (wide, a row for each version of IP of a web server,
the port of IPC, a port from which SNMP sends) and of older routers (narrow). R: the release between the two. I: the
number of the port of SNMP, and the name of the responder of IP SLA. Left out: sessions that are open, whose clients'
ports are not known.
"""

import zlib
from collections.abc import Iterator

from emulator.console.configuration.conditions import is_since
from emulator.console.render.services.sockets import TCP, UDP, listeners
from emulator.router.device import Router
from emulator.router.line_settings import line_block, takes, vty_count
from emulator.router.network.ssh_server import spoken

SERVICES = {
    (TCP, 179): "BGP",
    (UDP, 67): "DHCPD Receive",
    (UDP, 123): "NTP",
    (UDP, 161): "IP SNMP",
    (UDP, 162): "IP SNMP",
    (UDP, 500): "ISAKMP",
    (UDP, 4500): "ISAKMP",
    (UDP, 1967): "IP SLAs Responder",
}
WEB = "HTTP CORE"
SSH_PORT, TELNET_PORT, IPC_PORT = 22, 23, 1975
SENDING_PORTS = range(49152, 65536)


def show_open_ports(router: Router) -> str:
    """A row a port that is open."""
    wide = is_since(router.manifest, "15.0")
    width = 27 if wide else 20
    rows = (
        f" {protocol} {f'*:{port}':>{width}s} {'*:0':>{width}s} {service:>24s} {'LISTEN':>8s}\n"
        for protocol, port, service in _open(router, wide=wide)
    )
    title = f"Prot{'Local Address':>{width + 1}s}{'Foreign Address':>{width + 1}s}{'Service':>25s}{'State':>9s}\n"
    return f"Active internet connections (servers and established)\n{title}{''.join(rows)}"


def _open(router: Router, *, wide: bool) -> Iterator[tuple[str, int, str]]:
    """Yield the ports: protocol, number and service."""
    found = list(listeners(router.configuration))
    if spoken(router):
        yield "tcp", SSH_PORT, "SSH-Server"
    lines = (line_block(router.configuration, "vty", number) for number in range(vty_count(router.configuration)))
    if any(takes(line, "input", "telnet") for line in lines):
        yield "tcp", TELNET_PORT, "Telnet"
    for each in found:
        if each.protocol == TCP:
            service = SERVICES.get((TCP, each.port), WEB)
            for _ in range(2 if wide and service == WEB else 1):
                yield "tcp", each.port, service
    for each in found:
        if each.protocol == UDP:
            yield "udp", each.port, SERVICES[UDP, each.port]
    if any(each.port == 161 for each in found):
        yield "udp", SENDING_PORTS[zlib.crc32(str(router.state.udi).encode()) % len(SENDING_PORTS)], "IP SNMP"
    if wide:
        yield "udp", IPC_PORT, "IPC"
