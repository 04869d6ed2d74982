"""Changing the privilege level of a session: `enable`, `disable`, `show privilege`.

C: the question of `enable` and the answer to three wrong secrets. R: that of three wrong passwords, that a level at or
below one's own is entered without a question, and that where no password is set the console needs none, and a virtual
terminal line refuses.
"""

from emulator.console.line.login import TRIES, check
from emulator.console.modes import EXEC, PRIVILEGED, USER
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Ask, Handler, Say
from emulator.router.access import enable_password

HELP = {
    "enable": "Turn on privileged commands",
    "enable <level>": "Enable level",
    "disable": "Turn off privileged commands",
    "disable <level>": "Privilege level to go to",
    "show": "Show running system information",
    "show privilege": "Show current privilege level",
}


def enable(session: Session, *, level: int | None) -> Handler:
    wanted = PRIVILEGED if level is None else level
    asked = enable_password(session.router.configuration, wanted)
    if asked is None and wanted > session.exec.privilege and session.line.kind.asks:
        yield Say(wording("console.no_password_set"))
        return
    if asked is not None and wanted > session.exec.privilege:
        kept, is_secret = asked
        for _ in range(TRIES):
            if check(kept, (yield Ask(wording("login.password"), hidden=True))):
                break
        else:
            yield Say(wording("console.bad_secrets" if is_secret else "login.bad_passwords"))
            return
    session.exec.privilege = wanted


def disable(session: Session, *, level: int | None) -> None:
    wanted = USER if level is None else level
    session.exec.privilege = min(wanted, session.exec.privilege)


def show_privilege(session: Session) -> Handler:
    yield Say(f"Current privilege level is {session.exec.privilege}\n")


_SOURCE = "IOS security command reference; captures of a CISCO1941"
COMMANDS = (
    Command("enable [<level:Privilege>]", modes=(EXEC,), run=enable, source=_SOURCE, basis="C"),
    Command("disable [<level:Privilege>]", modes=(EXEC,), run=disable, source=_SOURCE, basis="R"),
    Command("show privilege", modes=(EXEC,), run=show_privilege, piped=True, output="show_privilege", source=_SOURCE,
            basis="R"),
)  # fmt: skip
