"""The classic firewall and its kin: `show ip inspect`, `show parameter-map type inspect`, `show ip ips`, NBAR.

R: forms and defaults. No packet is forwarded, so no session is open and nothing was recognized.
"""

from collections.abc import Iterator
from itertools import pairwise

from emulator.console.wording import wording
from emulator.router.configuration import Block, Configuration, Section

ALL = ("rules", "interfaces")
TIMEOUTS = {"udp": 30, "icmp": 10, "dns": 30}
TCP_TIMEOUT = 3600
UNLIMITED = "2147483647"


def show_inspection(configuration: Configuration, parts: tuple[str, ...]) -> str:
    """The thresholds and rules, the interfaces that have a rule, or both."""
    text = ""
    if "rules" in parts:
        state = "enabled" if "ip inspect audit-trail" in configuration.lines.values() else "disabled"
        alert = "disabled" if "ip inspect alert-off" in configuration.lines.values() else "enabled"
        text += wording("inspection.thresholds", audit=state, alert=alert)
        for name in dict.fromkeys(name for name, _ in _rules(configuration)):
            text += f" Inspection name {name}\n{_protocols(configuration, name)}"
    if "interfaces" in parts:
        text += "Interface Configuration\n" if any(_inspected(configuration)) else ""
        for name, section in _inspected(configuration):
            text += f" Interface {name}\n"
            for way, title in (("in", "Inbound"), ("out", "Outgoing")):
                rule = _of(section, "ip inspect", way)
                text += f"  {title} inspection rule is {rule or 'not set'}\n"
                text += _protocols(configuration, rule) if rule else ""
            for way, title in (("in", "Inbound"), ("out", "Outgoing")):
                text += f"  {title} access list is {_of(section, 'ip access-group', way) or 'not set'}\n"
            text += "\n"
    return text


def _rules(configuration: Configuration) -> Iterator[tuple[str, list[str]]]:
    for line in configuration.lines.values():
        words = line.split()
        if words[:3] == ["ip", "inspect", "name"] and len(words) > 4:
            yield words[3], words[4:]


def _protocols(configuration: Configuration, rule: str) -> str:
    audits = "on" if "ip inspect audit-trail" in configuration.lines.values() else "off"
    text = ""
    for name, words in _rules(configuration):
        if name == rule:
            said = dict(pairwise(words))
            timeout = said.get("timeout", TIMEOUTS.get(words[0], TCP_TIMEOUT))
            alert, audit = said.get("alert", "on"), said.get("audit-trail", audits)
            text += f"    {words[0]} alert is {alert} audit-trail is {audit} timeout {timeout}\n"
    return text


def _inspected(configuration: Configuration) -> Iterator[tuple[str, Section]]:
    for key, section in configuration.sections.items():
        if key.startswith("interface ") and any(line.startswith("ip inspect ") for line in section.lines.values()):
            yield key.removeprefix("interface "), section


def _of(section: Block, start: str, way: str) -> str:
    """Name on the line of an interface that begins so and ends with a direction; empty without one."""
    lines = (line.split() for line in section.lines.values() if line.startswith(f"{start} "))
    return next((words[2] for words in lines if words[-1] == way), "")


def show_parameter_maps(configuration: Configuration, wanted: str | None = None) -> str:
    """A block a parameter map, with the values that are usual too."""
    start, text = "parameter-map type inspect ", ""
    for key, section in configuration.sections.items():
        name = key.removeprefix(start)
        if key.startswith(start) and wanted in {None, name}:
            tcp = {words[1]: words[2:] for line in section.lines.values() if (words := line.split())[0] == "tcp"}
            text += wording(
                "inspection.parameters",
                name=name,
                audit=section.word("audit-trail", "off"),
                alert=section.word("alert", "on"),
                least=section.word("max-incomplete low", UNLIMITED),
                most=section.word("max-incomplete high", UNLIMITED),
                slow=section.word("one-minute low", UNLIMITED),
                fast=section.word("one-minute high", UNLIMITED),
                udp=section.word("udp idle-time", "30"),
                icmp=section.word("icmp idle-time", "10"),
                dns=section.word("dns-timeout", "5"),
                idle=" ".join(tcp.get("idle-time", ["3600"])),
                end=" ".join(tcp.get("finwait-time", ["5"])),
                begin=" ".join(tcp.get("synwait-time", ["30"])),
                sessions=section.word("sessions maximum", UNLIMITED),
            )
    return text


def show_intrusion_prevention(configuration: Configuration) -> str:
    """Screen of the settings of intrusion prevention: files, notes, rules, and the interfaces that have one."""
    lines = configuration.lines
    names = [line.split()[3] for line in lines.values() if line.startswith("ip ips name ")]
    place = next((line.split()[4] for line in lines.values() if line.startswith("ip ips config location ")), "-none-")
    ports = ""
    for key, section in configuration.sections.items():
        ways = {way: _of(section, "ip ips", way) for way in ("in", "out")} if key.startswith("interface ") else {}
        if any(ways.values()):
            ports += f"      {key.replace('interface', 'Interface', 1)}\n"
            ports += f"        Inbound IPS rule is {ways['in'] or 'not set'}\n"
            ports += f"        Outgoing IPS rule is {ways['out'] or 'not set'}\n"
    return wording(
        "inspection.prevention",
        place=place,
        log="enabled" if lines.get("ip ips notify log", "") != "no ip ips notify log" else "disabled",
        sdee="enabled" if "ip ips notify SDEE" in lines.values() else "disabled",
        rules="".join(f"      IPS name {name}\n" for name in names),
        closed="enabled" if "ip ips fail closed" in lines.values() else "disabled",
        ports=ports,
    )


def show_protocol_discovery(configuration: Configuration) -> str:
    """A table an interface on which protocols are recognized."""
    return "".join(
        wording("inspection.discovery", name=key.removeprefix("interface "))
        for key, section in configuration.sections.items()
        if key.startswith("interface ") and section.has("ip nbar protocol-discovery")
    )
