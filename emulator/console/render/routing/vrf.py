"""`show vrf` and `show ip vrf`: the routing instances of the configuration and their interfaces (R: forms)."""

from collections.abc import Mapping, Sequence

from emulator.console.render.interface_lists import short_name
from emulator.router.configuration import Section

NO_RD = "<not set>"
Members = Mapping[str, Sequence[str]]


def show_vrf(vrfs: Mapping[str, Section], members: Members) -> str:
    """Screen of `show vrf`."""
    rows = (_row(name, section, members[name], _protocols(section)) for name, section in vrfs.items())
    return f"  {'Name':<33s}{'Default RD':<20s}{'Protocols':<12s}Interfaces\n" + "".join(rows)


def _row(name: str, section: Section, members: Sequence[str], protocols: str) -> str:
    first, *others = [short_name(each) for each in members] or [""]
    head = f"  {name:<33s}{section.word('rd') or NO_RD:<20s}{protocols:<12s}{first}".rstrip() + "\n"
    return head + "".join(f"{'':67s}{each}\n" for each in others)


def show_ip_vrf(vrfs: Mapping[str, Section], members: Members) -> str:
    """Screen of `show ip vrf`."""
    text = f"  {'Name':<33s}{'Default RD':<20s}Interfaces\n"
    for name, section in vrfs.items():
        first, *others = [short_name(each) for each in members[name]] or [""]
        text += f"  {name:<33s}{section.word('rd') or NO_RD:<20s}{first}".rstrip() + "\n"
        text += "".join(f"{'':55s}{each}\n" for each in others)
    return text


def _protocols(section: Section) -> str:
    """Address families: those of a `vrf definition`; of an `ip vrf` IPv4."""
    if section.header.startswith("ip vrf"):
        return "ipv4"
    families = (key.split()[1] for key in section.sections if key.startswith("address-family "))
    return ",".join(dict.fromkeys(families))


def show_vrf_detail(number: int, name: str, section: Section, members: Sequence[str]) -> str:
    """Block of a VRF in `show vrf detail`."""
    old = section.header.startswith("ip vrf")
    kind = "Old CLI format, supports IPv4 only" if old else "New CLI format, supports multiple address-families"
    names = "".join(f"{short_name(each):<25s}" for each in members)
    listed = f"  Interfaces:\n    {names}\n" if members else "  No interfaces\n"
    rd = section.word("rd") or NO_RD
    text = f"VRF {name} (VRF Id = {number}); default RD {rd}; default VPNID <not set>\n  {kind}\n  Flags: 0xC\n{listed}"
    for family in _protocols(section).split(","):
        block = section if old else section.sections.get(f"address-family {family}")
        text += _family(family, number, block) if family and block is not None else _missing(family)
    if old:
        text += _missing("ipv6")
    return text + _missing("ipv4 multicast") + "\n"


def _family(family: str, number: int, block: Section) -> str:
    head = f"Address family {family} unicast (Table ID = 0x{number:X}):\n  Flags: 0x0\n"
    for direction in ("Export", "Import"):
        lines = (line.split() for line in block.lines.values() if line.startswith("route-target "))
        targets = [words[2] for words in lines if words[1] in {direction.lower(), "both"}]
        if targets:
            head += f"  {direction} VPN route-target communities\n    "
            head += "".join(f"{f'RT:{target}':<25s}" for target in targets) + "\n"
        else:
            head += f"  No {direction} VPN route-target communities\n"
    imported, exported = block.word("import map"), block.word("export map")
    head += f"  Import route-map: {imported}\n" if imported else "  No import route-map\n"
    head += "  No global export route-map\n"
    head += f"  Export route-map: {exported}\n" if exported else "  No export route-map\n"
    return head + "  VRF label distribution protocol: not configured\n  VRF label allocation mode: per-prefix\n"


def _missing(family: str) -> str:
    unicast = family if " " in family or not family else f"{family} unicast"
    return f"Address family {unicast} not active\n" if family else ""
