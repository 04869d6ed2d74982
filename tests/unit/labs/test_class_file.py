"""The file of a class: rosters in YAML and CSV, and every mistake told at its line."""

from pathlib import Path
from textwrap import dedent

import pytest

from emulator.kernel.errors import DataFileError
from emulator.kernel.time import MINUTE
from emulator.labs.class_file import MOST_LEARNERS, ClassPlan, Learner, id_of, read_class
from emulator.labs.loader import read_front
from emulator.labs.shipped import find_lab
from emulator.scenarios.loader import Mistakes


def written(folder: Path, text: str, roster: str | bytes | None = None) -> Path:
    if roster is not None:
        content = roster if isinstance(roster, bytes) else roster.encode()
        (folder / "roster.csv").write_bytes(content)
    file = folder / "class.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def read(folder: Path, text: str, roster: str | bytes | None = None) -> ClassPlan:
    return read_class(written(folder, text, roster))


def told(folder: Path, text: str, roster: str | bytes | None = None) -> str:
    with pytest.raises((Mistakes, DataFileError)) as caught:
        read(folder, text, roster)
    return str(caught.value).replace(f"{folder}/", "")


HEAD = "name: march\nlabs: [first-boot]\n"


def test_learners_are_names_or_have_an_id_of_their_own(tmp_path: Path) -> None:
    plan = read(tmp_path, HEAD + "learners: [Ann Lee, {name: Jörg Öde, id: jo}]\n")
    assert plan.title == "march"
    assert list(plan.labs) == ["first-boot"]
    assert plan.learners == {"ann-lee": Learner("Ann Lee", "ann-lee"), "jo": Learner("Jörg Öde", "jo")}


@pytest.mark.parametrize(
    "roster",
    ["name,id\nAnn Lee,\nBen,b\n", "\ufeffID;Name\r\n;Ann Lee\r\nb;Ben\r\n", 'Name,id,e-mail\n"Ann Lee",,x\n\nBen,b\n'],
    ids=["commas", "semicolons of a spreadsheet", "other columns"],
)
def test_a_roster_is_a_csv_file_as_spreadsheets_write_it(roster: str, tmp_path: Path) -> None:
    plan = read(tmp_path, HEAD + "roster: roster.csv\n", roster)
    assert [(each.id, each.name) for each in plan.learners.values()] == [("ann-lee", "Ann Lee"), ("b", "Ben")]


def test_the_class_of_the_documents_is_right(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "classroom.md").read_text(encoding="utf-8")
    plan = read(tmp_path, dedent(page.partition("```yaml\n")[2].partition("```")[0]), "name\nCarla Diaz\n")
    assert list(plan.learners) == ["ann-lee", "ben", "carla-diaz"]
    assert list(plan.labs) == ["first-boot", "what-is-licensed"]


def test_a_lab_may_be_a_page_beside_the_file(tmp_path: Path) -> None:
    page = tmp_path / "mine.md"
    text = Path("emulator/cli/templates/lab.md")
    page.write_text((Path(__file__).parents[3] / text).read_text(encoding="utf-8"), encoding="utf-8")
    plan = read(tmp_path, "name: march\nlabs: [mine.md]\nlearners: [Ann]\n")
    assert plan.labs == {"mine": page}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("labs: [first-boot]\nlearners: [Ann]\n", "class.yaml:1: the key 'name' is missing"),
        (
            "name: March\nlabs: [first-boot]\nlearners: [Ann]\n",
            "class.yaml:1: name: 'March' is not a name for a class; use up to 32 small letters",
        ),
        ("name: ../up\nlabs: [first-boot]\nlearners: [Ann]\n", "class.yaml:1: name: '../up' is not a name for a class"),
        (
            "name: a\nlabs: [first-bot]\nlearners: [Ann]\n",
            "class.yaml:2: labs 1: unknown lab 'first-bot'. Did you mean first-boot?",
        ),
        (
            "name: a\nlabs:\n- first-boot\n- first-boot\nlearners: [Ann]\n",
            "class.yaml:4: labs 2: the lab first-boot stands here twice",
        ),
        ("name: a\nlabs: []\nlearners: [Ann]\n", "class.yaml:2: labs: the class has no labs"),
        (HEAD, "learners: the class has no learners; list them here, or name a CSV file in `roster`"),
        (HEAD + "learner: [Ann]\n", "class.yaml:3: learner: unknown key 'learner'. Did you mean learners?"),
        (
            HEAD + "learners:\n- Ann\n- ann\n",
            "class.yaml:5: learners 2: 'ann' and 'Ann' have the same ID ann; give one of them another `id`",
        ),
        (
            HEAD + 'learners:\n- "=HYPERLINK(1)"\n',
            "class.yaml:4: learners 1: '=HYPERLINK(1)' begins like a formula of a spreadsheet; write the name without",
        ),
        (HEAD + "learners: [李雷]\n", "no ID follows from '李雷'; give one in `id`, of up to 32 small letters"),
        (HEAD + "learners: [{name: Ann, id: a/b}]\n", "'a/b' is not an ID"),
        (HEAD + "learners: [Teacher]\n", "the ID 'teacher' is the teacher's"),
        (HEAD + 'learners: [" "]\n', "a learner has a name"),
        (HEAD + f"learners: [{'x' * 61}]\n", "is not a name; write up to 60 characters in one line"),
        (HEAD + 'learners: ["a\\nb"]\n', "'a?b' is not a name"),
    ],
)
def test_a_mistake_names_its_line(text: str, expected: str, tmp_path: Path) -> None:
    assert expected in told(tmp_path, text)


