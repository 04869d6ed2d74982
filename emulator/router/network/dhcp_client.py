"""`ip address dhcp`: the address that the provider of the site gives to the WAN port.

R: the message, the default route of distance 254 to the provider's router, name servers; an address is kept while the
port is down, and given back when the line is taken away. I: how long the exchange takes; a lease is renewed without a
word; `ip address negotiated` on a dialer gets its address from the same provider. Left out: `client-id`, `hostname`,
`renew dhcp` and `release dhcp`; nobody gives addresses on the LAN.
"""

from msgspec.structs import replace

from emulator.router.events import DhcpAddressAssigned
from emulator.router.interface_counters import InterfaceRecord
from emulator.router.lease import Lease
from emulator.router.network.host import Host
from emulator.router.network.wan import faces_provider, is_wan_up

DHCP = "ip address dhcp"


def follow(router: Host) -> None:
    """Take an address where one is asked for and given, and give back what is not asked for any more."""
    running, asking = router.running, _asking(router)
    for name in [each for each in running.leases if each not in asking]:
        del running.leases[name]
        record = running.interfaces.get(name)
        if record is not None:
            running.interfaces[name] = replace(record, address="")
    for name in asking:
        record = running.interfaces.get(name, InterfaceRecord())
        if name in running.leases or not faces_provider(router, name) or not is_wan_up(router):
            continue
        if record.address:
            running.leases[name] = _known_before(record.address)
            continue
        lease = router.context.network.lease(router.name)
        if lease is not None:
            running.leases[name] = lease
            running.interfaces[name] = replace(record, address=lease.address)
            if asking[name].startswith(DHCP):
                at = lease.interface
                facts = {"interface": name, "address": str(at.ip), "mask": str(at.netmask), "host": router.hostname}
                router.tell(DhcpAddressAssigned, **facts)


def _asking(router: Host) -> dict[str, str]:
    """Interfaces that ask for an address, with their lines."""
    return dict(router.configuration.asking_for_address())


def _known_before(address: str) -> Lease:
    """The lease of an address that the router had when its twin was made; the gateway is the first host (I)."""
    network = Lease(address, "0.0.0.0").interface.network  # noqa: S104 - no address to bind
    return Lease(address, str(network.network_address + 1))
