"""Leaving a section by its own word: `exit-address-family`, `exit-peer-policy` (R)."""

from emulator.console.session.session import Session
from emulator.grammar import Command

HELP = {
    "exit-address-family": "Exit from Address Family configuration mode",
    "exit-af-interface": "Exit from Address Family Interface configuration mode",
    "exit-af-topology": "Exit from Address Family Topology configuration mode",
    "exit-peer-policy": "Exit from policy-template configuration mode",
    "exit-peer-session": "Exit from session-template configuration mode",
}

SECTIONS = {
    "exit-address-family": ("config-router-af", "config-vrf-af", "config-router-eigrp-af"),
    "exit-af-interface": ("config-router-af-interface",),
    "exit-af-topology": ("config-router-af-topology",),
    "exit-peer-policy": ("config-router-ptmp",),
    "exit-peer-session": ("config-router-stmp",),
}
"""Words, and the modes that each leaves."""


def leave(session: Session) -> None:
    session.line.leave()


COMMANDS = tuple(
    Command(word, modes=modes, run=leave, basis="R", source="IOS routing command references")
    for word, modes in SECTIONS.items()
)
