"""`license install`: read a license file and put its lines into the store, one by one.

C: the lines of success and the three counts. R: the agreement before metered licenses, and the two-line form of a
failure. A line that fails does not keep the others from being installed (C, StopOnFailure false). A file that is not
a license file changes nothing.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.eula import ask_eula
from emulator.console.grammar import Command
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import Effect, Handler, Say, Wait
from emulator.keys.documents import DamagedLine, InvalidDocument, read_license_file
from emulator.licensing.changes import InstallResult
from emulator.licensing.file import FileLine
from emulator.router.files import TIMEOUT, FileFault
from emulator.storage.urls import FileUrl

HELP = {
    "license": "Configure license features",
    "license install": "Install license",
    "license install <url>": "Location of the license file",
}

LEVEL_MESSAGE_AFTER = 150
"""The next level is told so many milliseconds after the installation (C)."""

REASONS = {
    InstallResult.EXISTING: "install.reason_duplicate",
    InstallResult.WRONG_DEVICE: "install.reason_udi",
    InstallResult.REVOKED: "install.reason_revoked",
    InstallResult.STORE_FULL: "install.reason_full",
    InstallResult.EULA_REFUSED: "install.reason_eula",
}


def install(session: Session, *, url: FileUrl) -> Handler:
    router = session.router
    found = router.files.find(url)
    if isinstance(found, FileFault):
        if found is FileFault.TIMED_OUT:
            yield Wait(TIMEOUT)
        yield Say(wording("file.open_failed", url=url.text, reason=found))
        yield Say(wording("install.no_file", url=url.text))
        return
    yield Wait(router.files.transfer_time(found.size) if url.remote else 0)
    try:
        entries = read_license_file(found.content if len(found.content) == found.size else b"", router.license_verifier)
    except InvalidDocument:
        yield Say(wording("install.bad_file"))
        return
    yield Say(wording("install.from", url=url.text))
    accepted = yield from _agreements(session, entries)
    results = []
    for entry in entries:
        result = yield from _install_one(session, entry, accepted=accepted)
        results.append(result)
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


def _agreements(session: Session, entries: tuple[FileLine | DamagedLine, ...]) -> Generator[Effect, Any, bool]:
    """Ask once for all metered lines that would be installed; without any there is nothing to refuse."""
    activation = session.router.activation
    metered = [
        entry.line
        for entry in entries
        if isinstance(entry, FileLine)
        and entry.line.rule.metered
        and activation.examine(entry.line) is InstallResult.INSTALLED
    ]
    if not metered:
        return True
    yield Say(
        wording("install.metered_heading", type=metered[0].rule.title, udi=session.router.state.udi)
        + "".join(wording("install.metered_feature", feature=line.feature) for line in metered)
    )
    accepted = yield from ask_eula()
    if accepted:
        yield Say(wording("install.metered_next"))
    return accepted


def _install_one(
    session: Session, entry: FileLine | DamagedLine, *, accepted: bool
) -> Generator[Effect, Any, InstallResult | None]:
    activation = session.router.activation
    if isinstance(entry, DamagedLine):
        yield Say(wording("install.failure", feature=entry.feature, reason=wording("install.reason_line")))
        return None
    feature = entry.line.feature
    result = activation.examine(entry.line)
    if result is InstallResult.INSTALLED and entry.line.rule.metered and not accepted:
        result = InstallResult.EULA_REFUSED
    if result is not InstallResult.INSTALLED:
        yield Say(wording("install.failure", feature=feature, reason=wording(REASONS[result])))
        return result
    installation = activation.install(entry)
    if installation.stored is not None and entry.line.rule.metered:
        activation.accept_eula(installation.stored)
    known = feature in session.router.manifest.levels
    yield Say(wording("install.success" if known else "install.success_unsupported", feature=feature))
    return result


COMMANDS = (
    Command("license install <url:FileUrl>", modes=(EXEC,), privilege=PRIVILEGED, run=install,
            output="license_install", source="Software Activation command reference", basis="C"),
)  # fmt: skip
