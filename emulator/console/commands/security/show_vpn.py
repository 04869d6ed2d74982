"""Shows of what the key exchange and IPsec are to use: `show crypto isakmp policy`, `show crypto map` and their kin."""

from collections.abc import Callable
from functools import partial

from emulator.console.configuration.conditions import feature, from_release
from emulator.console.modes import EXEC
from emulator.console.render.security import ikev2, vpn
from emulator.console.session.screens import show_screen
from emulator.console.session.session import Session
from emulator.grammar import ALWAYS, Command, Condition
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Configuration

HELP = {
    "show": "Show running system information",
    "show crypto": "Encryption module",
    "show crypto dynamic-map": "Crypto map templates",
    "show crypto ikev2": "Shows ikev2 info",
    "show crypto ikev2 policy": "Show policies",
    "show crypto ikev2 profile": "Show profiles",
    "show crypto ikev2 proposal": "Show proposals",
    "show crypto ipsec": "Show IPSEC policy",
    "show crypto ipsec profile": "Show ipsec profile information",
    "show crypto ipsec security-association": "Show parameters for IPSec security associations",
    "show crypto ipsec security-association lifetime": "Show default lifetimes",
    "show crypto ipsec transform-set": "Crypto transform sets",
    "show crypto isakmp": "Show ISAKMP",
    "show crypto isakmp key": "Show ISAKMP preshared keys",
    "show crypto isakmp policy": "Show ISAKMP protection suite policy",
    "show crypto isakmp profile": "Show ISAKMP profiles",
    "show crypto map": "Crypto maps",
    "show crypto map tag": "Crypto map tag",
    "show crypto map tag <name>": "Crypto map tag",
    "show crypto pki": "Show PKI",
    "show crypto pki trustpoints": "Show trustpoints",
}


_SOURCE = "IOS security command reference, recalled; public outputs of routers with a VPN"


def of_configuration(session: Session, *, screen: Callable[[Configuration], str]) -> Handler:
    yield Say(screen(session.router.configuration))


def crypto_maps(session: Session, *, name: str | None) -> Handler:
    yield Say(vpn.show_crypto_maps(session.router.configuration, name))


def _show(line: str, screen: Callable[[Configuration], str], when: Condition = ALWAYS) -> Command:
    return Command(line, modes=(EXEC,), run=partial(of_configuration, screen=screen), piped=True, output="show_vpn",
                   when=when, source=_SOURCE, basis="R")  # fmt: skip


_IPSEC = feature("ipsec")
_IKEV2 = _IPSEC & from_release("15.1")
COMMANDS = (
    _show("show crypto dynamic-map", vpn.show_dynamic_maps, _IPSEC),
    _show("show crypto ikev2 policy", ikev2.show_policies, _IKEV2),
    _show("show crypto ikev2 profile", ikev2.show_profiles, _IKEV2),
    _show("show crypto ikev2 proposal", ikev2.show_proposals, _IKEV2),
    _show("show crypto ipsec profile", vpn.show_ipsec_profiles, _IPSEC),
    _show("show crypto ipsec security-association lifetime", vpn.show_association_lifetime, _IPSEC),
    _show("show crypto ipsec transform-set", vpn.show_transform_sets, _IPSEC),
    _show("show crypto isakmp key", vpn.show_isakmp_keys, _IPSEC),
    Command("show crypto isakmp policy", modes=(EXEC,), run=partial(show_screen, screen=vpn.show_isakmp_policies),
            piped=True, output="show_vpn", when=_IPSEC, source=_SOURCE, basis="R"),
    _show("show crypto isakmp profile", vpn.show_isakmp_profiles, _IPSEC),
    Command("show crypto map [tag <name:Word>]", modes=(EXEC,), run=crypto_maps, piped=True, output="show_vpn",
            when=_IPSEC, source=_SOURCE, basis="R"),
    _show("show crypto pki trustpoints", vpn.show_trustpoints),
)  # fmt: skip
