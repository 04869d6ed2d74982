"""Points and reasons: what passed stays passed, hints cost what is still to be earned, red lines are judged anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.kernel.errors import Refused
from emulator.labs.answers import asked, free_answers
from emulator.labs.grading import check
from emulator.labs.hints import RuleHint, act_in_words, first_act, rule_hint, way_on
from emulator.labs.loader import OpenedLab, open_lab
from emulator.labs.playing import OWN_SECRET, LearnerWorld, Player
from emulator.labs.progress import ACT_COST, Progress, TaskProgress, fresh
from emulator.labs.shipped import find_lab
from emulator.scenarios.model import Step, as_lines
from emulator.scenarios.predicates import Question, judge, judge_in
from emulator.scenarios.predicates.facts import FACTS

NAME = "from-order-to-level"


@pytest.fixture
def opened() -> Iterator[OpenedLab]:
    lab = open_lab(find_lab(NAME))
    yield lab
    lab.world.close()


@pytest.fixture
def here(opened: OpenedLab) -> LearnerWorld:
    return LearnerWorld(opened.world, opened.record)


@pytest.fixture
def progress(opened: OpenedLab) -> Progress:
    return fresh(opened.lab)


def points(opened: OpenedLab, progress: Progress, here: LearnerWorld) -> int:
    check(opened.lab, progress, here)
    return progress.points(opened.lab)


def play(opened: OpenedLab, here: LearnerWorld, *steps: Step) -> None:
    assert Player(opened.lab, here).play(steps) is None


@pytest.mark.heavy
def test_doing_nothing_brings_nothing_though_no_red_line_is_crossed(
    opened: OpenedLab, progress: Progress, here: LearnerWorld
) -> None:
    assert points(opened, progress, here) == 0
    assert progress.crossed == []


def test_points_and_reason_come_together(opened: OpenedLab, progress: Progress, here: LearnerWorld) -> None:
    judged = check(opened.lab, progress, here)
    first = judged[0].checks[0]
    assert (first.points, first.most, first.holds) == (0, 30, False)
    assert first.reason.startswith("A PAK is a receipt;")
    assert first.reason.endswith("EULA not accepted), and runs advsecurity.")


@pytest.mark.heavy
@pytest.mark.parametrize("share", [100, 90, 75, 33, 0])
def test_what_hints_cost_is_rounded_once_for_a_task(share: int) -> None:
    opened = open_lab(find_lab("what-is-licensed"))
    for task in opened.lab.tasks:
        own = TaskProgress(passed=dict.fromkeys(range(len(task.checks)), share))
        assert own.points(task) == task.points * share // 100
        assert all(brought <= task.checks[number].points for number, brought in own.brought(task).items())
    opened.world.close()


def test_what_passed_stays_passed(opened: OpenedLab, progress: Progress, here: LearnerWorld) -> None:
    play(opened, here, *opened.lab.tasks[0].ways[1].steps)
    assert points(opened, progress, here) == 40
    play(opened, here, Step(console="R1", type=("license clear advipservices", "yes", "")))
    assert points(opened, progress, here) == 40


def test_a_red_line_is_judged_anew(opened: OpenedLab, progress: Progress, here: LearnerWorld) -> None:
    play(opened, here, *opened.lab.tasks[0].ways[1].steps)
    assert points(opened, progress, here) == 40
    first, red = check(opened.lab, progress, here)[0].checks
    assert first.reason.startswith("Passed earlier: R1 holds a license for advipservices of type Permanent")
    assert not red.reason.startswith("Passed earlier")
    play(opened, here, Step(bench="order L-880-AIS="))
    assert points(opened, progress, here) == 30
    assert progress.crossed == ["bought 0"]
    assert not progress.mastered(opened.lab)


def test_a_hint_costs_a_part_of_what_is_earned_after_it(
    opened: OpenedLab, progress: Progress, here: LearnerWorld
) -> None:
    play(opened, here, *opened.lab.tasks[0].ways[1].steps)
    assert points(opened, progress, here) == 40
    progress.tasks[0].cost = progress.tasks[1].cost = ACT_COST
    play(opened, here, *opened.lab.tasks[1].ways[0].steps)
    assert points(opened, progress, here) == 40 + 30


def test_a_mistake_that_is_recognised_is_the_only_explanation(
    opened: OpenedLab, progress: Progress, here: LearnerWorld
) -> None:
    assert "A PAK is a receipt" in check(opened.lab, progress, here)[0].checks[0].reason
    wrong = next(each for each in opened.lab.tasks[0].wrongs if each.name == "left in the mail")
    play(opened, here, *wrong.block.steps)
    judged = check(opened.lab, progress, here)[0]
    assert judged.told.startswith("A license file that was only copied has no effect;")
    assert judged.checks[0].reason.startswith("R1 holds a license for advipservices of type Evaluation")
    assert judged.rules == (3,)
    assert [each.lost for each in judged.checks] == ["", "it counts once the rest of the task holds"]


def test_a_wrong_way_is_recognised_and_answered_with_its_sentence(
    opened: OpenedLab, progress: Progress, here: LearnerWorld
) -> None:
    for wrong in opened.lab.tasks[0].wrongs:
        with here.forked() as there:
            play(opened, there, *wrong.block.steps)
            judged = check(opened.lab, progress, there)[0]
            assert judged.wrong == wrong.name
            hint = rule_hint(opened.lab.tasks[0], set(), there)
            assert hint == RuleHint(wrong.block.rule, judged.told, misread=True)


def test_the_way_on_is_the_shortest_from_here(opened: OpenedLab, here: LearnerWorld) -> None:
    lab = opened.lab
    whole = way_on(lab, lab.tasks[0], here)
    assert whole is not None
    assert (whole.name, len(whole.steps)) == ("call home", 1)
    play(opened, here, *lab.tasks[0].ways[0].steps[:3])
    rest = way_on(lab, lab.tasks[0], here)
    assert rest is not None
    assert (rest.name, rest.steps) == ("call home", whole.steps)


def test_no_way_leads_on_over_a_red_line(opened: OpenedLab, here: LearnerWorld) -> None:
    play(opened, here, *opened.lab.tasks[0].wrongs[0].block.steps)
    assert way_on(opened.lab, opened.lab.tasks[0], here) is None


def test_the_way_on_mends_what_went_wrong_first(opened: OpenedLab, here: LearnerWorld) -> None:
    pak, wrong = opened.lab.values["PAK"], "CISCO888-K9:FTX1501ZZZZ"
    player = Player(opened.lab, here)
    assert player.play([Step(bench=f"portal register {pak} {wrong}")]) is None
    way = way_on(opened.lab, opened.lab.tasks[0], here)
    assert way is not None
    assert act_in_words(way.steps[0]).startswith(f"bench> portal correct {pak} {wrong} R1 why ")
    assert player.play(way.steps) is None
    assert check(opened.lab, fresh(opened.lab), here)[0].done


def test_a_hint_at_an_answer_tells_where_it_can_be_read() -> None:
    lab = open_lab(find_lab("first-boot"))
    task, here = lab.lab.tasks[0], LearnerWorld(lab.world, lab.record)
    way = way_on(lab.lab, task, here)
    assert way is not None
    told = first_act(task, way)
    assert told.endswith("R1> show inventory\nbench> lab answer PRODUCT …")
    assert lab.world.router("R1").state.udi.pid not in told
    lab.world.close()


def test_a_terminal_that_cannot_be_read_is_set_first(opened: OpenedLab, here: LearnerWorld) -> None:
    player = Player(opened.lab, here, comes_in=True)
    player.play([Step(bench="baud R1 19200"), Step(console="R1", type=("show clock",))])
    assert [act_in_words(act) for act in player.acts[:2]] == ["bench> baud R1 19200", "bench> baud R1 9600"]


def test_an_act_is_told_as_it_is_typed() -> None:
    assert act_in_words(Step(console="R1", type=("", "enable"))) == "R1> (RETURN)\nR1> enable"
    assert act_in_words(Step(portal="resend R1")) == "bench> portal resend R1"
    assert act_in_words(Step(answer={"LEVEL": "advsecurity"})) == "bench> lab answer LEVEL advsecurity"


def test_a_lab_is_found_by_its_folder_and_its_file() -> None:
    page = find_lab(NAME)
    assert find_lab(str(page.parent)) == find_lab(str(page)) == page
    assert isinstance(page, Path)


@pytest.fixture
def upgraded(opened: OpenedLab, here: LearnerWorld, progress: Progress) -> OpenedLab:
    """The lab before its last task, whose line is typed and not saved yet."""
    for task in opened.lab.tasks[:2]:
        play(opened, here, *task.ways[0].steps)
    check(opened.lab, progress, here)
    play(opened, here, *opened.lab.tasks[2].wrongs[0].block.steps)
    assert check(opened.lab, progress, here)[2].wrong == "not saved"
    return opened


def test_what_is_half_finished_when_it_is_judged_is_no_mistake(
    upgraded: OpenedLab, here: LearnerWorld, progress: Progress
) -> None:
    play(upgraded, here, Step(console="R1", type="write memory"))
    check(upgraded.lab, progress, here)
    assert progress.met == []


def test_what_was_not_finished_when_a_router_was_restarted_is_a_mistake(
    upgraded: OpenedLab, here: LearnerWorld, progress: Progress
) -> None:
    play(upgraded, here, Step(bench="power R1 cycle"))
    check(upgraded.lab, progress, here)
    assert progress.met == ["not saved"]


def test_what_cannot_be_mended_is_a_mistake_though_the_task_is_done(
    opened: OpenedLab, here: LearnerWorld, progress: Progress
) -> None:
    play(opened, here, Step(bench="order L-880-AIS="), *opened.lab.tasks[0].ways[1].steps)
    assert check(opened.lab, progress, here)[0].wrong == ""
    assert progress.met == ["bought once more"]


def hinted(opened: OpenedLab, here: LearnerWorld, task: int = 2) -> str:
    """The first act that is told from where a learner stands, which leads on when it is typed as it is told."""
    way = way_on(opened.lab, opened.lab.tasks[task], here)
    assert way is not None
    told = first_act(opened.lab.tasks[task], way)
    here.leave_consoles()
    Player(opened.lab, here).play_all(way.steps)
    with here.scene() as scene:
        assert all(judge_in(scene, each.holds).holds for each in opened.lab.tasks[task].checks)
    return told


@pytest.mark.parametrize(
    ("typed", "led"),
    [
        (("", "enable"), ""),
        (("", "disable"), "R1> enable\n"),
        (("configure terminal", "interface Vlan1"), "R1> end\n"),
        (("exit",), "R1> (RETURN)\nR1> enable\n"),
        (("copy running-config startup-config",), "R1> (Ctrl-C)\n"),
        (("terminal length 24", "show version"), "R1> (Ctrl-C)\n"),
    ],
)
def test_a_hint_leads_on_from_the_mode_that_the_console_is_in(
    opened: OpenedLab, here: LearnerWorld, typed: tuple[str, ...], led: str
) -> None:
    for task in opened.lab.tasks[:2]:
        play(opened, here, *task.ways[0].steps)
    play(opened, here, Step(console="R1", type=("", "enable", *typed)))
    assert hinted(opened, here).startswith(f"{led}R1> copy usbflash0:site.cfg running-config\n")


def test_a_hint_leads_past_a_secret_that_the_learner_has_set_and_past_no_other() -> None:
    for name, own in (("first-boot", True), ("forgotten-secret", False)):
        lab = open_lab(find_lab(name))
        here = LearnerWorld(lab.world, lab.record)
        if own:
            setup = (
                Step(bench="power R1 on"),
                Step(console="R1", type=("no", "", "enable")),
                *lab.lab.tasks[1].ways[2].steps,
            )
            assert Player(lab.lab, here).play(setup) is None
        with here.forked() as there:
            player = Player(lab.lab, there, comes_in=True)
            player.play_all([Step(console="R1", type="show clock")])
            assert (OWN_SECRET in as_lines(player.acts[-1].type or ())) is own
            assert there.world.lines_of("R1").console.prompt.text.endswith("#" if own else ">")
        lab.world.close()


def test_a_hint_says_what_to_do_where_more_than_a_screen_comes() -> None:
    lab = open_lab(find_lab("first-boot"))
    here, task = LearnerWorld(lab.world, lab.record), lab.lab.tasks[1]
    way = task.ways[2]
    assert way.name == "setup dialog"
    with here.forked() as there:
        player = Player(lab.lab, there, comes_in=True)
        player.play_all([Step(console="R1", type=("no", "", "enable")), *way.steps])
        assert act_in_words(player.acts[-1]).startswith(
            "At `--More--`, press the space bar until it is gone.\nR1> setup\n"
        )
    lab.world.close()


def test_answers_beyond_the_free_ones_cost_a_fifth_each() -> None:
    lab = open_lab(find_lab("call-home"))
    world, progress = LearnerWorld(lab.world, lab.record), fresh(lab.lab)
    for guess in ("7", "5", "2"):
        lab.record.answer("WORTH", guess)
    assert points(lab, progress, world) == 20 * 80 // 100
    lab.world.close()


def test_where_few_answers_are_possible_one_is_free() -> None:
    lab = open_lab(find_lab("from-order-to-level"))
    lab.record.questions = {"LEVEL": Question("?", fact="level R1"), "PAK": Question("?", fact="pak X left")}
    with LearnerWorld(lab.world, lab.record).scene() as scene:
        assert (free_answers(scene, "LEVEL"), free_answers(scene, "PAK")) == (1, 2)
        assert asked(scene, "level", "advsecurity") == "LEVEL"
    lab.world.close()


FACTS_AND_ANSWERS = {
    "pid R1": ("CISCO887VA-K9", "CISCO881"),
    "serial R1": ("ftx1234abcd", "FTX1234ABC"),
    "udi R1": ("IAD881F-K9:FTX1234ABCD", "FTX1234ABCD"),
    "level R1": ("advipservices", "advsecuirty"),
    "runs R1": ("advsecurity EvalRightToUse", "advsecurity"),
    "next R1": ("advsecurity", "ipbase"),
    "type R1 advipservices": ("EvalRightToUse", "bought"),
    "left R1 advipservices": ("7 weeks 3 days", "soon"),
    "pak X left": ("3", "three"),
    "order 1 pak": ("LNEX-35TY-65Y", "LNEX35TY65"),
    "register R1": ("2142", "0x21422"),
    "image R1": ("c880data-universalk9-mz.150-1.M4.bin", "c880data"),
    "upgrade R1": ("none", "L-880-AIS"),
}
"""Answers for each kind of fact: one that can be right, and one that cannot."""


def test_what_cannot_be_an_answer_is_refused_without_a_word_of_what_can() -> None:
    lab = open_lab(find_lab("from-order-to-level"))
    lab.record.questions = {fact: Question("?", fact=fact) for fact in FACTS_AND_ANSWERS}
    assert {text.split()[0] for text in FACTS_AND_ANSWERS} == {fact.line.split()[0] for fact in FACTS}
    with LearnerWorld(lab.world, lab.record).scene() as scene:
        for fact, (possible, impossible) in FACTS_AND_ANSWERS.items():
            assert asked(scene, fact, possible) == fact
            with pytest.raises(Refused) as caught:
                asked(scene, fact, impossible)
            told = str(caught.value)
            assert told.startswith(f"'{impossible}' cannot be the answer to {fact}: it is not ")
            assert told.endswith("; it was not counted")
            assert "Did you mean" not in told
    lab.world.close()


def test_for_a_router_that_holds_its_license_an_upgrade_is_nothing_or_the_one_it_had() -> None:
    lab = open_lab(find_lab("what-is-licensed"))
    ready, plain_one = lab.lab.values["READY"], lab.lab.values["PLAIN"]
    for router, answer, right in (
        (ready, "none", True),
        (ready, "L-880-AIS=", True),
        (ready, "L-IAD880-AIS=", False),
        (plain_one, "none", False),
    ):
        lab.record.answer(f"UPGRADE_{router}", answer)
        assert judge(f"answer UPGRADE_{router}", lab.world, lab.record).holds is right
    lab.world.close()


def test_every_right_answer_of_the_course_can_be_typed() -> None:
    lab = open_lab(find_lab("what-is-licensed"))
    world, typed = LearnerWorld(lab.world, lab.record), set()
    with world.scene() as scene:
        for step in [step for task in lab.lab.tasks for way in task.ways for step in way.steps]:
            for name, text in (step.answer or {}).items():
                if "{" not in str(text):
                    typed.add(asked(scene, name.lower(), str(text)))
    assert len(typed) == 8
    lab.world.close()


def test_a_hint_on_a_misread_task_tells_what_was_misread(opened: OpenedLab, here: LearnerWorld) -> None:
    play(opened, here, *opened.lab.tasks[0].wrongs[0].block.steps)
    hint = rule_hint(opened.lab.tasks[0], set(), here)
    assert hint is not None
    assert hint.text.endswith("The PAK that was bought was not spent yet.")
