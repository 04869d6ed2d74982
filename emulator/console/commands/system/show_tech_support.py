"""`show tech-support`: many shows one after the other, each under its heading.

R: the heading; passwords and communities are left out of the configuration. I: which shows, as far as the twin has
them.
"""

from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.redaction import without_secrets
from emulator.console.session.output_modifiers import following
from emulator.console.session.session import Session
from emulator.grammar import Command, Parsed
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show tech-support": "Show system information for Tech-Support",
}

PARTS = (
    "show clock",
    "show version",
    "show running-config",
    "show license all",
    "show license status",
    "show inventory",
    "show diag",
    "show bootvar",
    "show file systems",
    "show flash:",
    "show interfaces",
    "show ip interface",
    "show ip route",
    "show memory statistics",
    "show processes cpu",
    "show logging",
)


def run(session: Session) -> Handler:
    for part in PARTS:
        yield Say(f"\n------------------ {part} ------------------\n\n")
        outcome = session.parse(EXEC, part)
        handler = outcome.run(session, **outcome.arguments) if isinstance(outcome, Parsed) else None
        while handler is not None and (effect := following(handler, None)) is not None:
            if isinstance(effect, Say) and part == "show running-config":
                effect = Say(without_secrets(effect.text))
            yield effect


COMMANDS = (
    Command("show tech-support", modes=(EXEC,), privilege=PRIVILEGED, run=run, piped=True,
            output="show_tech_support", source="IOS configuration fundamentals command reference, recalled", basis="R"),
)  # fmt: skip
