"""License lines and stores for tests of the rules."""

from typing import Any

from emulator.kernel.time import DAY
from emulator.licensing import changes
from emulator.licensing.changes import InstallResult
from emulator.licensing.lines import LicenseLine, built_in_evaluation
from emulator.licensing.store import Licenses
from emulator.licensing.types import TYPES, LicenseType
from emulator.licensing.udi import Udi

UDI = Udi("CISCO881-K9", "FTX1405YDC7")
OTHER = Udi("CISCO881-K9", "FTX1405YDC8")
BASE, TOP = "advsecurity", "advipservices"
LEVELS = (BASE, TOP)
PERIOD = 60 * DAY
BUILT_IN = (built_in_evaluation(TOP, PERIOD),)


def line(
    kind: LicenseType = LicenseType.PERMANENT,
    feature: str = TOP,
    id_: str | None = None,
    udi: Udi | None = UDI,
    period: int = PERIOD,
    **more: Any,
) -> LicenseLine:
    """A line whose id follows from what it is."""
    measured = period if TYPES[kind].metered else None
    return LicenseLine(id_ or f"{kind}/{feature}", feature, kind, udi, measured, **more)


def holding(*lines: LicenseLine, accepted: bool = True) -> Licenses:
    """Stores with these lines installed, their agreements accepted."""
    licenses = Licenses()
    for number, each in enumerate(lines):
        licenses, installation = changes.install(licenses, each, UDI, number)
        assert installation.result is InstallResult.INSTALLED
        if accepted and each.rule.metered:
            licenses = changes.accept_eula(licenses, each, number)
    return licenses
