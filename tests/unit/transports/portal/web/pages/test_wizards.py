"""Each thing a customer does, from the first page to the file, and again."""

import csv
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from emulator.kernel.spreadsheet import LOOK_ALIKES, SIGNS
from tests.unit.transports.portal.lab import IAD, R1, R2, R3, Browser, Portal, credential


def test_a_list_with_wrong_rows_is_brought_back_to_be_corrected(portal: Portal, browser: Browser) -> None:
    portal.account("ann")
    pak, rows = portal.pak(5), f"{R1}\nCISCO881-K9:FTX14O5YDC9\nnonsense"
    browser.open("/register").send("/register", pak=pak, udis=rows, choice="all")
    [link] = browser.page.xpath("//a[text()='Correct the list']/@href")
    page = browser.open(link).page
    assert page.xpath("string(//textarea[@id='udis'])").strip() == rows
    assert page.xpath("//input[@id='pak']/@value") == [pak]
    other = portal.browser().log_in("ann").open(link)
    assert other.page.xpath("string(//textarea[@id='udis'])").strip() == ""
    assert pak not in other.text


def test_a_field_offers_what_the_caller_may_name_and_nothing_else(portal: Portal) -> None:
    portal.account("ann")
    portal.service.claim(R3, portal.now, by="ann", credential=credential(R3))
    own, others = portal.pak(2, owner="ann"), portal.pak(2)
    ann, lab = portal.browser().log_in("ann"), portal.browser().log_in("lab")
    offered = "//datalist[@id='{}-choices']/option/@value"
    assert ann.open("/demo").page.xpath(offered.format("udi")) == [str(R3)]
    assert set(lab.open("/demo").page.xpath(offered.format("udi"))) == {str(R1), str(R2), str(R3)}
    assert ann.open("/register").page.xpath(offered.format("pak")) == [own]
    assert set(lab.open("/register").page.xpath(offered.format("pak"))) == {own, others}


