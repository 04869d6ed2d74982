"""`license boot module`: choose the level of the next boot.

C: a metered license asks for its agreement first, and the line must be saved to matter; the configured level is not
necessarily the next one, for that needs a license too. I: refusing leaves the configuration as it was.
"""

from emulator.console.dialogs.eula import ask_eula
from emulator.console.dialogs.install_licenses import LEVEL_MESSAGE_AFTER
from emulator.console.modes import CONFIG
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say, Wait
from emulator.router.configuration import boot_level_key

HELP = {
    "license": "Configure license features",
    "license boot": "license boot config commands",
    "license boot module": "license boot module command",
    "license boot module <module>": "Name of the module",
    "license boot module <module> level": "license level boot configuration",
    "license boot module <module> level <level>": "License level",
    "no": "Negate a command or set its defaults",
}


def set_level(session: Session, *, module: str, level: str) -> Handler:
    activation = session.router.activation
    waiting = activation.inventory.needs_eula(level)
    if waiting is not None:
        accepted = False
        if session.interactive:
            accepted = yield from ask_eula()
        if not accepted:
            activation.require_eula(level)
            if session.interactive:
                yield Say(wording("eula.refused", level=level))
                return
        else:
            activation.accept_eula(waiting)
            yield Say(wording("eula.use_write"))
    key = boot_level_key(module)
    session.router.configuration.lines[key] = f"{key} {level}"
    session.router.running.changed = True
    if session.interactive:
        yield Wait(LEVEL_MESSAGE_AFTER)
        activation.announce_next_level()


def unset_level(session: Session, *, module: str, level: str | None) -> Handler:
    key = boot_level_key(module)
    line = session.router.configuration.lines.get(key)
    if line is None or level not in {None, session.router.configuration.boot_level(module)}:
        return
    del session.router.configuration.lines[key]
    session.router.running.changed = True
    yield Wait(LEVEL_MESSAGE_AFTER)
    session.router.activation.announce_next_level()


_SOURCE = "Software Activation command reference; dialog of a CISCO1941"
COMMANDS = (
    Command("license boot module <module:Module> level <level:Level>", modes=(CONFIG,), run=set_level,
            output="license_boot_module", source=_SOURCE, basis="R"),
    Command("no license boot module <module:Module> [level <level:Level>]", modes=(CONFIG,), run=unset_level,
            source=_SOURCE, basis="R"),
)  # fmt: skip
