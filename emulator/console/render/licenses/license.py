"""`show license` and `show license detail`, and what both share with the other license screens.

C on other platforms of the same licensing code (ASR 903 for every tab and trailing blank, 1941 for the words); no
capture of an 880 is known, so for this family all of it is to be taken as unverified. How an evaluation that was
never used is written depends on the image (`Dialect`). I: a subscription, and a right to use, for which no capture
of an IOS router is known.
"""

from collections.abc import Iterable

from emulator.console.render.periods import license_period
from emulator.images.manifest import Dialect
from emulator.licensing.states import LicenseState
from emulator.licensing.store import StoreName
from emulator.licensing.types import RIGHT_TO_USE
from emulator.licensing.udi import Udi
from emulator.licensing.views import FeatureView, LicenseView
from emulator.router.clocks import WallTime, moment

RULE = "-" * 68
LIFE_TIME = "Life time"
NOT_ACTIVATED = "Not Activated"


def show_license(features: Iterable[FeatureView], dialect: Dialect) -> str:
    """One entry a feature."""
    return "".join(_feature_entry(number, view, dialect) for number, view in enumerate(features, 1)) + "\n"


def _feature_entry(number: int, feature: FeatureView, dialect: Dialect) -> str:
    head = f"Index {number} Feature: {feature.feature:<30s} \n"
    view = feature.license
    if view is None:
        return head
    left, shows_use = _period_left(feature, view, dialect)
    shows_use = shows_use and dialect.license_period_used
    used = f"\tPeriod Used: {license_period(view.used or 0)}\n" if shows_use else ""
    return (
        head
        + f"\tPeriod left: {left}\n"
        + used
        + type_and_state(view, dialect)
        + count_and_priority(view, feature.count_text)
    )


def _period_left(feature: FeatureView, view: LicenseView, dialect: Dialect) -> tuple[str, bool]:
    """The words for what is left, and whether a `Period Used` line follows."""
    if view.line.rule.meter == "none" or view.title == RIGHT_TO_USE:
        return LIFE_TIME, False
    if feature.left is None:
        return NOT_ACTIVATED, False
    waits = view.state is LicenseState.EULA_PENDING and not view.ever_used
    by_type = {"by type": not view.line.rule.stops, "not activated": True, "full": False}
    if waits and by_type[dialect.license_unused_period]:
        return NOT_ACTIVATED, True
    return license_period(feature.left), view.ever_used


def show_license_detail(views: Iterable[LicenseView], dialect: Dialect) -> str:
    """One entry a license, by feature name."""
    return "".join(_detail_entry(number, view, dialect) for number, view in enumerate(views, 1)) + "\n"


def _detail_entry(number: int, view: LicenseView, dialect: Dialect) -> str:
    line, stored = view.line, view.stored
    return (
        f"Index: {number} \tFeature: {line.feature:<34s}Version: {line.version}\n"
        + type_and_state(view, dialect)
        + periods(view, used=dialect.license_period_used)
        + (_terms(view) if dialect.license_detail_terms else "")
        + count_and_priority(view)
        + f"\tStore Index: {stored.index}\n\tStore Name: {dialect.store_title(stored.store)}\n"
    )


def _terms(view: LicenseView) -> str:
    line = view.line
    return (
        f"\tLock type: {'Node locked' if line.udi else 'Non Node locked'}\n"
        f"\tVendor info: {vendor_info(view)}\n"
        f"\tLicense Addition: {'Exclusive' if line.exclusive else 'Additive'}\n"
        f"\tLicense Generation version: {'0x8100000' if view.stored.store is StoreName.PRIMARY else '0x8200000'}\n"
    )


def license_choice(number: int, view: LicenseView, *, numbered: bool) -> str:
    """Entry of a license in the lists of `license clear` and `license comment` (R); its count if it has one (I)."""
    mark = f"{number:5d}  " if numbered else "       "
    terms = (
        ""
        if view.left is None or view.line.period is None
        else f"           Evaluation total period: {license_period(view.line.period)}\n"
        f"           Evaluation period left: {license_period(view.left)}\n"
    )
    count = "" if view.line.count is None else f"       License Count: {view.line.count}\n"
    return (
        f"{mark}License Type: {view.title}\n"
        f"       License State: {view.state}\n{terms}"
        f"       License Addition: {'Exclusive' if view.line.exclusive else 'Additive'}\n"
        f"{count}       Comment: {view.stored.comment}".rstrip()
        + f"\n       Store Index: {view.stored.index}\n       Store Name: {view.stored.store}\n"
    )


def show_license_udi(udi: Udi, dialect: Dialect) -> str:
    """The identity table: PID from column 10, SN from 28, UDI from 44 (C; its tabs were lost in the capture).

    Later releases have four columns more for the PID and a longer rule (R). A PID that fills its column is kept apart
    from the serial number by a blank (I).
    """
    width, rule = (22, 77) if dialect.license_udi_wide else (18, 68)
    row = f"*{0:<9d}{udi.pid:<{width - 1}s} {udi.serial:<15s} {udi}"
    return f"Device#   {'PID':<{width}s}{'SN':<16s}UDI\n{'-' * rule}\n{row}\n\n"


def type_and_state(view: LicenseView, dialect: Dialect) -> str:
    """Two lines, type and state, that every screen has."""
    state = str(view.state)
    if not dialect.license_state_prefix and "EULA" in state:
        state = state.removeprefix("Active, ")
    return f"\tLicense Type: {view.title}\n\tLicense State: {state}\n"


def count_and_priority(view: LicenseView, count: str | None = None) -> str:
    """Two lines after them: count (of the license, unless that of its feature is given) and priority."""
    return f"\tLicense Count: {count or view.count_text}\n\tLicense Priority: {view.priority}\n"


def periods(view: LicenseView, *, used: bool) -> str:
    """Lines on the period of a license that runs out, four blanks deeper."""
    line = view.line
    if line.ends is not None:
        ends = f"\t    Subscription end date: {moment(WallTime(line.ends))}\n"
        left = "" if view.left is None else f"\t    Subscription period left: {_padded(view.left)}\n"
        return ends + left
    if view.left is None or line.period is None or view.title == RIGHT_TO_USE:
        return ""
    return (
        f"\t    Evaluation total period: {_padded(line.period)}\n\t    Evaluation period left: {_padded(view.left)}\n"
    ) + (f"\t    Period used: {_padded(view.used or 0)}\n" if used else "")


def _padded(period: int) -> str:
    """Every period of the detail screen ends in a blank; the one in minutes has its own two."""
    text = license_period(period)
    return text if text.endswith(" ") else text + " "


def vendor_info(view: LicenseView) -> str:
    """Line on the device that the license is for."""
    udi = view.line.udi
    if udi is not None:
        return f"<UDI><PID>{udi.pid}</PID><SN>{udi.serial}</SN></UDI>"
    kind = "" if view.line.rule.stops else "<T>RTU</T>"
    return f"<UDI><PID>NOTLOCKED</PID><SN>NOTLOCKED</SN></UDI>{kind}"
