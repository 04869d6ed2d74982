"""The few fixtures of the domain, and what property tests draw.

Fixtures: a world with one 881, its router and console after a boot, the bench, the clock.

By default property tests draw the same few examples in every run, whatever else is imported. With
`ISRTWIN_TEST_SEARCH=wide` they draw more and others in every run, or those of `--hypothesis-seed`; a failure tells how
to pin what was found.
"""

import gc
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from emulator.router.device import Router
from emulator.sim.clock import SimClock
from emulator.world.world import World
from tests.driver import BenchDriver, ConsoleDriver, world_of

SEARCH = os.environ.get("ISRTWIN_TEST_SEARCH", "fixed")

# How long a machine takes says nothing of a rule, so no profile has a deadline.
settings.register_profile("fixed", deadline=None, derandomize=True, max_examples=30)
settings.register_profile("wide", deadline=None, derandomize=False, print_blob=True)
settings.load_profile(SEARCH)

if SEARCH == "fixed":
    # Hypothesis also draws constants of the modules that happen to be loaded, which other tests decide.
    providers._get_local_constants = Constants

HOW_TO_PIN = """\
Pin what was found, so that every run tries it again:
  the failing case of a property: as @example(...) above the test;
  a request that the portal answered wrongly: as a row of FOUND in tests/unit/transports/portal/api/test_description.py.
The same search again: ISRTWIN_TEST_SEARCH=wide pytest -m "hypothesis and not heavy" --hypothesis-seed=N."""


def pytest_configure(config: pytest.Config) -> None:
    """Let the programs that tests start compile their modules once, also where no bytecode is wanted in the tree."""
    if sys.dont_write_bytecode and not hasattr(config, "workerinput"):
        folder = tempfile.mkdtemp(prefix="isrtwin-bytecode-")
        config.add_cleanup(lambda: shutil.rmtree(folder))
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        del os.environ["PYTHONDONTWRITEBYTECODE"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests whose names have an address in them: two processes would not know each other's."""
    if named := [item.nodeid for item in items if " at 0x" in item.nodeid]:
        raise pytest.UsageError("names that differ from run to run: " + ", ".join(named))


def pytest_collection_finish() -> None:
    """Take what was collected out of the search for garbage, for it stays to the end and is large."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    if (clients := sys.modules.get("tests.web_client")) is not None:  # no run that needs no client imports one
        clients.end_loop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if SEARCH == "wide" and terminalreporter.stats.get("failed"):
        terminalreporter.section("a wide search found something")
        terminalreporter.write_line(HOW_TO_PIN)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say in the last line why tests were skipped: the only reason of the default run is a server that is not there."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if not isinstance(reporter, pytest.TerminalReporter):
        return
    skipped = reporter.stats.get("skipped", [])
    reasons = Counter(str(each.longrepr[2]).removeprefix("Skipped: ") for each in skipped)
    if reasons:
        told = "; ".join(f"{count} tests, {reason}" for reason, count in sorted(reasons.items()))
        reporter.write_line(f"skipped: {told} (README: what the default run leaves out)")


@pytest.fixture
def let_go() -> Callable[[], None]:
    """Ends what a test has left behind, as the end of a process does; what was there before is not searched."""
    gc.freeze()

    def collect() -> None:
        gc.collect()

    return collect


@pytest.fixture
def world() -> World:
    """R1, a CISCO881-K9 out of its box, without power."""
    return world_of("R1")


@pytest.fixture
def clock(world: World) -> SimClock:
    return world.clock


@pytest.fixture
def bench(world: World) -> BenchDriver:
    return BenchDriver(world)


@pytest.fixture
def console(world: World) -> ConsoleDriver:
    """Con 0 of R1, booted, at the privileged prompt, without paging."""
    return ConsoleDriver(world).boot()


@pytest.fixture
def router(console: ConsoleDriver) -> Router:
    """R1, booted."""
    return console.router