@pytest.mark.parametrize(
    ("roster", "expected"),
    [
        (
            "name\nAnn\nBen\nAnn\n",
            "roster.csv:4: 'Ann' is on the roster twice; take one out or, for two people of one name, give one an `id`",
        ),
        ("name\n+49 30 1\n", "roster.csv:2: '+49 30 1' begins like a formula of a spreadsheet"),
        ("name\n@SUM(A1)\n", "roster.csv:2: '@SUM(A1)' begins like a formula of a spreadsheet"),
        ("Ann\nBen\n", "roster.csv:1: has no column 'name'; the first row names the columns: name, id"),
        ("name,name\nAnn,B\n", "roster.csv:1: has two columns 'name'"),
        ("", "roster.csv:1: is empty"),
        ('name\n"Ann\n', "roster.csv:2: is not CSV"),
        (b"name\n\xff\xfe\n", "roster.csv: cannot be read: it is not text in UTF-8"),
        (
            "name\n" + "".join(f"L{number}\n" for number in range(MOST_LEARNERS + 3)),
            f"roster.csv:{MOST_LEARNERS + 2}: a class has at most {MOST_LEARNERS} learners",
        ),
    ],
)
def test_a_mistake_in_a_roster_names_its_line(roster: str | bytes, expected: str, tmp_path: Path) -> None:
    found = told(tmp_path, HEAD + "roster: roster.csv\n", roster)
    assert expected in found
    assert found.count("\n") == 0


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = told(tmp_path, "name: a b\nlabs: [first-bot]\nroster: roster.csv\n", "name\n=1\nAnn\n-2\n")
    assert [line.partition(": ")[0] for line in found.splitlines()] == [
        "class.yaml:1", "class.yaml:2", "roster.csv:2", "roster.csv:4",
    ]  # fmt: skip


def test_a_roster_that_is_not_there_is_named(tmp_path: Path) -> None:
    wrong = told(tmp_path, HEAD + "roster: roster.csv\n")
    assert wrong == "class.yaml:3: roster: there is no file roster.csv beside this one"


def test_as_many_learners_as_a_class_may_have(tmp_path: Path) -> None:
    rows = "name\n" + "".join(f"L{number}\n" for number in range(MOST_LEARNERS))
    assert len(read(tmp_path, HEAD + "roster: roster.csv\n", rows).learners) == MOST_LEARNERS


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ann Lee", "ann-lee"),
        ("Jörg Groß", "jorg-gross"),
        ("Søren Łæþ", "soren-laeth"),
        ("Zoë d'Été", "zoe-d-ete"),
        ("  X  ", "x"),
        ("李", ""),
        ("a" * 40, "a" * 32),
    ],
)
def test_an_id_follows_from_a_name(name: str, expected: str) -> None:
    assert id_of(name) == expected


def test_a_class_that_has_begun_reads_its_own_copy_of_a_page(tmp_path: Path) -> None:
    """A page that is being rewritten keeps nobody from a lesson, and changes no limit of an exam."""
    page, own = tmp_path / "mine.md", tmp_path / "copy.md"
    text = find_lab("first-boot").read_text(encoding="utf-8")
    own.write_text(text, encoding="utf-8")
    minutes = read_front(own).minutes
    file = written(tmp_path, "name: march\nlabs: [{exam: ./mine.md}]\nlearners: [Ann]\n")
    for broken in (text.replace("minutes:", "minute:"), text.replace(f"minutes: {minutes}", "minutes: 1"), "gone"):
        page.write_text(broken, encoding="utf-8")
        plan = read_class(file, lambda *names: own if names == ("march", "mine") else None)
        assert (plan.labs, plan.exams) == ({"mine": page}, {"mine": minutes * MINUTE})
