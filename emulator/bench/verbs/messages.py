"""`messages`: whether what the routers log is shown at the bench when it happens."""

from emulator.bench.session import Bench
from emulator.grammar import Command

HELP = {
    "messages": "Show or hide messages of the routers at the bench",
    "messages on": "When they happen",
    "messages off": "Only on return to the console",
}


def messages(bench: Bench, *, state: str) -> None:
    bench.messages = state == "on"


COMMANDS = (Command("messages <state:on|off>", modes=("bench",), run=messages, look=True),)
