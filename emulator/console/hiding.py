"""`service password-encryption`: passwords in clear text are kept in type 7 while it is on.

R: which lines it touches, that they stay hidden when it is turned off, and that what is hidden is no secret. The
offset that each is hidden with is drawn from the world's seed.
"""

import re

from emulator.keys.passwords import hide
from emulator.router.device import Router

SERVICE = "service password-encryption"

_PLAIN = re.compile(
    r"(?P<before>(?:(?:enable|username \S+(?: privilege \d+)?|ppp chap|ppp pap sent-username \S+|ip ftp) )?password "
    r"(?:level \d+ )?)(?:0 )?(?P<password>(?![057] )\S.*)"
)


def hide_passwords(router: Router) -> None:
    """Hide what is in clear text, if the service is on."""
    if router.configuration.lines.get(SERVICE) != SERVICE:
        return
    dice = router.draw("type 7")
    for block in router.configuration.walk():
        for key, line in block.lines.items():
            found = _PLAIN.fullmatch(line)
            if found is not None:
                block.lines[key] = f"{found['before']}7 {hide(found['password'].rstrip(), dice)}"
