"""`messages`: whether what the routers log is shown at the bench when it happens."""

from emulator.bench.session import Bench
from emulator.grammar import Command

HELP = {
    "messages": "Choose whether messages of the routers are shown at the bench",
    "messages on": "When they happen",
    "messages off": "On return to the console alone",
}


def messages(bench: Bench, *, state: str) -> None:
    bench.messages = state == "on"


COMMANDS = (Command("messages <state:on|off>", modes=("bench",), run=messages, look=True),)
