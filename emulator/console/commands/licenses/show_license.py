"""`show license`: by feature, by license, by store, and the identity."""

from functools import partial

from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.licenses import license as screens
from emulator.console.render.licenses.license_stores import show_license_all, show_license_file
from emulator.console.render.licenses.license_tables import show_license_feature
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show license": "Show license information",
    "show license all": "Show license all information",
    "show license detail": "Show license detail information",
    "show license detail <feature>": "Feature name",
    "show license evaluation": "Show evaluation licenses",
    "show license expiring": "Show expiring licenses",
    "show license feature": "Show license feature information",
    "show license file": "Show license file information",
    "show license in-use": "Show licenses in use",
    "show license permanent": "Show permanent licenses",
    "show license udi": "Show license udi information",
}


def show(session: Session) -> Handler:
    router = session.router
    yield Say(screens.show_license(router.activation.inventory.features(), router.manifest.dialect))


def show_detail(session: Session, *, feature: str | None) -> Handler:
    views = (view for view in session.router.activation.inventory.views() if feature in {None, view.line.feature})
    yield Say(screens.show_license_detail(views, session.router.manifest.dialect))


def show_all(session: Session, *, selection: str) -> Handler:
    router = session.router
    yield Say(show_license_all(router.activation.inventory.views(), router.manifest.dialect, selection))


def show_feature(session: Session) -> Handler:
    router = session.router
    column = router.manifest.dialect.license_right_to_use_column
    yield Say(show_license_feature(router.activation.inventory.feature_rows(), right_to_use=column))


def show_file(session: Session) -> Handler:
    router = session.router
    yield Say(show_license_file(router.activation.inventory.views(), router.manifest.dialect))


def show_udi(session: Session) -> Handler:
    yield Say(screens.show_license_udi(session.router.state.udi, session.router.manifest.dialect))


def _selection(word: str, basis: str) -> Command:
    run, output = partial(show_all, selection=word), f"show_license_{word.replace('-', '_')}"
    return Command(
        f"show license {word}", (EXEC,), run, PRIVILEGED, piped=True, output=output, source=_SOURCE, basis=basis
    )


_SOURCE = "Software Activation command reference; layout after other platforms"
COMMANDS = (
    Command("show license", modes=(EXEC,), privilege=PRIVILEGED, run=show, piped=True, output="show_license",
            source=_SOURCE, basis="C"),
    _selection("all", "C"),
    Command("show license detail [<feature:Word>]", modes=(EXEC,), privilege=PRIVILEGED, run=show_detail, piped=True,
            output="show_license_detail", source=_SOURCE, basis="C"),
    *(_selection(word, "R") for word in ("evaluation", "expiring", "in-use", "permanent")),
    Command("show license feature", modes=(EXEC,), privilege=PRIVILEGED, run=show_feature, piped=True,
            output="show_license_feature", source=_SOURCE, basis="C"),
    Command("show license file", modes=(EXEC,), privilege=PRIVILEGED, run=show_file, piped=True,
            output="show_license_file", source=_SOURCE, basis="R"),
    Command("show license udi", modes=(EXEC,), privilege=PRIVILEGED, run=show_udi, piped=True,
            output="show_license_udi", source=_SOURCE, basis="C"),
)  # fmt: skip
