"""The `show license` screens.

C on other platforms of the same licensing code (ASR 903 for every tab and trailing blank, 1941 for the words); no
capture of an 880 is known, so for this family all of it is to be taken as unverified. An evaluation that was never
used shows its full period and no `Period Used` line, the variant of a 1941 with `Evaluation`-style licenses (I).
"""

from collections.abc import Iterable

from emulator.console.render.periods import license_period
from emulator.licensing.store import StoreName
from emulator.licensing.udi import Udi
from emulator.licensing.views import FeatureView, LicenseView

RULE = "-" * 68


def show_license(features: Iterable[FeatureView]) -> str:
    """One entry a feature."""
    return "".join(_feature_entry(number, view) for number, view in enumerate(features, 1)) + "\n"


def _feature_entry(number: int, feature: FeatureView) -> str:
    head = f"Index {number} Feature: {feature.feature:<30s} \n"
    view = feature.license
    if view is None:
        return head
    left = "Life time" if view.left is None else license_period(view.left)
    used = f"\tPeriod Used: {license_period(view.used or 0)}\n" if view.ever_used else ""
    return head + f"\tPeriod left: {left}\n" + used + _type_and_state(view) + _count_and_priority(view)


def show_license_detail(views: Iterable[LicenseView]) -> str:
    """One entry a license, by feature name."""
    return "".join(_detail_entry(number, view) for number, view in enumerate(views, 1)) + "\n"


def _detail_entry(number: int, view: LicenseView) -> str:
    line, stored = view.line, view.stored
    locked = line.udi is not None
    vendor = _vendor_info(line.udi)
    return (
        f"Index: {number} \tFeature: {line.feature:<34s}Version: {line.version}\n"
        + _type_and_state(view)
        + _periods(view)
        + f"\tLock type: {'Node locked' if locked else 'Non Node locked'}\n"
        f"\tVendor info: {vendor}\n"
        f"\tLicense Addition: {'Exclusive' if line.exclusive else 'Additive'}\n"
        f"\tLicense Generation version: {'0x8100000' if stored.store is StoreName.PRIMARY else '0x8200000'}\n"
        + _count_and_priority(view)
        + f"\tStore Index: {stored.index}\n\tStore Name: {stored.store}\n"
    )


def clear_choice(number: int, view: LicenseView, *, numbered: bool) -> str:
    """One of the licenses that `license clear` lists (R)."""
    mark = f"{number:5d}  " if numbered else "       "
    periods = (
        ""
        if view.left is None or view.line.period is None
        else f"           Evaluation total period: {license_period(view.line.period)}\n"
        f"           Evaluation period left: {license_period(view.left)}\n"
    )
    return (
        f"{mark}License Type: {view.line.rule.title}\n"
        f"       License State: {view.state}\n{periods}"
        f"       License Addition: {'Exclusive' if view.line.exclusive else 'Additive'}\n"
        f"       Comment: {view.stored.comment}".rstrip()
        + f"\n       Store Index: {view.stored.index}\n       Store Name: {view.stored.store}\n"
    )


def show_license_udi(udi: Udi) -> str:
    """The identity table: PID from column 10, SN from 28, UDI from 44 (C; its tabs were lost in the capture)."""
    row = f"*{0:<9d}{udi.pid:<18s}{udi.serial:<16s}{udi}"
    return f"Device#   PID               SN              UDI\n{RULE}\n{row}\n\n"


def _type_and_state(view: LicenseView) -> str:
    return f"\tLicense Type: {view.line.rule.title}\n\tLicense State: {view.state}\n"


def _count_and_priority(view: LicenseView) -> str:
    return f"\tLicense Count: Non-Counted\n\tLicense Priority: {view.priority}\n"


def _periods(view: LicenseView) -> str:
    if view.left is None or view.line.period is None:
        return ""
    return (
        f"\t    Evaluation total period: {_padded(view.line.period)}\n"
        f"\t    Evaluation period left: {_padded(view.left)}\n"
        f"\t    Period used: {_padded(view.used or 0)}\n"
    )


def _padded(period: int) -> str:
    """Every period of the detail screen ends in a blank; the one in minutes has its own two."""
    text = license_period(period)
    return text if text.endswith(" ") else text + " "


def _vendor_info(udi: Udi | None) -> str:
    if udi is None:
        return "<UDI><PID>NOTLOCKED</PID><SN>NOTLOCKED</SN></UDI>"
    return f"<UDI><PID>{udi.pid}</PID><SN>{udi.serial}</SN></UDI>"
