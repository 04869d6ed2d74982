"""The runner says at the first difference what was expected and what came."""

import msgspec
import pytest

from emulator.scenarios.failure import report
from emulator.scenarios.loader import Place
from emulator.scenarios.model import ClientConnection, Lesson, Meanwhile, Scenario, Step
from emulator.scenarios.predicates import Question
from emulator.scenarios.runner import Replay, Runner
from emulator.world.recipe import RouterRecipe


def play(*steps: Step, **routers: RouterRecipe) -> Replay:
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


TIME = "It is Mon 2010-03-01 09:00:00 UTC\n"


@pytest.mark.parametrize(
    ("step", "expected", "came"),
    [
        (Step(bench="time", sees="Tuesday"), "to see: Tuesday", TIME),
        (Step(bench="time", hides="Mon"), "not to see: Mon", TIME),
        (Step(bench="time", sees=("UTC", "Mon")), "to see after what was seen before: Mon", TIME),
        (Step(bench="time", matches="^Mon"), "something that matches: ^Mon", TIME),
        (Step(bench="time", fields={"Day": "Mon"}), "the field Day to be Mon; there is no such field", TIME),
        (
            Step(bench="power R2 on"),
            "the bench to do 'power R2 on'",
            "             ^\n% 'R2' is not understood here. Known: R1\n",
        ),
        (Step(bench="time", refused=True), "the bench to refuse this", TIME),
        (
            Step(console="R2", type="show clock"),
            "a step that can be done",
            "unknown router 'R2'. Known: R1",
        ),
        (Step(check="level R1 advipservices"), "level R1 advipservices", "R1 is booting."),
        (
            Step(check="level R9 advsecurity"),
            "a step that can be done",
            "'R9' is not known after 'level'. Known: R1",
        ),
        (Step(bench="time", save={"PAK": "PAK (.)"}), "something to save as PAK: PAK (.)", TIME),
        (
            Step(until="did R1 erase", within="5m"),
            "within 5m: did R1 erase",
            "R1 has not had its startup configuration erased since the start.",
        ),
        (
            Step(connect=ClientConnection("alice", "R1")),
            "R1 to let it in",
            "no IOS runs",
        ),
        (Step(disconnect="alice"), "a step that can be done", "unknown client 'alice'. None is known."),
    ],
    ids=lambda value: "",
)
def test_the_first_difference(step: Step, expected: str, came: str) -> None:
    difference = play(step, R1=R1).difference
    assert difference is not None
    assert (difference.step, difference.expected, difference.came) == (1, expected, came)


def test_nothing_is_played_after_a_difference():
    replay = play(Step(bench="time", sees="never"), Step(bench="power R1 off"))
    assert "power" not in replay.transcript


def test_a_router_without_power_has_no_console():
    replay = play(Step(console="R1", type="show clock"), R1=RouterRecipe())
    assert replay.difference is not None
    assert (replay.difference.expected, replay.difference.came) == ("a console of R1 to type on", "R1 is off")


def test_a_saved_value_is_filled_in_later():
    replay = play(Step(bench="time", save={"DAY": r"(\d{4}-\d\d-\d\d)"}), Step(bench="advance until {DAY}T10:00"))
    assert replay.difference is None
    assert "bench>advance until 2010-03-01T10:00\n" in replay.transcript


def test_a_check_reads_the_state():
    steps = (
        Step(console="R1", type=("no", "")),
        Step(
            check=("phase R1 running", "level R1 advsecurity", "uses R1 advsecurity permanent", "next R1 advsecurity")
        ),
    )
    replay = play(*steps, R1=R1)
    assert replay.difference is None
    told = (
        "R1 is running IOS.",
        "R1 runs advsecurity.",
        "R1 runs advsecurity on a license of type Permanent.",
        "After a power cut now, R1 would come up at advsecurity.",
    )
    assert replay.transcript.endswith("".join(f"bench| ({each})\n" for each in told))


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


STARTUP = """hostname branch
enable secret cisco
username admin privilege 15 secret pw
interface Vlan1
 ip address 192.0.2.1 255.255.255.0
line vty 0 4
 login local
 transport input ssh telnet
"""
LIVE = RouterRecipe(serial="FTX1405YDC7", powered=True, startup=STARTUP)


def test_time_passes_until_a_predicate_holds():
    replay = play(Step(until="level R1 advsecurity"), Step(bench="time"), R1=LIVE)
    assert replay.difference is None
    assert replay.transcript.endswith("bench>time\nbench| It is Mon 2010-03-01 09:00:46 UTC\n")


