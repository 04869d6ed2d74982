"""The license portal of a learner's world, as it stands beside the consoles of a lab.

The learner acts there as at the bench: in the name of the same account, with the pages whose verbs the lab opens, and
while the portal of that world is open. Requests are served by threads of their own; what they change is an input of
the world, written down before it takes effect.
"""

from collections.abc import Callable

from emulator.bench.verbs.portal import OPERATOR
from emulator.kernel.time import clock_line
from emulator.labs.bench_verbs import LabBench
from emulator.runtime.draft_files import DRAFTS, DraftFiles
from emulator.runtime.extras import needs_serve
from emulator.runtime.held_world import HeldWorld
from emulator.runtime.lab_media import WorldMedia
from emulator.runtime.labs.session import LabSession
from emulator.runtime.network_inputs import NetworkInputs
from emulator.world.directory import WorldDirectory

with needs_serve():
    from emulator.transports.classroom.ports import Application
    from emulator.transports.portal import portal_app
    from emulator.transports.portal.context import SurroundingLab
    from emulator.transports.portal.web.all_pages import portal_pages
    from emulator.transports.portal.web.lab_rights import LabRights
    from emulator.transports.web.guard.sessions import SharedSessions

STOPPED = "Your teacher has stopped the class; nothing was changed. Go on when it continues."


class LabPortal:
    """The portal of one world; made when a page of it is asked for the first time."""

    def __init__(
        self, directory: WorldDirectory, held: HeldWorld, session: LabSession, stopped: Callable[[], bool]
    ) -> None:
        """Get ready.

        Args:
            directory: of the world, which keeps forms that are left.
            held: the world.
            session: the lab that is played there.
            stopped: whether the class is.
        """
        self._directory, self._world, self._stopped = directory, held.world, stopped
        self._held, self._is_closed = held, LabBench(session.lab.front.bench).is_closed
        self._app: Application | None = None
        self._end: Callable[[], None] | None = None

    def app(self, log_ins: SharedSessions) -> Application:
        """The application, for those who are logged in at the class; asked for in the thread of the world."""
        if self._app is None:
            world = self._world
            inputs = NetworkInputs(world)
            inputs.take_letters_in_turn()
            rights = LabRights(self._is_closed, self._refusal)
            closed = frozenset(page.path for page in portal_pages() if rights.closes(page.path))
            app = portal_app(
                world.backend,
                now=lambda: world.now,
                calendar=world.calendar,
                warnings=self._held.warnings,
                taking=inputs.operation,
                media=WorldMedia(world),
                drafts=DraftFiles(self._directory.path / DRAFTS, world.state.identity),
                around_lab=SurroundingLab(log_ins, OPERATOR, closed),
                guarded=rights.guarded,
            )
            self._app, self._end = app, app.state.portal.jobs.close
        return self._app

    def close(self) -> None:
        """Let what is under way end."""
        if self._end is not None:
            self._end()

    def _refusal(self, changes: bool) -> str:
        """The reason for which a page is refused at the moment; empty where it is not."""
        world = self._world
        if world.now < world.state.portal_opens:
            return f"The portal is closed until {clock_line(world.calendar(world.state.portal_opens))}."
        return STOPPED if changes and self._stopped() else ""
