"""`explain`: why a level, a feature or a way to a server is there or not, and the next step toward it."""

from emulator.bench.session import Bench
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.world.explanation.agent_path import AGENT
from emulator.world.explanation.explain import explain
from emulator.world.explanation.paths import CALL_HOME, PATHS, explain_path
from emulator.world.explanation.view import explanation_lines
from emulator.world.mail_server import MAIL
from emulator.world.world import TFTP

HELP = {
    "explain": "Explain why something is on or off, and what to do next",
    "explain <router>": "Router",
    "explain <router> <subject>": "Level, licensed feature or function of the matrix",
    f"explain <router> {CALL_HOME}": "The path to the licensing service",
    f"explain <router> {TFTP}": "The path to the lab's TFTP server",
    f"explain <router> {MAIL}": "The path of the router's mail to the lab's mail server",
    f"explain <router> {AGENT}": "The way of a manager to the router's license agent",
}


def explain_subject(bench: Bench, *, router: str, subject: str | None) -> Handler:
    yield Say("\n".join(explanation_lines(explain(bench.world, router, subject))) + "\n")


def explain_way(bench: Bench, *, router: str, way: str) -> Handler:
    yield Say("\n".join(explanation_lines(explain_path(bench.world, router, way))) + "\n")


MODES = ("bench",)
WAYS = "|".join(PATHS)
COMMANDS = (
    Command("explain <router:Router> [<subject:Word>]", modes=MODES, run=explain_subject, aside=True),
    Command(
        f"explain <router:Router> <way:{CALL_HOME}|{TFTP}|{MAIL}|{AGENT}>", modes=MODES, run=explain_way, aside=True
    ),
)
