"""Reports of a run of scenarios for machines: JSON, and JUnit's XML that CI systems read."""

import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from emulator.runtime.scenario_runs import Outcome

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def summary(outcomes: Sequence[Outcome]) -> str:
    """One line that says how it went."""
    failed = [outcome.name for outcome in outcomes if outcome.problem]
    scenarios = "1 scenario" if len(outcomes) == 1 else f"{len(outcomes)} scenarios"
    if not failed:
        return f"{scenarios} passed"
    return f"{scenarios if len(outcomes) == 1 else f'{len(failed)} of {scenarios}'} failed: {', '.join(failed)}"


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
        }
        for outcome in outcomes
    ]
    failed = sum(bool(outcome.problem) for outcome in outcomes)
    return {"passed": len(outcomes) - failed, "failed": failed, "scenarios": rows}


def as_junit(outcomes: Sequence[Outcome]) -> bytes:
    """The outcomes as JUnit's XML: a test case a scenario, its transcript as what it printed if it failed."""
    failed = sum(bool(outcome.problem) for outcome in outcomes)
    seconds = sum(outcome.seconds for outcome in outcomes)
    suite = ElementTree.Element(
        "testsuite", name="isrtwin", tests=str(len(outcomes)), failures=str(failed), errors="0", time=f"{seconds:.3f}"
    )
    for outcome in outcomes:
        case = ElementTree.SubElement(
            suite, "testcase", classname="isrtwin", name=outcome.name, time=f"{outcome.seconds:.3f}"
        )
        if outcome.problem:
            case.set("file", outcome.file)
            if outcome.line is not None:
                case.set("line", str(outcome.line))
            failure = ElementTree.SubElement(case, "failure", message=_clean(outcome.problem))
            failure.text = _clean(outcome.story)
            ElementTree.SubElement(case, "system-out").text = _clean(outcome.transcript)
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    written: bytes = ElementTree.tostring(suites, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _clean(text: str) -> str:
    """A text without the characters that XML does not have."""
    return _NOT_XML.sub("?", text)
