"""Screens of the services beside forwarding: names, translations, time, management.

R: forms. What is shown follows from the configuration; nobody asks for an address, no packet is translated or counted,
no time server answers and no manager calls, so the rest is what a router shows that was not used yet.
"""

from collections.abc import Iterable

from emulator.console.wording import wording
from emulator.kernel.time import HOUR
from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.network.names import looks_up, name_servers
from emulator.router.network.snmp_identity import USUAL_PACKET, chassis
from emulator.router.snmp_traffic import SnmpCounter
from emulator.router.state import IpTraffic


def show_hosts(router: Router) -> str:
    """Screen of the host names from the configuration and those that were learned, and the name servers."""
    configuration = router.configuration
    servers = [str(each) for each in name_servers(router)]
    looks = looks_up(configuration)
    domain = configuration.word("ip domain name") or "not set"
    rows = (line.split() for line in _starting(configuration, "ip host "))
    return wording(
        "show.hosts",
        domain=domain,
        how="domain service" if looks else "static mappings",
        servers=", ".join(servers) or "255.255.255.255",
        rows="".join(_host(row[2], "perm", 0, row[3]) for row in rows if row[3:])
        + "".join(
            _host(name, "temp", (router.now - each.at) // HOUR, each.address)
            for name, each in sorted(router.running.hosts.items())
        ),
    )


def _host(name: str, how: str, hours: int, address: str) -> str:
    return f"{name:<25s} None  ({how}, OK) {hours:2d}   {_kind(address):<5s} {address}\n"


def _kind(address: str) -> str:
    return "IPv6" if ":" in address else "IP"


def show_ip_traffic(ip: IpTraffic) -> str:
    """Screen of `show ip traffic`: the echoes of the router; nothing else is sent or received here (I)."""
    return wording(
        "show.ip_traffic",
        generated=ip.echoes_sent + ip.unresolved + ip.unroutable,
        echoes=ip.echoes_sent,
        replies=ip.replies_received,
        unresolved=ip.unresolved,
        unroutable=ip.unroutable,
        requests=ip.arp_requests,
        answers=ip.arp_replies,
    )


def ntp_servers(configuration: Configuration) -> list[str]:
    """Servers that are asked for the time."""
    found = [line.split()[2] for line in _starting(configuration, "ntp server ")]
    return [each for each in found if each[:1].isdigit()]


def show_ntp_status(configuration: Configuration) -> str:
    """Screen of `show ntp status`, as no server has answered."""
    return wording("show.ntp_status" if ntp_servers(configuration) else "show.ntp_off")


def show_ntp_associations(configuration: Configuration) -> str:
    """A line a server."""
    servers = ntp_servers(configuration)
    if not servers:
        return ""
    rows = "".join(f" ~{each:<15s} .INIT.          16      -     64     0  0.000   0.000 15937.\n" for each in servers)
    return wording("show.ntp_associations", rows=rows)


def show_snmp(router: Router) -> str:
    """Screen of `show snmp`: the counters of the agent."""
    configuration = router.configuration
    if not any(_starting(configuration, "snmp-server ")) and not router.running.snmp.users:
        return wording("show.snmp_off")
    known = (("Contact", "contact"), ("Location", "location"))
    facts = ((title, configuration.word(f"snmp-server {word}")) for title, word in known)
    lines = [f"Chassis: {chassis(router)}\n", *(f"{title}: {text}\n" for title, text in facts if text)]
    traffic = router.running.snmp.traffic
    counts = {counter.name.lower(): traffic.get(counter, 0) for counter in SnmpCounter}
    largest = configuration.word("snmp-server packetsize", USUAL_PACKET)
    return "".join(lines) + wording("show.snmp_counters", largest=largest, **counts)


def _starting(configuration: Configuration, beginning: str) -> Iterable[str]:
    return [line for line in configuration.lines.values() if line.startswith(beginning)]
