"""Shows of routing protocols without a neighbor: BGP, OSPF, RIP, BFD, and IPv6 neighbors."""

from emulator.console.idle_screens import IdleScreen, commands

_BGP = "router bgp "
_NEIGHBOR = "<neighbor:Address>"
_LISTED = "{advertised-routes | received-routes | routes | policy}"
_CLIENTS = ("bgp", "eigrp", "ospf", "static")
SCREENS = (
    IdleScreen(f"show bgp all neighbors {_NEIGHBOR} {_LISTED}", "bgp", _BGP, "show.bgp_not_active", "idle.bgp_total"),
    IdleScreen(f"show bgp ipv4 unicast all neighbors {_NEIGHBOR} {_LISTED}", "bgp", _BGP, "show.bgp_not_active",
           "idle.bgp_total"),
    IdleScreen(f"show ip bgp neighbors {_NEIGHBOR} {_LISTED}", "bgp", _BGP, "show.bgp_not_active", "idle.bgp_total"),
    IdleScreen(f"show ip bgp ipv4 unicast neighbors {_NEIGHBOR} {_LISTED}", "bgp", _BGP, "show.bgp_not_active",
           "idle.bgp_total"),
    IdleScreen("show ip bgp regexp <expression:Line>", "bgp", _BGP, "show.bgp_not_active"),
    IdleScreen("show ip ospf database {external | network | summary | asbr-summary}", "ospf"),
    IdleScreen("show ip ospf database {nssa-external | opaque-area}", "ospf"),
    IdleScreen("show ip ospf neighbor detail", "ospf"),
    IdleScreen("show ip ospf neighbor <neighbor:Address> [detail]", "ospf"),
    IdleScreen("show ip ospf {sham-links | virtual-links}", "ospf"),
    IdleScreen("show bfd neighbors [details]", "bfd"),
    IdleScreen(f"show bfd neighbors client <client:{'|'.join(_CLIENTS)}> [details]", "bfd"),
    IdleScreen("show bfd neighbors interface <interface:Interface> [details]", "bfd"),
    IdleScreen("show bfd neighbors {ipv4 <address:Address> | ipv6 <prefix:IPv6Address>} [details]", "bfd"),
    IdleScreen("show ipv6 neighbors", "ipv6", "ipv6 unicast-routing", on="idle.neighbors6"),
    IdleScreen("show ipv6 ospf neighbor", "ipv6"),
    IdleScreen("show ipv6 rip vrf <vrf:Word> [database]", "ipv6"),
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
    "show ipv6": "IPv6 information",
    "show bfd": "BFD protocol info",
    "show bfd neighbors": "Display details of BFD neighbors",
    "show bfd neighbors client": "Neighbors of a client",
    **{f"show bfd neighbors client {client}": f"{client.upper()} client" for client in _CLIENTS},
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
            *(f"client {client}" for client in _CLIENTS),
            "interface <interface>",
            "ipv4 <address>",
            "ipv6 <prefix>",
        )
    },
    "show ipv6 neighbors": "Show IPv6 neighbor cache entries",
    "show ipv6 ospf": "OSPF information",
    "show ipv6 ospf neighbor": "Neighbor list",
    "show ipv6 rip vrf": "Select VPN Routing/Forwarding instance",
    "show ipv6 rip vrf <vrf>": "VPN Routing/Forwarding instance name",
    "show ipv6 rip vrf <vrf> database": "RIP database",
}

COMMANDS = commands(SCREENS)
