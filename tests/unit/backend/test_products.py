"""Subscriptions and counted licenses, what a PAK is worth, what a device has, the factory's file."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from emulator.backend import manufacturing
from emulator.backend.entities import IssuedState
from emulator.backend.refusals import PortalError
from emulator.backend.registration import years_later
from emulator.backend.transaction import MOST_STANDING
from emulator.backend.views import Entitlement, PakContent
from emulator.kernel.time import DAY, HOUR
from emulator.keys.documents import LICENSE_FILE_LIMIT, read_license_file
from emulator.keys.signing import Verifier
from emulator.licensing.file import FileLine
from emulator.licensing.lines import LicenseLine
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi

from .desk import IAD, R1, R2, START, Desk

IPS, WEBVPN10, WEBVPN25 = "L-IPS-880-1Y=", "FL-WEBVPN-10-K9=", "FL-WEBVPN-25-K9="
YEAR = 365 * DAY


@pytest.fixture
def desk() -> Desk:
    """R1 and R2 were made by us."""
    desk = Desk()
    for udi in (R1, R2):
        desk.manufacture(udi, ["advsecurity"], 0)
    return desk


def registered(desk: Desk, sku: str, now: int = 0) -> LicenseLine:
    [mail] = desk.register(desk.pak(sku=sku), [R1], now)
    [license_] = desk.licenses(mail)
    return license_.line


def test_a_subscription_ends_one_year_after_its_registration(desk):
    line = registered(desk, IPS, HOUR)
    end = datetime(2011, 3, 1, 10, tzinfo=UTC)
    assert line == LicenseLine(
        "20100301-000003", "ios-ips-update", LicenseType.SUBSCRIPTION, R1, ends=int(end.timestamp()) * 1000
    )


def test_registering_again_does_not_lengthen_it(desk):
    pak = desk.pak(sku=IPS)
    [first] = desk.register(pak, [R1], 0)
    [again] = desk.register(pak, [R1], 100 * DAY)
    assert again.attachments == first.attachments


def test_a_counted_license_allows_so_many_uses(desk):
    lines = [registered(desk, sku) for sku in (WEBVPN10, WEBVPN25)]
    assert [(line.feature, line.type, line.count, line.exclusive) for line in lines] == [
        ("SSL_VPN", LicenseType.PERMANENT, 10, False),
        ("SSL_VPN", LicenseType.PERMANENT, 25, False),
    ]


def test_the_mail_says_what_they_are(desk):
    registered(desk, IPS)
    registered(desk, WEBVPN25)
    assert (
        "Licenses in the attached file:\n"
        "  advsecurity 1.0, Permanent\n"
        "  ios-ips-update 1.0, Subscription, until 2011-03-01\n"
        "  SSL_VPN 1.0, Permanent, 25 at one time\n\n"
    ) in desk.resend(R1, DAY).body


def test_an_ended_subscription_is_not_sent_again_and_does_not_move(desk):
    registered(desk, IPS)
    assert len(desk.licenses(desk.resend(R1, YEAR - 1))) == 2
    assert len(desk.licenses(desk.resend(R1, YEAR))) == 1
    registered(desk, "L-880-AIS=", YEAR)
    assert [each.sku for each in desk.rehostable(R1, R2, YEAR)] == ["L-880-AIS="]
    assert [each.line.feature for each in desk.licenses(desk.rma(R1, R2, YEAR))] == ["advipservices"]


def test_rma_moves_what_was_bought_with_its_count_and_its_date(desk):
    lines = [registered(desk, sku) for sku in ("L-880-AIS=", IPS, WEBVPN10)]
    moved = [each.line for each in desk.licenses(desk.rma(R1, R2, DAY))]
    assert [
        (each.feature, each.type, each.count, each.ends, each.exclusive) for each in moved
    ] == [(each.feature, each.type, each.count, each.ends, each.exclusive) for each in lines]  # fmt: skip
    assert {each.udi for each in moved} == {R2}
    assert not {each.id for each in moved} & {each.id for each in lines}


def test_a_pak_can_be_looked_up(desk):
    pak = desk.pak(3, sku=WEBVPN10)
    content = PakContent(
        sku=WEBVPN10,
        description="SSL VPN for 10 users at one time, PAK sent by regular mail",
        feature="SSL_VPN",
        type=LicenseType.PERMANENT,
        count=10,
        ordered=3,
        available=3,
        families=("880", "iad880", "second generation"),
        registered=False,
    )
    before = desk.all_but_letters()
    assert desk.look_up(pak, R1) == desk.look_up(pak, IAD) == (content,)
    assert desk.all_but_letters() == before
    desk.register(pak, [R1], 0, sku=WEBVPN10)
    assert desk.look_up(pak, R1) == (msgspec.structs.replace(content, available=2, registered=True),)
    assert desk.look_up(pak, R2) == (msgspec.structs.replace(content, available=2),)


def test_everything_ever_issued_is_listed(desk):
    assert desk.entitlements(IAD) == ()
    line = registered(desk, "L-880-AIS=")
    desk.demo(R1, "SSL_VPN", 0)
    desk.rehost(desk.answered(R1), R2, 0)
    found = desk.entitlements(R1)
    assert found[1] == Entitlement(
        line,
        "License portal, registration",
        "2010-03-01T09:00:00.000Z",
        "L-880-AIS=",
        IssuedState.REHOSTED,
        "FTX1405YDC7_20100301090000000.lic",
    )
    with pytest.raises(PortalError, match="has since been transferred"):
        desk.queries.license_file(line.id, by="lab")
    assert [(each.line.feature, each.sku, each.state) for each in found] == [
        ("advsecurity", None, IssuedState.CURRENT),
        ("advipservices", "L-880-AIS=", IssuedState.REHOSTED),
        ("SSL_VPN", None, IssuedState.CURRENT),
    ]


def test_the_factory_has_a_file_for_each_device(desk):
    lines = desk.manufacture(IAD, ["advsecurity", "advipservices"], HOUR)
    before = desk.all_but_letters()
    entries = read_license_file(desk.factory_file(IAD), Verifier(desk.key.public))
    assert desk.all_but_letters() == before
    sound = [each for each in entries if isinstance(each, FileLine)]
    assert tuple(each.line for each in sound) == lines
    assert {(each.source, each.created) for each in sound} == {("Factory", "2010-03-01T10:00:00.000Z")}
    assert all(each.proof for each in sound)
    assert desk.factory_file(IAD) == desk.factory_file(IAD)


def test_a_replaced_device_still_has_its_factory_file(desk):
    registered(desk, "L-880-AIS=")
    before = desk.factory_file(R1)
    desk.rma(R1, R2, 0)
    assert desk.factory_file(R1) == before


def test_the_most_that_a_device_can_have_fits_into_one_file(desk):
    for _ in range(MOST_STANDING - 1):
        desk.extension(R1, "FL-WEBVPN-25-K9=", 36400 * DAY, 0)
    content = desk.resend(R1, 0).attachments[0].content
    assert len(content) < LICENSE_FILE_LIMIT
    assert len(read_license_file(content, Verifier(desk.key.public))) == MOST_STANDING


@pytest.mark.parametrize(
    ("moment", "later"),
    [
        ("2010-03-01T09:00Z", "2011-03-01T09:00Z"),
        ("2012-02-29T09:00Z", "2013-03-01T09:00Z"),
        ("2011-02-28T09:00Z", "2012-02-28T09:00Z"),
    ],
)
def test_a_year_is_a_year_of_the_calendar(moment, later):
    assert years_later(datetime.fromisoformat(moment), 1) == datetime.fromisoformat(later)


def test_a_subscription_bought_on_a_leap_day_ends_on_the_first_of_march(desk):
    now = (datetime(2012, 2, 29, 9, tzinfo=UTC) - START) // timedelta(milliseconds=1)
    line = registered(desk, IPS, now)
    assert line.ends == int(datetime(2013, 3, 1, 9, tzinfo=UTC).timestamp()) * 1000


def test_two_devices_may_have_contracts_of_the_same_number(desk, monkeypatch):
    monkeypatch.setattr(manufacturing, "contract_number", lambda *_: "132818042")
    others = [Udi("CISCO881-K9", f"FTX1405A00{place}") for place in (1, 2)]
    for udi in others:
        desk.manufacture(udi, [], 0)
    assert [desk.contract(udi).number for udi in others] == ["132818042"] * 2