def test_order_register_and_download(portal: Portal, browser: Browser) -> None:
    browser.open("/orders/new").send("/orders/new", sku="L-880-AIS=", quantity="2", why="new branch")
    assert browser.path == "/mail/1"
    pak = portal.service.queries.paks(by="lab").items[0].code
    assert pak in browser.text
    browser.open(f"/register?pak={pak}").send("/register", pak=pak, udis=f"{R1}\n{R2}", mailed="yes")
    assert browser.path.startswith("/register/")
    assert "2 licenses issued." in browser.text
    [one, _] = browser.page.xpath("//a[starts-with(@href, '/licenses/')]")
    answer = browser.client.get(one.get("href"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{one.text}"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert portal.features(answer.content) == ["advipservices"]
    assert "0 of 2" in browser.open(f"/paks/{pak}").text
    assert str(R1) in browser.text
    assert len(browser.open("/mail").page.xpath("//tbody/tr")) == 3


def test_the_same_again_costs_nothing(portal: Portal, browser: Browser) -> None:
    pak = portal.pak(2)
    files = []
    for _ in range(3):
        browser.open("/register").send("/register", pak=pak, udis=str(R1))
        files.append(browser.page.xpath("//a[starts-with(@href, '/licenses/')]/@href"))
    assert files[0] == files[1] == files[2]
    assert "0 licenses issued. 1 device had one from this PAK already." in browser.text
    assert portal.service.queries.paks(by="lab").items[0].left == 1


def test_paper_is_told_to_be_under_way(browser: Browser) -> None:
    browser.open("/orders/new").send("/orders/new", sku="SL-880-AIS=", quantity="1")
    assert browser.path == "/orders"
    assert "The PAK comes by regular mail and arrives on 2010-03-06." in browser.text


def test_a_customer_waits_for_the_letter_with_the_pak(portal: Portal) -> None:
    portal.account("ann")
    ann = portal.browser().log_in("ann")
    ann.open("/orders/new").send("/orders/new", sku="SL-880-AIS=", quantity="2")
    placed = portal.service.queries.orders(by="lab").items[0]
    for address in ("/", "/orders", "/paks"):
        assert "in the mail, arrives 2010-03-06" in ann.open(address).text
        assert placed.pak not in ann.answer.text
        assert "/paks/" not in "".join(ann.page.xpath("//td//@href|//th//@href"))
    for address in ("/mail", "/audit", "/audit.csv"):
        assert placed.pak not in ann.open(address).answer.text
    assert ann.open(f"/paks/{placed.pak}").status == 404
    assert ann.open(f"/lost-pak?number={placed.number}").status == 409
    assert "arrives on 2010-03-06" in ann.text
    ann.open("/register").send("/register", pak=placed.pak, udis=str(R1))
    assert ann.errors == [f"PAK {placed.pak} is not known."]
    portal.now += 5 * 86_400_000
    for address in ("/", "/orders", "/paks", f"/mail/{1}", f"/lost-pak?number={placed.number}"):
        assert placed.pak in ann.open(address).text
    ann.open("/register").send("/register", pak=placed.pak, udis=str(R1))
    assert "1 license issued." in ann.text


def test_a_form_that_is_sent_twice_orders_once(portal: Portal, browser: Browser) -> None:
    """Send it twice, as a double click without a script does, or loading an answer anew that did not come."""
    browser.open("/orders/new")
    form = browser.page.xpath("//form[.//select]")[0]
    hidden = {each.get("name"): each.get("value") for each in form.xpath(".//input[@type='hidden']")}
    fields = {**hidden, "sku": "L-880-AIS=", "quantity": "2"}
    with ThreadPoolExecutor(2) as threads:
        answers = list(
            threads.map(lambda _: browser.client.post("/orders/new", data=fields, follow_redirects=False), range(2))
        )
    assert [answer.headers["Location"] for answer in answers] == ["/mail/1", "/mail/1"]
    assert portal.service.queries.orders(by="lab").total == 1
    assert "This form was sent before; nothing was done twice." in browser.open("/mail/1").text
    browser.client.post("/orders/new", data={**fields, "quantity": "3"})
    assert [each.quantity for each in portal.service.queries.orders(by="lab").items] == [3, 2], (
        "going back and changing it"
    )
    wrong = {**fields, "quantity": "6000"}
    assert [browser.client.post("/orders/new", data=wrong).status_code for _ in range(2)] == [409, 409]
    for key in ("", "x" * 101):
        assert browser.client.post("/orders/new", data={**fields, "form_key": key}).status_code == 403
    assert portal.service.queries.orders(by="lab").total == 2


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/extension", {"udi": str(R1), "feature": "advipservices", "period": "30d", "why": "case 1"}),
        ("/demo", {"udi": str(R1), "feature": "advipservices"}),
        ("/resend", {"udi": str(R1)}),
    ],
)
def test_what_adds_up_is_done_once_a_form(
    portal: Portal, browser: Browser, address: str, fields: dict[str, str]
) -> None:
    browser.open(address)
    hidden = {
        name: browser.page.xpath(f"//form//input[@name='{name}']/@value")[-1] for name in ("form_token", "form_key")
    }
    paths = [browser.client.post(address, data={**hidden, **fields}).url.path for _ in range(2)]
    assert paths == ["/mail/1", "/mail/1"]
    assert portal.service.outbox.count_letters(portal.now) == 1


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(portal: Portal, browser: Browser) -> None:
    browser.open("/orders/new").send("/orders/new", sku="L-880-AIS=", quantity="6000")
    assert browser.errors == ["A PAK is sold for 1 to 5000 licenses, not for 6000."]
    assert browser.page.xpath("//input[@id='quantity']/@value") == ["6000"]
    assert browser.page.xpath("//input[@id='quantity']/@aria-invalid") == ["true"]
    assert browser.page.xpath("//title/text()")[0].startswith("Error: ")
    browser.open("/orders/new").send("/orders/new", sku="L-880-AIS=", quantity="two")
    assert browser.errors == ["“two” is not a whole number; write digits alone, for example 10."]
    browser.open("/orders/new").send("/orders/new", sku="L-880-AIS=", quantity=" ")
    assert browser.errors == ["Fill in the quantity."]
    assert portal.service.queries.orders(by="lab").total == 0
    browser.open("/extension").send("/extension", udi=str(R1), feature="advipservices", period="30d", why=" ")
    assert browser.errors == ["Fill in the reason."]
    browser.open("/register").send("/register", pak="", udis="")
    assert browser.errors == ["Fill in the PAK."]
    browser.open("/register").send("/register", pak=portal.pak(), udis="")
    assert browser.errors == ["Name at least one device, or choose a file."]
    browser.open("/demo").send("/demo", feature="advipservices")
    assert browser.errors == ["Fill in the device."]
    browser.open("/demo").send("/demo", feature="advipservices", udi="nonsense")
    assert browser.errors == ["'nonsense' is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7."]


