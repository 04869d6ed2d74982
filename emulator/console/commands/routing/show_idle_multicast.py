"""`show ip igmp|mroute|pim`, `show ipv6 mld|mroute|pim`: nothing was learned, in a VRF or outside of any."""

from collections.abc import Iterable

from emulator.console.idle_screens import IdleScreen, commands

_VRF = "[vrf <vrf:Word>]"
_ROUTED = ("ip multicast-routing", "idle.no_multicast", "idle.mroute")
_ROUTED6 = ("ipv6 multicast-routing", "")
SCREENS = (
    IdleScreen("show ip igmp groups", "multicast", on="idle.igmp_groups"),
    IdleScreen(f"show ip igmp {_VRF} groups detail", "multicast"),
    IdleScreen("show ip igmp groups <group:Address> detail", "multicast"),
    IdleScreen(f"show ip mroute {_VRF} [<group:Address> [<source:Address>]] [verbose]", "multicast", *_ROUTED),
    IdleScreen(f"show ip mroute {_VRF} static", "multicast"),
    IdleScreen(f"show ip pim {_VRF} bsr-router", "multicast"),
    IdleScreen(f"show ip pim {_VRF} neighbor", "multicast", on="idle.pim_neighbor"),
    IdleScreen(f"show ip pim {_VRF} rp mapping", "multicast", on="idle.pim_mapping"),
    IdleScreen("show ipv6 mld groups [<group:IPv6Address> [<interface:Interface>]] detail", "ipv6"),
    IdleScreen("show ipv6 mld vrf <vrf:Word> groups detail", "ipv6"),
    IdleScreen(f"show ipv6 mroute {_VRF} [<group:IPv6Address> [<source:IPv6Address>]] [verbose]", "ipv6",
               on="idle.mroute6"),
    IdleScreen(f"show ipv6 pim {_VRF} bsr candidate-rp", "ipv6", *_ROUTED6, "idle.pim6_candidates"),
    IdleScreen(f"show ipv6 pim {_VRF} bsr election", "ipv6", *_ROUTED6, "idle.pim6_election"),
    IdleScreen(f"show ipv6 pim {_VRF} neighbor [detail]", "ipv6", on="idle.pim6_neighbor"),
)  # fmt: skip


def _in_each_vrf(protocol: str, texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Help of a protocol's words, in a VRF and outside of any."""
    start = f"show {protocol}"
    return {
        f"{start} vrf": "Select VPN Routing/Forwarding instance",
        f"{start} vrf <vrf>": "VPN Routing/Forwarding instance name",
        **{f"{start}{vrf} {words}": text for vrf in ("", " vrf <vrf>") for words, text in texts},
    }


def _routes(group: str, source: str) -> tuple[tuple[str, str], ...]:
    """Help of the words of a multicast routing table, with the help of both addresses."""
    detailed = ("verbose", "<group> verbose", "<group> <source> verbose")
    return ("<group>", group), ("<group> <source>", source), *((words, "Detailed information") for words in detailed)


_ADDRESS = "Source or group IP name or address"
HELP = {
    "show": "Show running system information",
    "show ip": "IP information",
    "show ip igmp": "IGMP information",
    **_in_each_vrf(
        "ip igmp",
        (("groups", "IGMP group membership information"), ("groups detail", "Detailed information")),
    ),
    "show ip igmp groups <group>": "IP group address",
    "show ip igmp groups <group> detail": "Detailed information",
    "show ip mroute": "IP multicast routing table",
    **_in_each_vrf("ip mroute", (*_routes(_ADDRESS, _ADDRESS), ("static", "Static multicast routes"))),
    "show ip pim": "PIM information",
    **_in_each_vrf(
        "ip pim",
        (
            ("bsr-router", "Bootstrap router (v2)"),
            ("neighbor", "PIM neighbor information"),
            ("rp", "PIM Rendezvous Point (RP) information"),
            ("rp mapping", "Show group-to-RP mappings"),
        ),
    ),
    "show ipv6": "IPv6 information",
    "show ipv6 mld": "IPv6 Multicast Listener Discovery information",
    **_in_each_vrf("ipv6 mld", (("groups", "Group membership information"), ("groups detail", "Detailed information"))),
    "show ipv6 mld groups <group>": "IPv6 group address",
    "show ipv6 mld groups <group> detail": "Detailed information",
    "show ipv6 mld groups <group> <interface>": "Interface",
    "show ipv6 mld groups <group> <interface> detail": "Detailed information",
    "show ipv6 mroute": "IPv6 multicast routing table",
    **_in_each_vrf("ipv6 mroute", _routes("IPv6 group address", "IPv6 source address")),
    "show ipv6 pim": "PIM information",
    **_in_each_vrf(
        "ipv6 pim",
        (
            ("bsr", "Bootstrap router information"),
            ("bsr candidate-rp", "Candidate RP state"),
            ("bsr election", "Bootstrap router election state"),
            ("neighbor", "PIM neighbor information"),
            ("neighbor detail", "Detailed neighbor information"),
        ),
    ),
}

COMMANDS = commands(SCREENS)
