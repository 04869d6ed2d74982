"""CISCO-LICENSE-MGMT-MIB, what it tells: stores, licenses, licensable features, and the switches of its notifications.

C: the module itself (revision 2012-04-19), and that a license's comment is the one part of it that can be set.
I: the octets of a line, which no document tells.
"""

from collections.abc import Sequence

import msgspec

from emulator.images.manifest import ImageManifest
from emulator.kernel.time import SECOND, Duration
from emulator.licensing.file import COMMENT_LIMIT
from emulator.licensing.states import LicenseState
from emulator.licensing.store import StoredLicense, StoreName
from emulator.licensing.types import RIGHT_TO_USE, RIGHT_TO_USE_MIB_TYPE
from emulator.licensing.views import FeatureView, LicenseView
from emulator.router.clocks import WallTime
from emulator.router.device import Router
from emulator.router.licensing.numbers import STORES, license_number, store_number
from emulator.router.state import LicenseCounter
from emulator.snmp.errors import ErrorStatus
from emulator.snmp.mibs.entity import CHASSIS
from emulator.snmp.profile import PERIODS_USED, SUBSCRIPTIONS
from emulator.snmp.switches import switches
from emulator.snmp.tables import Column, Commit, Index, MibTable, RowChange, Syntax
from emulator.snmp.values import ValueType, date_and_time, oid

LINE_OCTETS = 1024
"""Octets that a line takes in a store."""

STATUSES = {
    LicenseState.INACTIVE: 1,
    LicenseState.NOT_IN_USE: 2,
    LicenseState.EULA_PENDING: 2,
    LicenseState.EULA_ACCEPTED: 2,
    LicenseState.IN_USE: 3,
    LicenseState.EXPIRED_IN_USE: 4,
    LicenseState.EXPIRED_NOT_IN_USE: 5,
}
COUNT_CONSUMED = 6

COUNTED_UNIT = "sessions"
"""The unit in which every counted feature of these routers counts (I)."""


def license_index(stored: StoredLicense) -> Index:
    """Index of a license in clmgmtLicenseInfoTable."""
    return CHASSIS, store_number(stored), license_number(stored)


def _seconds(duration: Duration | None) -> int:
    return 0 if duration is None else duration // SECOND


# --- stores ----------------------------------------------------------------------------------------------------


class StoreRow(msgspec.Struct, frozen=True):
    """A license store; its sizes are in octets."""

    name: str
    total: int
    free: int


def store_rows(router: Router) -> dict[Index, StoreRow]:
    """Return the license stores by number."""
    inventory = router.activation.inventory
    rows: dict[Index, StoreRow] = {}
    for number, store in enumerate(STORES, 1):
        held = sum(stored.store is store for stored in inventory.all())
        lines = inventory.capacity if store is StoreName.PRIMARY else held
        free = max(lines - held, 0)
        rows[CHASSIS, number] = StoreRow(inventory.store_title(store), lines * LINE_OCTETS, free * LINE_OCTETS)
    return rows


STORE_TABLE = MibTable(
    oid("1.3.6.1.4.1.9.9.543.1.2.1.1"),
    store_rows,
    (
        Column(2, "clmgmtLicenseStoreName", ValueType.OCTETS, lambda row: row.name),
        Column(3, "clmgmtLicenseStoreTotalSize", ValueType.GAUGE, lambda row: row.total),
        Column(4, "clmgmtLicenseStoreSizeRemaining", ValueType.GAUGE, lambda row: row.free),
    ),
)

DEVICE_TABLE = MibTable(
    oid("1.3.6.1.4.1.9.9.543.1.2.2.1"),
    lambda router: {(CHASSIS,): router},
    (Column(1, "clmgmtDefaultLicenseStore", ValueType.GAUGE, lambda _: STORES.index(StoreName.PRIMARY) + 1),),
)


# --- licenses --------------------------------------------------------------------------------------------------


class LicenseRow(msgspec.Struct, frozen=True):
    """An installed license, with whether its agreement is accepted."""

    view: LicenseView
    accepted: bool

    @property
    def type(self) -> int:
        """Number of its type; an evaluation that became a right to use has another."""
        return RIGHT_TO_USE_MIB_TYPE if self.view.title == RIGHT_TO_USE else self.view.line.rule.mib_type

    @property
    def status(self) -> int:
        """Number of its state."""
        count, used = self.view.line.count, self.view.in_use
        if count and used and used >= count and self.view.state is LicenseState.IN_USE:
            return COUNT_CONSUMED
        return STATUSES[self.view.state]

    @property
    def uses_left(self) -> int:
        """Uses that a counted license still allows."""
        return max((self.view.line.count or 0) - (self.view.in_use or 0), 0)


def license_rows(router: Router) -> dict[Index, LicenseRow]:
    """Return every license by chassis, store and number."""
    inventory = router.activation.inventory
    return {
        license_index(view.stored): LicenseRow(view, inventory.licenses.accepted(view.line))
        for view in inventory.views()
    }


def _plan_comment(change: RowChange) -> Commit:
    router = change.router
    row, text = license_rows(router).get(change.index), change.text("clmgmtLicenseComments") or ""
    if row is None:
        raise change.refuse(ErrorStatus.NO_CREATION)
    stored = row.view.stored
    if stored.store is not StoreName.PRIMARY:
        raise change.refuse(ErrorStatus.NOT_WRITABLE)
    if not text.isascii():
        raise change.refuse(ErrorStatus.WRONG_VALUE)
    if router.manifest.dialect.license_comment_truncated:
        text = text[:COMMENT_LIMIT]
    if len(text) > COMMENT_LIMIT:
        raise change.refuse(ErrorStatus.WRONG_LENGTH)

    def commit() -> None:
        router.activation.comment(stored, text)
        router.state.count(LicenseCounter.COMMENT_ADDED if text else LicenseCounter.COMMENT_DELETED)

    return commit