@pytest.mark.heavy
def test_a_big_list_all_or_none_and_then_the_good_ones(portal: Portal, browser: Browser) -> None:
    pak = portal.pak(5000)
    rows = [f"CISCO881-K9:FTX1405{number:04d}" for number in range(5000)]
    bad = list(range(3, 5000, 136))[:37]
    for number in bad:
        rows[number] = f"CISCO881-K9:BAD{number}"
    data = "\n".join(["pid:sn", *rows]).encode()
    browser.open("/register").send("/register", files={"file": data}, pak=pak, choice="all")
    browser.until_registered()
    assert "Nothing was registered. 37 of 5000 rows cannot be." in browser.text
    named = [int(number) for number in browser.page.xpath("//tbody/tr/th/text()")]
    assert named == [number + 2 for number in bad], "rows are numbered as in the file, heading included"
    assert portal.service.queries.paks(by="lab").items[0].left == 5000
    browser.send(browser.path + "/good")
    browser.until_registered()
    assert "4963 licenses issued." in browser.text
    assert "37 rows were passed over." in browser.text
    assert portal.service.queries.paks(by="lab").items[0].left == 37
    table = list(csv.DictReader(io.StringIO(browser.client.get(browser.path + "/rows.csv").text)))
    assert len(table) == 5000
    assert [int(row["row"]) - 2 for row in table if row["result"] == "wrong"] == bad
    archive = zipfile.ZipFile(io.BytesIO(browser.client.get(browser.path + "/licenses.zip").content))
    assert len(set(archive.namelist())) == 4963


def test_a_list_that_comes_in_with_formulas_goes_out_without(portal: Portal, browser: Browser) -> None:
    """Signs as they are typed, full-width, small or mathematical: every row is told, and none is computed."""
    pak = portal.pak(50)
    wrong = [f"{sign}cmd|'/C calc'!A{row}" for row, sign in enumerate(SIGNS + LOOK_ALIKES)]
    data = "\r\n".join([*wrong, f"\uff1d1;{R1}", str(R1), f"{R2},=1+1"]).encode("utf-8-sig")
    browser.open("/register").send("/register", files={"file": data}, pak=pak, choice="all")
    browser.until_registered()
    text = browser.client.get(browser.path + "/rows.csv").text
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert [cell for cell in cells if cell[:1] in set(SIGNS + LOOK_ALIKES)] == []
    for each in wrong:
        assert f"'{each}" in cells


def test_a_registration_belongs_to_who_began_it(portal: Portal, browser: Browser) -> None:
    portal.account("ann")
    browser.open("/register").send("/register", pak=portal.pak(), udis=str(R1))
    assert portal.browser().log_in("ann").open(browser.path).status == 404


def test_demo_resend_and_extension(portal: Portal, browser: Browser) -> None:
    browser.open("/demo").send("/demo", udi=str(R1), feature="advipservices")
    assert "Demo license issued" in browser.text
    browser.open("/demo").send("/demo", udi=str(R1), feature="advipservices")
    assert "has had its demo license" in browser.errors[0]
    browser.open("/extension").send("/extension", udi=str(R1), feature="advipservices", period="30d", why="case 1")
    assert browser.path.startswith("/mail/")
    browser.open("/extension").send("/extension", udi=str(R1), feature="advipservices", period="soon", why="case 1")
    assert browser.errors[0].startswith("'soon' is not a duration")
    browser.open("/resend").send("/resend", udi=str(R1))
    [link] = browser.page.xpath("//a[contains(@href, '/files/')]/@href")
    assert portal.features(browser.client.get(link).content) == ["advsecurity", "advipservices", "advipservices"]
    message = browser.client.get(browser.path + "/message.eml")
    assert message.headers["Content-Type"] == "message/rfc822"
    assert b"Content-Disposition: attachment" in message.content
    assert "case 1" in browser.open("/audit?act=extension").text


def test_a_registration_for_a_wrong_device_is_corrected(portal: Portal, browser: Browser) -> None:
    pak, wrong = portal.pak(), "CISCO881-K9:FTX1405YDX7"
    browser.open("/register").send("/register", pak=pak, udis=wrong)
    fields = {"pak": pak, "wrong": wrong, "right": str(R1)}
    browser.open("/correct").send("/correct", None, **fields, why=" ")
    assert browser.errors == ["Fill in the reason."]
    browser.open("/correct").send("/correct", None, **fields, why="case 4, two letters were swapped")
    assert browser.path.startswith("/mail/")
    assert f"What PAK {pak} issued is now that of {R1}." in browser.text
    assert "case 4, two letters were swapped" in browser.open("/audit?act=correct").text


