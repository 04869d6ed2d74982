"""Demo and extension licenses: what they grant, and that they stay with their device."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.backend.entities import IssuedState
from emulator.backend.mail import Mail
from emulator.backend.refusals import PortalError
from emulator.kernel.time import DAY, HOUR
from emulator.licensing.changes import LONGEST_PERIOD, InstallResult, examine
from emulator.licensing.file import FileLine
from emulator.licensing.lines import LicenseLine
from emulator.licensing.store import Licenses
from emulator.licensing.types import LicenseType

from .desk import IAD, R1, R2, R3, Desk


@pytest.fixture
def desk() -> Desk:
    """R1, R2 and IAD were made by us."""
    desk = Desk()
    for udi in (R1, R2, IAD):
        desk.manufacture(udi, ["advsecurity"], 0)
    return desk


def only(desk: Desk, mail: Mail) -> FileLine:
    [license_] = desk.licenses(mail)
    return license_


def test_a_demo_license_is_for_60_days_of_use_on_one_device(desk):
    mail = desk.demo(R1, "advipservices", HOUR)
    license_ = only(desk, mail)
    assert license_.line == LicenseLine(
        "20100301-000004", "advipservices", LicenseType.EVALUATION, R1, 60 * DAY, exclusive=False
    )
    assert (license_.source, license_.created) == ("License portal, demo", "2010-03-01T10:00:00.000Z")
    assert (mail.due, mail.sender, mail.subject) == (HOUR, "licensing@portal.example", f"License file for {R1}")
    assert mail.attachments[0].name == "FTX1405YDC7_20100301100000000.lic"
    assert mail.body == (
        "Your demo license for advipservices.\n\n"
        "Device (PID:SN): CISCO881-K9:FTX1405YDC7\n"
        "Licenses in the attached file:\n  advipservices 1.0, Evaluation, 60d of use\n\n"
        "Copy FTX1405YDC7_20100301100000000.lic to the device, run `license install` and reload."
        " The file works on this device only.\n"
    )


def test_an_extension_license_is_for_the_time_agreed_on(desk):
    mail = desk.extension(R1, "advipservices", 12 * DAY + HOUR, HOUR)
    license_ = only(desk, mail)
    assert license_.line == LicenseLine(
        "20100301-000004", "advipservices", LicenseType.EXTENSION, R1, 12 * DAY + HOUR, exclusive=False
    )
    assert license_.source == "TAC, extension"
    assert mail.body.startswith("Your extension license for advipservices, as agreed with the TAC.\n")
    assert "  advipservices 1.0, Extension, 12d1h of use\n" in mail.body


@given(st.integers(1, LONGEST_PERIOD))
@settings(max_examples=30, deadline=None)
def test_any_period_can_be_agreed_on_and_the_device_takes_it(period):
    desk = Desk()
    desk.manufacture(R1, ["advsecurity"], 0)
    line = only(desk, desk.extension(R1, "advipservices", period, 0)).line
    assert line.period == period
    assert examine(Licenses(), line, R1) is InstallResult.INSTALLED


def test_an_sku_stands_for_its_feature(desk):
    assert only(desk, desk.demo(R1, "L-880-AIS=", 0)).line.feature == "advipservices"
    assert only(desk, desk.extension(IAD, "L-IAD880-AIS=", DAY, 0)).line.feature == "advipservices"


def test_a_counted_feature_is_given_its_smallest_count_or_that_of_the_sku(desk):
    assert only(desk, desk.demo(R1, "SSL_VPN", 0)).line.count == 10
    assert only(desk, desk.extension(R1, "SSL_VPN", DAY, 0)).line.count == 10
    assert only(desk, desk.extension(R1, "FL-WEBVPN-25-K9=", DAY, 0)).line.count == 25
    assert only(desk, desk.demo(R1, "ios-ips-update", 0)).line.count is None


def test_a_demo_is_given_once_for_each_device_and_feature(desk):
    desk.demo(R1, "advipservices", 0)
    desk.demo(R1, "SSL_VPN", 0)
    desk.demo(R2, "advipservices", 0)
    with pytest.raises(PortalError) as caught:
        desk.demo(R1, "advipservices", 400 * DAY)
    assert str(caught.value) == f"{R1} has had its demo license for advipservices; a lost file can be sent again."
    assert [each.line.type for each in desk.licenses(desk.resend(R1, 0))] == [
        LicenseType.PERMANENT,
        LicenseType.EVALUATION,
        LicenseType.EVALUATION,
    ]


def test_extensions_can_be_granted_again_and_again(desk):
    lines = [only(desk, desk.extension(R1, "advipservices", days * DAY, 0)).line for days in (90, 30)]
    assert len({line.id for line in lines}) == 2
    assert [line.period for line in lines] == [90 * DAY, 30 * DAY]


def test_neither_moves_to_another_device(desk):
    desk.demo(R1, "advipservices", 0)
    desk.extension(R1, "advipservices", DAY, 0)
    for act in (lambda: desk.permission(R1, 0), lambda: desk.rma(R1, R2, 0), lambda: desk.rehostable(R1, R2, 0)):
        with pytest.raises(PortalError) as caught:
            act()
        assert str(caught.value) == f"{R1} has no purchased permanent license to transfer."
    desk.register(desk.pak(), [R1], 0)
    [moved] = desk.licenses(desk.rma(R1, R2, 0))
    assert moved.line.type is LicenseType.PERMANENT
    standing = [each.line.type for each in desk.state.licenses.values() if each.state is IssuedState.REPLACED]
    assert standing == [LicenseType.PERMANENT]


def test_a_replacement_may_have_its_own_demo(desk):
    desk.demo(R1, "advipservices", 0)
    desk.register(desk.pak(), [R1], 0)
    desk.rma(R1, R2, 0)
    assert only(desk, desk.demo(R2, "advipservices", 0)).line.udi == R2


def test_both_are_in_the_audit_log(desk):
    desk.demo(R1, "advipservices", 1)
    desk.extension(R1, "SSL_VPN", 30 * DAY, 2)
    assert [
        (entry.at, entry.act, entry.subject, entry.detail)
        for entry in reversed(desk.queries.audit(by="lab", limit=2).items)
    ] == [
        (1, "demo", str(R1), "advipservices 60d"),
        (2, "extension", str(R1), "SSL_VPN 30d"),
    ]


def test_the_same_calls_give_the_same_bytes():
    def story() -> list[object]:
        desk = Desk()
        desk.manufacture(R1, ["advsecurity"], 0)
        mails = [desk.demo(R1, "SSL_VPN", 1), desk.extension(R1, "advipservices", DAY, 2), desk.resend(R1, 3)]
        return [*mails, desk.factory_file(R1), desk.database.dump()]

    assert story() == story()


def test_an_unmade_device_is_not_given_any(desk):
    with pytest.raises(PortalError, match=r"^CISCO881-K9:FTX1405YDC9 is not a device that we made\.$"):
        desk.demo(R3, "advipservices", 0)
