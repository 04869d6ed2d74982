"""The modes of the command line as records. Parents are data: where `exit` leads, and whose commands also work here.

User and privileged EXEC are one mode at two privilege levels, as in IOS.
"""

import msgspec


def tree_of(mode: str) -> str:
    """The mode whose tree of lines a mode has: one tree serves all that have the same lines."""
    return LIKE.get(mode, mode)


class Mode(msgspec.Struct, frozen=True):
    """One mode.

    Attributes:
        suffix: what stands after the host name in the prompt; EXEC has two, by privilege.
        parent: the mode above, which it is entered from; `exit` goes there, and a command that the mode does not know
            is looked up there next.
    """

    name: str
    suffix: str
    parent: str | None = None


EXEC = "exec"
CONFIG = "config"
ROMMON = "rommon"

LIKE = {"config-subif": "config-if", "config-if-range": "config-if"}
"""Modes that have the lines of another; what they lack is told by the kind of the interface."""

_SECTIONS = {
    "config-vrf-af": "config-vrf-definition",
    "config-archive-log-cfg": "config-archive",
    "config-vlan": CONFIG,
    "config-route-map": CONFIG,
    "config-cmap": CONFIG,
    "config-pmap": CONFIG,
    "config-pmap-c": "config-pmap",
    "config-sec-zone": CONFIG,
    "config-sec-zone-pair": CONFIG,
    "config-profile": CONFIG,
    "ipsec-profile": CONFIG,
    "conf-isa-prof": CONFIG,
    "conf-keyring": CONFIG,
    "config-isakmp-group": CONFIG,
    "config-crypto-ezvpn": CONFIG,
    "config-gkm-group": CONFIG,
    "config-sg-radius": CONFIG,
    "config-sg-tacacs": CONFIG,
    "config-radius-server": CONFIG,
    "config-server-tacacs": CONFIG,
    "config-ldap-server": CONFIG,
    "config-applet": CONFIG,
    "config-ip-sla": CONFIG,
    "config-ip-sla-echo": "config-ip-sla",
    "config-ip-sla-jitter": "config-ip-sla",
    "config-ip-sla-tcp": "config-ip-sla",
    "config-track": CONFIG,
    "config-controller": CONFIG,
    "config-if-atm-vc": "config-if",
    "config-webvpn-gateway": CONFIG,
    "config-webvpn-context": CONFIG,
    "config-webvpn-group": "config-webvpn-context",
    "config-kron-occurrence": CONFIG,
    "config-kron-policy": CONFIG,
    "config-ipv6-acl": CONFIG,
    "config-dhcpv6": CONFIG,
    "config-rtr": CONFIG,
    "config-time-range": CONFIG,
    "config-keychain": CONFIG,
    "config-keychain-key": "config-keychain",
    "config-red": CONFIG,
    "config-flow-exporter": CONFIG,
    "config-flow-record": CONFIG,
    "config-flow-monitor": CONFIG,
    "config-bba-group": CONFIG,
    "config-vpdn": CONFIG,
    "config-vpdn-req-in": "config-vpdn",
    "config-dial-peer": CONFIG,
    "config-voiceport": CONFIG,
    "config-voicecard": CONFIG,
    "conf-voi-serv": CONFIG,
    "config-mgcp-profile": CONFIG,
    "config-cm-fallback": CONFIG,
    "config-telephony": CONFIG,
    "config-ephone": CONFIG,
    "config-ephone-dn": CONFIG,
    "config-ssid": CONFIG,
    "DDNS-update-method": CONFIG,
    "DDNS-HTTP": "DDNS-update-method",
    "config-network-group": CONFIG,
    "config-service-group": CONFIG,
    "config-ikev2-author-policy": CONFIG,
    "config-ikev2-proposal": CONFIG,
    "config-ikev2-policy": CONFIG,
    "config-ikev2-keyring": CONFIG,
    "config-ikev2-keyring-peer": "config-ikev2-keyring",
    "config-ikev2-profile": CONFIG,
    "config-flow-top-talkers": CONFIG,
    "config-onep": CONFIG,
    "config-view": CONFIG,
    "cfg-call-home": CONFIG,
    "cfg-call-home-profile": "cfg-call-home",
    "config-vpdn-acc-in": "config-vpdn",
    "config-class-codec": CONFIG,
    "config-class-h323": CONFIG,
    "cfg-translation-rule": CONFIG,
    "cfg-translation-profile": CONFIG,
    "config-sccp-ccm": CONFIG,
    "config-dspfarm-profile": CONFIG,
    "config-dp-cor": CONFIG,
    "config-dp-corlist": CONFIG,
    "config-gateway": CONFIG,
    "config-gk": CONFIG,
    "config-sip-ua": CONFIG,
    "config-ephone-template": CONFIG,
    "cfg-iptrust-list": "conf-voi-serv",
    "conf-serv-sip": "conf-voi-serv",
    "conf-serv-h323": "conf-voi-serv",
}
"""Sections of the configuration whose prompt is their name, with the mode above each (R)."""

MODES = {
    mode.name: mode
    for mode in (
        Mode(EXEC, "#"),
        Mode(CONFIG, "(config)#", parent=EXEC),
        Mode("config-if", "(config-if)#", parent=CONFIG),
        Mode("config-subif", "(config-subif)#", parent=CONFIG),
        Mode("config-if-range", "(config-if-range)#", parent=CONFIG),
        Mode("config-router", "(config-router)#", parent=CONFIG),
        Mode("config-router-af", "(config-router-af)#", parent="config-router"),
        Mode("config-vrf", "(config-vrf)#", parent=CONFIG),
        Mode("config-vrf-definition", "(config-vrf)#", parent=CONFIG),
        Mode("config-line", "(config-line)#", parent=CONFIG),
        Mode("dhcp-config", "(dhcp-config)#", parent=CONFIG),
        Mode("config-std-nacl", "(config-std-nacl)#", parent=CONFIG),
        Mode("config-ext-nacl", "(config-ext-nacl)#", parent=CONFIG),
        Mode("config-isakmp", "(config-isakmp)#", parent=CONFIG),
        Mode("cfg-crypto-trans", "(cfg-crypto-trans)#", parent=CONFIG),
        Mode("config-crypto-map", "(config-crypto-map)#", parent=CONFIG),
        Mode("ca-trustpoint", "(ca-trustpoint)#", parent=CONFIG),
        Mode("config-cert-chain", "(config-cert-chain)#", parent=CONFIG),
        Mode("config-archive", "(config-archive)#", parent=CONFIG),
        Mode("conf-ssh-pubkey", "(conf-ssh-pubkey)#", parent=CONFIG),
        Mode("conf-ssh-pubkey-user", "(conf-ssh-pubkey-user)#", parent="conf-ssh-pubkey"),
        Mode("config-cp", "(config-cp)#", parent=CONFIG),
        Mode(ROMMON, "rommon"),
        *(Mode(name, f"({name})#", parent) for name, parent in _SECTIONS.items()),
    )
}

ALL_CONFIG = tuple(mode.name for mode in MODES.values() if mode.suffix.startswith("("))
"""Configuration mode and all its sub-modes."""

USER, PRIVILEGED = 1, 15


NAME_IN_PROMPT = 20
"""So many characters of a host name stand in the prompts of configuration mode; in EXEC it stands whole (R)."""


def prompt(hostname: str, mode: str, privilege: int) -> str:
    """The prompt of a mode."""
    suffix = MODES[mode].suffix
    if mode == EXEC and privilege <= USER:
        suffix = ">"
    return f"{hostname if mode == EXEC else hostname[:NAME_IN_PROMPT]}{suffix}"