def test_keys_ask_for_help_complete_and_break_off():
    typed = ("", "enable", "cisco", "show ver<Tab>| include Level", "show clo?", "sho<Tab><Ctrl-U>show clock",
             "show inv<Tab>", "configure terminal", "hostname other<Ctrl-Z>", "reload", "<Ctrl-C>")  # fmt: skip
    replay = play(Step(until="level R1 advsecurity"), Step(console="R1", type=typed), R1=LIVE)
    assert replay.difference is None
    shown = replay.transcript.replace("R1   | ", "")
    assert "branch#show ver\nbranch#show version | include Level\n    License Level: advsecurity" in shown
    assert "branch#show clo?\nclock\n\nbranch#sho\nbranch#show clock\n" in shown
    assert "branch#show inv\nbranch#show inventory \n" in shown
    assert "branch(config)#hostname other^Z\n" in shown
    assert "System configuration has been modified. Save? [yes/no]: ^C\n" in shown


def test_a_question_mark_is_a_character_where_a_question_is_answered():
    replay = play(Step(until="phase R1 running"), Step(console="R1", type=("", "enable", "cisco?", "cisco")), R1=LIVE)
    assert "R1   | % Password" not in replay.transcript.partition("Password: \n")[0]
    assert replay.difference is None


def test_clients_connect_type_and_go():
    ssh = ClientConnection("alice", "R1", "ssh", "admin", "pw")
    wrong = ClientConnection("eve", "R1", "ssh", "admin", "guess")
    replay = play(
        Step(until="level R1 advsecurity"),
        Step(connect=ssh),
        Step(console="alice", type="show privilege", sees="Current privilege level is 15"),
        Step(connect=wrong, refused=True),
        Step(connect=ClientConnection("bob", "R1")),
        Step(console="bob", type=("admin", "pw", "show users"), sees=("Username: admin", "vty 1")),
        Step(disconnect="alice"),
        Step(console="bob", type="show users", hides="vty 0"),
        Step(console="bob", type="exit"),
        Step(console="alice", type="show clock"),
        R1=LIVE,
    )
    assert replay.difference is not None
    assert replay.difference.step == 10
    assert "unknown router 'alice'" in replay.difference.came
    assert "bob  | branch#show users\n" in replay.transcript


def test_the_power_fails_during_a_step():
    steps = (
        Step(until="level R1 advsecurity"),
        Step(console="R1", type=("", "enable", "cisco")),
        Step(console="R1", type="copy flash:c880data-universalk9-mz.150-1.M4.bin flash:copy"),
        Step(console="R1", type="", meanwhile=(Meanwhile("20s", "power R1 off"),)),
        Step(check=("phase R1 off", "file R1 copy whole")),
    )
    replay = play(*steps, R1=LIVE)
    assert replay.difference is None
    assert "bench>power R1 off\n" in replay.transcript


@pytest.mark.parametrize(
    "step",
    [
        Step(advance="1h", meanwhile=(Meanwhile("20m", "power R1 off"),)),
        Step(bench="advance 1h", meanwhile=(Meanwhile("20m", "power R1 off"),)),
        Step(until="phase R1 off", meanwhile=(Meanwhile("20m", "power R1 off"),)),
        Step(console="R1", type=("", "enable"), meanwhile=(Meanwhile("1ms", "power R1 off"),)),
        Step(bench="time", meanwhile=(Meanwhile("20m", "power R1 off"),)),
    ],
)
def test_what_comes_meanwhile_comes_in_every_step(step):
    """Steps that let time pass at the bench have it too, and a later one where this one takes no time."""
    replay = play(Step(until="level R1 advsecurity"), step, Step(advance="1h"), Step(check="phase R1 off"), R1=LIVE)
    assert replay.difference is None
    assert replay.transcript.count("bench>power R1 off\n") == 1


def test_what_never_came_fails_the_step_that_has_it():
    late = Step(note="cut", advance="1h", meanwhile=(Meanwhile("5m", "cable R1 FastEthernet4 out"),
                                                    Meanwhile("2h", "power R1 off")))  # fmt: skip
    replay = play(Step(until="level R1 advsecurity"), late, Step(advance="30m"), R1=LIVE)
    difference = replay.difference
    assert difference is not None
    assert difference.step == 2
    assert report(difference, Place("x.yaml", 12)).splitlines() == [
        "at x.yaml:12, step 2, Mon 2010-03-01 10:30:46 UTC",
        "bench: power R1 off",
        "expected 'power R1 off' to come 2h after the step began",
        "came: the scenario was over before that",
    ]


