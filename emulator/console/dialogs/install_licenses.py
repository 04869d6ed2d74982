"""Installing the lines of a license file, one by one: what `license install` and call home have in common.

C: the line of success and the three counts. R: the agreement before metered licenses, and the two-line form of a
failure. A line that fails does not keep the others from being installed (C, StopOnFailure false).
"""

from collections.abc import Generator, Sequence
from typing import Any

from emulator.console.dialogs.eula import ask_eula
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import Effect, Handler, Say, Wait
from emulator.keys.documents import DamagedLine
from emulator.licensing.changes import InstallResult
from emulator.licensing.file import FileLine
from emulator.licensing.lines import LicenseLine
from emulator.router.licensing.acts import COUNTED
from emulator.router.state import LicenseCounter

Entries = Sequence[FileLine | DamagedLine]

LEVEL_MESSAGE_AFTER = 150
"""Delay after a change at which the next level is reported, in milliseconds (C)."""

REASONS = {
    InstallResult.EXISTING: "install.reason_duplicate",
    InstallResult.WRONG_DEVICE: "install.reason_udi",
    InstallResult.REVOKED: "install.reason_revoked",
    InstallResult.BAD_COUNT: "install.reason_count",
    InstallResult.BAD_PERIOD: "install.reason_period",
    InstallResult.STORE_FULL: "install.reason_full",
    InstallResult.EULA_REFUSED: "install.reason_eula",
}


def install_all(session: Session, entries: Entries) -> Handler:
    """Install every line, with the agreement before and the counts after."""
    router = session.router
    accepted = yield from _agreements(session, entries)
    results = []
    for entry in entries:
        result = yield from _install_one(session, entry, accepted=accepted)
        results.append(result)
        router.state.count(COUNTED.get(result, LicenseCounter.INSTALL_FAILED))
    count = results.count
    installed, existing = count(InstallResult.INSTALLED), count(InstallResult.EXISTING)
    total = len(results)
    yield Say(
        wording(
            "install.counts", installed=installed, existing=existing, failed=total - installed - existing, total=total
        )
    )
    if installed:
        yield Wait(LEVEL_MESSAGE_AFTER)
        router.activation.announce_next_level()


def _agreements(session: Session, entries: Entries) -> Generator[Effect, Any, bool]:
    """Ask once for all metered lines that would be installed; without any there is nothing to refuse."""
    activation = session.router.activation
    metered = [
        entry.line
        for entry in entries
        if isinstance(entry, FileLine)
        and entry.line.rule.eula == "installation"
        and activation.examine(entry.line) is InstallResult.INSTALLED
    ]
    if not metered or activation.inventory.licenses.eula_for_all:
        return True
    for kind in dict.fromkeys(line.rule.title for line in metered):
        yield Say(
            wording("install.metered_heading", type=kind, udi=session.router.state.udi)
            + "".join(
                wording("install.metered_feature", feature=line.feature) for line in metered if line.rule.title == kind
            )
        )
    accepted = yield from ask_eula()
    if accepted and any(_left_out_at_boot(session, line) for line in metered):
        yield Say(wording("install.metered_next"))
    return accepted


def _left_out_at_boot(session: Session, line: LicenseLine) -> bool:
    """Tell whether the next boot would not take a level's license by itself: another level is configured (I)."""
    manifest = session.router.manifest
    configured = session.router.configuration.boot_level(manifest.license_module)
    return line.feature in manifest.levels and configured not in {None, line.feature}


def _install_one(
    session: Session, entry: FileLine | DamagedLine, *, accepted: bool
) -> Generator[Effect, Any, InstallResult | None]:
    activation = session.router.activation
    feature = entry.feature if isinstance(entry, DamagedLine) else entry.line.feature
    yield Say(wording("install.begin", feature=feature))
    if isinstance(entry, DamagedLine):
        yield Say(wording("install.failure", reason=wording("install.reason_line")))
        return None
    result = activation.examine(entry.line)
    if result is InstallResult.INSTALLED and entry.line.rule.eula == "installation" and not accepted:
        result = InstallResult.EULA_REFUSED
    if result is not InstallResult.INSTALLED:
        yield Say(wording("install.failure", reason=wording(REASONS[result])))
        return result
    activation.install(entry)
    known = feature in session.router.manifest.licensable
    yield Say(wording("install.success" if known else "install.success_unsupported"))
    return result
