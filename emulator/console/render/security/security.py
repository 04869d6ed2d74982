"""Screens of VPN peers, 802.1X and certificates, from the configuration.

R: forms. No peer answers, so sessions are down and no client authenticates.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from emulator.console.render.interface_lists import short_name
from emulator.console.wording import text_file, wording
from emulator.router.configuration import Configuration, Section
from emulator.router.network.views import InterfaceView


def show_crypto_sessions(configuration: Configuration) -> str:
    """Screen of `show crypto session`: each peer of the crypto maps that interfaces have."""
    text = "Crypto session current status\n\n"
    for key, section in configuration.sections.items():
        name = section.word("crypto map")
        if key.startswith("interface ") and name:
            for entry in _entries(configuration, name):
                text += "".join(_session(configuration, key.removeprefix("interface "), entry))
    return text


def _entries(configuration: Configuration, name: str) -> Iterator[Section]:
    for key, section in configuration.sections.items():
        if key.startswith(f"crypto map {name} "):
            yield section


def _session(configuration: Configuration, interface: str, entry: Section) -> Iterator[str]:
    peers = [line.split()[2] for line in entry.lines.values() if line.startswith("set peer ")]
    for peer in peers:
        yield wording("crypto.session", interface=interface, peer=peer)
        for flow in _flows(configuration, entry.word("match address")):
            yield wording("crypto.flow", flow=flow)
        yield "\n"


def _flows(configuration: Configuration, name: str) -> Iterator[str]:
    starts = (f"access-list {name} ",)
    for line in configuration.lines.values():
        if line.startswith(starts):
            yield line.removeprefix(starts[0])
    section = configuration.sections.get(f"ip access-list extended {name}")
    yield from (line for line in section.lines.values() if not line.startswith("remark")) if section else ()


def show_dot1x(configuration: Configuration) -> str:
    """Screen of `show dot1x`."""
    return wording("dot1x.state", state="Enabled" if "dot1x system-auth-control" in configuration.lines else "Disabled")


def show_dot1x_summary(configuration: Configuration, views: Iterable[InterfaceView]) -> str:
    """Screen of `show dot1x all summary`: the ports that authenticate, without a client."""
    rows = ""
    for view, _ in authenticating(configuration, views):
        rows += f"{short_name(view.name):<16s}{'AUTH':<8s}{'none':<27s}UNAUTHORIZED\n"
    return wording("dot1x.summary") + rows if rows else ""


def _authenticates(section: Section) -> bool:
    return any(line.endswith("port-control auto") for line in section.lines.values())


def authenticating(configuration: Configuration, views: Iterable[InterfaceView]) -> list[tuple[InterfaceView, Section]]:
    """List the ports that authenticate, with their sections."""
    sections = ((view, configuration.sections.get(f"interface {view.name}")) for view in views)
    return [(view, section) for view, section in sections if section is not None and _authenticates(section)]


def show_dot1x_details(configuration: Configuration, views: Iterable[InterfaceView]) -> str:
    """Screen of `show dot1x all details`: the state, and the timers of each port."""
    ports = authenticating(configuration, views)
    return show_dot1x(configuration) + "".join(text_file("dot1x_port", name=view.name) for view, _ in ports)


def show_dot1x_statistics(configuration: Configuration, views: Iterable[InterfaceView]) -> str:
    """Screen of `show dot1x all statistics`: what each port sent and received, which is nothing."""
    ports = authenticating(configuration, views)
    return "".join(wording("dot1x.statistics", name=view.name) for view, _ in ports)


CHAIN = "crypto pki certificate chain "
SELF_SIGNED, OF_AUTHORITY = "certificate self-signed ", "certificate ca "
VALIDITY = re.compile(rb"\x17\x0d(\d{12})Z\x17\x0d(\d{12})Z")
"""Two moments of universal time one behind the other, as a certificate has them for its validity (X.509)."""


def show_certificates(configuration: Configuration, trustpoint: str | None = None) -> str:
    """Screen of `show crypto pki certificates`: those of all chains, or of one trustpoint."""
    blocks = []
    for key, section in configuration.sections.items():
        name = key.removeprefix(CHAIN)
        if key.startswith(CHAIN) and trustpoint in {None, name}:
            point = configuration.sections.get(f"crypto pki trustpoint {name}", Section())
            blocks += [_certificate(name, point, text) for text in section.lines.values()]
    return "\n".join(blocks)


def _certificate(name: str, point: Section, text: str) -> str:
    first, *digits = text.splitlines()
    words = first.split()
    serial = words[2] if first.startswith((SELF_SIGNED, OF_AUTHORITY)) else words[1]
    kind = "Router Self-Signed Certificate" if first.startswith(SELF_SIGNED) else "Certificate"
    subject = "" if first.startswith(OF_AUTHORITY) else point.word("subject-name")
    issuer = subject if first.startswith(SELF_SIGNED) else ""
    return wording(
        "certificate.block",
        kind="CA Certificate" if first.startswith(OF_AUTHORITY) else kind,
        serial=serial,
        usage="Signature" if first.startswith(OF_AUTHORITY) else "General Purpose",
        issuer=_names(issuer),
        name=f"    Name: {subject.partition('=')[2]}\n" if subject else "",
        subject=_names(subject),
        validity=_validity("".join(digits)),
        trustpoint=name,
    )


def _names(names: str) -> str:
    return "".join(f"    {each.strip()}\n" for each in names.split(",") if each)


def _validity(digits: str) -> str:
    """Lines of the validity; empty where the digits are no certificate."""
    words = (each for each in digits.split() if re.fullmatch("[0-9A-F]+", each))
    octets = bytes.fromhex("".join(each for each in words if len(each) % 2 == 0))
    found = VALIDITY.search(octets)
    if found is None:
        return ""
    begin, end = (datetime.strptime(moment.decode(), "%y%m%d%H%M%S").replace(tzinfo=UTC) for moment in found.groups())
    return (
        f"  Validity Date: \n    start date: {begin:%H:%M:%S} UTC {begin:%b} {begin.day} {begin:%Y}\n"
        f"    end   date: {end:%H:%M:%S} UTC {end:%b} {end.day} {end:%Y}\n"
    )
