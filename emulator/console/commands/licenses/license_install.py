"""`license install`: read a license file and put its lines into the store, one by one.

A file that is not a license file changes nothing. Its lines are dealt with in `console/dialogs/install_licenses.py`.
"""

from emulator.console.dialogs.install_licenses import install_all
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.server_account import ask_password
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say, Wait
from emulator.keys.documents import InvalidDocument, read_license_file
from emulator.router.files.systems import FileFault, printed_reason, time_to_fail
from emulator.router.state import LicenseCounter
from emulator.storage.urls import FileUrl

HELP = {
    "license": "Configure license features",
    "license install": "Install license",
    "license install <url>": "Location of the license file",
}


def install(session: Session, *, url: FileUrl) -> Handler:
    router = session.router
    url = yield from ask_password(router, url)
    found = router.files.find(url)
    if isinstance(found, FileFault):
        yield Wait(time_to_fail(url, found))
        yield Say(wording("file.open_failed", url=url.text, reason=printed_reason(url, found)))
        yield Say(wording("install.no_file", url=url.text))
        router.state.count(LicenseCounter.INSTALL_FAILED)
        return
    yield Wait(router.files.transfer_time(found.size) if url.remote else 0)
    try:
        entries = read_license_file(found.content if len(found.content) == found.size else b"", router.license_verifier)
    except InvalidDocument:
        yield Say(wording("install.bad_file"))
        router.state.count(LicenseCounter.INSTALL_FAILED)
        return
    yield Say(wording("install.from", url=url.text))
    yield from install_all(session, entries)


COMMANDS = (
    Command("license install <url:FileUrl>", modes=(EXEC,), privilege=PRIVILEGED, run=install,
            output="license_install", source="Software Activation command reference", basis="C"),
)  # fmt: skip
