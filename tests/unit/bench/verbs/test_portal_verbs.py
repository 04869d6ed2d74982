"""The verbs of ordering and of the portal beyond the purchase of an upgrade."""

import pytest

from emulator.keys.documents import write_rehost_ticket
from emulator.licensing.types import LicenseType
from tests.backend_records import records_of
from tests.driver import UDI, BenchDriver, ConsoleDriver
from tests.tickets import rehost_ticket_for

OTHER = "CISCO881-K9:FTX1405YDC9"
KNOWN = "Known: SSL_VPN, advipservices, content-filter, ios-ips-update"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("portal demo R1 nothing", f"Licenses for 'nothing' are not given. {KNOWN}"),
        ("portal demo R9 advipservices", "unknown router 'R9'. Known: R1"),
        ("portal demo R1 L-IAD880-AIS=", f"L-IAD880-AIS= is for the iad880 family; {UDI} is of the 880 family."),
        (f"portal demo {OTHER} advipservices", f"{OTHER} is not a device that we made."),
        ("portal extension R1 advipservices 0s", "An extension is granted for some time up to 36400d, not for 0s."),
        ("portal extension R1 advipservices 99999999d", "'99999999d' is longer than a hundred years"),
        ("portal extension R1 SSL_VP 30d", "Licenses for 'SSL_VP' are not given. Did you mean SSL_VPN?"),
        ("portal lookup CISCO881-K8:FTX1405YDC7", "Product ID CISCO881-K8 is not known. Did you mean CISCO881-K9?"),
        ("portal lookup R9", "unknown router 'R9'. Known: R1"),
        ("portal account jo$ x", "'jo$' cannot be the name of an account."),
        ("portal account joe", "the command is incomplete; type ? for what may follow: a word (Password)"),
        ("order L-880-AIX= quantity 2", "SKU L-880-AIX= cannot be ordered. Did you mean L-880-AIS=?"),
    ],
)  # fmt: skip
def test_a_refusal_says_why_and_changes_nothing(bench: BenchDriver, line: str, message: str) -> None:
    assert bench.is_refused(line) == f"% {message}\n"
    assert bench.world.post.count() == 0


def test_the_name_of_a_router_may_be_written_in_any_case(bench: BenchDriver) -> None:
    assert bench.succeeds("portal lookup r1") == bench.succeeds("portal lookup R1")


def test_a_length_that_is_none_is_marked(bench: BenchDriver) -> None:
    assert "'long' is not understood here" in bench.is_refused("portal extension R1 advipservices long")


def test_without_internet_the_portal_is_used_from_elsewhere(bench: BenchDriver) -> None:
    bench.succeeds("internet R1 off")
    for line in ("portal demo {} advipservices", "portal extension {} advipservices 30d", "portal lookup {}"):
        assert bench.is_refused(line.format("R1")) == (
            "% the site of R1 has no Internet; the portal cannot be reached from there\n"
        )
        bench.succeeds(line.format(UDI))


def test_a_demo_license_comes_by_mail_and_is_installed(console: ConsoleDriver, bench: BenchDriver) -> None:
    assert bench.succeeds("portal demo R1 advipservices") == f"mail 1: License file for {UDI}\n"
    assert "  advipservices 1.0, Evaluation, 60d of use\n" in bench.succeeds("mail 1")
    file = bench.mail_to("usb")
    bench.succeeds("usb insert R1")
    console.type(f"license install usbflash0:{file}")
    console.sees("1/1 licenses were successfully installed")
    [_, demo] = console.router.activation.inventory.licenses.primary
    assert (demo.line.type, demo.line.exclusive) == (LicenseType.EVALUATION, False)
    assert bench.is_refused("portal demo R1 L-880-AIS=") == (
        f"% {UDI} has had its demo license for advipservices; a lost file can be sent again.\n"
    )


def test_an_extension_license_asks_for_the_agreement_and_brings_the_level(
    console: ConsoleDriver, bench: BenchDriver
) -> None:
    assert bench.succeeds("portal extension R1 advipservices 30d") == f"mail 1: License file for {UDI}\n"
    file = bench.mail_to("usb")
    bench.succeeds("usb insert R1")
    console.type(f"license install usbflash0:{file}", "yes").reload()
    assert console.router.running is not None
    assert console.router.running.level == "advipservices"
    assert "    advipservices  Extension  Active, In Use, 29d" in bench.succeeds("status R1")


