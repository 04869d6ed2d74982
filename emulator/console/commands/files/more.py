"""`more`: a text file on the screen. What is no text, an image for instance, is refused (I; IOS shows it in hex)."""

from emulator.console.dialogs.copy_file import look_up
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say, Wait
from emulator.router.files.systems import FileFault, printed_reason, time_to_fail
from emulator.storage.urls import FileUrl

HELP = {
    "more": "Display the contents of a file",
    "more <url>": "File to display",
}


def more(session: Session, *, url: FileUrl) -> Handler:
    found = look_up(session.router, url)
    if isinstance(found, FileFault):
        yield Wait(time_to_fail(url, found))
        yield Say(wording("file.open_failed", url=url.text or url.shown, reason=printed_reason(url, found)))
        return
    text = found.text
    if text is None:
        yield Say(wording("file.not_text", url=url.text or url.shown))
        return
    text = text.replace("\r\n", "\n")
    if text:
        yield Say(text if text.endswith("\n") else f"{text}\n")


COMMANDS = (
    Command("more {<url:FileDevice> | <url:FileUrl>}", modes=(EXEC,), privilege=PRIVILEGED, run=more, piped=True,
            output="license_save_credential", source="IOS configuration fundamentals command reference", basis="R"),
)  # fmt: skip
