"""An explanation as facts: a chain of links, each with its state, and what mends one that is broken."""

from enum import StrEnum

import msgspec

BENCH = "bench"
"""Place of a step that is typed at the bench; every other place is the console of the router of that name."""


class LinkState(StrEnum):
    """The state of a link.

    NOT_NEEDED: the subject is on without it. WAITING: it comes by itself. BLOCKED: an earlier link is broken.
    """

    OK = "ok"
    NOT_NEEDED = "not needed"
    WAITING = "waiting"
    BROKEN = "broken"
    BLOCKED = "blocked"


class MendingStep(msgspec.Struct, frozen=True):
    """A line to type, and its place: the bench, or the console of a router."""

    place: str
    line: str

    @property
    def shown(self) -> str:
        """Line as it looks behind a prompt."""
        return f"{self.place}{'>' if self.place == BENCH else '#'}{self.line}"


class Link(msgspec.Struct, frozen=True):
    """A link of a chain.

    Attributes:
        fact: a sentence on the state of the link in this world.
        mend: the next steps that mend it; empty where none is needed or possible.
    """

    name: str
    state: LinkState
    fact: str
    mend: tuple[MendingStep, ...] = ()


class Explanation(msgspec.Struct, frozen=True):
    """The reason for which a level or feature is on or off, or a service reached or not.

    Attributes:
        holds: the level or feature is on, or the service reached.
        links: the chain, the first cause first.
        lasts: a level that is on would be on after a reload now too; None where that is not asked.
    """

    router: str
    subject: str
    holds: bool
    links: tuple[Link, ...]
    lasts: bool | None = None

    @property
    def settled(self) -> bool:
        """Tell whether the subject holds, and a reload would not take it away."""
        return self.holds and self.lasts is not False

    @property
    def next(self) -> tuple[MendingStep, ...]:
        """Steps that mend the first link which can be mended now; empty where the subject is settled or none helps."""
        if self.settled:
            return ()
        stuck = (link for link in self.links if link.state in {LinkState.BROKEN, LinkState.WAITING})
        return next((link.mend for link in stuck if link.mend), ())

    @property
    def others(self) -> tuple[tuple[MendingStep, ...], ...]:
        """Steps that mend the other broken links, each once: another way, or a step that comes later."""
        if self.settled:
            return ()
        mends = [link.mend for link in self.links if link.state is LinkState.BROKEN and link.mend]
        return tuple(mend for mend in dict.fromkeys(mends) if mend != self.next)


def ok(name: str, fact: str) -> Link:
    """Build a link that holds."""
    return Link(name, LinkState.OK, fact)


def not_needed(name: str, fact: str) -> Link:
    """Build a link that the subject does not depend on."""
    return Link(name, LinkState.NOT_NEEDED, fact)


def blocked(name: str, fact: str) -> Link:
    """Build a link that cannot hold before an earlier one does."""
    return Link(name, LinkState.BLOCKED, fact)


def broken(name: str, fact: str, *mend: MendingStep) -> Link:
    """Build a link that does not hold, with the steps that mend it."""
    return Link(name, LinkState.BROKEN, fact, mend)


def waiting(name: str, fact: str, *mend: MendingStep) -> Link:
    """Build a link that comes to hold by itself, with the steps that let the time pass."""
    return Link(name, LinkState.WAITING, fact, mend)


def explanation_lines(explanation: Explanation) -> list[str]:
    """Format the explanation as the bench and the command line print it."""
    holds = "no" if not explanation.holds else "yes" if explanation.settled else "yes, but only until the next start"
    lines = [f"{explanation.router} {explanation.subject}: {holds}"]
    for link in explanation.links:
        lines.append(f"    {link.name:<13} {link.state:<11} {link.fact}")
    if explanation.next:
        lines.append(f"    next: {_steps(explanation.next)}")
    lines += [f"    also: {_steps(mend)}" for mend in explanation.others]
    return lines


def _steps(mend: tuple[MendingStep, ...]) -> str:
    return "; ".join(step.shown for step in mend)


def explanation_plain(explanation: Explanation) -> dict[str, object]:
    """Convert the explanation to plain data, the next steps included."""
    plain: dict[str, object] = msgspec.to_builtins(explanation)
    return {**plain, "next": msgspec.to_builtins(explanation.next)}
