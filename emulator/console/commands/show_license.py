"""The `show license` family: what each license is, and how much of it is left."""

from emulator.console.grammar import Command
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render import license as screens
from emulator.console.session import Session
from emulator.kernel.effects import Handler, Say
from emulator.licensing.views import LicenseView, feature_views, license_views
from emulator.router.device import Router

HELP = {
    "show": "Show running system information",
    "show license": "Show license information",
    "show license detail": "Show license detail information",
    "show license detail <feature>": "Feature name",
    "show license udi": "Show license udi information",
}


def views_of(router: Router) -> tuple[LicenseView, ...]:
    """The licenses of a running router."""
    activation = router.activation
    return license_views(activation.licenses, activation.built_in, activation.usage(), router.running.license_id)


def show(session: Session) -> Handler:
    """Features in the order of the 881's factory listing: the upgrade first (I)."""
    levels = tuple(reversed(session.router.manifest.levels))
    views = views_of(session.router)
    others = tuple(dict.fromkeys(view.line.feature for view in views if view.line.feature not in levels))
    yield Say(screens.show_license(feature_views(levels + others, views)))


def show_detail(session: Session, *, feature: str | None) -> Handler:
    views = (view for view in views_of(session.router) if feature in {None, view.line.feature})
    yield Say(screens.show_license_detail(views))


def show_udi(session: Session) -> Handler:
    yield Say(screens.show_license_udi(session.router.state.udi))


_SOURCE = "Software Activation command reference; layout after other platforms"
COMMANDS = (
    Command("show license", modes=(EXEC,), privilege=PRIVILEGED, run=show, piped=True, output="show_license",
            source=_SOURCE, basis="C"),
    Command("show license detail [<feature:Word>]", modes=(EXEC,), privilege=PRIVILEGED, run=show_detail, piped=True,
            output="show_license_detail", source=_SOURCE, basis="C"),
    Command("show license udi", modes=(EXEC,), privilege=PRIVILEGED, run=show_udi, piped=True,
            output="show_license_udi", source=_SOURCE, basis="C"),
)  # fmt: skip