def test_a_pak_that_brings_nothing_new_is_told_and_kept(portal: Portal, browser: Browser) -> None:
    browser.open("/register").send("/register", pak=portal.pak(), udis=str(R1))
    pak = portal.pak()
    browser.open("/register").send("/register", pak=pak, udis=str(R1))
    assert f"{R1} has a permanent license for advipservices already; PAK {pak} was not debited." in browser.text
    assert portal.service.queries.paks(by="lab", text=pak).items[0].left == 1


def test_rma_is_confirmed_before_anything_moves(portal: Portal, browser: Browser) -> None:
    browser.open("/register").send("/register", pak=portal.pak(), udis=str(R1))
    contract = portal.service.contract(R1, by="lab").number
    fields = {"failed": str(R1), "replacement": str(R2), "contract": contract, "why": "dead"}
    browser.open("/rma").send("/rma/check", None, **fields)
    assert "advipservices" in browser.text
    assert contract not in str(browser.page.xpath("//@href")), "no address tells it"
    assert portal.service.queries.device(R1, 0, by="lab").replaced_by is None
    browser.send("/rma/confirm", None, **fields)
    assert browser.path.startswith("/mail/")
    first = browser.client.get(browser.page.xpath("//a[contains(@href, '/files/')]/@href")[0]).content
    assert "took its place" in browser.open(f"/devices/{R1}").text
    browser.open("/rma").send("/rma/check", None, **fields).send("/rma/confirm", None, **fields)
    again = browser.client.get(browser.page.xpath("//a[contains(@href, '/files/')]/@href")[0]).content
    assert again == first


def test_an_rma_that_is_wrong_comes_back_to_the_form(portal: Portal, browser: Browser) -> None:
    browser.open("/rma").send("/rma/check", failed="x", replacement="")
    assert [error[:30] for error in browser.errors] == [
        "'x' is not a UDI; write PID:SN",
        "Fill in the replacement.",
        "Fill in the number of the fail",
    ]
    browser.open("/register").send("/register", pak=portal.pak(), udis=str(R1))
    fields = {"failed": str(R1), "replacement": str(R2), "contract": "WRONG"}
    browser.open("/rma").send("/rma/check", None, **fields).send("/rma/confirm", None, **fields)
    assert browser.status == 404
    assert browser.errors == [f"Service contract WRONG does not cover {R1}."]
    assert browser.page.xpath("//input[@id='replacement']/@value") == [str(R2)]


def test_rehost_with_both_tickets_gone_on_with_later(portal: Portal) -> None:
    portal.account("ann")
    pak = portal.pak(owner="ann")
    ann = portal.browser().log_in("ann")
    ann.open("/register").send("/register", pak=pak, udis=str(R1))
    ann.open(f"/rehost/choose?source={R1}&target={R2}")
    assert ann.errors == [f"{R1} is not among the devices of ann; its credential or its service contract adds it."]
    ann.open("/devices").send("/devices", udi=str(R1), contract=portal.service.contract(R1, by="lab").number)
    assert ann.path == f"/devices/{R1}"
    ann.open(f"/rehost/choose?source={R1}&target={R2}")
    assert "L-880-AIS=" in ann.text
    step = f"/rehost/choose?source={R1}&target={R2}"
    devices = {"source": str(R1), "target": str(R2)}
    ann.send(step, None, **devices, skus="L-880-AIS=")
    assert ann.errors == [f"The credential of {R1} is needed; its license save credential writes it."]
    ann.send(step, files={"credential": credential(R2)}, **devices, skus="L-880-AIS=")
    assert ann.errors == [f"The credential is that of {R2}, not of {R1}."]
    ann.send(step, files={"credential": credential(R1)}, **devices)
    assert ann.errors == ["Choose at least one product."]
    ann.send(step, files={"credential": credential(R1)}, **devices, skus="L-880-AIS=")
    case = ann.path
    assert case.startswith("/rehost/PT-")
    # Days later, at another desk.
    portal.now += 3 * 86_400_000
    ann = portal.browser().log_in("ann").open("/rehost")
    assert ann.page.xpath("//th/a/@href") == [case]
    ticket = ann.open(case).page.xpath("//a[starts-with(@href, '/tickets/')]/@href")[0]
    permission = ann.client.get(ticket)
    assert permission.headers["Content-Type"] == "application/xml"
    proof = portal.answered(permission.content)
    ann.open(case).send(case, files={"rehost_ticket": proof[:-40] + b"x" + proof[-39:]}, target=str(R2))
    assert ann.errors[0].startswith("The rehost ticket is not valid")
    ann.open(case).send(case, files={"rehost_ticket": proof, "credential": credential(R2)}, target=str(R2))
    assert ann.path.startswith("/mail/"), ann.errors
    assert str(R2) in ann.text
    assert "done" in ann.open(case).text
    ann.send(case, files={"rehost_ticket": proof, "credential": credential(R2)}, target=str(R2))
    assert ann.path.startswith("/mail/"), "the same again gives the same file"


