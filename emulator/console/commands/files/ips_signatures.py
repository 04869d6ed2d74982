"""`copy … idconf`: load a package of IPS signatures, which takes a subscription (C: the FAQ calls IPS one).

R: the command, and that after the end of the subscription a new package is refused while the engine goes on with the
old one. I: the words. The package itself is not looked into: any file that is there is one.
"""

from emulator.console.configuration.conditions import feature
from emulator.console.dialogs.copy_file import ask_source, fetched
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say, Wait
from emulator.storage.urls import FileUrl

HELP = {
    "copy": "Copy from one file to another",
    "copy <source>": "Copy from this file",
    "copy <source> idconf": "Load an IPS signature package",
}

SUBSCRIPTION = "ios-ips-update"
"""Licensed feature of the subscription (R)."""


def load(session: Session, *, source: FileUrl) -> Handler:
    """Load a package, if the subscription is in force."""
    router = session.router
    source = yield from ask_source(router, source)
    source, file = yield from fetched(router, source)
    if file is None:
        return
    yield Wait(router.files.transfer_time(file.size))
    if router.activation.feature_use.may_update(SUBSCRIPTION):
        yield Say(wording("file.signatures_loaded", name=source.path))
    else:
        yield Say(wording("file.signatures_refused", feature=SUBSCRIPTION))


COMMANDS = (
    Command("copy {<source:SourceDevice> | <source:DeviceUrl>} idconf", modes=(EXEC,), privilege=PRIVILEGED, run=load,
            when=feature("ips"), output="copy_signatures", source="IOS IPS guide, recalled", basis="R"),
)  # fmt: skip
