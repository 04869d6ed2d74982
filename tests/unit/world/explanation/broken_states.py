"""Ways to break what a level and the ways to the servers depend on, and a person who does what an explanation says."""

from collections.abc import Callable, Iterator, Mapping

from emulator.console.line.phases import PromptKind
from emulator.world.explanation.explain import explain
from emulator.world.explanation.paths import PATHS, explain_path
from emulator.world.explanation.view import BENCH, Explanation, LinkState, MendingStep
from emulator.world.fork import fork
from emulator.world.world import World
from tests.driver import BenchDriver, ConsoleDriver

LEVEL, BASE = "advipservices", "advsecurity"
IMAGE = "c880data-universalk9-mz.150-1.M4.bin"
CONFIGURE = "configure terminal"
CHOOSE = (CONFIGURE, f"license boot module c880-data level {LEVEL}")
IGNORE, STAY = ((CONFIGURE, f"config-register {value}", "end") for value in ("0x2142", "0x2100"))
WAN, VLAN = (CONFIGURE, "interface FastEthernet4"), (CONFIGURE, "interface Vlan1")
RELOAD = ("reload", "")

ANSWERS = (("Save?", "no"), ("yes", "yes"), ("y/n", "y"))
"""Answers to questions by words of their prompt; any other is answered by RETURN."""

LONGEST = 14
"""Steps, one after the other, that mend a link."""


class Follower:
    """A person who does what an explanation says."""

    def __init__(self, world: World) -> None:
        self.world, self.bench = world, BenchDriver(world)

    def do(self, steps: tuple[MendingStep, ...]) -> None:
        for step in steps:
            if step.place == BENCH:
                self.bench.succeeds(step.line)
            else:
                self._type(step)

    def follow(self, explanation: Callable[[], Explanation]) -> list[Explanation]:
        """Follow the next steps until what is explained holds and would last; the explanations on the way."""
        way = [explanation()]
        while not way[-1].settled:
            assert way[-1].next, way[-1]
            assert len(way) < 20, [each.next for each in way]
            self.do(way[-1].next)
            way.append(explanation())
        return way

    def _type(self, step: MendingStep) -> None:
        console = privileged(self.world, step.place)
        console.type(step.line)
        while console.line.prompt.kind in {PromptKind.QUESTION, PromptKind.KEY} and "dialog" not in console.prompt:
            console.type(next((answer for asked, answer in ANSWERS if asked in console.prompt), ""))


def privileged(world: World, router: str) -> ConsoleDriver:
    """The console of a router, at its privileged prompt or in ROMMON."""
    console = ConsoleDriver(world, router)
    console.wait()
    if "#" not in console.prompt and "rommon" not in console.prompt:
        console.log_in()
    return console


def at_bench(line: str) -> Callable[[World], object]:
    return lambda world: BenchDriver(world).succeeds(line)


def typed(*lines: str) -> Callable[[World], object]:
    return lambda world: privileged(world, "R1").type(*lines)


def evaluation_ended(world: World) -> None:
    typed(*CHOOSE, "yes", "end", "write", *RELOAD)(world)
    at_bench("advance 61d")(world)


BROKEN: Mapping[str, Callable[[World], object]] = {
    "no power": at_bench("power R1 off"),
    "no line of the provider": at_bench("cable R1 FastEthernet4 out"),
    "no LAN": at_bench("cable R1 FastEthernet0 out"),
    "no Internet": at_bench("internet R1 off"),
    "TFTP server down": at_bench("server tftp down"),
    "licensing service down": at_bench("server call-home down"),
    "portal closed": at_bench("server portal closed 2d"),
    "ordered": at_bench("order L-880-AIS="),
    "ordered on paper": at_bench("order SL-880-AIS="),
    "image damaged": at_bench(f"damage R1 file {IMAGE}"),
    "license region damaged": at_bench("damage R1 licenses both"),
    "storage fails": at_bench("fault R1 storage"),
    "flash full": at_bench("fill R1"),
    "flash tired": at_bench("fault R1 flash"),
    "another address of the service": typed(CONFIGURE, "license call-home url https://nobody.example/x", "end"),
    "no HTTPS address of the service": typed(CONFIGURE, "license call-home url http://plain.example/", "end"),
    "names not looked up": typed(*WAN, "ip address dhcp", "no shutdown", "exit", "no ip domain lookup", "end"),
    "a fixed address at the provider": typed(*WAN, "ip address 203.0.113.2 255.255.255.0", "no shutdown", "end"),
    "LAN shut down": typed(*VLAN, "ip address 192.0.2.9 255.255.255.0", "shutdown", "end"),
    "another LAN": typed(*VLAN, "ip address 10.0.0.1 255.255.255.0", "end"),
    "register ignores the configuration": typed(*IGNORE),
    "configuration ignored": typed(*IGNORE, "write", *RELOAD),
    "register stays in ROMMON": typed(*STAY),
    "in ROMMON": typed(*STAY, *RELOAD),
    "image deleted": typed(f"delete flash:{IMAGE}", "", ""),
    "chosen, not saved": typed(*CHOOSE, "yes", "end"),
    "saved, not reloaded": typed(*CHOOSE, "yes", "end", "write"),
    "agreement refused": typed(*CHOOSE, "no", "end", "write"),
    "evaluation runs": typed(*CHOOSE, "yes", "end", "write", *RELOAD),
    "evaluation ended": evaluation_ended,
    "another level chosen": typed(CONFIGURE, f"license boot module c880-data level {BASE}", "end", "write"),
    "another image named": typed(CONFIGURE, "boot system flash nothing.bin", "end", "write"),
    "speed of the console": typed(CONFIGURE, "line console 0", "speed 1200", "end"),
}
"""States of a router that is out of the box and has booted, by what is done to it."""


def explained(world: World, subject: str) -> Explanation:
    """An explanation of a level or of a way of R1."""
    return explain_path(world, "R1", subject) if subject in PATHS else explain(world, "R1", subject)


def unmended(world: World, subject: str) -> Iterator[str]:
    """The broken links of an explanation that do not hold after their own steps were done, again and again."""
    for link in explained(world, subject).links:
        if link.state in {LinkState.BROKEN, LinkState.WAITING} and not _is_mended(fork(world), subject, link.name):
            yield f"{subject}, {link.name}: {link.fact}"


def _is_mended(world: World, subject: str, name: str) -> bool:
    follower = Follower(world)
    for _ in range(LONGEST):
        link = next(each for each in explained(world, subject).links if each.name == name)
        if link.state not in {LinkState.BROKEN, LinkState.WAITING}:
            return True
        if not link.mend:
            return False
        follower.do(link.mend)
    return False
