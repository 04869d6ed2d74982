"""`show license` of other platforms with the same code, as if their features were those of an 881."""

import pytest

from emulator.twins.planning.periods import Span, span_of, used_so_that
from tests.unit.twins.recordings import CAPTURES, twin_of

DAY = 86_400_000
ASR_903 = (("metroaggrservices", "advipservices    "), ("metroipservices", "advsecurity    "),
           ("LAB-ABC-XYZ-T4-ACC-RTR-00-00#", "pynet-rtr1#"))  # fmt: skip
C1941 = (("ipbasek9", "advsecurity"), ("securityk9", "advipservices"), ("cisco-router-1941#", "pynet-rtr2#"))


def adapted(name: str, words: tuple[tuple[str, str], ...]) -> str:
    text = (CAPTURES / name).read_text(encoding="utf-8")
    for old, new in words:
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("version", "words", "names"),
    [
        ("advipservices.power-on", ASR_903, ("show-license.asr903.16.9.1a.txt",)),
        ("advipservices.power-on", ASR_903,
         ("show-license.asr903.16.9.1a.txt", "show-license-feature.asr903.16.9.1a.txt")),
        ("advsecurity", C1941, ("show-license.c1941.eula-not-accepted.no-state-prefix.txt",)),
        ("advsecurity", C1941, ("show-license.c1941.eula-accepted-not-in-use.txt",)),
    ],
)  # fmt: skip
def test_features_states_counts_and_wording_come_back(
    version: str, words: tuple[tuple[str, str], ...], names: tuple[str, ...]
) -> None:
    known = (CAPTURES / f"show-version.c881.{version}.15.4-2-T1.txt").read_text(encoding="utf-8")
    _, twin = twin_of(known, *(adapted(name, words) for name in names))
    assert [each.differing for each in twin.printed] == [0] * (len(names) + 1), twin.notes


RIGHT = """Index 1 Feature: advipservices                  
\tPeriod left: Life time
\tLicense Type: RightToUse
\tLicense State: Active, In Use
\tLicense Count: Non-Counted
\tLicense Priority: Low
Index 2 Feature: advsecurity                    
\tPeriod left: Life time
\tLicense Type: Permanent
\tLicense State: Active, Not in Use
\tLicense Count: Non-Counted
\tLicense Priority: Medium

"""  # noqa: W291


@pytest.mark.parametrize("licenses", [(), (RIGHT,)])
def test_an_evaluation_that_became_a_right_to_use_has_one_word_on_all_screens(licenses: tuple[str, ...]) -> None:
    known = (CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt").read_text(encoding="utf-8")
    version = known.replace(
        "License Level: advsecurity   Type: Permanent", "License Level: advipservices   Type: RightToUse"
    )
    version = version.replace("Next reboot license Level: advsecurity", "Next reboot license Level: advipservices")
    assert "RightToUse" in version
    _, twin = twin_of(version, *licenses)
    assert [each.differing for each in twin.printed] == [0] * (1 + len(licenses)), twin.notes


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("8  weeks 4  days ", Span(60 * DAY, 61 * DAY)),
        ("0  minute  0  second  ", Span(0, 1000)),
        ("1  hour 1  minute", Span(3_660_000, 3_720_000)),
        ("Life time", None),
        ("Not Activated", None),
        ("", None),
    ],
)
def test_a_period_is_a_range(text: str, span: Span | None) -> None:
    assert span_of(text) == span


@pytest.mark.parametrize(
    ("left", "used", "expected"),
    [
        ("7  weeks 5  days", "5  days 3  hours", (5 * DAY + 4 * 3_600_000 - 1, True)),
        ("8  weeks 4  days", None, (0, True)),
        (None, "5  days 3  hours", (5 * DAY + 3 * 3_600_000, True)),
        ("0  minute  0  second", "8  weeks 5  days", (62 * DAY - 1, True)),
        ("1  week 0  day", "1  week 0  day", (53 * DAY, False)),
    ],
)
def test_the_time_of_use_that_prints_both(left: str | None, used: str | None, expected: tuple[int, bool]) -> None:
    assert used_so_that(60 * DAY, span_of(left), span_of(used)) == expected
