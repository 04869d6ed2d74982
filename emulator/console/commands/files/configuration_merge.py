"""`copy … running-config`: the lines of a file, or of the startup configuration, carried out as if they were typed.

R: the question for the name, the line that tells the bytes and the time; what a line does not say stays as it was,
nothing is saved. Lines that the router does not know are told on the console (I). C: the questions of the old
`configure network`, which says what replaced it and asks on.
"""

from emulator.console.dialogs.copy_file import STARTUP, ask_source, fetched, named
from emulator.console.dialogs.questions import confirmed
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.server_account import ask_host, ask_name
from emulator.console.session.session import Session
from emulator.console.session.startup_reader import ReadingSession, merge_configuration
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Ask, Handler, Say, Wait
from emulator.kernel.time import SECOND
from emulator.router.files.systems import FileFault
from emulator.storage.urls import FileUrl

HELP = {
    "copy": "Copy from one file to another",
    "copy <source>": "Copy from this file",
    "copy <source> running-config": "Update (merge with) current system configuration",
    "copy startup-config": "Copy from startup configuration",
    "copy startup-config running-config": "Update (merge with) current system configuration",
}

PER_LINE = 20
"""Time that a line takes, in milliseconds (I)."""


def merge(session: Session, *, source: FileUrl) -> Handler:
    """Apply the lines of a file to the running configuration."""
    source = yield from ask_source(session.router, source)
    yield from ask_name(wording("file.copy_destination", name="running-config"))
    yield from _merge_file(session, source)


def merge_network(session: Session) -> Handler:
    """Ask for a file of a TFTP server and apply it, as `configure network` does."""
    answer = (yield Ask(wording("config.network_scope"))).strip().lower() or "host"
    scope = next((word for word in ("host", "network") if word.startswith(answer)), None)
    if scope is None:
        yield Say(wording("config.unknown_scope"))
        return
    yield Say(wording("config.network"))
    server = yield from ask_host(session.router, FileUrl("tftp", ""), "file.source_user")
    if not server.host:
        yield Say(wording("file.bad_name", reason=FileFault.BAD_NAME))
        return
    usual = f"{session.router.hostname.lower() if scope == 'host' else scope}-confg"
    source = named(server, (yield from ask_name(wording("file.copy_source", name=usual))) or usual)
    if (yield from confirmed(wording("config.network_confirm", url=source.shown))):
        yield from _merge_file(session, source)


def _merge_file(session: Session, source: FileUrl) -> Handler:
    """Fetch a file and carry its lines out."""
    source, file = yield from fetched(session.router, source)
    if file is None:
        return
    text = file.content.decode("utf-8", errors="replace")
    duration = SECOND + PER_LINE * text.count("\n")
    yield Wait(duration)
    merge_configuration(ReadingSession(session.router, session.line, session.grammar), text)
    session.router.note_configured(source.shown, "console")
    seconds = duration / SECOND
    yield Say(
        wording(
            "file.copied", size=len(file.content), seconds=f"{seconds:.3f}", rate=round(len(file.content) / seconds)
        )
    )


def merge_startup(session: Session) -> Handler:
    yield from merge(session, source=STARTUP)


def merge_memory(session: Session) -> Handler:
    """Apply the saved configuration without a question, as `configure memory` does (R)."""
    startup = session.router.state.startup
    if startup is None:
        yield Say(wording("nvram.absent"))
        return
    yield Wait(SECOND + PER_LINE * startup.text.count("\n"))
    merge_configuration(ReadingSession(session.router, session.line, session.grammar), startup.text)
    session.router.note_configured("memory", session.line.who, session.exec.user)


_SOURCE = "IOS configuration fundamentals command reference"
COMMANDS = (
    Command("copy {<source:SourceDevice> | <source:DeviceUrl>} running-config", modes=(EXEC,), privilege=PRIVILEGED,
            run=merge, output="copy_to_running", source=_SOURCE, basis="R"),
    Command("copy startup-config running-config", modes=(EXEC,), privilege=PRIVILEGED, run=merge_startup,
            output="copy_to_running", source=_SOURCE, basis="R"),
)  # fmt: skip
