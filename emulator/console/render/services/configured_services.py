"""Screens of services that follow from the configuration alone: names, servers, trunks, redundancy, translations.

R: forms, those of the captures in the tests of ntc-templates among them. No server was asked and nothing was sent, so
counts are 0; nobody else speaks VRRP here, so a router whose interface is up is the master.
"""

from collections.abc import Iterator

from emulator.console.render.interface_lists import short_name
from emulator.console.wording import wording
from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.network.names import name_servers
from emulator.router.network.routing_interfaces import UNSET
from emulator.router.network.views import interface_views
from emulator.router.network.web_servers import SERVER_LINES, connection_limit, is_serving, web_access_list, web_port

USUAL_PRIORITY = 100
STEP = 10
LEVELS_OF_PRIORITY = 256


def show_hosts_summary(router: Router) -> str:
    """Screen of the domain, the servers, and how many names are known."""
    configuration = router.configuration
    kept = sum(1 for line in configuration.lines.values() if line.startswith("ip host "))
    names = kept + len(router.running.hosts)
    servers = ", ".join(str(each) for each in name_servers(router)) or "255.255.255.255"
    domain = configuration.word("ip domain name") or "not set"
    return wording("show.hosts_summary", domain=domain, servers=servers, names=names)


def show_http_status(configuration: Configuration) -> str:
    """Screen of `show ip http server status`."""
    plain, secure = ("Enabled" if is_serving(configuration, each) else "Disabled" for each in SERVER_LINES)
    return wording(
        "show.http_status",
        plain=plain,
        port=web_port(configuration, "plaintext"),
        method=configuration.word("ip http authentication") or "enable",
        access=web_access_list(configuration) or "0",
        path=configuration.word("ip http path"),
        most=connection_limit(configuration),
        secure=secure,
        secure_port=web_port(configuration, "secure"),
        trustpoint=configuration.word("ip http secure-trustpoint"),
    )


def show_tacacs(configuration: Configuration) -> str:
    """A block a server, old and new forms of the configuration alike."""
    blocks = []
    for line in configuration.lines.values():
        words = line.split()
        if words[:2] == ["tacacs-server", "host"]:
            port = words[words.index("port") + 1] if "port" in words else "49"
            blocks.append(wording("show.tacacs", name="", address=words[2], port=port))
    for key, section in configuration.sections.items():
        if key.startswith("tacacs server ") and section.word("address ipv4"):
            name = f"               Server name: {key.removeprefix('tacacs server ')}\n"
            port = section.word("port") or "49"
            blocks.append(wording("show.tacacs", name=name, address=section.word("address ipv4"), port=port))
    return "\n".join(blocks)


def show_vlan_trunks(router: Router) -> str:
    """Screen of `show vlans`: the VLANs of sub-interfaces."""
    trunks = list(_trunks(router))
    if not trunks:
        return wording("show.no_vlans")
    return "".join(
        wording("show.vlan_trunk", vlan=vlan, name=name, native=_native(name) if native else "", addresses=addresses)
        for vlan, name, native, addresses in trunks
    )


def _native(name: str) -> str:
    return f" This is configured as native Vlan for the following interface(s) :\n{name.partition('.')[0]}\n\n"


def _trunks(router: Router) -> Iterator[tuple[int, str, bool, str]]:
    """VLAN, interface, whether it is the native one, and the lines of its addresses, by VLAN."""
    found = []
    for view in interface_views(router):
        section = router.configuration.sections.get(f"interface {view.name}")
        words = section.lines.get("encapsulation dot1Q", "").split() if section else []
        if len(words) >= 3:
            row = f"{'IP':>13s}{'':14s}{view.address or '':<15s}{0:>14d}{0:>20d}\n" if view.address else ""
            found.append((int(words[2]), view.name, "native" in words, row))
    yield from sorted(found)


class _Group:
    """A VRRP group of an interface."""

    def __init__(self, name: str, group: int, lines: dict[str, str], own: str, *, up: bool) -> None:
        self.name, self.group, self.own = name, group, own
        self.address = lines.get("ip", "")
        self.priority = int(lines.get("priority", USUAL_PRIORITY))
        self.preempts = lines.get("preempt") != "no"
        self.state = "Master" if up else "Init"
        self.down_ms = 3000 + 1000 * (LEVELS_OF_PRIORITY - self.priority) // LEVELS_OF_PRIORITY


