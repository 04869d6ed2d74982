"""Names that a seed leaves out of a lab go with every part that names them; the rest keeps its lines."""

from pathlib import Path

import pytest

from emulator.kernel.errors import EmulatorError
from emulator.labs.loader import open_lab, read_front

PAGE = """---
title: One of two
level: newcomer
minutes: 5
goals: [Look.]
question: What is software activation?
draw:
  ONE OTHER: [R1, absent]
routers:
  "{ONE}": {pid: CISCO881-K9, powered: true}
  "{OTHER}": {pid: CISCO861-K9, powered: true}
prelude:
  - until: level {ONE} advsecurity
  - until: level {OTHER} advsecurity
---

A router.

## Task: Look

Which product is it?

```yaml task
checks:
  - {points: 100, holds: "answer PID_{ONE}", rule: 23}
  - {points: 100, holds: "answer PID_{OTHER}", rule: 23}
look: Look.
questions:
  "PID_{ONE}": {ask: Which product is it?, fact: "pid {ONE}"}
  "PID_{OTHER}": {ask: Which product is it?, fact: "pid {OTHER}"}
```

```yaml solve look
- answer: {"PID_{ONE}": CISCO881-K9}
- answer: {"PID_{OTHER}": CISCO861-K9}
```

```yaml wrong erased
when: did {ONE} erase
rule: 17
steps:
  - console: "{ONE}"
    type: ["no", "", enable, write erase, ""]
```

```yaml wrong erased as well
when: did {OTHER} erase
rule: 17
steps:
  - console: "{OTHER}"
    type: ["no", "", enable, write erase, ""]
```

## Debriefing

Read.

## Teacher

Nothing.
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.md"
    file.write_text(PAGE, encoding="utf-8")
    return file


def seed_of(page: Path, product: str) -> int:
    """A seed with which the router is that product."""
    return next(seed for seed in range(1, 50) if read_front(page, seed).routers["R1"].pid == product)


@pytest.mark.parametrize(("product", "wrong"), [("CISCO881-K9", "erased"), ("CISCO861-K9", "erased as well")])
def test_what_is_absent_takes_along_every_part_that_names_it(page: Path, product: str, wrong: str) -> None:
    opened = open_lab(page, seed_of(page, product))
    opened.world.close()
    task = opened.lab.tasks[0]
    assert list(opened.lab.front.routers) == ["R1"]
    assert len(opened.lab.front.prelude) == len(task.ways[0].steps) == 1
    assert [check.holds for check in task.checks] == ["answer PID_R1"]
    assert {name: asked.fact for name, asked in task.questions.items()} == {"PID_R1": "pid R1"}
    assert [each.name for each in task.wrongs] == [wrong]


def told(page: Path, right: str, wrong: str) -> str:
    page.write_text(PAGE.replace(right, wrong), encoding="utf-8")
    with pytest.raises(EmulatorError) as caught:
        open_lab(page, seed_of(page, "CISCO861-K9"))
    return str(caught.value)


def test_what_stays_keeps_its_line(page: Path) -> None:
    right, wrong = '"answer PID_{OTHER}", rule: 23', '"answer PID_{OTHER}", rule: 99'
    assert f"page.md:{1 + PAGE[: PAGE.index(right)].count(chr(10))}: " in told(page, right, wrong)


def test_a_text_names_nothing_absent(page: Path) -> None:
    assert "ONE is absent with seed" in told(page, "A router.", "The router {ONE}.")
