"""A wrong page of a lab is told with its line and the nearest right word, every mistake at once."""

from pathlib import Path

import pytest

from emulator.kernel.errors import EmulatorError
from emulator.labs.loader import open_lab

PAGE = (Path(__file__).parents[3] / "emulator" / "cli" / "templates" / "lab.md").read_text(encoding="utf-8")


ASKED = """questions:
  CAUSE: {ask: Why?, choices: {fraud: did R1 clear, mishap: did R1 erase}}
"""


def told(page: str, folder: Path) -> str:
    file = folder / "page.md"
    file.write_text(page, encoding="utf-8")
    with pytest.raises(EmulatorError) as caught:
        open_lab(file)
    return str(caught.value).replace(f"{folder}/", "")


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("---\n# NAME", "# NAME", "page.md:1: a lab begins with its front matter, between two lines '---'"),
        ("minutes: 15", "minuets: 15", "page.md:6: minuets: unknown key 'minuets'. Did you mean minutes?"),
        ("level: newcomer", "level: beginner", "page.md:5: level: unknown value 'beginner'"),
        ("level: newcomer", "level: newcomer\nafter: [frist-boot]", "lab 'frist-boot'. Did you mean first-boot?"),
        ("pid: CISCO881-K9", "pid: CISCO881-K8", "unknown PID 'CISCO881-K8'. Did you mean CISCO881-K9?"),
        ("[1..200]", "[200..1]", "page.md:15: draw.NUMBER: '200..1' is a range for one name, from the least"),
        ("  HOST: [", "  host: [", "page.md:14: draw.host: the name of a value is written in capital letters"),
        ("  - until: level R1 advipservices", "  - until: level R1 advipzervices", "Did you mean advipservices?"),
        ("write memory, reload, \"\"]\n", "write memory]\n", "the prelude fails here: expected within 1d: level R1"),
        ("## Debriefing", "## Debreifing", "unknown heading 'Debreifing'. Did you mean Debriefing?"),
        ("## Teacher\n", "", "a lab needs exactly one heading `## Teacher`"),
        ("## Task: Run", "## Run", "belong to a task, whose heading is `## Task: Run what is paid for`"),
        ("```yaml task", "```yaml tsak", "unknown block 'tsak'. Did you mean task?"),
        ("```yaml solve at the console", "```yaml solve", "a `solve` block needs a name: solve NAME"),
        ("```yaml wrong erased", "```yaml wrong not saved", "there are two `wrong not saved` blocks"),
        ("points: 60", "points: 50", "the points of all checks must add up to 100; here they add up to 90"),
        ("points: 60", "points: 0", "a check is worth at least 1 point"),
        ("rule: 13", "rule: 99", "checks 1, rule: there is no rule 99; there are rules 1 to 23"),
        ("uses R1 advipservices permanent }", "uses R1 advipservices permament }", "Did you mean permanent?"),
        ("when: did R1 erase", "when: did R9 erase", "page.md:77: when: 'R9' is not known after 'did'"),
        ("order L-880-AIS=\n```", "order L-880-AIX=\n```", "Did you mean L-880-AIS=?"),
        ("bench: [order]", "bench: [ordre]", "unknown verb 'ordre'. Did you mean order?"),
        ("bench: [order]", "bench: []", "'order' is not available in a lab unless `bench` in its front matter opens"),
        ("address 192.0.2.{NUMBER}/24", "address 192.0.2.{NUMBR}/24", "unknown value NUMBR"),
        ("when: not bought 0\nrule: 12", "when: not bought 0", "a mistake is explained by the number of its"),
        ("holds: bought 0", "hold: bought 0", "unknown key 'hold'. Did you mean holds?"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(right: str, wrong: str, message: str, tmp_path: Path) -> None:
    assert right in PAGE
    found = told(PAGE.replace(right, wrong, 1).replace("says: The", "sayz: The"), tmp_path)
    assert message in found
    assert ("unknown key 'sayz'. Did you mean says?" in found) == (wrong != "# NAME"), "one mistake hides another"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("title: A", "titel: A", "page.md:4: titel: unknown key 'titel'. Did you mean title?"),
        ("title: A router", "title: [A router", "page.md:4: is not YAML: the bracket that opens here is never closed"),
        ("\nrouters:", "\nroutrs:", "page.md:16: routrs: unknown key 'routrs'. Did you mean routers?"),
        ("{pid: C", "{pdi: C", "page.md:17: routers.R1.pdi: unknown key 'pdi'. Did you mean pid?"),
        ("prelude:", "preludes:", "page.md:20: preludes: unknown key 'preludes'. Did you mean prelude?"),
        ("- until: level R1 advip", "- untl: level R1 advip", "page.md:21: prelude 1, untl: unknown key 'untl'"),
        ("draw:", "draws:", "page.md:13: draws: unknown key 'draws'. Did you mean draw?"),
        ("checks:", "chekcs:", "page.md:41: chekcs: unknown key 'chekcs'. Did you mean checks?"),
        ("```yaml task", "```yaml tsak", "page.md:38: unknown block 'tsak'. Did you mean task?"),
        ("type: write memory\n```", "type: write memory", "page.md:58: the block of line 50 has to end"),
        ("type: write memory", "type: [write", "page.md:56: is not YAML: the bracket that opens here is never closed"),
        ("## Task: Run", "## Tsk: Run", "page.md:33: the blocks below 'Tsk: Run what is paid for' belong to a task"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_beside_a_later_one_and_nothing_that_is_right(
    right: str, wrong: str, message: str, tmp_path: Path
) -> None:
    assert right in PAGE
    page = PAGE.replace(right, wrong, 1).replace("rule: 17", "rule: 98")
    first, *others = (line for line in told(page, tmp_path).splitlines() if line.startswith("page.md"))
    assert first.startswith(message)
    assert [each.partition(": ")[2] for each in others] == ["rule: there is no rule 98; there are rules 1 to 23"]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            "bench: order L-880",
            "bench: ordr L-880",
            "step 1, bench: 'ordr' is not known at the bench. Did you mean order?",
        ),
        ("- console: R1", "- consol: R1", "step 1, consol: unknown key 'consol'. Did you mean console?"),
    ],
)
def test_a_mistake_of_a_step_is_told_once(right: str, wrong: str, message: str, tmp_path: Path) -> None:
    file, _, problem = told(PAGE.replace(right, wrong, 1), tmp_path).partition(": ")
    assert (file.partition(":")[0], problem) == ("page.md", message)


def test_a_choice_that_nobody_can_answer_is_told(tmp_path: Path) -> None:
    page = PAGE.replace("look: What does", f"{ASKED}look: What does", 1).replace(
        "did R1 erase\nrule", "answered CAUSE frod\nrule"
    )
    assert "'frod' is no choice of CAUSE. Did you mean fraud?" in told(page, tmp_path)


def test_every_mistake_of_the_steps_is_told_at_once(tmp_path: Path) -> None:
    page = PAGE.replace("rule: 13", "rule: 99").replace("rule: 17", "rule: 98")
    assert [line.partition(": ")[0] for line in told(page, tmp_path).splitlines()] == ["page.md:42", "page.md:78"]