def test_lookup_lists_what_was_ever_issued(bench: BenchDriver) -> None:
    assert bench.succeeds(f"portal lookup {OTHER}") == f"nothing was issued to {OTHER}\n"
    bench.succeeds("rack R2 CISCO881-K9 serial FTX1405YDC8")
    for sku in ("L-880-AIS=", "FL-WEBVPN-25-K9=", "L-IPS-880-1Y="):
        bench.succeeds(f"order {sku}")
        bench.succeeds(f"portal register {next(reversed(records_of(bench.world).paks))} R1")
    bench.succeeds("portal demo R1 SSL_VPN")
    bench.succeeds("portal rma R1 R2")
    assert bench.succeeds(f"portal lookup {UDI}") == (
        "20100301-000001  advsecurity 1.0, Permanent\n    Factory\n"
        "20100301-000003  advipservices 1.0, Permanent, replaced\n    License portal, registration, L-880-AIS=\n"
        "20100301-000004  SSL_VPN 1.0, Permanent, 25 at one time, replaced\n"
        "    License portal, registration, FL-WEBVPN-25-K9=\n"
        "20100301-000005  ios-ips-update 1.0, Subscription, until 2011-03-01, replaced\n"
        "    License portal, registration, L-IPS-880-1Y=\n"
        "20100301-000006  SSL_VPN 1.0, Evaluation, 60d of use, 10 at one time\n    License portal, demo\n"
    )
    assert bench.succeeds("portal lookup R2").splitlines()[:4] == [
        "20100301-000002  advsecurity 1.0, Permanent",
        "    Factory",
        "20100301-000007  advipservices 1.0, Permanent",
        f"    License portal, RMA of {UDI}, L-880-AIS=",
    ]


def test_an_account_can_be_opened(bench: BenchDriver) -> None:
    assert bench.succeeds("portal account joe s3cretw0rd") == "joe can log in\n"
    for user in ("joe", "lab"):
        assert bench.is_refused(f"portal account {user} another-one customer") == (
            f"% There is an account '{user}' already; opening one does not change it.\n"
        )
    assert bench.world.backend.accounts.logs_in("joe", "s3cretw0rd")
    assert bench.is_refused("portal account ann 1234567") == "% A password has at least 8 characters.\n"


def test_password_and_role_are_changed_by_acts_of_their_own(bench: BenchDriver) -> None:
    bench.succeeds("portal account joe s3cretw0rd")
    assert bench.succeeds("portal password joe an0therw0rd") == "joe has another password\n"
    assert bench.world.backend.accounts.password_mark("joe") is not None
    assert bench.succeeds("portal role joe operator") == "joe is an operator\n"
    assert bench.succeeds("portal role joe customer") == "joe is a customer\n"
    assert (
        bench.is_refused("portal role lab customer")
        == "% lab is the last operator and stays one; make another account an operator first.\n"
    )
    assert bench.is_refused("portal password nobody an0therw0rd").startswith("% ")


def test_an_extension_tells_why_it_was_granted(bench: BenchDriver) -> None:
    bench.succeeds("portal extension R1 advipservices 30d why case 600123, trial goes on")
    bench.succeeds("portal extension R1 advipservices 30d")
    told = bench.succeeds("portal audit")
    assert "(case 600123, trial goes on)" in told
    assert "(TAC)" in told


def test_order_offers_what_there_is(bench: BenchDriver) -> None:
    offered = bench.line.help("order ")
    for name, sku in bench.world.backend.skus.items():
        assert f"  {name:<16}  {sku.description}\n" in offered
    assert bench.line.help("order L-").split() == ["L-880-AIS=", "L-IAD880-AIS=", "L-IPS-880-1Y=", "WORD"]
    assert bench.line.complete("order FL-WEBVPN-1") == "order FL-WEBVPN-10-K9= "
    assert bench.succeeds("order l-iad") == (
        "sales order 447311870301: 1 x L-IAD880-AIS=\nmail 1: Product authorization key, sales order 447311870301\n"
    )
    assert "'order L-' is ambiguous" in bench.is_refused("order L-")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("portal demo ", "  WORD  Router or PID:SN\n"),
        ("portal demo R1 ", "  WORD  Feature or SKU\n"),
        ("portal extension R1 advipservices ", "  59d12h  Time of use, such as 30d\n"),
        ("portal lookup ", "  WORD  Router or PID:SN\n"),
        ("portal account ", "  WORD  User name\n"),
        ("portal account joe ", "  WORD  Password\n"),
    ],
)
def test_every_token_is_explained(bench: BenchDriver, typed: str, shown: str) -> None:
    assert shown in bench.line.help(typed)


