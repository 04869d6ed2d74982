"""`isrtwin run page.md`: the commands of a page are run, compared and brought up to date."""

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from emulator.cli.main import main
from emulator.runtime.runbooks.page import shortened_as, shows

pytestmark = pytest.mark.heavy

PAGE = """\
# A page

Text stays. <!-- so does this -->

```console
$ isrtwin bench -c 'power R1 on' -c 'time'
It is Mon 2010-03-01 09:00:00 UTC
```

## Refused

```console refused
$ isrtwin bench -c 'power R9 on'
...
```

```python
print("only read")
```
"""

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a page; status, and all that was printed."""
    monkeypatch.chdir(tmp_path)

    def go(text: str, *options: str) -> tuple[int, str]:
        Path("page.md").write_text(text, encoding="utf-8")
        status = main(["run", "page.md", *options])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return go


def block(*lines: str, info: str = "console") -> str:
    return "\n".join(("```" + info, *lines, "```", ""))


def test_a_page_that_is_as_it_says_passes(run: Run) -> None:
    assert run(PAGE) == (0, "page.md: passed, 2 commands\n")
    assert Path("page.md").read_text() == PAGE


def test_a_difference_is_told_with_line_and_text(run: Run) -> None:
    status, out = run(PAGE.replace("09:00:00", "08:00:00"))
    assert status == 1
    assert "page.md:6: $ isrtwin bench -c 'power R1 on' -c 'time'" in out
    assert "-It is Mon 2010-03-01 08:00:00 UTC\n+It is Mon 2010-03-01 09:00:00 UTC" in out
    assert "1 of 2 commands print something else; --update takes what came" in out


def test_update_writes_what_came_and_nothing_else(run: Run) -> None:
    status, out = run(PAGE.replace("09:00:00", "08:00:00"), "--update")
    assert (status, out.splitlines()[-1]) == (0, "page.md: updated, 2 commands")
    assert Path("page.md").read_text() == PAGE


def test_a_command_that_fails_is_told_and_not_written(run: Run) -> None:
    wrong = PAGE.replace("'time'", "'tome'")
    status, out = run(wrong, "--update")
    assert status == 1
    assert "failed with status 1" in out
    assert Path("page.md").read_text() == wrong


def test_a_block_that_should_fail_and_does_not(run: Run) -> None:
    status, out = run(PAGE.replace("power R9 on", "time"))
    assert status == 1
    assert "a command of this block should fail, and none did" in out


def test_dots_stand_for_any_lines_and_no_others(run: Run) -> None:
    lines = "$ isrtwin bench -c '?'", "...", "  time            {}", "..."
    assert run(block(lines[0], "..."))[0] == 0
    assert run(block(lines[0], "there is no such line", "..."))[0] == 1


@pytest.mark.parametrize(
    ("printed", "came", "shown"),
    [
        ("...", "", True),
        ("... ...", "", True),
        ("... a ...", "x a", True),
        ("... a ... b", "a b", True),
        ("... a ... a ...", "a", False),
        ("... a ...", "ab", False),
        ("... a b ... b", "a b b", True),
        ("... a b ... b", "a b", False),
        ("a ... a", "a", False),
        ("... b ... a ...", "a b", False),
    ],
)
def test_stretches_are_found_one_behind_the_other(printed: str, came: str, shown: bool) -> None:
    assert shows(printed.split(), came.split()) is shown


@pytest.mark.parametrize(
    ("printed", "came", "shown"),
    [
        ("... level1", "x y level2", "... level2"),
        ("a ... y", "a b c z", "a ... z"),
        ("a ... m ... z", "a 1 m 2 Z", "a ... m ... Z"),
        ("a b ... d", "a c x d", "a c ... d"),
        ("a ... m ... z", "a 1 n 2 z", "a 1 n 2 z"),
        ("a ... z", "", ""),
    ],
)
def test_what_a_page_leaves_out_is_left_out_of_what_comes_into_it(printed: str, came: str, shown: str) -> None:
    assert shortened_as(printed.split(), came.split()) == shown.split()


def test_what_comes_into_a_page_shows_the_output_whatever_it_left_out() -> None:
    pages = [each for length in range(5) for each in product(("...", "a", "b"), repeat=length)]
    outputs = [each for length in range(4) for each in product("ab", repeat=length)]
    for printed, came in product(pages, outputs):
        shown = shortened_as(printed, came)
        assert shows(shown, came), (printed, came, shown)


def test_a_file_of_the_page_is_there(run: Run) -> None:
    recipe = block("name: lab", "routers:", "  R7: {pid: CISCO881-K9}", info="yaml file=lab.yaml")
    assert run(recipe + block("$ isrtwin validate lab.yaml", "..."))[0] == 0


def test_values_are_the_same_each_time(run: Run) -> None:
    page = block("$ isrtwin bench -c 'order L-880-AIS=' -c 'mail 1'")
    run(page, "--update")
    updated = Path("page.md").read_text()
    assert "(PAK): " in updated
    assert run(updated)[0] == 0


def test_the_world_of_the_person_is_not_touched(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "mine"))
    monkeypatch.setenv("ISRTWIN_WORLD", str(tmp_path / "world"))
    run(PAGE)
    assert [path.name for path in tmp_path.iterdir()] == ["page.md"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# Nothing\n", "page.md: there is no block ```console"),
        (block("$ rm -rf x"), "page.md:2: only isrtwin is run here, not 'rm -rf x'"),
        (block("$ isrtwin bench -c 'time"), "page.md:2: 'isrtwin bench -c 'time' cannot be read"),
        (block("$ isrtwin serve"), "page.md:2: 'serve' does not end by itself"),
        (block("$ isrtwin run rma --transcript /tmp/x"), "'/tmp/x' leads out of the place"),
        (block("$ isrtwin run rma --transcript=../x"), "'--transcript=../x' leads out of the place"),
        (block("$ isrtwin bench -c 'put usb a/../../x'"), "leads out of the place"),
        (block("$ isrtwin bench -c 'put usb ~/x'"), "leads out of the place"),
        (block("x", info="yaml file=../x") + block("$ isrtwin bench"), "'../x' is not the name of a file"),
    ],
)
def test_what_is_refused(run: Run, text: str, complaint: str) -> None:
    status, out = run(text)
    assert status == 2
    assert complaint in out


@pytest.mark.parametrize("option", [["--step"], ["--json"], ["--all"], ["rma"]])
def test_options_of_scenarios_are_refused(run: Run, option: list[str]) -> None:
    status, out = run(PAGE, *option)
    assert status == 2
    assert "for scenarios; run pages by themselves" in out


def test_the_page_as_html_and_cast(run: Run) -> None:
    evil = PAGE.replace("Text stays.", "Text stays, [x](javascript:alert(1)) <b>.")
    status, _ = run(evil, "--html", "page.html", "--cast", "page.cast")
    assert status == 0
    html = Path("page.html").read_text()
    assert "<h2>Refused</h2>" in html
    assert "<kbd>isrtwin bench -c 'power R9 on'</kbd>" in html
    assert "only read" in html
    for unwanted in ("so does this", "<b>.", 'href="javascript'):
        assert unwanted not in html
    events = [json.loads(line) for line in Path("page.cast").read_text().splitlines()[1:]]
    assert [data for _, kind, data in events if kind == "m"] == ["1 A page", "2 Refused"]


def test_no_file_of_a_page_is_run_as_a_module_of_the_program(run: Run, tmp_path: Path) -> None:
    names = ("argparse", "emulator", "encodings", "msgspec", "signal", "simpy", "sitecustomize")
    program = f"open({str(tmp_path / 'ran')!r}, 'w')"
    files = "".join(block(program, info=f"python file={name}.py") for name in names)
    page = files + block("$ isrtwin bench -c time", "It is Mon 2010-03-01 09:00:00 UTC")
    assert run(page) == (0, "page.md: passed, 1 commands\n")
    assert not (tmp_path / "ran").exists()
