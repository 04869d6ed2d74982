"""`show vlan-switch` and `show vtp status`: the switch inside (R: forms; the digest is that of an empty domain)."""

from emulator.console.render.interface_lists import short_name
from emulator.hardware.platform import SWITCHED
from emulator.images.features import limit
from emulator.router.configuration import Block
from emulator.router.device import Router
from emulator.router.network.views import interface_views

ALWAYS = {1: "default"}
UNSUPPORTED = {1002: "fddi-default", 1003: "token-ring-default", 1004: "fddinet-default", 1005: "trnet-default"}
"""VLANs that every switch has from the beginning."""

HEAD = (
    "\nVLAN Name                             Status    Ports\n"
    "---- -------------------------------- --------- -------------------------------\n"
)
TYPES = (
    "\nVLAN Type  SAID       MTU   Parent RingNo BridgeNo Stp  BrdgMode Trans1 Trans2\n"
    "---- ----- ---------- ----- ------ ------ -------- ---- -------- ------ ------\n"
)
OLD_TYPES = (
    "1002 fddi  101002     1500  -      -      -        -    -        1      1003  \n"
    "1003 tr    101003     1500  1005   0      -        -    srb      1      1002  \n"
    "1004 fdnet 101004     1500  -      -      1        ibm  -        0      0     \n"
    "1005 trnet 101005     1500  -      -      1        ibm  -        0      0     \n"
)
PORTS_A_LINE = 4


def vlans(router: Router) -> dict[int, str]:
    """VLANs that carry traffic, with their names."""
    found = dict(ALWAYS)
    for key, section in router.configuration.sections.items():
        word, _, numbers = key.partition(" ")
        for number in listed(numbers) if word == "vlan" else []:
            found[number] = section.word("name") or f"VLAN{number:04d}"
    return dict(sorted(found.items()))


def listed(numbers: str) -> list[int]:
    """VLANs of a list such as `2,4-6`."""
    found: list[int] = []
    for part in numbers.split(","):
        first, _, last = part.partition("-")
        if first.isdecimal() and (last or first).isdecimal():
            found += range(int(first), int(last or first) + 1)
    return found


def show_vlan_switch(router: Router, *, brief: bool = False, number: int | None = None) -> str:
    """The whole screen, or that of one VLAN; `brief` is its first table."""
    wanted = number
    active = {each: name for each, name in vlans(router).items() if wanted in {None, each}}
    unsupported = {each: name for each, name in UNSUPPORTED.items() if wanted in {None, each}}
    rows = [_row(number, name, "active", _ports(router, number)) for number, name in active.items()]
    rows += [_row(number, name, "act/unsup", []) for number, name in unsupported.items()]
    if brief:
        return HEAD + "".join(rows)
    types = [
        f"{number:<4d} enet  {100000 + number:<10d} 1500  -      -      -        -    -        "
        f"{1002 if number == 1 else 0:<6d} {1003 if number == 1 else 0:<6d}\n"
        for number in active
    ]
    return (
        HEAD
        + "".join(rows)
        + TYPES
        + "".join([*types, *(line for line in OLD_TYPES.splitlines(keepends=True) if int(line[:4]) in unsupported)])
    )


def _row(number: int, name: str, status: str, ports: list[str]) -> str:
    lines = [", ".join(ports[at : at + PORTS_A_LINE]) for at in range(0, len(ports), PORTS_A_LINE)] or [""]
    first = f"{number:<4d} {name:<32.32s} {status:<9s} {lines[0]}\n"
    return first + "".join(f"{'':48s}{line}\n" for line in lines[1:])


def _ports(router: Router, number: int) -> list[str]:
    """The ports in a VLAN; trunks are in none."""
    found = []
    for view in interface_views(router):
        section = router.configuration.sections.get(f"interface {view.name}", Block())
        if view.kind in SWITCHED and section.word("switchport mode") != "trunk":
            vlan = section.word("switchport access vlan")
            if (int(vlan) if vlan.isdecimal() else 1) == number:
                found.append(short_name(view.name))
    return found


def show_vtp_status(router: Router) -> str:
    """The whole screen; the VTP domain has no other member, so no change came from outside.

    C: the updater is the lowest numbered VLAN interface with an address; R: without one, the first interface that has
    one. Mode and domain are those of the configuration, where it has them (R).
    """
    vtp, configuration = router.state.vtp, router.configuration
    most = limit("vtp", router.platform.family, router.running.level) if vtp.most is None else vtp.most
    mode = configuration.word("vtp mode").capitalize() or vtp.mode
    domain = configuration.word("vtp domain") or vtp.domain
    number = len(vlans(router)) + len(UNSUPPORTED) + vtp.other_vlans
    text = (
        f"VTP Version                     : {vtp.version}\n"
        f"Configuration Revision          : {vtp.revision}\n"
        f"Maximum VLANs supported locally : {most if most is not None else 0}\n"
        f"Number of existing VLANs        : {number}\n"
        f"VTP Operating Mode              : {mode}\n"
        f"VTP Domain Name                 : {domain}\n"
        f"VTP Pruning Mode                : {vtp.pruning}\n"
        f"VTP V2 Mode                     : {vtp.v2}\n"
        f"VTP Traps Generation            : {vtp.traps}\n"
        f"MD5 digest                      : {vtp.digest} \n"
        f"Configuration last modified by {vtp.modified}\n"
    )
    return f"{text}Local updater ID is {_updater(router)}\n"


def _updater(router: Router) -> str:
    """The address that changes of the VLANs would carry, and where it is from."""
    views = [view for view in interface_views(router) if view.address]
    of_vlans = [view for view in views if view.name.startswith("Vlan")]
    if not views:
        return "0.0.0.0 (no valid interface found)"
    view = (of_vlans or views)[0]
    found = "lowest numbered VLAN interface" if of_vlans else "first interface"
    return f"{view.address} on interface {short_name(view.name)} ({found} found)"