def test_what_is_refused_meanwhile_fails_the_step_that_has_it():
    replay = play(
        Step(until="level R1 advsecurity"),
        Step(bench="time", meanwhile=(Meanwhile("5m", "usb remove R1"),)),
        Step(advance="1h"),
        R1=LIVE,
    )
    difference = replay.difference
    assert difference is not None
    assert (difference.step, difference.typed) == (2, "usb remove R1")
    assert difference.expected == "the bench to do 'usb remove R1' meanwhile"
    assert difference.came == "% there is no USB stick in R1\n"


def test_a_failure_tells_where_and_when_and_what_was_typed():
    replay = play(
        Step(until="level R1 advsecurity"),
        Step(console="R1", type=("", "enable", "cisco", "show version"), sees="License Level: advipservices"),
        R1=LIVE,
    )
    difference = replay.difference
    assert difference is not None
    assert (difference.place, difference.typed) == ("R1", "RETURN, enable, cisco, show version")
    assert difference.at == "Mon 2010-03-01 09:00:46 UTC"
    story = report(difference, Place("x.yaml", 12)).splitlines()
    assert story[:4] == [
        "at x.yaml:12, step 2, Mon 2010-03-01 09:00:46 UTC",
        "R1: RETURN, enable, cisco, show version",
        "expected to see: License Level: advipservices",
        "seen, where it is most alike:",
    ]
    assert "  - License Level: advipservices" in story
    assert "  +     License Level: advsecurity   Type: Permanent" in story
    assert story[-13:-10] == ["last lines of R1:", "    branch#show version", "    ..."]


def test_the_last_lines_keep_a_command_and_its_answer_together():
    lines = ("", "enable", "cisco", "show versoin", *("show privilege",) * 3, "show clock")
    replay = play(Step(until="level R1 advsecurity"), Step(console="R1", type=lines, sees="nothing of that"), R1=LIVE)
    assert replay.difference is not None
    story = report(replay.difference, Place("x.yaml", 1)).splitlines()
    last = story[story.index("last lines of R1:") + 1 :]
    assert last[:3] == ["    branch#show versoin", f"    {' ' * 16}^", "    % Invalid input detected at '^' marker."]
    assert len(last) == 11


def test_a_question_that_waits_for_its_answer_is_seen():
    asked = Step(console="R1", type=("", "enable", "cisco", "reload"), sees="Proceed with reload? [confirm]")
    replay = play(Step(until="level R1 advsecurity"), asked, Step(console="R1", type="", hides="[confirm] no"), R1=LIVE)
    assert replay.difference is None
    replay = play(Step(until="level R1 advsecurity"), msgspec.structs.replace(asked, sees="Really?"), R1=LIVE)
    assert replay.difference is not None
    assert report(replay.difference, Place("x.yaml", 1)).endswith("    Proceed with reload? [confirm]")


def test_a_saved_value_that_is_no_duration_is_told():
    wait = Step(until="level R1 advsecurity", within="{TIME}")
    replay = play(Step(bench="time", save={"TIME": "It is (...)"}), wait, R1=LIVE)
    assert replay.difference is not None
    assert replay.difference.expected == "a duration"
    assert replay.difference.came == "'Mon' is not a duration; write for example 59d12h, 90m or 30s"


def test_a_text_of_another_case_in_a_longer_line_is_found_to_be_most_alike():
    replay = play(Step(until="level R1 advsecurity"), Step(bench="status R1", sees="Active, in Use"), R1=LIVE)
    assert replay.difference is not None
    story = report(replay.difference, Place("x.yaml", 1)).splitlines()
    assert "  +     advsecurity  Permanent  Active, In Use" in story


def test_questions_are_answered_with_what_was_seen():
    questions = {
        "SERIAL": Question("Which serial number?", fact="serial R1"),
        "POWER": Question("Is it on?", choices={"no": "phase {NAME} off"}),
    }
    steps = (
        Step(bench="status R1", save={"NAME": r"(R1)"}),
        Step(answer={"SERIAL": "FTX1405YDC7", "POWER": "No"}),
        Step(check=("answer SERIAL", "answer POWER")),
        Step(answer={"SERIAL": "FTX1405YDC8"}),
        Step(check="answer SERIAL"),
    )
    routers = {"R1": RouterRecipe(serial="FTX1405YDC7")}
    scenario = Scenario("A title", Lesson("A question?", "A lesson."), routers, steps, questions=questions)
    replay = Runner("test", scenario, len).run()
    assert "bench| (the answer to SERIAL is: FTX1405YDC7)\n" in replay.transcript
    assert replay.difference is not None
    assert (replay.difference.step, replay.difference.came) == (5, "'FTX1405YDC8' is not the answer to SERIAL.")
