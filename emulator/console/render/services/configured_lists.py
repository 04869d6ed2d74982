"""Screens of lists that the configuration makes, and that have a command of their own.

R: forms; C2: `show ip local pool`, `show ip policy`, `show monitor session`, as public outputs have them. No address of
a pool is given out and no packet is matched.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address

from emulator.console.render.interface_lists import short_name
from emulator.console.wording import wording
from emulator.router.configuration import Configuration, Section
from emulator.router.device import Router
from emulator.router.network.names import looks_up, name_servers
from emulator.router.network.views import interface_views

NO_PORT = "None"


def show_local_pools(configuration: Configuration) -> str:
    """A line a pool of addresses; all of them are free."""
    rows = ""
    for words in _lines(configuration, "ip local pool "):
        low, high = words[1], words[2] if len(words) > 2 else words[1]
        free = int(IPv4Address(high)) - int(IPv4Address(low)) + 1
        rows += f" {words[0]:<24s} {low:<15s} {high:<15s} {free:5d}  {0:6d}  {0:7d}\n"
    return f" {'Pool':<24s} {'Begin':<15s} {'End':<15s}  Free  In use  Blocked\n{rows}"


def show_policy_routing(configuration: Configuration) -> str:
    """A line an interface whose packets are routed by a map; those of the router itself first."""
    local = configuration.word("ip local policy route-map")
    rows = f"{'local':<14s} {local}\n" if local else ""
    for name, section in _interfaces(configuration):
        if used := section.word("ip policy route-map"):
            rows += f"{short_name(name):<14s} {used}\n"
    return f"{'Interface':<14s} Route map\n{rows}"


def show_local_policy(configuration: Configuration) -> str:
    """The map by which the router's own packets are routed."""
    used = configuration.word("ip local policy route-map")
    return f"Local policy routing is {f'enabled, using route map {used}' if used else 'disabled'}\n"


def show_path_lists(configuration: Configuration) -> str:
    """A block a list of AS paths."""
    found: dict[str, list[str]] = {}
    for words in _lines(configuration, "ip as-path access-list "):
        found.setdefault(words[0], []).append(" ".join(words[1:]))
    return "".join(
        f"AS path access list {name}\n" + "".join(f"    {entry}\n" for entry in entries)
        for name, entries in found.items()
    )


def show_community_lists(configuration: Configuration) -> str:
    """A block a list of communities, by number or name."""
    found: dict[str, list[str]] = {}
    for words in _lines(configuration, "ip community-list "):
        if words[0] in {"standard", "expanded"}:
            title, entry = f"Named Community {words[0]} list {words[1]}", words[2:]
        else:
            kind = "standard" if int(words[0]) < 100 else "(expanded) access"
            title, entry = f"Community {kind} list {words[0]}", words[1:]
        found.setdefault(title, []).append(" ".join(entry))
    return "".join(f"{title}\n" + "".join(f"     {entry}\n" for entry in found[title]) for title in found)


def show_update_methods(configuration: Configuration) -> str:
    """A block a method by which names are told to a server."""
    text = ""
    for name, section in _sections(configuration, "ip ddns update method "):
        text += f"Dynamic DNS Update Method: {name}\n"
        inner = [line for block in section.walk() for line in block.lines.values()]
        text += "  Dynamic DNS update in IOS internal name cache\n" if "internal" in inner else ""
        text += "  Dynamic DNS update in HTTP protocol\n" if "HTTP" in section.sections else ""
        text += "".join(f"    {line}\n" for line in inner if line.startswith(("add ", "remove ", "interval ")))
    return text


def show_dns_view(router: Router) -> str:
    """Screen of the default view of the name server."""
    configuration = router.configuration
    servers = "".join(f"    {each}\n" for each in name_servers(router)) or "    255.255.255.255\n"
    return wording(
        "dns.view",
        state="enabled" if looks_up(configuration) else "disabled",
        domain=configuration.word("ip domain name"),
        searched="".join(f"    {words[0]}\n" for words in _lines(configuration, "ip domain list ")),
        servers=servers,
        serves="enabled" if "ip dns server" in configuration.lines else "disabled",
    )


def show_dns_view_lists(configuration: Configuration) -> str:
    """A line a list of views."""
    return "".join(f"View-list {words[0]}:\n" for words in _lines(configuration, "ip dns view-list "))


