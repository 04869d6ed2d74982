"""`status`: what runs, at which level, under which license, and what a reload now would change."""

from emulator.bench.session import Bench
from emulator.console.line.line_kind import CONSOLE
from emulator.console.line.line_place import LinePlace
from emulator.grammar import Command
from emulator.hardware.board import BoardPhase
from emulator.kernel.effects import Handler, Say
from emulator.kernel.time import MINUTE, format_duration
from emulator.licensing.views import LicenseView
from emulator.router.device import Router
from emulator.world.reload_preview import preview_lines, preview_reload
from emulator.world.site_network import SERVER_HOST
from emulator.world.world import TFTP, World

HELP = {
    "status": "Show what the routers are doing",
    "status <router>": "Router",
}


def status(bench: Bench, *, router: str | None) -> Handler:
    world = bench.world
    if router is not None:
        lines = status_lines(world.router(router))
        if world.router(router).state.board.phase is BoardPhase.RUNNING:
            lines += [f"    {line}" for line in preview_lines(preview_reload(world, router))]
        yield Say("\n".join(lines) + "\n")
        return
    for name in sorted(world.routers):
        yield Say("\n".join(status_lines(world.routers[name])) + "\n")
    if not world.routers:
        yield Say("the rack is empty\n")
    yield Say(f"{_servers(world)}\n")


def _servers(world: World) -> str:
    """The line about the lab's TFTP server: its address, and how many files it has."""
    files = sum(not file.directory for file in world.state.server.files)
    state = ", out of service" if world.is_down(TFTP) else ""
    return f"the lab's TFTP server  tftp://{SERVER_HOST}/  {files} file{'' if files == 1 else 's'}{state}"


def status_lines(router: Router) -> list[str]:
    """List the lines of `status` for one router."""
    state = router.state
    lines = [f"{router.name}  {state.udi}  {state.board.phase}{'' if state.online else ', no Internet'}"]
    running = state.running
    if misread := LinePlace(router, CONSOLE, 0).misread:
        lines.append(f"    {misread}; baud {router.name} sets it")
    if running is not None:
        following = router.activation.inventory.next_level().level
        change = "" if following == running.level else f"; a reload now brings {following}"
        lines.append(f"    {running.image}: level {running.level}{change}")
    for view in router.activation.inventory.views():
        lines.append(f"    {view.line.feature}  {view.title}  {view.state}{_count(view)}{_left(view)}")
    return lines


def _count(view: LicenseView) -> str:
    """Uses taken of a counted license and how many it allows; those of one feature are a pool."""
    return "" if view.line.count is None else f", {view.in_use or 0} of {view.line.count} uses taken"


def _left(view: LicenseView) -> str:
    if view.left is None:
        return ""
    whole_minutes = view.left // MINUTE * MINUTE
    kind = "of use left" if view.line.rule.metered else "left"
    return f", {format_duration(whole_minutes)} {kind}"


COMMANDS = (Command("status [<router:Router>]", modes=("bench",), run=status, look=True),)
