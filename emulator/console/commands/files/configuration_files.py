"""The two configurations: showing them, saving one as the other."""

from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.files.running_config import configuration_text, show_running_config, show_running_section
from emulator.console.session.server_account import ask_name
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say, Wait
from emulator.kernel.time import SECOND

HELP = {
    "show": "Show running system information",
    "show running-config": "Current operating configuration",
    "show running-config all": "Configuration with defaults",
    "show running-config all linenum": "Display line numbers in output",
    "show running-config view": "View options",
    "show running-config view full": "Full running configuration",
    "show running-config brief": "Configuration without certificate data",
    "show running-config brief linenum": "Display line numbers in output",
    "show running-config full": "Full configuration",
    "show running-config full linenum": "Display line numbers in output",
    "show running-config linenum": "Display line numbers in output",
    "show running-config interface <name> linenum": "Display line numbers in output",
    "show running-config interface": "Show interface configuration",
    "show running-config interface <name>": "Interface type and number",
    "show configuration": "Contents of Non-Volatile memory",
    "show startup-config": "Contents of startup configuration",
    "write": "Write running configuration to memory, network, or terminal",
    "write memory": "Write to NV memory",
    "write terminal": "Write to terminal",
    "copy": "Copy from one file to another",
    "copy running-config": "Copy from current system configuration",
    "copy running-config startup-config": "Copy to startup configuration",
}

BUILDING_TIME = 2 * SECOND


def show_running(session: Session) -> Handler:
    yield Say(show_running_config(session.router))


def show_form(session: Session, *, form: str | None, numbered: str | None) -> Handler:
    """Show a form of the running configuration; `full` is the usual one, and `all` has the defaults (I)."""
    text = show_running_config(
        session.router, numbered=numbered is not None, brief=form == "brief", defaults=form == "all"
    )
    yield Say(text)


def show_interface(session: Session, *, name: str, numbered: str | None) -> Handler:
    yield Say(show_running_section(session.router, f"interface {name}", numbered=numbered is not None))


def show_startup(session: Session) -> Handler:
    startup = session.router.state.startup
    if startup is None:
        yield Say(wording("nvram.absent"))
        return
    total = session.router.files.nvram_bytes
    yield Say(f"Using {len(startup.text)} out of {total} bytes\n{startup.text}\n")


def write(session: Session) -> Handler:
    yield Say(wording("nvram.building"))
    yield Wait(BUILDING_TIME)
    session.router.save_startup(configuration_text(session.router), session.exec.user)
    yield Say(wording("nvram.ok"))


def copy_running(session: Session) -> Handler:
    yield from ask_name(wording("file.copy_destination", name="startup-config"))
    yield from write(session)


_SOURCE = "IOS configuration fundamentals command reference; captures of 881s and a CISCO1941"
COMMANDS = (
    Command("show running-config", modes=(EXEC,), privilege=PRIVILEGED, run=show_running, piped=True,
            output="show_running_config", source=_SOURCE, basis="C"),
    Command("show running-config {<form:all|brief|full> [<numbered:linenum>] | <numbered:linenum>}", modes=(EXEC,),
            privilege=PRIVILEGED, run=show_form, piped=True, output="show_running_config_forms", source=_SOURCE,
            basis="R"),
    Command("show running-config view full", modes=(EXEC,), privilege=PRIVILEGED, run=show_running, piped=True,
            output="show_running_config_forms", source=_SOURCE, basis="R"),
    Command("show running-config interface <name:Interface> [<numbered:linenum>]", modes=(EXEC,), privilege=PRIVILEGED,
            run=show_interface, piped=True, output="show_running_config_interface", source=_SOURCE, basis="R"),
    Command("show {startup-config | configuration}", modes=(EXEC,), privilege=PRIVILEGED, run=show_startup, piped=True,
            output="show_startup_config", source=_SOURCE, basis="R"),
    Command("write [memory]", modes=(EXEC,), privilege=PRIVILEGED, run=write, output="write", source=_SOURCE,
            basis="C"),
    Command("write terminal", modes=(EXEC,), privilege=PRIVILEGED, run=show_running, piped=True,
            output="show_running_config", source=_SOURCE, basis="R"),
    Command("copy running-config startup-config", modes=(EXEC,), privilege=PRIVILEGED, run=copy_running,
            output="copy_running_startup", source=_SOURCE, basis="C"),
)  # fmt: skip
