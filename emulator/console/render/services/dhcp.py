"""Screens of the address server and client.

R: forms. Nobody on the LAN asks for an address, so no pool has given one.
"""

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network

from emulator.console.render.interface_lists import short_name
from emulator.console.wording import text_file, wording
from emulator.router.configuration import Configuration, Section
from emulator.router.device import Router
from emulator.router.lease import Lease
from emulator.router.network.views import hardware_address

POOL = "ip dhcp pool "
LEASE_SECONDS = 86_400
"""Time for which the provider gives an address (I)."""


def pools(configuration: Configuration) -> dict[str, Section]:
    """List the pools by name."""
    return {key.removeprefix(POOL): each for key, each in configuration.sections.items() if key.startswith(POOL)}


def show_pools(found: Mapping[str, Section]) -> str:
    """Screen of `show ip dhcp pool`."""
    return "".join(_pool(name, section) for name, section in found.items())


def _pool(name: str, section: Section) -> str:
    networks = [*_networks(section)]
    total = sum(network.num_addresses - 2 for network in networks)
    count = "1 subnet is" if len(networks) == 1 else f"{len(networks)} subnets are"
    rows = "".join(f" {each[1]!s:<20s} {each[1]!s:<16s} - {each[-2]!s:<18s}0\n" for each in networks)
    head = " Current index        IP address range                    Leased addresses\n" if networks else ""
    return (
        f"\nPool {name} :\n"
        " Utilization mark (high/low)    : 100 / 0\n"
        " Subnet size (first/next)       : 0 / 0 \n"
        f" Total addresses                : {total}\n"
        " Leased addresses               : 0\n"
        " Pending event                  : none\n"
        f" {count} currently in the pool :\n{head}{rows}"
    )


def _networks(section: Section) -> Iterator[IPv4Network]:
    words = section.word("network").split()
    if words:
        mask = words[1].removeprefix("/") if words[1:] else "255.255.255.0"
        network = IPv4Network((words[0], mask), strict=False)
        if network.num_addresses > 2:
            yield network


def show_statistics(configuration: Configuration) -> str:
    """Screen of `show ip dhcp server statistics`."""
    count = len(pools(configuration))
    manual = sum("host" in section.lines for section in pools(configuration).values())
    return text_file("dhcp_statistics", memory=9_410 + 14_304 * count, pools=count, manual=manual)


def show_lease(router: Router) -> str:
    """Screen of `show dhcp lease`: addresses that were asked for by DHCP and given."""
    asking = dict(router.configuration.asking_for_address())
    leases = {name: each for name, each in router.running.leases.items() if asking.get(name, "").endswith("dhcp")}
    return "".join(_lease(router, name, lease) for name, lease in leases.items())


def _lease(router: Router, name: str, lease: Lease) -> str:
    client = f"cisco-{hardware_address(router, name)}-{short_name(name)}"
    raw = client.encode().hex().upper()
    dump = f"\n{'':31s}".join(raw[at : at + 32] for at in range(0, len(raw), 32))
    return wording(
        "show.dhcp_lease",
        address=lease.interface.ip,
        interface=name,
        mask=lease.interface.netmask,
        server=lease.gateway,
        transaction=f"{router.draw(f'lease of {name}').getrandbits(16):X}",
        lease=LEASE_SECONDS,
        renewal=LEASE_SECONDS // 2,
        rebind=LEASE_SECONDS * 7 // 8,
        client=client,
        dump=dump,
        gateway=lease.gateway,
        hostname=router.hostname,
    )
