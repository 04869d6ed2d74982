"""Screens of VPN peers, 802.1X and first-hop redundancy, from the configuration.

R: forms. No peer answers, so sessions are down; the router is alone in its HSRP groups, so it is active in each whose
interface is up.
"""

from collections.abc import Iterable, Iterator

from emulator.console.render.interface_lists import short_name
from emulator.console.wording import wording
from emulator.router.configuration import Configuration, Section
from emulator.router.network.views import InterfaceView

HSRP_HEAD = """                     P indicates configured to preempt.
                     |
Interface   Grp  Pri P State   Active          Standby         Virtual IP
"""
DEFAULT_PRIORITY = "100"


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
    for view in views:
        section = configuration.sections.get(f"interface {view.name}")
        if section is not None and _authenticates(section):
            rows += f"{short_name(view.name):<16s}{'AUTH':<8s}{'none':<27s}UNAUTHORIZED\n"
    return wording("dot1x.summary") + rows if rows else ""


def _authenticates(section: Section) -> bool:
    return any(line.endswith("port-control auto") for line in section.lines.values())


def show_standby_brief(configuration: Configuration, views: Iterable[InterfaceView]) -> str:
    """Screen of `show standby brief`; empty without a group."""
    rows = "".join(row for view in views for row in _groups(configuration, view))
    return HSRP_HEAD + rows if rows else ""


def _groups(configuration: Configuration, view: InterfaceView) -> Iterator[str]:
    section = configuration.sections.get(f"interface {view.name}")
    for line in section.lines.values() if section else ():
        words = line.split()
        if words[:1] != ["standby"] or words[2:3] != ["ip"] or words[4:]:
            continue
        group, virtual = words[1], words[3] if words[3:] else "unknown"
        texts = section.lines.values() if section else ()
        start = f"standby {group} priority "
        priority = next((each.removeprefix(start) for each in texts if each.startswith(start)), DEFAULT_PRIORITY)
        preempts = "P" if any(each.startswith(f"standby {group} preempt") for each in texts) else " "
        active = view.protocol.startswith("up") and virtual != "unknown"
        state = f"{'Active':<8s}{'local':<16s}" if active else f"{'Init':<8s}{'unknown':<16s}"
        yield f"{short_name(view.name):<12s}{group:<5s}{priority:<4s}{preempts} {state}{'unknown':<16s}{virtual}\n"


def show_standby_delay(configuration: Configuration) -> str:
    """Screen of `show standby delay`; empty where no delay is configured."""
    rows = ""
    for key, section in configuration.sections.items():
        words = section.word("standby delay minimum").split()
        if key.startswith("interface ") and len(words) == 3:
            rows += f"{key.removeprefix('interface '):<19s}{words[0]:<8s}{words[2]}\n"
    return f"{'Interface':<19s}{'Minimum':<8s}Reload \n{rows}" if rows else ""