def _end(ends: int | None) -> bytes:
    return b"" if ends is None else date_and_time(WallTime(ends).local)


INFO_TABLE = MibTable(
    oid("1.3.6.1.4.1.9.9.543.1.2.3.1"),
    license_rows,
    (
        Column(3, "clmgmtLicenseFeatureName", ValueType.OCTETS, lambda row: row.view.line.feature),
        Column(4, "clmgmtLicenseFeatureVersion", ValueType.OCTETS, lambda row: row.view.line.version),
        Column(5, "clmgmtLicenseType", ValueType.INTEGER, lambda row: row.type),
        Column(6, "clmgmtLicenseCounted", ValueType.INTEGER, lambda row: row.view.line.count is not None),
        Column(7, "clmgmtLicenseValidityPeriod", ValueType.GAUGE, lambda row: _seconds(row.view.line.period)),
        Column(
            8,
            "clmgmtLicenseValidityPeriodRemaining",
            ValueType.GAUGE,
            lambda row: _seconds(row.view.left) if row.view.line.period else 0,
        ),
        Column(9, "clmgmtLicenseExpiredPeriod", ValueType.GAUGE, lambda row: _seconds(row.view.overrun)),
        Column(10, "clmgmtLicenseMaxUsageCount", ValueType.GAUGE, lambda row: row.view.line.count or 0),
        Column(11, "clmgmtLicenseUsageCountRemaining", ValueType.GAUGE, lambda row: row.uses_left),
        Column(12, "clmgmtLicenseEULAStatus", ValueType.INTEGER, lambda row: row.accepted),
        Column(13, "clmgmtLicenseComments", ValueType.OCTETS, lambda row: row.view.stored.comment, written=Syntax()),
        Column(14, "clmgmtLicenseStatus", ValueType.INTEGER, lambda row: row.status),
        Column(15, "clmgmtLicenseStartDate", ValueType.OCTETS, lambda _: b"", since=SUBSCRIPTIONS),
        Column(16, "clmgmtLicenseEndDate", ValueType.OCTETS, lambda row: _end(row.view.line.ends), since=SUBSCRIPTIONS),
        Column(
            17,
            "clmgmtLicensePeriodUsed",
            ValueType.GAUGE,
            lambda row: _seconds(row.view.used),
            since=PERIODS_USED,
        ),
    ),
    _plan_comment,
)


# --- features --------------------------------------------------------------------------------------------------


class LicensableFeature(msgspec.Struct, frozen=True):
    """A licensable feature of the image."""

    view: FeatureView
    counted: bool

    @property
    def licenses(self) -> Sequence[LicenseView]:
        """Licenses of the feature, the one that stands for it first."""
        return () if self.view.license is None else (self.view.license, *self.view.others)

    @property
    def version(self) -> str:
        """Version that the feature asks for."""
        return self.view.license.line.version if self.view.license else "1.0"

    @property
    def left(self) -> int:
        """Seconds left of its licenses together; 0 where it uses one without a period."""
        chosen = self.view.license
        return _seconds(self.view.left) if chosen is not None and chosen.line.period else 0

    @property
    def ends(self) -> int | None:
        """The last date on which a license of it ends, in milliseconds since 1970."""
        return max((each.line.ends for each in self.licenses if each.line.ends is not None), default=None)


def _is_counted(manifest: ImageManifest, view: FeatureView) -> bool:
    return view.feature in manifest.counted or (view.license is not None and view.license.line.count is not None)


def feature_rows(router: Router) -> dict[Index, LicensableFeature]:
    """Return the features by number, in the order of `show license`."""
    return {
        (CHASSIS, number): LicensableFeature(view, _is_counted(router.manifest, view))
        for number, view in enumerate(router.activation.inventory.features(), 1)
    }


FEATURE_TABLE = MibTable(
    oid("1.3.6.1.4.1.9.9.543.1.2.4.1"),
    feature_rows,
    (
        Column(2, "clmgmtFeatureName", ValueType.OCTETS, lambda row: row.view.feature),
        Column(3, "clmgmtFeatureVersion", ValueType.OCTETS, lambda row: row.version),
        Column(4, "clmgmtFeatureValidityPeriodRemaining", ValueType.GAUGE, lambda row: row.left),
        Column(5, "clmgmtFeatureWhatIsCounted", ValueType.OCTETS, lambda row: COUNTED_UNIT if row.counted else ""),
        Column(6, "clmgmtFeatureStartDate", ValueType.OCTETS, lambda _: b"", since=SUBSCRIPTIONS),
        Column(7, "clmgmtFeatureEndDate", ValueType.OCTETS, lambda row: _end(row.ends), since=SUBSCRIPTIONS),
        Column(
            8,
            "clmgmtFeaturePeriodUsed",
            ValueType.GAUGE,
            lambda row: _seconds(row.view.license.used) if row.view.license else 0,
            since=PERIODS_USED,
        ),
    ),
)

NOTIFICATIONS = switches(
    oid("1.3.6.1.4.1.9.9.543.1.4"),
    (
        "clmgmtLicenseUsageNotifEnable",
        "clmgmtLicenseDeploymentNotifEnable",
        "clmgmtLicenseErrorNotifEnable",
    ),
    usually=True,
)

TABLES = (STORE_TABLE, DEVICE_TABLE, INFO_TABLE, FEATURE_TABLE, NOTIFICATIONS)
