"""The license screens that are tables: features, levels, what is supported, what was counted.

C on an ASR 903: the columns of `show license feature`. C2: `show license status`; I that its margins are tabs, and the
words for a service that was configured. R: statistics, agent, and image levels, recalled from manuals of routers and
switches of the same code. I: handles and subsystems. No capture of an 880 is known for any.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from emulator.console.wording import text_file
from emulator.images.features import NPE, feature_table, features_of
from emulator.images.manifest import ImageManifest
from emulator.licensing.families import Family
from emulator.licensing.selection import BootLevel
from emulator.licensing.views import FeatureRow, LicenseView
from emulator.router.service_url import SERVICE_URL
from emulator.router.state import AgentTraffic, LicenseCounter, Running

RULE = "-" * 68


def show_license_feature(rows: Iterable[FeatureRow], *, right_to_use: bool) -> str:
    """The feature table; older images have no last column (I)."""
    columns = ["Feature name", "Enforcement", "Evaluation", "Subscription", "Enabled", "RightToUse"]
    widths = (25, 13, 12, 15, 9, 11)
    count = len(columns) if right_to_use else len(columns) - 1

    def row(cells: Iterable[str]) -> str:
        return "".join(f"{cell:<{width}s}" for cell, width in zip(list(cells)[:count], widths, strict=False)) + "\n"

    body = (
        row((each.feature, *map(_yes, (each.enforcement, each.evaluation, each.subscription, each.enabled,
                                       each.right_to_use))))
        for each in rows
    )  # fmt: skip
    return row(columns) + "".join(body) + "\n"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def show_license_status(url: str) -> str:
    """Screen of the device's license capabilities, its standing with the back end, and the service configured."""
    service = f"\tSwift URL set to default value : {SERVICE_URL}\n" if not url else f"\tSwift URL set to : {url}\n"
    return f"{text_file('license_status')}{service}\n"


STATISTICS = (
    ("Install success count:", LicenseCounter.INSTALLED),
    ("Install failure count:", LicenseCounter.INSTALL_FAILED),
    ("Install duplicate count:", LicenseCounter.DUPLICATE),
    ("Comment add count:", LicenseCounter.COMMENT_ADDED),
    ("Comment delete count:", LicenseCounter.COMMENT_DELETED),
    ("Clear count:", LicenseCounter.CLEARED),
    ("Clear failure count:", LicenseCounter.CLEAR_FAILED),
    ("Revoke count:", LicenseCounter.REVOKED),
    ("Revoke failure count:", LicenseCounter.REVOKE_FAILED),
    ("Save count:", LicenseCounter.SAVED),
    ("Save failure count:", LicenseCounter.SAVE_FAILED),
    ("Save cred count:", LicenseCounter.CREDENTIAL_SAVED),
)
CLIENT = (
    ("Request success count", LicenseCounter.GRANTED),
    ("Request failure count", LicenseCounter.REFUSED),
    ("Release count", LicenseCounter.RELEASED),
)


def show_license_statistics(operations: Mapping[LicenseCounter, int], views: Iterable[LicenseView]) -> str:
    """Screen of the counted operations, and the licenses there are."""
    kinds = Counter(view.title for view in views)

    def block(title: str, rows: Iterable[tuple[str, int]]) -> str:
        return f"\t{title}\n" + "".join(f"\t{name:<27s}{count}\n" for name, count in rows)

    return (
        block("Administrative statistics", ((name, operations.get(key, 0)) for name, key in STATISTICS))
        + "\n"
        + block("Client status", ((name, operations.get(key, 0)) for name, key in CLIENT))
        + "\n"
        + block("License counts by type", sorted(kinds.items()))
        + "\n"
    )


def show_image_levels(
    manifest: ImageManifest, running: Running, following: BootLevel, licensed: Callable[[str], str]
) -> str:
    """Screen of the levels, highest first, which runs now and next, and the license of each (`licensed`)."""
    configured = running.configuration.boot_level(manifest.license_module)
    rows = "".join(
        f"{manifest.license_module if number == 1 else '':<19s}{level:<20s}{number:<10d}"
        f"{'YES' if level == configured else 'NO':<13s}{licensed(level)}".rstrip()
        + "\n"
        for number, level in enumerate(reversed(manifest.levels), 1)
    )
    return (
        f"Module Name        Image level         Priority  Configured   Valid license\n{RULE}\n{rows}\n"
        f"Module Name        Role                Current Level          Reboot Level\n{RULE}\n"
        f"{manifest.license_module:<19s}{'Active':<20s}{running.level:<23s}{following.level}\n\n"
    )


def show_license_handle(rows: Iterable[FeatureRow]) -> str:
    """Screen of the features that hold a handle to the licensing core."""
    return "".join(
        f"Feature: {row.feature:<31s}, Handle count: {int(row.enabled)}\n"
        + (f"    Units: 01, ID: 0x{0x5000000 + number:07X}\n" if row.enabled else "")
        for number, row in enumerate(rows, 1)
    ) + "\n"  # fmt: skip


def show_agent_counters(traffic: AgentTraffic) -> str:
    """Screen of the license agent's counters."""
    return (
        "License Agent Counters\n"
        f"Request Messages Received:{traffic.requests}: Messages with Errors:{traffic.request_errors}\n"
        f"Request Operations Received:{traffic.operations}: Operations with Errors:{traffic.operation_errors}\n"
        f"Notification Messages Sent:{traffic.notifications}: Transmission Errors:{traffic.notification_errors}: "
        f"Acknowledgement Errors:{traffic.acknowledgement_errors}\n\n"
    )


def show_agent_sessions(traffic: AgentTraffic, limit: int) -> str:
    """Screen of the license agent's sessions."""
    return f"License Agent Sessions: {traffic.sessions} open, maximum is {limit}\n\n"


def _needed(levels: Sequence[str], base: str) -> str | None:
    """The lowest level with a feature, among those of an image with this base level; None where it has none."""
    return next((level for level in levels if level.endswith(NPE) is base.endswith(NPE)), None)


def show_subsystems(base: str, level: str, family: Family) -> str:
    """The subsystems that need a license: which level has them, and whether they run."""
    rows = [("base", base, True)]
    for each in feature_table():
        needed = _needed(each.levels.get(family, ()), base)
        if needed is not None and needed != base:
            rows.append((each.name, needed, each.name in features_of(level, family)))
    body = "".join(f"{name:<20s}{needed:<20s}{'Running' if runs else 'Not running'}\n" for name, needed, runs in rows)
    return f"Subsystem           License             State\n{RULE}\n{body}\n"
