"""The part that the modules of all clients share; it needs nothing beyond the standard library.

A module is started with a router as JSON and the name of an act, and prints what it did, a line each.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TypeVar

Result = TypeVar("Result")

USER, PASSWORD, ENABLE = "admin", "lab", "cisco"
BEFORE, AFTER = "advsecurity", "advipservices"
SHOW_LEVEL = "show version | include License Level"
BOOT_LEVEL = f"license boot module c880-data level {AFTER}"
ACCEPT = "ACCEPT? [yes/no]:"
INSTALLED = "1/1 licenses were successfully installed"
PATIENCE = 120.0
"""Seconds of real time within which a router that was reloaded takes clients again."""


@dataclass(frozen=True)
class Router:
    """A router that a client is sent to.

    Attributes:
        license: name of its license file on the file server of the site.
        inventory: directory that `isrtwin serve --write-inventory` wrote.
    """

    name: str
    address: str
    ssh: int
    telnet: int
    console: int
    license: str
    inventory: str

    @property
    def install(self) -> str:
        """The command that installs its license."""
        return f"license install tftp://192.0.2.10/{self.license}"


def did(text: str) -> None:
    """Tell of a step that was seen to work."""
    print(f"did: {text}", flush=True)


def level_is(shown: str, level: str) -> None:
    """Check the level that a router runs at."""
    found = re.search(r"License Level: (\S+)", shown)
    assert found is not None, f"no level in {shown!r}"
    assert found[1] == level, f"level {found[1]}, not {level}"


def until_up(connect: Callable[[], Result], failures: tuple[type[Exception], ...]) -> Result:
    """The connection to a router that boots, once it takes one; until then `connect` raises one of `failures`."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return connect()
        except failures:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)


def main(packages: str, acts: Mapping[str, Callable[[Router], None]]) -> None:
    """Perform the act that was asked for.

    Args:
        packages: whose versions are told, separated by blanks; empty: the module tells its version itself.
        acts: by name.
    """
    router = Router(**json.loads(sys.argv[1]))
    if packages:
        print("version: " + ", ".join(f"{name} {version(name)}" for name in packages.split()), flush=True)
    acts[sys.argv[2]](router)
