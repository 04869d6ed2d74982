"""The runner says at the first difference what was expected and what came."""

import pytest

from emulator.scenarios.model import Check, Lesson, Scenario, Step
from emulator.scenarios.runner import Runner, StepFailure
from emulator.world.recipe import RouterRecipe


def play(*steps: Step, **routers: RouterRecipe):
    scenario = Scenario("A title", Lesson("A question?", "A lesson."), routers, steps)
    return Runner("test", scenario, len).run()


R1 = RouterRecipe(serial="FTX1405YDC7", powered=True)


def test_a_scenario_without_steps_passes():
    assert play().difference is None


def test_typed_and_seen_stand_in_the_transcript_with_who_said_it():
    replay = play(Step(bench="time"), Step(console="R1", type=("no", "", "enable", "show clock")), R1=R1)
    assert "bench| bench>time\nbench| It is Mon 2010-03-01 09:00:00 UTC\n" in replay.transcript
    assert "R1   | Router#show clock\nR1   | *00:00:11.000 UTC Fri Mar 1 2002\n" in replay.transcript
    assert replay.transcript.startswith("# A title\n# A question?\n")


@pytest.mark.parametrize(
    ("step", "difference"),
    [
        (Step(bench="time", sees="Tuesday"), StepFailure(1, "Tuesday", "It is Mon 2010-03-01 09:00:00 UTC\n")),
        (
            Step(bench="time", hides="Mon"),
            StepFailure(1, "not to see Mon", "It is Mon 2010-03-01 09:00:00 UTC\n"),
        ),
        (Step(bench="time", sees=("UTC", "Mon")), StepFailure(1, "Mon", "It is Mon 2010-03-01 09:00:00 UTC\n")),
        (
            Step(bench="power R2 on"),
            StepFailure(
                1,
                "the bench to do 'power R2 on'",
                "             ^\n% 'R2' is not understood here; type ? for what is\n",
            ),
        ),
        (
            Step(bench="time", refused=True),
            StepFailure(1, "the bench to refuse this", "It is Mon 2010-03-01 09:00:00 UTC\n"),
        ),
        (Step(console="R2", type="show clock"), StepFailure(1, "a router R2", "none is racked under that name")),
        (Step(check=Check("R1", level="advipservices")), StepFailure(1, "R1 level advipservices", "R1 level none")),
        (Step(check=Check("R9")), StepFailure(1, "a router R9", "none is racked under that name")),
        (
            Step(bench="time", keep={"PAK": "PAK (.)"}),
            StepFailure(1, "something to keep as PAK: PAK (.)", "It is Mon 2010-03-01 09:00:00 UTC\n"),
        ),
    ],
    ids=lambda value: "",
)
def test_the_first_difference(step, difference):
    assert play(step, R1=R1).difference == difference


def test_nothing_is_played_after_a_difference():
    replay = play(Step(bench="time", sees="never"), Step(bench="power R1 off"))
    assert "power" not in replay.transcript


def test_a_router_without_power_has_no_console():
    replay = play(Step(console="R1", type="show clock"), R1=RouterRecipe())
    assert replay.difference == StepFailure(1, "a console of R1 to type on", "R1 is dark")


def test_a_kept_value_is_filled_in_later():
    replay = play(Step(bench="time", keep={"DAY": r"(\d{4}-\d\d-\d\d)"}), Step(bench="advance until {DAY}T10:00"))
    assert replay.difference is None
    assert "bench>advance until 2010-03-01T10:00\n" in replay.transcript


def test_a_check_reads_the_state():
    steps = (
        Step(console="R1", type=("no", "")),
        Step(check=Check("R1", "running", "advsecurity", "Permanent", "advsecurity")),
    )
    assert play(*steps, R1=R1).difference is None


def test_a_hidden_answer_is_not_shown():
    typed = ("no", "", "enable", "configure terminal", "enable secret s3cret", "end", "disable", "enable", "s3cret")
    replay = play(Step(console="R1", type=typed), R1=R1)
    assert "R1   | Password: \n" in replay.transcript


def test_a_command_can_be_left_running_while_something_else_is_done():
    replay = play(
        Step(console="R1", type=("no", "", "enable", "copy flash:c880data-universalk9-mz.150-1.M4.bin flash:copy")),
        Step(console="R1", type="", waits=False, hides="bytes copied"),
        Step(advance="60s", sees="C", hides="bytes copied"),
        Step(console="R1", type="show clock", sees=("28311552 bytes copied in 81.390 secs", "Router#show clock")),
        R1=R1,
    )
    assert replay.difference is None


def test_an_empty_line_alone_is_typed():
    replay = play(Step(console="R1", type="no"), Step(console="R1", type=""),
                  Step(console="R1", type="enable", sees="Router>enable"), R1=R1)  # fmt: skip
    assert replay.difference is None
