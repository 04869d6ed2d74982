"""`service password-encryption`: passwords and keys in clear text are kept in type 7 while it is on.

R: which lines it touches, that they stay hidden when it is turned off, and that what is hidden is no secret. The keys
of IPsec (`crypto isakmp key`, key rings, groups of clients) and communities of SNMP are not among them. The offset that
each is hidden with is drawn from the world's seed.
"""

import re

from msgspec.structs import replace

from emulator.keys.passwords import hide
from emulator.router.configuration import Block, Section
from emulator.router.device import Router

SERVICE = "service password-encryption"

BEFORE = (
    r"(?:enable |username \S+ (?:privilege \d+ )?)?password (?:level \d+ )?",
    r"(?:ppp chap|ppp pap sent-username \S+|ip ftp|ip http client|neighbor \S+|l2tp tunnel) password ",
    r"(?:tacacs-server|radius-server) (?:host .*? )?key ",
    r"server-private .*? key ",
    r"client \S+ (?:vrf \S+ )?server-key ",
    r"server-key ",
    r"ip ospf authentication-key ",
    r"ip ospf message-digest-key \d+ md5 ",
    r"key-string ",
    r"wpa-psk (?:ascii|hex) ",
)
"""Patterns of the words before a password."""

_REST = r"(?:0 )?(?P<password>(?![05-9] )\S.*)"
_PLAIN = re.compile(rf"(?P<before>{'|'.join(BEFORE)}){_REST}")
_PLAIN_KEY = re.compile(rf"(?P<before>key ){_REST}")

SERVERS = ("radius server ", "tacacs server ")
"""Sections in which `key` is a password; elsewhere it is one of IPsec, or the number of a key."""


def hide_passwords(router: Router) -> None:
    """Encode passwords in clear text as type 7, if the service is on."""
    if router.configuration.lines.get(SERVICE) != SERVICE:
        return
    dice = router.draw("type 7")
    for block in router.configuration.walk():
        server = isinstance(block, Section) and block.header.startswith(SERVERS)
        for key, line in list(block.lines.items()):
            found = _PLAIN.fullmatch(line) or (_PLAIN_KEY.fullmatch(line) if server else None)
            if found is not None:
                _put(block, key, f"{found['before']}7 {hide(found['password'].rstrip(), dice)}")


def _put(block: Block, key: str, line: str) -> None:
    """A line in place of another; where lines of a kind stand beside each other, its key is what it says."""
    if block.lines[key] != key:
        block.lines[key] = line
        return
    block.lines = {line if each == key else each: line if each == key else text for each, text in block.lines.items()}
    block.found = [replace(place, key=line) if place.key == key else place for place in block.found]
