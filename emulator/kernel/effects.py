"""Effects that a command handler may ask for, as values.

A handler is a generator of effects: it yields what it wants said, asked or waited for, and receives the answer as the
value of the `yield`. So a twenty-second install with a question in the middle is straight-line code that knows
nothing of terminals, and the terminal, a scenario and a test differ only in who answers.
"""

from collections.abc import Callable, Generator
from typing import Any, Protocol, TypeVar, runtime_checkable

import msgspec

from emulator.kernel.time import Duration


class Say(msgspec.Struct, frozen=True):
    """Text for the line, printed as it stands: line ends included. The answer is None."""

    text: str


class Ask(msgspec.Struct, frozen=True):
    """A question answered by a line of text; the answer is that line without its end.

    `hidden` suppresses the echo, as for a password. With `ends` Ctrl-Z ends the line too: the answer has that character
    at its end. With `escapes` Ctrl-^ x is an answer as well: the character of Ctrl-^ alone.
    """

    prompt: str
    hidden: bool = False
    ends: bool = False
    escapes: bool = False


class AskKey(msgspec.Struct, frozen=True):
    """A question answered by one key (`[confirm]`, `--More--`); the answer is that key, with Enter as a line feed."""

    prompt: str
    erase: bool = False
    """Removal of the prompt from the screen once it is answered, as `--More--` does."""
    escapes: bool = False
    """True if Ctrl-^ x is an answer too: the character of Ctrl-^."""


class Wait(msgspec.Struct, frozen=True):
    """Let simulated time pass. The answer is None."""

    duration: Duration
    last_words: str = ""
    """Text that the command ends with when it is broken off meanwhile."""


class Request(msgspec.Struct, frozen=True):
    """A call to the world outside the router, made after `latency` of simulated time.

    The answer is the value that the call returns, or the result of that value where it is still `Pending`.
    """

    call: Callable[[], Any]
    latency: Duration


Answer_co = TypeVar("Answer_co", covariant=True)


@runtime_checkable
class Pending(Protocol[Answer_co]):
    """An answer from outside the simulation, which arrives in real time; a `concurrent.futures.Future` is one."""

    def add_done_callback(self, act: Callable[[Any], object], /) -> None:
        """Register a function that is called with this object once the answer is there, from any thread."""

    def result(self) -> Answer_co:
        """Return the answer; called only once it is there."""

    def cancel(self) -> object:
        """Give up waiting for the answer."""


class Abandoned(Exception):
    """The end of a handler or process whose basis is gone, the power for instance; nothing is left half done."""


Effect = Say | Ask | AskKey | Wait | Request

Handler = Generator[Effect, Any, None]
"""A running command."""