def test_a_factory_license_has_its_proof(bench: BenchDriver) -> None:
    [stored] = bench.world.routers["R1"].activation.inventory.licenses.primary
    assert (stored.source, stored.created) == ("Factory", "2010-03-01T09:00:00.000Z")
    assert stored.proof
    bench.succeeds("rack R2 CISCO881-K9 factory advsecurity,advipservices")
    assert all(each.proof for each in bench.world.routers["R2"].activation.inventory.licenses.primary)


def test_the_service_contract_is_asked_for_at_an_rma(bench: BenchDriver) -> None:
    bench.succeeds("rack R2 CISCO881-K9 serial FTX1405YDC8")
    bench.succeeds("order L-880-AIS=")
    bench.succeeds(f"portal register {next(reversed(records_of(bench.world).paks))} R1")
    shown = bench.succeeds("portal contract R1")
    number = shown.split()[2]
    assert shown == f"service contract {number} for {UDI}, since Mon 2010-03-01 09:00:00 UTC\n"
    assert bench.is_refused(f"portal contract {OTHER}") == f"% {OTHER} is not a device that we made.\n"
    assert bench.is_refused("portal rma R1 R2 contract 12345") == (f"% Service contract 12345 does not cover {UDI}.\n")
    bench.succeeds(f"portal rma R1 R2 contract {number}")


def test_history_and_audit_tell_who_did_what_when_and_why(bench: BenchDriver) -> None:
    assert bench.succeeds(f"portal history {OTHER}") == f"nothing was done for {OTHER}\n"
    bench.succeeds("order L-880-AIS=")
    pak = next(reversed(records_of(bench.world).paks))
    bench.succeeds("advance 1d")
    bench.succeeds(f"portal register {pak} R1")
    bench.succeeds("portal permission R1 exception the lab is rebuilt")
    made, bought = "Mon 2010-03-01 09:00:00 UTC  factory  ", "Tue 2010-03-02 09:00:00 UTC  lab  "
    assert bench.succeeds("portal history R1") == (
        f"{made}manufacture {UDI} advsecurity\n"
        f"{bought}register {pak} {UDI}\n"
        f"{bought}permission {UDI} PT-20100302-000001 (the lab is rebuilt)\n"
    )
    assert bench.succeeds("portal audit").splitlines()[-2:] == [
        "Mon 2010-03-01 09:00:00 UTC  lab  order 447311870301 1 x L-880-AIS=",
        f"{made}manufacture {UDI} advsecurity",
    ]
    assert bench.succeeds("portal audit factory") == f"{made}manufacture {UDI} advsecurity\n"
    assert bench.succeeds("portal audit nobody") == "nothing was done\n"


def test_a_license_that_moved_too_often_needs_an_exception(bench: BenchDriver) -> None:
    bench.succeeds("rack R2 CISCO881-K9 serial FTX1405YDC8")
    bench.succeeds("order L-880-AIS=")
    bench.succeeds(f"portal register {next(reversed(records_of(bench.world).paks))} R1")
    for source, target in (("R1", "R2"), ("R2", "R1")):
        move(bench, source, target)
    assert bench.is_refused("portal permission R1").startswith("% L-880-AIS= may be moved 2 times in a year; license ")
    bench.succeeds("portal permission R1 exception moved house twice")


def move(bench: BenchDriver, source: str, target: str) -> None:
    """Carry a rehost through at the portal, the source's answer written for it."""
    bench.succeeds(f"portal permission {source}")
    [ticket] = [each.ticket for each in records_of(bench.world).open_permissions.values()]
    paper = write_rehost_ticket(rehost_ticket_for(ticket), bench.world.device_key(ticket.source))
    bench.world.store("tftp", "answer", paper, len(paper))
    bench.succeeds(f"portal rehost tftp:answer {target}")
