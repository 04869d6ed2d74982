"""`sftp`: a service that a router is given at the bench, though no real one of these releases has it."""

from emulator.bench.session import Bench
from emulator.grammar import Command

HELP = {
    "sftp": "Allow SFTP on a router's SSH server, which these releases lack",
    "sftp <router>": "Router",
    "sftp <router> on": "Let users of privilege 15 transfer files by SFTP",
    "sftp <router> off": "Refuse it, as the real router does",
}


def sftp(bench: Bench, *, router: str, state: str) -> None:
    bench.world.router(router).state.sftp = state == "on"


COMMANDS = (Command("sftp <router:Router> <state:on|off>", modes=("bench",), run=sftp),)
