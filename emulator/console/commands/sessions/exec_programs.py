"""`setup`, `test aaa`, `tclsh`: programs that EXEC starts.

R: forms; the configuration dialog is that of an empty router; no AAA server answers, a local user is asked of the
configuration. I: the Tcl shell takes EXEC commands and `puts`, not the language.
"""

from emulator.console.line.line_table import CTRL_Z
from emulator.console.line.login import check
from emulator.console.line.phases import command_prompt
from emulator.console.line.setup_dialog import set_up
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Ask, Handler, Say, Wait
from emulator.kernel.time import SECOND
from emulator.router.access import account

HELP = {
    "setup": "Run the SETUP command facility",
    "tclsh": "Tool Command Language shell",
    "test": "Test subsystems, memory, and interfaces",
    "test aaa": "AAA operations",
    "test aaa group": "AAA group",
    "test aaa group <group>": "Server-group name",
    "test aaa group <group> <user>": "User name",
    "test aaa group <group> <user> <password>": "Password",
    "test aaa group <group> <user> <password> legacy": "Use the old form of the test",
    "test aaa group <group> <user> <password> new-code": "Use the new form of the test",
}

SERVER_TIMEOUT = 5 * SECOND
TCL = "(tcl)"
TCL_LEAVING = ("tclquit", "exit", "quit")


def setup(session: Session) -> Handler:
    yield from set_up(session.line)


def test_aaa(session: Session, *, group: str, user: str, password: str, form: str) -> Handler:
    configuration = session.router.configuration
    if "aaa new-model" not in configuration.lines:
        yield Say(wording("test.no_aaa"))
        return
    named = {key.split()[-1] for key in configuration.sections if key.startswith("aaa group ")}
    known = {"radius", "tacacs+", "ldap"} | named
    if group == "local":
        found = account(configuration, user)
        right = found is not None and found.password is not None and check(found.password, password)
        yield Say(wording("test.passed" if right else "test.rejected"))
        return
    if group not in known:
        yield Say(wording("test.no_group", group=group))
        return
    if form == "legacy":
        yield Say(wording("test.attempt", group=group))
    yield Wait(SERVER_TIMEOUT)
    yield Say(wording("test.no_answer"))


def tcl_shell(session: Session) -> Handler:
    """Take Tcl commands and those of EXEC; in configuration mode, until it is left, lines of that mode (R)."""
    while True:
        if session.exec.mode != EXEC:
            line = yield Ask(command_prompt(session.router.hostname, session.exec.mode, PRIVILEGED).text, ends=True)
            yield from _configure(session, line)
            continue
        line = yield Ask(f"{session.router.hostname}{TCL}#")
        typed = line.strip()
        word, _, rest = typed.partition(" ")
        if word in TCL_LEAVING:
            return
        if word == "puts":
            yield Say(rest.strip().strip('"{}') + "\n")
        elif typed:
            text = typed.removeprefix("exec ").strip('"{}')
            handler = session.interpret_exec(text, len(TCL) + line.index(text))
            if handler is not None:
                yield from handler


def _configure(session: Session, line: str) -> Handler:
    """Carry out a line of configuration mode; Ctrl-Z at its end leaves the mode."""
    for text in (line.removesuffix(CTRL_Z), *(("end",) if line.endswith(CTRL_Z) else ())):
        handler = session.interpret(text) if text.strip() else None
        if handler is not None:
            yield from handler


_SOURCE = "IOS configuration fundamentals, security and Tcl command references, recalled"
COMMANDS = (
    Command("setup", modes=(EXEC,), privilege=PRIVILEGED, run=setup, output="exec_programs", source=_SOURCE, basis="R"),
    Command("tclsh", modes=(EXEC,), privilege=PRIVILEGED, run=tcl_shell, output="exec_programs", source=_SOURCE,
            basis="R"),
    Command("test aaa group <group:Word> <user:Word> <password:Word> <form:legacy|new-code>", modes=(EXEC,),
            privilege=PRIVILEGED, run=test_aaa, output="exec_programs", source=_SOURCE, basis="R"),
)  # fmt: skip
