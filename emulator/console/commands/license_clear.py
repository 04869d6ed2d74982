"""`license clear`: take an installed license out of the store.

C: one that is in use is refused. R: the list of matches, the index when there are several, and the confirmation. The
portal's entitlement is untouched, so the license can be sent again.
"""

from emulator.console.commands.show_license import views_of
from emulator.console.grammar import Command
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.license import clear_choice
from emulator.console.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import Ask, Handler, Say, Wait
from emulator.licensing.store import StoreName

HELP = {
    "license": "Configure license features",
    "license clear": "Clear license",
    "license clear <feature>": "Feature name",
}

LEVEL_MESSAGE_AFTER = 150


def clear(session: Session, *, feature: str) -> Handler:
    router = session.router
    matches = [
        view for view in views_of(router) if view.line.feature == feature and view.stored.store is StoreName.PRIMARY
    ]
    if not matches:
        yield Say(wording("clear.none", feature=feature))
        return
    in_use = router.running.license_id
    if all(view.line.id == in_use for view in matches):
        yield Say(wording("clear.in_use", feature=feature))
        return
    several = len(matches) > 1
    listing = "".join(clear_choice(number, view, numbered=several) for number, view in enumerate(matches, 1))
    yield Say(f"Feature: {feature}\n{listing}")
    chosen = matches[0]
    if several:
        answer = yield Ask(wording("clear.select", count=len(matches)))
        if not answer.strip().isascii() or not answer.strip().isdigit() or not 1 <= int(answer) <= len(matches):
            yield Say(wording("clear.bad_index"))
            return
        chosen = matches[int(answer) - 1]
    if chosen.line.id == in_use:
        yield Say(wording("clear.in_use", feature=feature))
        return
    answer = yield Ask(wording("clear.confirm"))
    if answer.strip().lower() not in {"y", "yes"}:
        return
    router.activation.clear(chosen.stored)
    yield Wait(LEVEL_MESSAGE_AFTER)
    router.activation.announce_next_level()


COMMANDS = (
    Command("license clear <feature:Word>", modes=(EXEC,), privilege=PRIVILEGED, run=clear, output="license_clear",
            source="Software Activation command reference", basis="R"),
)  # fmt: skip
