"""Unfairness of a lab is found: each kind of it, planted in a lab that is fair."""

from pathlib import Path

import pytest

from emulator.labs.certifying import certify

PAGE = (Path(__file__).parents[2] / "emulator" / "cli" / "templates" / "lab.md").read_text(encoding="utf-8")

HELD = "holds: bought 0, rule: 12, red: true"


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (HELD, "holds: bought 0, rule: 12", "doing nothing earns 10 points"),
        (HELD, "holds: bought 9, rule: 12, red: true", "task 1: the check 'bought 9' never fails"),
        ("uses R1 advipservices permanent }", "uses R1 advipservices evaluation }",
         "the check 'survives R1 { uses R1 advipservices evaluation }' never holds"),
        ("  type: write memory\n", "  type: write memory\n- console: R1\n  type: show version\n",
         "solution 1 earns full marks even without step 4 (R1: show version)"),
        (", no license boot module c880-data level advsecurity, end]",
         ", no license boot module c880-data level advsecurity, no shutdwn, end]",
         "solution 1, step 1: R1 does not understand 'no shutdwn'"),
        ("when: not bought 0", "when: bought 0", "the mistake 'bought once more' is recognized before it is made"),
        ("when: did R1 erase", "when: did R1 clear", "the mistake 'erased' is not recognized"),
        ("  - bench: order L-880-AIS=\n", "  - bench: mail\n", "the mistake 'bought once more' is not recognized"),
        ("level advsecurity, end]\n- console: R1\n  type: [configure terminal, interface Vlan1",
         ("level advsecurity, end]\n- console: R1\n  sees: nowhere\n"
          "  type: [configure terminal, interface Vlan1"),
         "solution 1, step 2: expected to see: nowhere"),
    ],
)  # fmt: skip
def test_a_fault_is_found(right: str, wrong: str, fault: str, tmp_path: Path) -> None:
    assert right in PAGE
    page = tmp_path / "page.md"
    page.write_text(PAGE.replace(right, wrong, 1), encoding="utf-8")
    assert any(fault in each for each in certify(page, 1).faults), certify(page, 1).faults


@pytest.mark.heavy
def test_a_seed_that_breaks_a_task_is_named(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE.replace("NUMBER: [1..200]", "NUMBER: [900, 7]"), encoding="utf-8")
    faults = certify(page, 3).faults
    assert len(faults) == 1
    assert faults[0].startswith("seed 3: the values of this seed break the lab: ")
    assert "'192.0.2.900' is not known after 'ip address' in a configuration" in faults[0]


def test_a_lab_that_cannot_be_solved_is_told_with_its_reason(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        PAGE.replace("uses R1 advipservices permanent }", "uses R1 advipservices subscription }", 1),
        encoding="utf-8",
    )
    faults = certify(page, 1).faults
    assert any("solution 1 earns 30 points: A boot line that names the lower level" in each for each in faults), faults
