"""The license screens of other platforms of the same licensing code, drawn from their facts.

Where a capture was edited (tabs or trailing blanks lost), words are compared and not blanks.
"""

import re
from pathlib import Path

import pytest

from emulator.console.render.licenses.license import show_license, show_license_detail, show_license_udi
from emulator.console.render.licenses.license_stores import show_license_all
from emulator.console.render.licenses.license_tables import show_license_feature
from emulator.images.manifest import Dialect
from emulator.kernel.time import DAY, WEEK
from emulator.licensing.lines import LicenseLine
from emulator.licensing.states import LicenseState
from emulator.licensing.store import StoredLicense, StoreName
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi
from emulator.licensing.views import FeatureRow, FeatureView, LicenseView, Priority

CAPTURES = Path(__file__).parents[4] / "captures"
DEVICE = Udi("ASR-903", "FOX2245P00V")
PERIOD = 60 * DAY
S = LicenseState


def capture(name: str) -> str:
    """A capture without its prompts."""
    lines = (CAPTURES / name).read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not re.match(r"\S+#", line))


def squeezed(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def permanent(
    feature: str, index: int = 0, state: LicenseState = S.IN_USE, count: int | None = None, in_use: int | None = None
) -> LicenseView:
    line = LicenseLine(f"p/{feature}", feature, LicenseType.PERMANENT, DEVICE, count=count)
    return LicenseView(StoredLicense(line, index), state, Priority.MEDIUM, None, None, in_use, shadowed=False)


def evaluation(
    feature: str,
    index: int = 0,
    state: LicenseState = S.EULA_PENDING,
    kind: LicenseType = LicenseType.EVAL_RIGHT_TO_USE,
    period: int = PERIOD,
    count: int | None = None,
) -> LicenseView:
    line = LicenseLine(f"e/{feature}", feature, kind, None, period, exclusive=False, count=count)
    priority = Priority.LOW if state is S.EULA_ACCEPTED else Priority.NONE
    stored = StoredLicense(line, index, StoreName.BUILT_IN)
    return LicenseView(stored, state, priority, period, 0, None if count is None else 0, shadowed=state is S.INACTIVE)


def features(*entries: LicenseView | str) -> list[FeatureView]:
    """An entry is a license, or the name of a feature without one."""
    return [
        FeatureView(entry, None) if isinstance(entry, str) else FeatureView(entry.line.feature, entry, entry.left)
        for entry in entries
    ]


ASR903 = features(
    permanent("metroaggrservices"), evaluation("metroipservices"), evaluation("metroservices"), evaluation("atm"),
    permanent("oc3", count=4, in_use=4), "oc12", "1588", "ipsec", "oc48", "oc192",
)  # fmt: skip


def test_show_license_of_an_asr_903() -> None:
    assert show_license(ASR903, Dialect()) == capture("show-license.asr903.16.9.1a.txt")


def test_show_license_detail_of_an_asr_903() -> None:
    """One vendor info of the capture stands without its UDI element, which we always write."""
    screen = show_license_detail(
        (
            evaluation("atm", 3), permanent("metroaggrservices"), evaluation("metroaggrservices", 0, S.INACTIVE),
            evaluation("metroipservices", 1), evaluation("metroservices", 2), permanent("oc3", 1, count=4, in_use=4),
        ),
        Dialect(),
    )  # fmt: skip
    bare = "<PID>ASR-903</PID><SN>FOX2245P00V</SN>"
    captured = capture("show-license-detail.asr903.16.9.1a.txt").replace(f": {bare}", f": <UDI>{bare}</UDI>")
    assert screen == captured


def test_show_license_feature_of_an_asr_903() -> None:
    facts = (
        ("metroaggrservices", "yynyy"), ("metroipservices", "yynny"), ("metroservices", "nynny"), ("atm", "yynny"),
        ("oc3", "yynyn"), ("oc12", "yynnn"), ("1588", "yynnn"), ("ipsec", "ynnnn"), ("oc48", "yynnn"),
        ("oc192", "yynnn"),
    )  # fmt: skip
    rows = [FeatureRow(feature, *(letter == "y" for letter in letters)) for feature, letters in facts]
    assert show_license_feature(rows, right_to_use=True) == capture("show-license-feature.asr903.16.9.1a.txt")


def test_show_license_of_an_asr_1000() -> None:
    captured = capture("show-license.asr1k.advipservices.txt")
    entries: list[LicenseView | str] = []
    for name, body in re.findall(r"^Index \d+ Feature: (\S+)\s*\n((?:[ \t].*\n)*)", captured, re.MULTILINE):
        if not body:
            entries.append(name)
        elif "Permanent" in body:
            entries.append(permanent(name, state=S.NOT_IN_USE if "Not in Use" in body else S.IN_USE))
        else:
            entries.append(evaluation(name, count=0 if "0/0" in body else None))
    assert len(entries) == 37
    assert squeezed(show_license(features(*entries), Dialect())) == squeezed(captured)


def test_show_license_of_a_1941_whose_agreement_was_accepted() -> None:
    screen = show_license(
        features(
            permanent("ipbasek9"), evaluation("securityk9"), evaluation("datak9", state=S.EULA_ACCEPTED),
            evaluation("NtwkEssSuitek9"), evaluation("ios-ips-update"), "hseck9", "mgmt-plug-and-play",
            "mgmt-lifecycle", "mgmt-assurance", "mgmt-onplus", "mgmt-compliance",
        ),
        Dialect(license_unused_period="full"),
    )  # fmt: skip
    assert squeezed(screen) == squeezed(capture("show-license.c1941.eula-accepted-not-in-use.txt"))


def test_show_license_of_a_1941_without_the_prefix() -> None:
    screen = show_license(
        features(
            permanent("ipbasek9"), evaluation("securityk9"), evaluation("datak9"), evaluation("SSL_VPN", count=100),
            evaluation("ios-ips-update"), evaluation("WAAS_Express"),
        ),
        Dialect(license_state_prefix=False),
    )  # fmt: skip
    assert squeezed(screen) == squeezed(capture("show-license.c1941.eula-not-accepted.no-state-prefix.txt"))


def test_show_license_all_of_a_1941() -> None:
    """An edited capture of an older image: one type lost, one blank in a period."""
    old = 208 * WEEK + 2 * DAY
    kind = LicenseType.EVALUATION
    views = (
        permanent("ipbasek9"), evaluation("securityk9", 0, S.INACTIVE, kind, old),
        evaluation("datak9", 1, S.INACTIVE, kind, old),
    )  # fmt: skip
    captured = capture("show-license-all.c1941.eval-store.txt")
    captured = captured.replace("License Type:\n", "License Type: Evaluation\n")
    dialect = Dialect(license_built_in_store="Evaluation License Storage")
    assert squeezed(show_license_all(views, dialect)) == squeezed(captured)


def test_show_license_udi_of_a_1941() -> None:
    captured = "".join(capture_text("show-license-udi.c1941.txt").partition("Device#")[1:])
    assert squeezed(show_license_udi(Udi("CISCO1941/K9", "FTX15240000"), Dialect())) == squeezed(captured)


@pytest.mark.parametrize("line", ["License Type: EvalRightToUse", "License Count: 0/0 (In-use/Violation)",
                                  "License Priority: None", "Store Index: 7", "Store Name: Built-In License Storage",
                                  "Period used: 0 minute 0 second"])  # fmt: skip
def test_lines_of_show_license_detail_of_a_gateway(line: str) -> None:
    """The capture is one line, and of an image without lock type to generation."""
    screen = show_license_detail([evaluation("cme-srst", 7, count=10)], Dialect(license_state_prefix=False))
    assert line in squeezed(screen)
    assert line in " ".join(capture_text("show-license-detail.cme-srst.eula-not-accepted.flattened.txt").split())


def capture_text(name: str) -> str:
    return (CAPTURES / name).read_text(encoding="utf-8")