def show_dhcpv6_pools(configuration: Configuration) -> str:
    """A block a pool of IPv6; it has no client."""
    text = ""
    for name, section in _sections(configuration, "ipv6 dhcp pool "):
        text += f"DHCPv6 pool: {name}\n"
        for line in section.lines.values():
            words = line.split()
            match words[0]:
                case "dns-server":
                    text += f"  DNS server: {words[1].upper()}\n"
                case "domain-name":
                    text += f"  Domain name: {words[1]}\n"
                case _:
                    text += f"  {line[:1].upper()}{line[1:]}\n"
        text += "  Active clients: 0\n"
    return text


def show_sntp(configuration: Configuration) -> str:
    """A line a server that is asked for the time by SNTP; none has answered."""
    rows = "".join(
        f"{words[0]:<16s}{16:<10d}{words[2] if len(words) > 2 else '1':<11s}never    \n"
        for words in _lines(configuration, "sntp server ")
    )
    return f"{'SNTP server':<16s}{'Stratum':<10s}{'Version':<11s}Last Receive\n{rows}"


def show_monitor_sessions(configuration: Configuration) -> str:
    """A block a session that copies the frames of ports to another."""
    found: dict[str, list[list[str]]] = {}
    for words in _lines(configuration, "monitor session "):
        found.setdefault(words[0], []).append(words[1:])
    text = ""
    for number, rows in sorted(found.items()):
        text += f"Session {number}\n---------\nType                   : Local Session\n"
        ways: dict[str, list[str]] = {}
        for row in rows:
            if row[0] == "source":
                ways.setdefault(row[3] if len(row) > 3 else "both", []).append(short_name(row[2]))
        text += "Source Ports           : \n" if ways else ""
        for way, title in (("both", "Both"), ("rx", "RX Only"), ("tx", "TX Only")):
            text += f"    {title:<18s} : {','.join(ways[way])}\n" if way in ways else ""
        ports = ",".join(short_name(row[2]) for row in rows if row[0] == "destination")
        text += f"Destination Ports      : {ports or NO_PORT}\n\n"
    return text or "No SPAN configuration is present in the system.\n"


def show_backups(configuration: Configuration) -> str:
    """A line an interface that another one stands in for."""
    rows = "".join(
        f"{name:<20s}{section.word('backup interface'):<22s}normal operation\n"
        for name, section in _interfaces(configuration)
        if section.word("backup interface")
    )
    return wording("backup.head") + rows if rows else ""


def show_dialers(router: Router) -> str:
    """A block a dialer and an ISDN port; no call was made."""
    text = ""
    for view in interface_views(router):
        if view.name.startswith(("Dialer", "BRI")) and ":" not in view.name:
            section = router.configuration.sections.get(f"interface {view.name}", Section())
            kind = "DIALER PROFILE" if view.name.startswith("Dialer") else "ISDN"
            strings = [line.split()[2] for line in section.lines.values() if line.startswith("dialer string ")]
            idle = (section.word("dialer idle-timeout") or "120").split()[0]
            text += wording(
                "dialer.block",
                name=short_name(view.name),
                kind=kind,
                idle=idle,
                fast=section.word("dialer fast-idle") or "20",
                strings="".join(f"{each:<16s}{0:>10d}{0:>11d}    never                -\n" for each in strings),
            )
    return text


def show_bridges(router: Router) -> str:
    """A block a bridge group: its protocol, and the ports in it, which have learned nothing."""
    configuration, text = router.configuration, ""
    groups = sorted({int(words[0]) for words in _lines(configuration, "bridge ") if words[0].isdigit()})
    for group in groups:
        ports = [name for name, section in _interfaces(configuration) if section.has(f"bridge-group {group}")]
        members = "".join(f"   Port ({name}) of bridge group {group} is forwarding\n" for name in ports)
        text += f"\nBridge Group {group}:\n\n{members}"
    head = "Total of 300 station blocks, 300 free\nCodes: P - permanent, S - self\n"
    return head + text


