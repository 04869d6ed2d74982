"""Recordings of a replay for people: the asciicast, the page, the timeline and the picture say what was seen."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from emulator.scenarios.loader import find_scenario, load_scenario
from emulator.scenarios.recording.cast import LONGEST_WAIT, as_cast
from emulator.scenarios.recording.page import as_page
from emulator.scenarios.recording.picture import as_picture
from emulator.scenarios.recording.recorder import Recorder
from emulator.scenarios.recording.recording import Letter, Passage, Piece, SessionRecording
from emulator.scenarios.recording.timeline import as_timeline
from emulator.scenarios.runner import Runner

VOID = {"meta", "br", "line", "path", "rect"}
CODES = re.compile(r"\x1b\[\d*m")


def recorded(name: str) -> tuple[SessionRecording, str]:
    scenario = load_scenario(find_scenario(name))
    runner = Runner(name, scenario, len)
    recorder = Recorder(scenario, runner.world)
    runner.watchers.append(recorder)
    return_value = runner.run()
    assert return_value.difference is None
    return recorder.finished(), return_value.transcript


@pytest.fixture(scope="module")
def rma() -> tuple[SessionRecording, str]:
    return recorded("rma")


class Tags(HTMLParser):
    """Checks that every element is closed where it should be, and keeps the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def lines_of(transcript: str) -> list[str]:
    """Text of the transcript, without whose line it is."""
    return [line.partition("| ")[2] for line in transcript.splitlines() if "| " in line]


def test_everything_of_the_transcript_is_in_the_cast(rma: tuple[SessionRecording, str]) -> None:
    recording, transcript = rma
    header, *events = map(json.loads, as_cast(recording).splitlines())
    assert header["version"] == 2
    assert header["width"] > 0 < header["height"]
    shown = CODES.sub("", "".join(data for _, kind, data in events if kind == "o")).split("\r\n")
    missing = Counter(line for line in lines_of(transcript) if line.strip())
    missing.subtract(shown)
    assert [line for line, count in missing.items() if count > 0] == []


def test_two_routers_that_boot_at_once_are_not_mixed() -> None:
    recording, _ = recorded("rehost-outside-the-family")
    places = [piece.place for piece in recording.parts[0].pieces]
    switches = sum(one != other for one, other in pairwise(places))
    in_turn = [piece.place for piece in recording.parts[0].in_turn()]
    assert sum(one != other for one, other in pairwise(in_turn)) < switches
    assert sorted(in_turn) == sorted(places)


def test_a_cast_has_a_marker_a_step_and_time_that_never_goes_back(rma: tuple[SessionRecording, str]) -> None:
    recording, _ = rma
    _, *events = map(json.loads, as_cast(recording).splitlines())
    assert [data.split()[0] for _, kind, data in events if kind == "m"] == [str(n) for n in range(1, 34)]
    times = [at for at, _, _ in events]
    assert times == sorted(times)
    assert max(after - before for before, after in pairwise(times)) < 3 * LONGEST_WAIT + 2.0


def test_what_was_typed_comes_key_by_key_and_the_same_each_time(rma: tuple[SessionRecording, str]) -> None:
    recording, _ = rma
    cast = as_cast(recording)
    _, *events = map(json.loads, cast.splitlines())
    keys = "".join(data for _, kind, data in events if kind == "o" and len(data) == 1)
    assert "configure terminal" in keys
    assert as_cast(recorded("rma")[0]) == cast


def test_the_page_stands_alone_and_shows_every_line(rma: tuple[SessionRecording, str]) -> None:
    recording, transcript = rma
    page = as_page(recording)
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    names = {name for _, attributes in tags.seen for name in attributes}
    assert not names & {"src", "srcset", "data"}
    assert {
        value for tag, each in tags.seen if tag == "a" for value in [each["href"] or ""] if value[0] != "#"
    } == set()
    assert "@import" not in page
    assert "url(" not in page
    for line in lines_of(transcript):
        assert line.rstrip() in tags.text


def test_the_page_has_the_mail(rma: tuple[SessionRecording, str]) -> None:
    recording, _ = rma
    page = as_page(recording)
    assert len(recording.letters) == 3
    for letter in recording.letters:
        assert letter.subject in page
        assert all(name in page for name in letter.attachments)


def test_nothing_that_was_typed_becomes_markup() -> None:
    evil = "<script>alert('x')</script> & \"y\""
    piece = Piece(0, "R1", f"Router#{evil}\n", evil)
    letter = Letter(0, evil, evil, evil, (evil,))
    moment = recorded("lost-pak")[0].start
    recording = SessionRecording(evil, evil, evil, moment, 1, [Passage(0, 1, evil, [piece])], letters=[letter])
    tags = Tags()
    tags.feed(as_page(recording))
    assert "script" not in {tag for tag, _ in tags.seen}
    assert tags.open == []
    assert ElementTree.fromstring(as_picture(recording)).tag.endswith("svg")


def test_the_timeline_tells_levels_licenses_and_what_happened(rma: tuple[SessionRecording, str]) -> None:
    recording, _ = rma
    drawn = ElementTree.fromstring(as_timeline(recording))
    titles = [each.text or "" for each in drawn.iter("title")]
    assert any(title.startswith("R2: advipservices, Evaluation, ") for title in titles)
    assert any(title.startswith("R2: advipservices, Permanent, ") for title in titles)
    warnings = [mark for mark in recording.marks if "ends in" in mark.text]
    assert len(warnings) >= 3
    assert sum("ends in" in title for title in titles) == len(warnings)
    assert [each.text for each in drawn.iter("text")][:2] == ["R1", "R2"]


@pytest.mark.parametrize("name", ["rma", "rehost"])
def test_the_stretches_of_a_router_follow_each_other_without_a_gap(name: str) -> None:
    recording, _ = recorded(name)
    for router in {each.router for each in recording.stretches}:
        own = [each for each in recording.stretches if each.router == router]
        assert own[0].begin == 0
        assert own[-1].end == recording.end
        assert all(before.end == after.begin for before, after in pairwise(own))


def test_a_grace_period_that_ends_is_drawn_so() -> None:
    recording, _ = recorded("rehost")
    marks = [(mark.router, mark.text) for mark in recording.marks]
    assert ("R1", "advipservices revoked") in marks
    assert ("R1", "advipservices ended") in marks
    assert any(each.license == "Grace Period" for each in recording.stretches)


def test_the_picture_shows_text_and_fetches_nothing(rma: tuple[SessionRecording, str]) -> None:
    drawn = as_picture(rma[0])
    root = ElementTree.fromstring(drawn)
    assert "@import" not in drawn
    assert "href" not in drawn
    assert set(re.findall(r"url\((.)", drawn)) == {"#"}
    text = "".join(root.itertext()).replace("\xa0", " ")
    assert "license boot module c880-data level advipservices" in text
