"""Notices of a device to lines that it takes, by what stands beside them; two lines are refused.

R: all forms, recalled; those of crypto maps, PortFast and VTP stand in public transcripts too. Of a range of ports each
has its own notice (I). Left out: the question before a user is removed, whose first release no source tells.
"""

from ipaddress import IPv4Address
from typing import Any

from emulator.console.configuration.editor import Editor
from emulator.console.configuration.verdict import CheckRule, Verdict
from emulator.console.wording import wording

ANY, ONE = str(IPv4Address(0)), "255.255.255.255"


def _notice(key: str, **slots: str) -> Verdict:
    return Verdict(wording(key, **slots), refused=False)


def _crypto_map(session: Editor, word: str, arguments: dict[str, Any]) -> Verdict | None:
    """A new entry that names its peer itself does nothing yet."""
    key = f"crypto map {arguments['name']} {arguments['sequence']}"
    is_own = arguments["kind"].startswith("ipsec") and arguments["dynamic"] is None
    return None if word or not is_own or key in session.block.sections else _notice("config.crypto_map_incomplete")


def _preshared_key(session: Editor, word: str, arguments: dict[str, Any]) -> Verdict | None:
    """A second key for a peer is refused."""
    peer = arguments["peer"]
    if word or f"crypto isakmp key {peer}" not in session.block.lines:
        return None
    mask = arguments.get("mask") or (ANY if peer == ANY else ONE)
    return Verdict(wording("config.preshared_key_exists", peer=peer, mask=mask))


def _vlan_of_part(session: Editor, word: str, arguments: dict[str, Any]) -> Verdict | None:
    """A VLAN that another sub-interface of the same interface has is refused."""
    if word:
        return None
    vlan, own = str(arguments["vlan"]), session.subject
    whole = own.partition(".")[0]
    for header, section in session.router.configuration.sections.items():
        taken = section.word("encapsulation dot1Q").partition(" ")[0]
        if header != own and header.startswith(f"{whole}.") and taken == vlan:
            return Verdict(wording("config.vlan_of_another", vlan=vlan, name=header.removeprefix("interface ")))
    return None


def _fast_port(session: Editor, word: str, _arguments: dict[str, Any]) -> Verdict | None:
    name = session.subject.removeprefix("interface ")
    return None if word else _notice("config.portfast", name=name)


def _login_list(session: Editor, word: str, arguments: dict[str, Any]) -> Verdict | None:
    name = arguments["list"]
    defined = f"aaa authentication login {name}" in session.router.configuration.lines
    return None if word or defined else _notice("config.no_login_list", name=name)


def _vtp_mode(session: Editor, word: str, arguments: dict[str, Any]) -> Verdict | None:
    mode, before = "server" if word else arguments["mode"], session.block.word("vtp mode")
    key = "config.vtp_mode_reset" if word else "config.vtp_mode"
    same = (before or session.router.state.vtp.mode.lower()) == mode
    return _notice("config.vtp_mode_same" if same and not word else key, mode=mode.upper())


def _vtp_domain(session: Editor, word: str, arguments: dict[str, Any]) -> Verdict | None:
    if word:
        return None
    name, before = arguments["name"], session.block.word("vtp domain") or session.router.state.vtp.domain
    if before == name:
        return _notice("config.vtp_domain_same", name=name)
    return _notice("config.vtp_domain", before=before or "NULL", name=name)


NOTICES: dict[str, CheckRule] = {
    "crypto map": CheckRule(_crypto_map, ("name", "sequence", "kind", "dynamic"), ("name", "sequence")),
    "preshared key": CheckRule(_preshared_key, ("peer",), ("peer",)),
    "vlan of part": CheckRule(_vlan_of_part, ("vlan",)),
    "fast port": CheckRule(_fast_port),
    "login list": CheckRule(_login_list, ("list",)),
    "vtp mode": CheckRule(_vtp_mode, ("mode",)),
    "vtp domain": CheckRule(_vtp_domain, ("name",)),
}
