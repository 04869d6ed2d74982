"""`debug ip packet`, `debug ip icmp`, and taking them back (R: the answers)."""

from functools import partial

from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.system.packet_debug import DETAILS, MESSAGES, PACKETS, TOPICS
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

_TOPICS = {
    "ip": "IP information",
    "ip icmp": "ICMP transactions",
    "ip packet": "General IP debugging and IPSO security transactions",
    "ip packet detail": "Print more debugging detail",
}
HELP = {f"{verb} {topic}": text for verb in ("debug", "undebug") for topic, text in _TOPICS.items()}


def switch(session: Session, *, topic: str, on: bool) -> Handler:
    """Switch a topic; the packets have one, with details or without."""
    running = session.router.running
    others = {*running.debugging} - ({topic} if topic == MESSAGES else {PACKETS, DETAILS})
    running.debugging = sorted({*others, topic} if on else others)
    said = TOPICS[topic] if on else TOPICS[topic].partition(" (")[0].replace(" on", " off")
    yield Say(f"{said}\n")


COMMANDS = tuple(
    Command(f"{verb} {topic}", modes=(EXEC,), privilege=PRIVILEGED, run=partial(switch, topic=topic, on=on),
            output="debug_ip", source="IOS debug command reference, recalled; public logs of 15.x", basis="R")
    for verb, on in (("debug", True), ("no debug", False), ("undebug", False))
    for topic in (MESSAGES, PACKETS, DETAILS)
)  # fmt: skip
