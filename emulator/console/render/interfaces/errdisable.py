"""`show errdisable recovery|detect`: for which causes a port of the switch inside is shut by itself, and comes back.

C2: the forms of Catalyst switches. R: the causes that a small switch knows. No port is ever shut for one here, for
nothing that is plugged in does what they name.
"""

from emulator.console.wording import wording
from emulator.router.device import Router

CAUSES = ("bpduguard", "link-flap", "loopback", "psecure-violation", "storm-control", "udld")
START = "errdisable recovery cause "
INTERVAL = "errdisable recovery interval"


def show_recovery(router: Router) -> str:
    """Screen of `show errdisable recovery`: the causes after which a port comes back, and when it does."""
    lines = router.configuration.lines
    wanted = {key.removeprefix(START) for key in lines if key.startswith(START)}
    causes = sorted({*CAUSES, *wanted} - {"all"})
    states = ((cause, "Enabled" if wanted & {cause, "all"} else "Disabled") for cause in causes)
    rows = "".join(f"{cause:<29s}{state}\n" for cause, state in states)
    return wording("show.errdisable_recovery", rows=rows, seconds=router.configuration.word(INTERVAL) or "300")


def show_detect(_router: Router) -> str:
    """Screen of `show errdisable detect`: the causes for which a port is shut."""
    return wording("show.errdisable_detect", rows="".join(f"{cause:<21s}Enabled\n" for cause in CAUSES))
