"""`license modify priority`: let a feature's evaluation or extension win over its permanent license, or not (R).

A permanent license keeps its Medium, so a feature that has nothing else is refused (I). A priority that stands already
changes nothing and logs nothing (I).
"""

from emulator.console.dialogs.install_licenses import LEVEL_MESSAGE_AFTER
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say, Wait
from emulator.licensing.store import MetersPriority

HELP = {
    "license": "Configure license features",
    "license modify": "Modify license attributes",
    "license modify priority": "Modify the priority of a license",
    "license modify priority <feature>": "Feature name",
    "license modify priority <feature> high": "High priority: before a permanent license",
    "license modify priority <feature> low": "Low priority: after a permanent license",
}


def modify(session: Session, *, feature: str, priority: MetersPriority) -> Handler:
    activation = session.router.activation
    lines = [stored.line for stored in activation.inventory.all() if stored.line.feature == feature]
    if not lines:
        yield Say(wording("clear.none", feature=feature))
        return
    if not any(line.rule.metered for line in lines):
        yield Say(wording("priority.permanent"))
        return
    if activation.inventory.licenses.priorities.get(feature, "low") == priority:
        return
    activation.modify_priority(feature, priority)
    yield Wait(LEVEL_MESSAGE_AFTER)
    activation.announce_next_level()


COMMANDS = (
    Command("license modify priority <feature:Word> <priority:high|low>", modes=(EXEC,), privilege=PRIVILEGED,
            run=modify, output="license_modify_priority", source="Software Activation command reference, recalled",
            basis="R"),
)  # fmt: skip
