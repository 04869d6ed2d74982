"""Shows of protocols that have nobody to speak to: what they print where nothing was learned.

R: forms. No other router speaks here, so there are headings without rows, and a protocol that is not configured says
that or nothing. A screen whose rows would follow from the configuration alone is in another file, or left out.
"""

from functools import partial

import msgspec

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say


class IdleScreen(msgspec.Struct, frozen=True):
    """A screen of an idle protocol.

    Attributes:
        line: the command.
        feature: what the level must contain.
        needs: beginning of the configuration's line or section without which the protocol does not run.
        off, on: keys of the text where it does not run, and where it does; empty: nothing is printed.
    """

    line: str
    feature: str
    needs: str = ""
    off: str = ""
    on: str = ""


_BGP = "router bgp "
_NEIGHBOR = "<neighbor:Address>"
_LISTED = "{advertised-routes | received-routes | routes | policy}"
SCREENS = (
    IdleScreen(f"show bgp all neighbors {_NEIGHBOR} {_LISTED}", "bgp", _BGP, "show.bgp_not_active", "idle.bgp_total"),
    IdleScreen(f"show bgp ipv4 unicast all neighbors {_NEIGHBOR} {_LISTED}", "bgp", _BGP, "show.bgp_not_active",
           "idle.bgp_total"),
    IdleScreen(f"show ip bgp neighbors {_NEIGHBOR} {_LISTED}", "bgp", _BGP, "show.bgp_not_active", "idle.bgp_total"),
    IdleScreen(f"show ip bgp ipv4 unicast neighbors {_NEIGHBOR} {_LISTED}", "bgp", _BGP, "show.bgp_not_active",
           "idle.bgp_total"),
    IdleScreen("show ip bgp regexp <expression:Line>", "bgp", _BGP, "show.bgp_not_active"),
    IdleScreen("show ip igmp groups", "multicast", on="idle.igmp_groups"),
    IdleScreen("show ip igmp groups detail", "multicast"),
    IdleScreen("show ip igmp groups <group:Address> detail", "multicast"),
    IdleScreen("show ip mroute [<group:Address>] [verbose]", "multicast", "ip multicast-routing", "idle.no_multicast",
           "idle.mroute"),
    IdleScreen("show ip mroute static", "multicast"),
    IdleScreen("show ip ospf database {external | network | summary | asbr-summary}", "ospf"),
    IdleScreen("show ip ospf database {nssa-external | opaque-area}", "ospf"),
    IdleScreen("show ip ospf neighbor detail", "ospf"),
    IdleScreen("show ip ospf neighbor <neighbor:Address> [detail]", "ospf"),
    IdleScreen("show ip ospf {sham-links | virtual-links}", "ospf"),
    IdleScreen("show ip pim bsr-router", "multicast"),
    IdleScreen("show ip pim neighbor", "multicast", on="idle.pim_neighbor"),
    IdleScreen("show ip pim rp mapping", "multicast", on="idle.pim_mapping"),
    IdleScreen("show bfd neighbors [details]", "bfd"),
    IdleScreen("show bfd neighbors client <client:bgp|eigrp|ospf|static> [details]", "bfd"),
    IdleScreen("show bfd neighbors interface <interface:Interface> [details]", "bfd"),
    IdleScreen("show bfd neighbors {ipv4 <address:Address> | ipv6 <prefix:IPv6Address>} [details]", "bfd"),
    IdleScreen("show ip eigrp vrf <vrf:Word> {interfaces | neighbors [detail]}", "eigrp"),
    IdleScreen("show ip igmp vrf <vrf:Word> groups detail", "multicast"),
    IdleScreen("show ip mroute vrf <vrf:Word> [<group:Address>] [verbose]", "multicast", "ip multicast-routing",
           "idle.no_multicast", "idle.mroute"),
    IdleScreen("show ip mroute [vrf <vrf:Word>] <group:Address> <source:Address> [verbose]", "multicast",
           "ip multicast-routing", "idle.no_multicast", "idle.mroute"),
    IdleScreen("show ip mroute vrf <vrf:Word> static", "multicast"),
    IdleScreen("show ip pim vrf <vrf:Word> bsr-router", "multicast"),
    IdleScreen("show ip pim vrf <vrf:Word> neighbor", "multicast", on="idle.pim_neighbor"),
    IdleScreen("show ip pim vrf <vrf:Word> rp mapping", "multicast", on="idle.pim_mapping"),
    IdleScreen("show ipv6 mld groups [<group:IPv6Address> [<interface:Interface>]] detail", "ipv6"),
    IdleScreen("show ipv6 mld vrf <vrf:Word> groups detail", "ipv6"),
    IdleScreen("show ipv6 mroute {verbose | <group:IPv6Address> [<source:IPv6Address>] [verbose]}", "ipv6",
               on="idle.mroute6"),
    IdleScreen("show ipv6 mroute vrf <vrf:Word> [<group:IPv6Address> [<source:IPv6Address>]] [verbose]", "ipv6",
               on="idle.mroute6"),
    IdleScreen("show ipv6 pim vrf <vrf:Word> neighbor [detail]", "ipv6", on="idle.pim6_neighbor"),
    IdleScreen("show ipv6 eigrp neighbors [detail]", "ipv6", "ipv6 router eigrp ", on="idle.eigrp6_neighbors"),
    IdleScreen("show ipv6 mroute", "ipv6", on="idle.mroute6"),
    IdleScreen("show ipv6 neighbors", "ipv6", "ipv6 unicast-routing", on="idle.neighbors6"),
    IdleScreen("show ipv6 ospf neighbor", "ipv6"),
    IdleScreen("show ipv6 pim neighbor [detail]", "ipv6", on="idle.pim6_neighbor"),
    IdleScreen("show ipv6 rip database", "ipv6"),
)  # fmt: skip

