"""PPPoE clients: which dialer dials over which port, and whether the provider answered.

R: a port with `pppoe-client dial-pool-number` looks for a server as soon as it is up and a dialer has that pool. I: who
has an address from the provider has a session; its number is that of the dialer, and the server's hardware address is
made of its IP address.
"""

import re
from collections.abc import Iterator, Mapping

import msgspec

from emulator.router.configuration import Block
from emulator.router.network.host import Host
from emulator.router.network.views import dotted, hardware_address, interface_view
from emulator.router.network.wan import faces_provider

CLIENT, POOL = "pppoe-client dial-pool-number", "dialer pool"
INTERFACE = "interface "
SERVERS = 0x02005E000000
"""First hardware address of the provider's servers, a locally administered one."""


class PppoeSession(msgspec.Struct, frozen=True):
    """A session of the client, or its search for a server.

    Attributes:
        circuit: `8/35` on an ATM interface; empty elsewhere.
        number: 0 while no server has answered.
        server: hardware address of the server; None while none has answered.
        peer: its IP address, likewise.
    """

    dialer: str
    port: str
    circuit: str
    number: int
    local: str
    server: str | None
    peer: str | None


def pppoe_sessions(router: Host) -> list[PppoeSession]:
    """List the sessions of the ports that are up, in the order of the configuration."""
    sections = router.configuration.sections
    dialers = {
        section.word(POOL): key.removeprefix(INTERFACE)
        for key, section in sections.items()
        if key.startswith(f"{INTERFACE}Dialer") and section.word(POOL)
    }
    return [
        _session(router, dialers[pool], port, circuit)
        for port, circuit, pool in _clients(sections)
        if pool in dialers and interface_view(router, port).is_up
    ]


def _clients(sections: Mapping[str, Block]) -> Iterator[tuple[str, str, str]]:
    """Ports with a client, each with its circuit and pool."""
    for key, section in sections.items():
        if not key.startswith(INTERFACE):
            continue
        port = key.removeprefix(INTERFACE)
        if pool := section.word(CLIENT):
            yield port, "", pool
        for name, part in section.sections.items():
            if name.startswith("pvc ") and (pool := part.word(CLIENT)):
                yield port, name.split()[-1], pool


def _session(router: Host, dialer: str, port: str, circuit: str) -> PppoeSession:
    lease = router.running.leases.get(dialer) if faces_provider(router, port) else None
    number = int(re.sub(r"\D", "", dialer)) if lease is not None else 0
    server = dotted(SERVERS + (int(lease.next_hop) & 0xFFFFFF)) if lease is not None else None
    peer = str(lease.next_hop) if lease is not None else None
    return PppoeSession(dialer, port, circuit, number, hardware_address(router, port), server, peer)
