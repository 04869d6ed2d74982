"""`license save`: every installed line as one license file, or the device credential.

C: the MIB's actions backup and getDeviceCredentials, and that the built-in licenses are not saved. R: the line of
success. A line is saved with the signature that it was installed with, so the file can be installed again on this
device; a grace-period line came inside a ticket, has no signature of its own, and is left out.
"""

from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.save_file import save
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.keys.documents import write_saved_licenses
from emulator.router.licensing.acts import device_credential, saved_licenses
from emulator.router.state import LicenseCounter
from emulator.storage.urls import FileUrl

HELP = {
    "license": "Configure license features",
    "license save": "Save all licenses to a file",
    "license save <url>": "Location of the license file to write",
    "license save credential": "Save the device credential to a file",
    "license save credential <url>": "Location of the credential file to write",
}


def save_lines(session: Session, *, url: FileUrl) -> Handler:
    router = session.router
    entries = saved_licenses(router)
    done = False
    if not entries:
        yield Say(wording("save.nothing"))
    else:
        done = yield from save(router, url, write_saved_licenses(entries))
    router.state.count(LicenseCounter.SAVED if done else LicenseCounter.SAVE_FAILED)
    if done:
        yield Say(wording("save.lines", dots="." * len(entries), url=url.text))


def save_credential(session: Session, *, url: FileUrl) -> Handler:
    router = session.router
    done = yield from save(router, url, device_credential(router))
    router.state.count(LicenseCounter.CREDENTIAL_SAVED if done else LicenseCounter.SAVE_FAILED)
    if done:
        yield Say(wording("save.credential", url=url.text))


_SOURCE = "Software Activation command reference, recalled"
COMMANDS = (
    Command("license save <url:FileUrl>", modes=(EXEC,), privilege=PRIVILEGED, run=save_lines, output="license_save",
            source=_SOURCE, basis="R"),
    Command("license save credential <url:FileUrl>", modes=(EXEC,), privilege=PRIVILEGED, run=save_credential,
            output="license_save_credential", source=_SOURCE, basis="R"),
)  # fmt: skip
