"""The other `show license` forms: what licensing can do here, what it has done, and what hangs on it.

C: the names of `statistics` and of `show subsys license`. R: the rest (A.11 of the behavior notes).
"""

from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.licenses import license_tables as screens
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.licensing.selection import effective
from emulator.router.configuration import SERVICE_URL_KEY
from emulator.router.network.agent_settings import session_limit

HELP = {
    "show": "Show running system information",
    "show license": "Show license information",
    "show license agent": "Show license agent information",
    "show license agent counters": "Show the counters of the license agent",
    "show license agent sessions": "Show the sessions of the license agent",
    "show license handle": "Show license handle information",
    "show license image": "Show license image information",
    "show license image levels": "Show the license levels of the image",
    "show license statistics": "Show license statistics information",
    "show license status": "Show license status information",
    "show subsys": "Show subsystem information",
    "show subsys license": "Show the subsystems that need a license",
}


def show_status(session: Session) -> Handler:
    yield Say(screens.show_license_status(session.router.configuration.word(SERVICE_URL_KEY)))


def show_statistics(session: Session) -> Handler:
    router = session.router
    yield Say(screens.show_license_statistics(router.state.operations, router.activation.inventory.views()))


def show_levels(session: Session) -> Handler:
    router = session.router
    activation = router.activation

    def licensed(level: str) -> str:
        stored = effective(
            level, activation.inventory.licenses, activation.inventory.built_in, activation.inventory.consumed()
        )
        return stored.line.feature if stored else ""

    yield Say(screens.show_image_levels(router.manifest, router.running, activation.inventory.next_level(), licensed))


def show_handle(session: Session) -> Handler:
    yield Say(screens.show_license_handle(session.router.activation.inventory.feature_rows()))


def show_counters(session: Session) -> Handler:
    yield Say(screens.show_agent_counters(session.router.running.agent))


def show_sessions(session: Session) -> Handler:
    limit = session_limit(session.router.configuration)
    yield Say(screens.show_agent_sessions(session.router.running.agent, limit))


def show_subsystems(session: Session) -> Handler:
    router = session.router
    yield Say(screens.show_subsystems(router.manifest.levels[0], router.running.level, router.platform.family))


_SOURCE = "Software Activation command reference, recalled"
COMMANDS = (
    Command("show license agent counters", modes=(EXEC,), privilege=PRIVILEGED, run=show_counters, piped=True,
            output="show_license_agent", source=_SOURCE, basis="R"),
    Command("show license agent sessions", modes=(EXEC,), privilege=PRIVILEGED, run=show_sessions, piped=True,
            output="show_license_agent", source=_SOURCE, basis="R"),
    Command("show license handle", modes=(EXEC,), privilege=PRIVILEGED, run=show_handle, piped=True,
            output="show_license_handle", source=_SOURCE, basis="R"),
    Command("show license image levels", modes=(EXEC,), privilege=PRIVILEGED, run=show_levels, piped=True,
            output="show_license_image_levels", source=_SOURCE, basis="R"),
    Command("show license statistics", modes=(EXEC,), privilege=PRIVILEGED, run=show_statistics, piped=True,
            output="show_license_statistics", source=_SOURCE, basis="R"),
    Command("show license status", modes=(EXEC,), privilege=PRIVILEGED, run=show_status, piped=True,
            output="show_license_status", source=_SOURCE, basis="R"),
    Command("show subsys license", modes=(EXEC,), privilege=PRIVILEGED, run=show_subsystems, piped=True,
            output="show_subsys_license", source=_SOURCE, basis="R"),
)  # fmt: skip
