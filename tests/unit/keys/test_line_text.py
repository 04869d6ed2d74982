"""A license line as text: one spelling for each line, and no other text is one."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from emulator.keys.line_text import read_line, write_line
from emulator.licensing.lines import LicenseLine
from emulator.licensing.types import LicenseType

from .documents import GRACE, KINDS, LAST_DATE, LINE, MARCH_2011, UDI, lines

TAIL = "NiL NiL NiL 5_MINS <UDI><PID>CISCO881-K9</PID><SN>FTX1405YDC7</SN></UDI>"
UNCOUNTED = "INFINITE_KEYS INFINITE_KEYS"
TEXTS = {
    "permanent": f"11 advipservices 1.0 LONG NORMAL STANDALONE EXCL {UNCOUNTED} NEVER NEVER NiL"
    f" SLM_CODE CL_ND_LCK NiL *20100301-000001 {TAIL}",
    "counted": f"11 SSL_VPN 1.0 LONG NORMAL STANDALONE ADD 25 25 NEVER NEVER NiL SLM_CODE CL_ND_LCK NiL *1 {TAIL}",
    "subscription": f"11 ios-ips-update 1.0 LONG SUBSCR STANDALONE EXCL {UNCOUNTED} NEVER 2011-03-01T09:00:00.000Z NiL"
    f" SLM_CODE CL_ND_LCK NiL *1 {TAIL}",
    "extension": f"11 advipservices 1.0 LONG EXT STANDALONE ADD {UNCOUNTED} NEVER NEVER 2592000000"
    f" SLM_CODE CL_ND_LCK NiL *1 {TAIL}",
    "grace period": f"11 advipservices 1.0 LONG GRACE STANDALONE ADD {UNCOUNTED} NEVER NEVER 5184000000"
    f" SLM_CODE CL_ND_LCK NiL *20100301-000002 {TAIL}",
    "demo": f"11 advipservices 1.0 LONG EVAL STANDALONE ADD {UNCOUNTED} NEVER NEVER 5184000000"
    f" SLM_CODE CL_ND_LCK NiL *1 {TAIL}",
    "counted demo": "11 SSL_VPN 1.0 LONG EVAL STANDALONE ADD 10 10 NEVER NEVER 5184000000"
    f" SLM_CODE CL_ND_LCK NiL *1 {TAIL}",
}


@pytest.mark.parametrize(("line", "text"), [(KINDS[kind], TEXTS[kind]) for kind in KINDS], ids=KINDS)
def test_each_kind_has_its_text(line, text):
    assert write_line(line) == text
    assert read_line(text) == line


@given(lines())
@example(replace(KINDS["subscription"], ends=0))
@example(replace(KINDS["subscription"], ends=LAST_DATE))
@example(replace(KINDS["counted"], count=0))
@settings(max_examples=200, deadline=None)
def test_a_line_is_read_as_written(line):
    assert read_line(write_line(line)) == line


@given(lines(), lines())
@settings(max_examples=100, deadline=None)
def test_two_lines_have_one_text_only_if_they_are_one(one, other):
    assert (write_line(one) == write_line(other)) is (one == other)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_changed_bit_gives_another_line_or_none(text):
    """Exhaustive: what is read of a changed text is written as that text, so the signature sees the change."""
    line = read_line(text)
    for position in range(len(text)):
        for bit in range(7):
            changed = text[:position] + chr(ord(text[position]) ^ 1 << bit) + text[position + 1 :]
            try:
                other = read_line(changed)
            except ValueError:
                continue
            assert other != line
            assert write_line(other) == changed


@given(st.sampled_from(list(TEXTS)), st.integers(0, 20), st.text(max_size=12))
@settings(max_examples=300, deadline=None)
def test_a_word_put_in_place_of_another_never_gives_the_same_line(kind, place, word):
    words = TEXTS[kind].split(" ")
    words[place] = word
    text = " ".join(words)
    try:
        line = read_line(text)
    except ValueError:
        return
    assert write_line(line) == text


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("counted", "25 25", "25 26"),
        ("counted", "25 25", "025 025"),
        ("counted", "25 25", "+25 +25"),
        ("counted", "25 25", "2_5 2_5"),
        ("counted", "25 25", "٢٥ ٢٥"),
        ("counted", "25 25", "-1 -1"),
        ("counted", "25 25", "25 INFINITE_KEYS"),
        ("counted", "25 25", "9" * 5000 + " " + "9" * 5000),
        ("subscription", "2011-03-01T09:00:00.000Z", "NEVER"),
        ("subscription", "2011-03-01T09:00:00.000Z", "2011-03-01"),
        ("subscription", "2011-03-01T09:00:00.000Z", "2011-Mar-01"),
        ("subscription", "2011-03-01T09:00:00.000Z", "2011-03-01T09:00:00Z"),
        ("subscription", "2011-03-01T09:00:00.000Z", "2011-03-01T09:00:00.000"),
        ("subscription", "2011-03-01T09:00:00.000Z", "2011-03-01T09:00:00.000001Z"),
        ("subscription", "2011-03-01T09:00:00.000Z", "2011-03-01T10:00:00.000+01:00"),
        ("subscription", "2011-03-01T09:00:00.000Z", "2011-02-29T09:00:00.000Z"),
        ("subscription", "2011-03-01T09:00:00.000Z", "1969-12-31T00:00:00.000Z"),
        ("subscription", "2011-03-01T09:00:00.000Z", "0001-01-01T00:00:00.000Z"),
        ("subscription", "NEVER 2011", "2010-03-01T09:00:00.000Z 2011"),
        ("subscription", "SUBSCR", "NORMAL"),
        ("subscription", "Z NiL", "Z 5"),
        ("permanent", "NEVER NEVER", "NEVER 2011-03-01T09:00:00.000Z"),
        ("permanent", "NORMAL", "EVALRTU"),
        ("permanent", "EXCL", "BOTH"),
        ("extension", "2592000000", "NiL"),
        ("extension", "2592000000", "1e9"),
        ("extension", "EXT", "NORMAL"),
    ],
)
def test_what_is_never_written_is_not_read(kind, old, new):
    assert TEXTS[kind].count(old) == 1
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
        read_line(TEXTS[kind].replace(old, new))


SUBSCRIPTION = KINDS["subscription"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (replace(LINE, udi=None), "license 20100301-000001 is locked to no device"),
        (
            LicenseLine("1", "x", LicenseType.EVAL_RIGHT_TO_USE, UDI, 5),
            "license 1 of type evaluation, then right to use is only ever built into an image",
        ),
        (replace(LINE, period=5), "license 20100301-000001 of type permanent cannot have the period 5"),
        (replace(GRACE, period=None), "license 20100301-000002 of type grace period cannot have the period None"),
        (replace(GRACE, period=-1), "license 20100301-000002 of type grace period cannot have the period -1"),
        (replace(SUBSCRIPTION, period=5), "license 1 of type subscription cannot have the period 5"),
        (replace(SUBSCRIPTION, ends=None), "license 1 of type subscription cannot have the end None"),
        (replace(SUBSCRIPTION, ends=-1), "license 1 of type subscription cannot have the end -1"),
        (
            replace(SUBSCRIPTION, ends=LAST_DATE + 1),
            "license 1 of type subscription cannot have the end 253402214400001",
        ),
        (replace(LINE, ends=MARCH_2011), "license 20100301-000001 of type permanent cannot have the end 1298970000000"),
        (replace(LINE, count=-1), "license 20100301-000001 cannot have the count -1"),
    ],
)
def test_what_cannot_be_issued_is_not_written(line, problem):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        write_line(line)
    assert str(caught.value) == problem
