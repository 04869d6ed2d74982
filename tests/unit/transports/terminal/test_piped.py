"""Lines through a pipe."""

import io

from emulator.bench.line import BenchLine
from emulator.transports.terminal.piped import Piped
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe


def piped(text: str) -> str:
    world = new_world(WorldRecipe(routers={"R1": RouterRecipe(serial="FTX1405YDC7")}))
    sink = io.StringIO()
    Piped(world, lambda: BenchLine(world), lambda: None, io.StringIO(text), sink).hold(None)
    return sink.getvalue()


TO_PROMPT = "power R1 on\nconsole R1\nno\nenable\n"


def test_prompts_and_lines_are_shown_as_on_a_terminal():
    assert piped(TO_PROMPT + "show privilege\n").endswith(
        "Router>enable\nRouter#show privilege\nCurrent privilege level is 15\nRouter#\n"
    )


def test_no_prompt_is_doubled():
    """Return at a closed console, and a line that opens it."""
    shown = piped(TO_PROMPT + "exit\n\nshow privilege\nexit\nshow privilege\n")
    assert "Router>Router>" not in shown
    assert shown.count("Router>show privilege\nCurrent privilege level is 1\n") == 2


def test_more_goes_on_by_itself():
    shown = piped(TO_PROMPT + "show version\n")
    assert "--More--" not in shown
    assert "Configuration register is 0x2102" in shown


def test_help_ctrl_z_and_the_way_to_the_bench():
    shown = piped(TO_PROMPT + "sh?\nconf t\nhostname edge\x1a\n\x1ex\ntime\n")
    assert "Router#sh?\nshow" in shown
    assert "hostname edge^Z\n" in shown
    assert "edge#\nbench>time\nIt is Mon" in shown


def test_a_password_is_not_shown():
    shown = piped(TO_PROMPT + "conf t\nenable secret s3cret\x1a\ndisable\nenable\ns3cret\nshow privilege\n")
    assert shown.count("s3cret") == 1
    assert "Password: \n" in shown


def test_an_unknown_pace_is_refused():
    assert "% 'fast' is not a pace" in piped("pace fast\n")