def _groups(router: Router) -> Iterator[_Group]:
    for view in interface_views(router):
        section = router.configuration.sections.get(f"interface {view.name}")
        found: dict[int, dict[str, str]] = {}
        for line in section.lines.values() if section else ():
            words = line.removeprefix("no ").split()
            if words[:1] == ["vrrp"] and len(words) > 2:
                value = "no" if line.startswith("no ") else " ".join(words[3:4])
                found.setdefault(int(words[1]), {}).setdefault(words[2], value)
        for number, lines in sorted(found.items()):
            if "ip" in lines:
                yield _Group(view.name, number, lines, view.address or str(UNSET), up=view.is_up)


VRRP_HEAD = "Interface          Grp Pri Time  Own Pre State   Master addr     Group addr\n"


def show_vrrp_brief(router: Router) -> str:
    """A line a group."""
    rows = (
        f"{short_name(each.name):<19s}{each.group:<4d}{each.priority:<4d}{each.down_ms:<11d}"
        f"{'Y' if each.preempts else ' '}  {each.state:<8s}{each.own:<16s}{each.address:<15s}\n"
        for each in _groups(router)
    )
    return VRRP_HEAD + "".join(rows)


def show_vrrp(router: Router) -> str:
    """A block a group."""
    return "\n".join(
        wording(
            "show.vrrp",
            name=each.name,
            group=each.group,
            state=each.state,
            address=each.address,
            hexadecimal=f"{each.group:02x}",
            preemption="enabled" if each.preempts else "disabled",
            priority=each.priority,
            own=each.own,
            seconds=f"{each.down_ms / 1000:.3f}",
        )
        for each in _groups(router)
    )


def show_isdn_status(router: Router) -> str:
    """The state of the ISDN interfaces, to which no network is connected."""
    switch = router.configuration.word("isdn switch-type")
    head = f"Global ISDN Switchtype = {switch}\n" if switch else wording("show.isdn_no_switch")
    ports = [port.name for port in router.platform.interfaces if port.name.startswith("BRI")]
    own = {
        name: section.word("isdn switch-type")
        for name in ports
        if (section := router.configuration.sections.get(f"interface {name}")) is not None
    }
    return (
        head
        + "".join(
            wording("show.isdn_port", name=name, number=number, switch=own.get(name) or switch or "none")
            for number, name in enumerate(ports)
        )
        + "    Total Allocated ISDN CCBs = 0\n"
    )


def show_object_groups(configuration: Configuration, name: str | None = None) -> str:
    """The object groups and their members."""
    text = ""
    for key, section in configuration.sections.items():
        words = key.split()
        if words[0] == "object-group" and name in {None, words[2]}:
            members = (f" {line.replace('description ', 'Description ', 1)}\n" for line in section.lines.values())
            text += f"{words[1].capitalize()} object group {words[2]}\n{''.join(members)}"
    return text


def show_ipv6_access_lists(configuration: Configuration, name: str | None = None) -> str:
    """The access lists of IPv6, each entry with its sequence number, which rises by ten."""
    text, start = "", "ipv6 access-list "
    for key, section in configuration.sections.items():
        if key.startswith(start) and name in {None, key.removeprefix(start)}:
            entries: dict[int, str] = {}
            for line in section.lines.values():
                words = line.split()
                numbered = words[0] == "sequence"
                number = int(words[1]) if numbered else max(entries, default=0) + STEP
                if words[2 if numbered else 0] != "remark":
                    entries[number] = " ".join(words[2:] if numbered else words)
            rows = (f"    {entry} sequence {number}\n" for number, entry in sorted(entries.items()))
            text += f"IPv6 access list {key.removeprefix(start)}\n{''.join(rows)}"
    return text


def show_policy_maps(configuration: Configuration, name: str | None = None) -> str:
    """The policy maps of quality of service, their classes, and what is done with these."""
    maps = []
    for key, section in configuration.sections.items():
        title = key.removeprefix("policy-map ")
        if key.startswith("policy-map ") and not title.startswith("type ") and name in {None, title}:
            text = f"  Policy Map {title}\n"
            for inner, block in section.sections.items():
                text += f"    Class {inner.rpartition(' ')[2]}\n"
                text += "".join(f"      {line}\n" for line in block.lines.values())
            maps.append(text)
    return "\n".join(maps)