def test_a_rehost_of_a_device_that_nobody_owns(portal: Portal, browser: Browser) -> None:
    """The lab registered it; ann has its credential, and so its permission ticket, and goes on with it."""
    browser.open("/register").send("/register", pak=portal.pak(), udis=str(R1))
    for user in ("ann", "bob"):
        portal.account(user)
    ann = portal.browser(fails=False).log_in("ann")
    step = f"/rehost/choose?source={R1}&target={R2}"
    devices = {"source": str(R1), "target": str(R2)}
    ann.open(step).send(step, files={"credential": credential(R1)}, **devices, skus="L-880-AIS=")
    assert ann.status == 200, ann.text
    assert ann.path.startswith("/rehost/PT-")
    assert "was issued and mailed to ann@customer.example" in ann.text
    case = ann.path
    assert ann.open("/rehost").page.xpath("//th/a/@href") == [case]
    assert case in ann.open("/").page.xpath("//ul[@class='needs']//a/@href")
    assert portal.browser().log_in("bob").open("/rehost").page.xpath("//th/a/@href") == []
    permission = ann.open(case).client.get(ann.page.xpath("//a[starts-with(@href, '/tickets/')]/@href")[0])
    proof = portal.answered(permission.content)
    ann.open(case).send(case, files={"rehost_ticket": proof, "credential": credential(R2)}, target=str(R2))
    assert ann.path.startswith("/mail/"), ann.errors
    assert "done" in ann.open(case).text


def test_the_same_permission_asked_for_by_two_at_the_same_moment(portal: Portal) -> None:
    portal.service.register(portal.pak(), [R1], 0, by="lab")
    portal.service.permission(R1, 0, by="lab")
    portal.account("ann")
    ann = portal.browser(fails=False).log_in("ann")
    step = f"/rehost/choose?source={R1}&target={R2}"
    ann.open(step).send(step, files={"credential": credential(R1)}, source=str(R1), target=str(R2), skus="L-880-AIS=")
    assert (ann.status, ann.path[:11]) == (200, "/rehost/PT-")


def test_a_rehost_into_another_family_is_refused_on_the_form(portal: Portal, browser: Browser) -> None:
    browser.open("/register").send("/register", pak=portal.pak(), udis=str(R1))
    browser.open(f"/rehost/choose?source={R1}&target={IAD}")
    assert "880 family" in browser.errors[0]
    assert browser.page.xpath("//input[@id='source']/@value") == [str(R1)]


def test_a_lost_pak_is_found_by_its_order(portal: Portal, browser: Browser) -> None:
    pak = portal.pak()
    number = portal.service.queries.orders(by="lab").items[0].number
    assert pak in browser.open(f"/lost-pak?number={number}").text
    browser.open("/lost-pak?number=1")
    assert browser.status == 404
    assert browser.page.xpath("string(//*[@id='number-problem'])") == "There is no sales order 1."
    assert browser.page.xpath("//input[@id='number']/@value") == ["1"]


def test_the_audit_log_has_filters_pages_and_a_harmless_csv(portal: Portal, browser: Browser) -> None:
    portal.service.order("L-880-AIS=", 1, 0, by="lab", why='=HYPERLINK("http://x")')
    portal.now += 3 * 86_400_000
    for _ in range(120):
        portal.pak()
    assert "1–100 of" in browser.open("/audit?act=order").text
    [more] = browser.page.xpath("//a[@rel='next']/@href")
    assert "101–121 of 121" in browser.open(more).text
    browser.open("/audit?act=order&until=2010-03-01")
    assert len(browser.page.xpath("//tbody/tr")) == 1
    browser.open("/audit?act=order&since=2010-03-02")
    assert "of 120" in browser.text
    assert browser.open("/audit?since=yesterday").status == 422
    answer = browser.client.get("/audit.csv?act=order")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 121
    assert rows[-1]["why"] == '\'=HYPERLINK("http://x")'
    assert rows[-1]["by"] == "lab"
    assert rows[-1]["at"] == "2010-03-01T09:00:00Z"


