"""`show tcp brief`, `show ip sockets`, `show udp`: at which ports the router listens, and who is connected.

R: forms. The servers are those of the configuration. I: the addresses of the control blocks, which rise by what a block
takes.
"""

from collections.abc import Iterator

import msgspec

from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.network.web_servers import SERVER_LINES, WebServer, is_serving, web_port

FIRST_BLOCK, BLOCK = 0x83F4C1A0, 0x4E0
TCP, UDP = 6, 17


class ListeningPort(msgspec.Struct, frozen=True):
    """A port at which the router listens: the protocol's number, the port, and its address; `--any--` for all."""

    protocol: int
    port: int
    address: str = "--any--"


def listeners(configuration: Configuration) -> Iterator[ListeningPort]:
    """Yield the ports of the servers of the configuration."""
    lines = configuration.lines
    servers: tuple[WebServer, ...] = ("plaintext", "secure")
    for server in servers:
        if SERVER_LINES[server] in lines and is_serving(configuration, server):
            yield ListeningPort(TCP, web_port(configuration, server))
    if configuration.has("router bgp"):
        yield ListeningPort(TCP, 179)
    if configuration.has("ip dhcp pool"):
        yield ListeningPort(UDP, 67)
    if configuration.has("ntp"):
        yield ListeningPort(UDP, 123)
    if any(key.startswith("snmp-server ") for key in lines):
        yield ListeningPort(UDP, 161)
        yield ListeningPort(UDP, 162)
    if configuration.has("crypto isakmp") or configuration.has("crypto map"):
        yield ListeningPort(UDP, 500)
        yield ListeningPort(UDP, 4500)
    if "ip sla responder" in lines:
        yield ListeningPort(UDP, 1967)


def show_tcp_brief(router: Router, *, every: bool) -> str:
    """A line a connection; with `every`, the listeners too."""
    head = "TCB       Local Address               Foreign Address             (state)\n"
    if not every:
        return head
    found = [each for each in listeners(router.configuration) if each.protocol == TCP]
    return head + "".join(
        f"{FIRST_BLOCK + number * BLOCK:08X}  {f'*.{each.port}':<27s} {'*.*':<27s} LISTEN\n"
        for number, each in enumerate(found)
    )


def show_sockets(router: Router) -> str:
    """A line a socket of UDP, by its port."""
    rows = "".join(
        f"{each.protocol:>5d}   --listen--          {each.address:<15s} {each.port:>5d}  0   0    0   0 {'':10s}\n"
        for each in listeners(router.configuration)
        if each.protocol == UDP
    )
    return "Proto        Remote      Port      Local       Port  In Out  Stat TTY OutputIF\n" + rows
