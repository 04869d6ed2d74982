"""Reports of a run of scenarios for machines: JSON, and JUnit's XML that CI systems read."""

import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from emulator.runtime.scenario_runs import Outcome

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def summary(outcomes: Sequence[Outcome]) -> str:
    """One line that says how it went."""
    failed = [outcome.name for outcome in outcomes if outcome.problem and not outcome.wrong]
    wrong = [outcome.name for outcome in outcomes if outcome.wrong]
    scenarios = "1 scenario" if len(outcomes) == 1 else f"{len(outcomes)} scenarios"
    told = []
    for names, what in ((failed, "failed"), (wrong, "could not be played")):
        if names:
            of = scenarios if len(outcomes) == 1 else f"{len(names)} of {scenarios}"
            told.append(f"{of} {what}: {', '.join(names)}")
    return "; ".join(told) or f"{scenarios} passed"


def as_plain(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The outcomes as plain data, without the transcripts."""
    rows = [
        {
            "name": outcome.name,
            "passed": not outcome.problem,
            "steps": outcome.steps,
            "problem": outcome.problem or None,
            "story": outcome.story or None,
            "file": outcome.file or None,
            "line": outcome.line,
            "step": outcome.step,
            "wrong_file": bool(outcome.wrong),
        }
        for outcome in outcomes
    ]
    problems, wrong = _counts(outcomes)
    passed = len(outcomes) - problems
    return {"passed": passed, "failed": problems - wrong, "wrong_files": wrong, "scenarios": rows}


def _counts(outcomes: Sequence[Outcome]) -> tuple[int, int]:
    """Tell how many did not pass, and how many of these were wrong files."""
    return sum(bool(outcome.problem) for outcome in outcomes), sum(bool(outcome.wrong) for outcome in outcomes)


def as_junit(outcomes: Sequence[Outcome]) -> bytes:
    """The outcomes as JUnit's XML: a test case a scenario, its transcript as what it printed if it failed.

    A file that is wrong is an error, not a failure.
    """
    problems, wrong = _counts(outcomes)
    counts = {"tests": str(len(outcomes)), "failures": str(problems - wrong), "errors": str(wrong)}
    seconds = sum(outcome.seconds for outcome in outcomes)
    suite = ElementTree.Element("testsuite", {"name": "isrtwin", **counts, "time": f"{seconds:.3f}"})
    for outcome in outcomes:
        case = ElementTree.SubElement(
            suite, "testcase", classname="isrtwin", name=outcome.name, time=f"{outcome.seconds:.3f}"
        )
        if outcome.problem:
            if outcome.file:
                case.set("file", outcome.file)
            if outcome.line is not None:
                case.set("line", str(outcome.line))
            kind = "error" if outcome.wrong else "failure"
            failure = ElementTree.SubElement(case, kind, message=_clean(outcome.problem))
            failure.text = _clean(outcome.story)
            if not outcome.wrong:
                ElementTree.SubElement(case, "system-out").text = _clean(outcome.transcript)
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    written: bytes = ElementTree.tostring(suites, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _clean(text: str) -> str:
    """A text without the characters that XML does not have."""
    return _NOT_XML.sub("?", text)