def test_accounts_passwords_and_tokens(portal: Portal, browser: Browser) -> None:
    browser.open("/accounts").send(
        "/accounts", user="ann", password="the first one", role="customer", address="ann@x.example", own_password="lab"
    )
    assert "ann@x.example" in browser.text
    ann, elsewhere = portal.browser().log_in("ann", "the first one"), portal.browser().log_in("ann", "the first one")
    ann.open("/account").send("/account/password", own_password="wrong", password="the second", repeated="the second")
    assert ann.errors == ["This is not your password."]
    ann.send("/account/password", own_password="the first one", password="the second", repeated="the secnd")
    assert ann.errors == ["The new password was not repeated as it is."]
    ann.send("/account/password", own_password="the first one", password="the second", repeated="the second")
    assert "The password was changed" in ann.text
    assert elsewhere.open("/").path == "/log-in", "the other sessions of the account ended"
    assert portal.browser().log_in("ann", "the second").path == "/"
    assert portal.service.accounts.get("ann").address == "ann@x.example"
    ann.open("/account").send("/account/tokens", name="nightly")
    assert ann.errors == ["This is not your password."]
    ann.send("/account/tokens", name="nightly", token_password="the second")
    secret = ann.page.xpath("//code[@id='secret']/text()")[0]
    assert secret not in ann.open("/account").answer.text, "it is shown once"
    headers = {"Authorization": f"Bearer {secret}"}
    assert ann.client.get("/api/v1/me", headers=headers).json()["user"] == "ann"
    [ask] = ann.page.xpath("//a[contains(@href, 'revoke')]/@href")
    assert "Revoke “nightly”?" in ann.open(ask).text
    assert ann.client.get("/api/v1/me", headers=headers).status_code == 200, "it was only asked"
    ann.send(ask)
    assert ann.open(ask).status == 404
    assert ann.client.get("/api/v1/me", headers=headers).status_code == 401


def test_an_account_that_there_is_is_changed_on_its_own_page_alone(portal: Portal, browser: Browser) -> None:
    portal.account("ann")
    browser.open("/accounts").send("/accounts", user="ann", password="another one", role="operator", own_password="lab")
    assert browser.status == 409
    assert browser.errors == ["There is an account 'ann' already; opening one does not change it."]
    assert portal.service.accounts.get("ann").role == "customer"
    ann = portal.browser().log_in("ann")
    assert ann.path == "/"
    browser.open("/accounts/ann").send("/accounts/ann", role="operator", address="", own_password="lab")
    assert "The account ann is changed: operator, ann@customer.example." in browser.text
    assert ann.open("/accounts").status == 200, "who is logged in stays so, now as an operator"
    browser.open("/accounts/ann").send("/accounts/ann", password="1234567", own_password="lab")
    assert browser.errors == ["A password has at least 8 characters."]
    browser.open("/accounts/ann").send("/accounts/ann", password="another one", own_password="lab")
    assert ann.open("/").path == "/log-in"
    assert portal.browser().log_in("ann", "another one").path == "/"
    assert browser.open("/accounts/nobody").status == 404


def test_the_last_operator_stays_one(portal: Portal, browser: Browser) -> None:
    browser.open("/accounts/lab").send("/accounts/lab", role="customer", own_password="lab")
    assert browser.status == 409
    assert browser.errors == ["lab is the last operator and stays one; make another account an operator first."]
    browser.open("/accounts/lab").send("/accounts/lab", password="the lab's own", own_password="lab")
    assert browser.path == "/account", "who changes the own password stays logged in"
    assert portal.service.accounts.get("lab").role == "operator"
    own = "the lab's own"
    browser.open("/accounts").send("/accounts", user="lab", password="another one", role="customer", own_password=own)
    assert browser.errors == ["There is an account 'lab' already; opening one does not change it."]


def test_the_file_of_a_license_that_has_moved_on_is_handed_out_no_more(portal: Portal, browser: Browser) -> None:
    browser.open("/register").send("/register", pak=portal.pak(), udis=str(R1))
    [link] = browser.page.xpath("//a[starts-with(@href, '/licenses/')]/@href")
    assert link in browser.open(f"/devices/{R1}").page.xpath("//a/@href")
    portal.service.rma(R1, R2, 0, by="lab", contract=portal.service.contract(R1, by="lab").number)
    assert link not in browser.open(f"/devices/{R1}").page.xpath("//a/@href")
    assert browser.open(link).status == 409
    assert "has since been transferred" in browser.text
