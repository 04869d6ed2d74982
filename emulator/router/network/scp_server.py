"""The SCP server of a router: whether it takes a client, by configuration and privilege.

R: it runs where `ip scp server enable` stands, and asks for privilege 15, which with AAA a user has only by
`aaa authorization exec`; the two refusals in its words.
"""

from emulator.router.access import HIGHEST_LEVEL
from emulator.router.configuration import Configuration

ENABLED = "ip scp server enable"
DISABLED_TEXT = "Administratively disabled.\n"
DENIED_TEXT = "Privilege denied.\n"


def scp_refusal(configuration: Configuration, level: int) -> str:
    """Text with which a client is refused; empty if it is served.

    Args:
        configuration: the running one.
        level: the privilege of the user who logged in.
    """
    if not configuration.has(ENABLED):
        return DISABLED_TEXT
    return "" if level >= HIGHEST_LEVEL else DENIED_TEXT
