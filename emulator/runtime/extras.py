"""Packages that a command needs beyond the base installation; one that is missing is told in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from emulator.kernel.errors import Refused


@contextmanager
def needs_serve() -> Iterator[None]:
    """The libraries of the `serve` extra are imported within.

    Raises:
        Refused: one of them is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("emulator"):
            raise
        raise Refused(f"serving needs {error.name}; install it with: pip install 'isrtwin[serve]'") from error