HELP = {
    "show": "Show running system information",
    "show bgp": "BGP information",
    "show bgp all": "All address families",
    "show bgp ipv4": "Address family",
    "show bgp ipv4 unicast": "Address Family modifier",
    "show bgp ipv4 unicast all": "Display information about all",
    "show ip": "IP information",
    "show ip bgp": "BGP information",
    "show ip bgp ipv4": "Address family",
    "show ip bgp ipv4 unicast": "Address Family modifier",
    "show ip bgp regexp": "Display routes matching the AS path regular expression",
    "show ip bgp regexp <expression>": "A regular-expression to match the BGP AS paths",
    **{
        f"{start} neighbors{words}": text
        for start in ("show bgp all", "show bgp ipv4 unicast all", "show ip bgp", "show ip bgp ipv4 unicast")
        for words, text in (
            ("", "Detailed information on TCP and BGP neighbor connections"),
            (" <neighbor>", "Neighbor to display information about"),
            (" <neighbor> advertised-routes", "Display the routes advertised to a BGP neighbor"),
            (" <neighbor> received-routes", "Display the received routes from neighbor"),
            (" <neighbor> routes", "Display routes learned from neighbor"),
            (" <neighbor> policy", "Display neighbor polices per address-family"),
        )
    },
    "show ip igmp": "IGMP information",
    "show ip igmp groups": "IGMP group membership information",
    "show ip igmp groups detail": "Detailed information",
    "show ip igmp groups <group>": "IP group address",
    "show ip igmp groups <group> detail": "Detailed information",
    "show ip mroute": "IP multicast routing table",
    "show ip ospf": "OSPF information",
    "show ip ospf database": "Database summary",
    "show ip ospf database asbr-summary": "ASBR summary link states",
    "show ip ospf database external": "External link states",
    "show ip ospf database network": "Network link states",
    "show ip ospf database nssa-external": "NSSA External link states",
    "show ip ospf database opaque-area": "Opaque Area link states",
    "show ip ospf database summary": "Network summary link states",
    "show ip ospf neighbor": "Neighbor list",
    "show ip ospf neighbor detail": "Detail of all neighbors",
    "show ip ospf neighbor <neighbor>": "Neighbor ID",
    "show ip ospf neighbor <neighbor> detail": "Detail of all neighbors",
    "show ip ospf sham-links": "Sham link information",
    "show ip ospf virtual-links": "Virtual link information",
    "show ip pim": "PIM information",
    "show ip pim bsr-router": "Bootstrap router (v2)",
    "show ip pim neighbor": "PIM neighbor information",
    "show ip pim rp": "PIM Rendezvous Point (RP) information",
    "show ip pim rp mapping": "Show group-to-RP mappings",
    "show ipv6": "IPv6 information",
    "show bfd": "BFD protocol info",
    "show bfd neighbors": "Display details of BFD neighbors",
    "show bfd neighbors client": "Neighbors of a client",
    **{
        f"show bfd neighbors client {client}": f"{client.upper()} client"
        for client in ("bgp", "eigrp", "ospf", "static")
    },
    "show bfd neighbors details": "Detailed information",
    "show bfd neighbors interface": "Neighbors of an interface",
    "show bfd neighbors interface <interface>": "Interface",
    "show bfd neighbors ipv4": "IPv4 neighbor",
    "show bfd neighbors ipv4 <address>": "Address of the neighbor",
    "show bfd neighbors ipv6": "IPv6 neighbor",
    "show bfd neighbors ipv6 <prefix>": "Address of the neighbor",
    **{
        f"show bfd neighbors {words} details": "Detailed information"
        for words in (
            *(f"client {client}" for client in ("bgp", "eigrp", "ospf", "static")),
            "interface <interface>",
            "ipv4 <address>",
            "ipv6 <prefix>",
        )
    },
    "show ip eigrp": "Show IPv4 EIGRP",
    "show ip eigrp vrf": "Select a VRF",
    "show ip eigrp vrf <vrf>": "VPN Routing/Forwarding instance name",
    "show ip eigrp vrf <vrf> interfaces": "Show EIGRP interfaces",
    "show ip eigrp vrf <vrf> neighbors": "Show EIGRP neighbors",
    "show ip eigrp vrf <vrf> neighbors detail": "Show detailed peer information",
    **{f"show ip {protocol} vrf": "Select VPN Routing/Forwarding instance" for protocol in ("igmp", "mroute", "pim")},
    **{
        f"show ip {protocol} vrf <vrf>": "VPN Routing/Forwarding instance name"
        for protocol in ("igmp", "mroute", "pim")
    },
    "show ip igmp vrf <vrf> groups": "IGMP group membership information",
    "show ip igmp vrf <vrf> groups detail": "Detailed information",
    **{
        f"show ip mroute {vrf}{words}": text
        for vrf in ("", "vrf <vrf> ")
        for words, text in (
            ("<group>", "Source or group IP name or address"),
            ("<group> verbose", "Detailed information"),
            ("<group> <source>", "Source or group IP name or address"),
            ("<group> <source> verbose", "Detailed information"),
            ("static", "Static multicast routes"),
            ("verbose", "Detailed information"),
        )
    },
    "show ip pim vrf <vrf> bsr-router": "Bootstrap router (v2)",
    "show ip pim vrf <vrf> neighbor": "PIM neighbor information",
    "show ip pim vrf <vrf> rp": "PIM Rendezvous Point (RP) information",
    "show ip pim vrf <vrf> rp mapping": "Show group-to-RP mappings",
    "show ipv6 mld": "IPv6 Multicast Listener Discovery information",
    "show ipv6 mld groups": "Group membership information",
    "show ipv6 mld groups detail": "Detailed information",
    "show ipv6 mld groups <group>": "IPv6 group address",
    "show ipv6 mld groups <group> detail": "Detailed information",
    "show ipv6 mld groups <group> <interface>": "Interface",
    "show ipv6 mld groups <group> <interface> detail": "Detailed information",
    "show ipv6 mld vrf": "Select VPN Routing/Forwarding instance",
    "show ipv6 mld vrf <vrf>": "VPN Routing/Forwarding instance name",
    "show ipv6 mld vrf <vrf> groups": "Group membership information",
    "show ipv6 mld vrf <vrf> groups detail": "Detailed information",
    "show ipv6 mroute vrf": "Select VPN Routing/Forwarding instance",
    "show ipv6 mroute vrf <vrf>": "VPN Routing/Forwarding instance name",
    **{
        f"show ipv6 mroute {vrf}{words}": text
        for vrf in ("", "vrf <vrf> ")
        for words, text in (
            ("<group>", "IPv6 group address"),
            ("<group> verbose", "Detailed information"),
            ("<group> <source>", "IPv6 source address"),
            ("<group> <source> verbose", "Detailed information"),
            ("verbose", "Detailed information"),
        )
    },
    "show ipv6 pim vrf": "Select VPN Routing/Forwarding instance",
    "show ipv6 pim vrf <vrf>": "VPN Routing/Forwarding instance name",
    "show ipv6 pim vrf <vrf> neighbor": "PIM neighbor information",
    "show ipv6 pim vrf <vrf> neighbor detail": "Detailed neighbor information",
    "show ipv6 eigrp": "Show IPv6 EIGRP",
    "show ipv6 eigrp neighbors": "Show EIGRP neighbors",
    "show ipv6 eigrp neighbors detail": "Show detailed peer information",
    "show ipv6 mroute": "IPv6 multicast routing table",
    "show ipv6 neighbors": "Show IPv6 neighbor cache entries",
    "show ipv6 ospf": "OSPF information",
    "show ipv6 ospf neighbor": "Neighbor list",
    "show ipv6 pim": "PIM information",
    "show ipv6 pim neighbor": "PIM neighbor information",
    "show ipv6 pim neighbor detail": "Detailed neighbor information",
    "show ipv6 rip": "RIP routing protocol status",
    "show ipv6 rip database": "RIP database",
}


def show(session: Session, *, screen: IdleScreen, **_arguments: object) -> Handler:
    """Show the screen, whatever it was asked for."""
    yield Say(_text(session, screen))


def _text(session: Session, screen: IdleScreen) -> str:
    configuration = session.router.configuration
    runs = any(key.startswith(screen.needs) for key in (*configuration.lines, *configuration.sections))
    key = screen.on if runs or not screen.needs else screen.off
    return wording(key) if key else ""


COMMANDS = tuple(
    Command(screen.line, modes=(EXEC,), run=partial(show, screen=screen), piped=True, when=feature(screen.feature),
            output="show_idle_protocols", source="IOS routing and multicast command references, recalled", basis="R")
    for screen in SCREENS
)  # fmt: skip