def show_boot_set(router: Router) -> str:
    """Screen of the files that are kept safe from erasing."""
    lines = router.configuration.lines
    serial = router.state.udi.serial
    if not any(each in lines for each in ("secure boot-image", "secure boot-config")):
        return f"%IOS image and configuration resilience is not active\n\nIOS resilience router id {serial}\n\n"
    version = router.manifest.release
    text = f"IOS resilience router id {serial}\n\n"
    if "secure boot-image" in lines:
        name = router.running.image
        text += (
            f"IOS image resilience version {version} activated\nSecure archive flash:{name} type is image (elf) []\n"
        )
        text += "Runnable image, entry point 0x80012000, run from ram\n\n"
    if "secure boot-config" in lines:
        text += f"IOS configuration resilience version {version} activated\n"
    return text


PORT_MAP = (
    ("dns", "udp", "53"), ("ftp", "tcp", "21"), ("h323", "tcp", "1720"), ("http", "tcp", "80"), ("imap", "tcp", "143"),
    ("pop3", "tcp", "110"), ("rtsp", "tcp", "554,8554"), ("sip", "udp", "5060"), ("smtp", "tcp", "25"),
    ("tftp", "udp", "69"),
)  # fmt: skip
"""Applications of the firewall with their usual ports (R; some of those that IOS knows)."""


def show_port_map(configuration: Configuration) -> str:
    """A line an application of the firewall: its usual ports, then those of the configuration."""
    rows = [(*each, "system defined") for each in PORT_MAP]
    for words in _lines(configuration, "ip port-map "):
        kind = next((word for word in words if word in {"tcp", "udp"}), "tcp")
        ports = ",".join(word for word in words if word.isdecimal())
        rows.append((words[0], kind, ports, "user defined"))
    return "".join(
        f"Default mapping:  {name:<20s} {f'{kind} port {ports}':<36s} {origin}\n" for name, kind, ports, origin in rows
    )


def show_storm_control(configuration: Configuration) -> str:
    """A line a port whose broadcasts are bounded."""
    rows = ""
    for name, section in _interfaces(configuration):
        for line in section.lines.values():
            words = line.split()
            if words[0] == "storm-control" and "level" in words:
                level = f"{float(words[words.index('level') + 1]):6.2f}%"
                rows += (
                    f"{short_name(name):<11s}{'Forwarding':<15s}{'inactive':<15s}{level}  {level}    0.00%         0\n"
                )
    return wording("storm_control.head") + rows


def show_flow_interfaces(configuration: Configuration) -> str:
    """A block an interface at which flows are counted."""
    text = ""
    for name, section in _interfaces(configuration):
        ways = [line.split()[-1] for line in section.lines.values() if line in {"ip flow ingress", "ip flow egress"}]
        text += f"{name}\n" + "".join(f"  ip flow {way}\n" for way in ways) if ways else ""
    return text


def show_gateways(configuration: Configuration) -> str:
    """A line a gateway of the SSL VPN."""
    rows = ""
    for name, section in _sections(configuration, "webvpn gateway "):
        state = "up" if "inservice" in section.lines else "down"
        rows += f"{name:<35s}{state:<7s}{state}\n"
    return f"{'Gateway Name':<35s}{'Admin':<7s}Operation\n{'------------':<35s}{'-----':<7s}---------\n{rows}"


def show_contexts(configuration: Configuration) -> str:
    """A line a context of the SSL VPN."""
    rows = ""
    for name, section in _sections(configuration, "webvpn context "):
        state = "up" if "inservice" in section.lines else "down"
        gateway = (section.word("gateway") or "-").split()
        domain = gateway[2] if len(gateway) > 2 else "-"
        rows += f"{name:<20s}{gateway[0]:<9s}{domain:<18s}{section.word('vrf-name') or '-':<9s}{state:<6s}{state}\n"
    return wording("webvpn.contexts") + rows


def _interfaces(configuration: Configuration) -> Iterator[tuple[str, Section]]:
    yield from _sections(configuration, "interface ")


def _sections(configuration: Configuration, start: str) -> Iterator[tuple[str, Section]]:
    for key, section in configuration.sections.items():
        if key.startswith(start):
            yield key.removeprefix(start), section


def _lines(configuration: Configuration, start: str) -> Iterator[list[str]]:
    """Words that follow a beginning, on each line that has it."""
    for line in configuration.lines.values():
        if line.startswith(start):
            yield line.removeprefix(start).split()
