"""`show license` of other platforms with the same code, as if their features were those of an 881."""

import pytest

from emulator.twins.planning.periods import Span, span_of, used_so_that
from tests.unit.twins.recordings import CAPTURES, printed, twin_of

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


UDIS = {
    False: "Device#   PID               SN              UDI\n" + "-" * 68 + "\n",
    True: "Device#   PID                   SN              UDI\n" + "-" * 77 + "\n",
}


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("pid", ["CISCO881-K9", "CISCO881GW-GN-E-K9"])
def test_either_layout_of_the_identity_comes_back(pid: str, *, wide: bool) -> None:
    screen = UDIS[wide] + f"*0        {pid:<{21 if wide else 17}s} FTX1405YDC7     {pid}:FTX1405YDC7\n\n"
    world, twin = twin_of(screen)
    assert [each.differing for each in twin.printed] == [0], twin.notes
    assert printed(world, "show license udi") == screen


MUNINN = """                License Type Supported
        permanent  Non-expiring node locked license
        extension  Expiring node locked license
        evaluation Expiring non node locked license
                License Operation Supported
        install    Install license
        clear      Clear license
        annotate   Comment license
        save       Save license
        revoke     Revoke license
        call-home  License call-home
                Call-home Operation Supported
        show pak   Display license pak via call-home
        install    Install license via call-home
        revoke     Revoke license via call-home
        resend     Fetch license via call-home
                Device status
        Device Credential type: DEVICE
        Device Credential Verification: PASS
        Rehost Type: DC_OR_IC

SWIFT url status
        Swift URL set to default value : https://tools.cisco.com/SWIFT/Licensing
"""
"""`show license status` of a public sample, its tabs being blanks."""


def test_the_status_is_that_of_a_device_and_is_read() -> None:
    version = (CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt").read_text(encoding="utf-8")
    world, twin = twin_of(version, MUNINN)
    assert not [note for note in twin.notes if note.matter == "not read"]
    assert printed(world, "show license status").expandtabs().rstrip() == MUNINN.rstrip()


def test_a_service_that_the_status_names_is_configured() -> None:
    version = (CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt").read_text(encoding="utf-8")
    url = "https://licensing.example.com/SWIFT/Licensing"
    world, _ = twin_of(version, MUNINN.replace("default value : https://tools.cisco.com/SWIFT/Licensing", f": {url}"))
    assert f"license call-home url {url}\n" in printed(world, "show running-config")
    assert printed(world, "show license status").endswith(f"\tSwift URL set to : {url}\n\n")


def test_users_of_a_pool_come_back() -> None:
    """Two licenses of one counted feature, whose users are shared between them."""
    version = (CAPTURES / "show-version.c881.advsecurity.15.4-2-T1.txt").read_text(encoding="utf-8")
    entries = "".join(
        f"Index: {number} \tFeature: SSL_VPN                           Version: 1.0\n"
        "\tLicense Type: Permanent\n\tLicense State: Active, In Use\n"
        f"\tLicense Count: {count}/{used}/0  (Active/In-use/Violation)\n\tLicense Priority: Medium\n"
        f"\tStore Index: {number}\n\tStore Name: Primary License Storage\n"
        for number, (count, used) in enumerate(((10, 10), (25, 20)), 1)
    ) + (
        "Index: 3 \tFeature: advsecurity                       Version: 1.0\n"
        "\tLicense Type: Permanent\n\tLicense State: Active, In Use\n\tLicense Count: Non-Counted\n"
        "\tLicense Priority: Medium\n\tStore Index: 0\n\tStore Name: Primary License Storage\n"
    )
    world, _ = twin_of(version, entries)
    assert "35/30/0  (Active/In-use/Violation)" in printed(world, "show license")
    assert "25/20/0  (Active/In-use/Violation)" in printed(world, "show license detail SSL_VPN")
