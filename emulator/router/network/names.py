"""The names that a router knows, and where it asks for others: `ip host`, `ip domain lookup`, `ip name-server`, leases.

R: a name without a dot is asked for with each `ip domain list`, else with `ip domain name`, and then as it is; servers
of the configuration are asked before those of leases; case does not matter.
"""

from ipaddress import IPv4Address

from emulator.router.configuration import Configuration
from emulator.router.network.host import Host


def looks_up(configuration: Configuration) -> bool:
    """Tell whether names are looked up at all (`ip domain lookup`)."""
    return configuration.lines.get("ip domain lookup", "") != "no ip domain lookup"


def own_address(configuration: Configuration, name: str) -> IPv4Address | None:
    """Address that an `ip host` line gives a name; None without one."""
    for line in configuration.lines.values():
        words = line.split()
        if words[:2] == ["ip", "host"] and words[2].lower() == name.lower() and words[3:] and ":" not in words[3]:
            return IPv4Address(words[3])
    return None


def name_servers(router: Host) -> list[IPv4Address]:
    """List the name servers of the configuration, then those of leases."""
    configured = [
        word
        for line in router.configuration.lines.values()
        if line.startswith("ip name-server ")
        for word in line.split()[2:]
        if ":" not in word
    ]
    leased = [server for lease in router.running.leases.values() for server in lease.name_servers]
    return [IPv4Address(each) for each in dict.fromkeys([*configured, *leased])]


def ask_name_server(router: Host, name: str) -> IPv4Address | None:
    """Ask a name server that is reached for a name; None if it knows none."""
    found = answer_of_server(router, name)
    return None if found is None else found[1]


def answer_of_server(router: Host, name: str) -> tuple[str, IPv4Address] | None:
    """Ask a name server that is reached; returns the whole name that it knew and the address, None if it knows none."""
    for asked in _asked(router.configuration, name):
        address = router.context.network.resolve(asked)
        if address is not None:
            return asked, IPv4Address(address)
    return None


def learned_address(router: Host, name: str) -> str | None:
    """Address that a server gave for a name before; None if none did."""
    whole = (asked.lower() for asked in _asked(router.configuration, name))
    return next((router.running.hosts[each].address for each in whole if each in router.running.hosts), None)


def _asked(configuration: Configuration, name: str) -> list[str]:
    if "." in name:
        return [name]
    listed = [line.split()[3] for line in configuration.lines.values() if line.startswith("ip domain list ")]
    domains = listed or configuration.word("ip domain name").split()
    return [*(f"{name}.{domain}" for domain in domains), name]
