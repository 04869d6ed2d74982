"""Files that the portal issued are put where the routers of the lab find it, by operators."""

from collections.abc import Sequence
from secrets import token_hex

import pytest

from emulator.kernel.errors import Refused
from emulator.transports.portal.lab_media import Medium, MediumFile
from tests.unit.transports.portal.lab import R1, R2, Browser, Portal


class Media:
    """A TFTP server, and a stick that is plugged into a router."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def all(self) -> Sequence[Medium]:
        files = tuple(MediumFile(name, len(content)) for name, content in self.files.items())
        return (
            Medium("tftp", "the lab's TFTP server", "tftp://10.0.0.1/", files),
            Medium("usb", "the USB stick", "usbflash0:", away="the USB stick is in R1; remove it first"),
        )

    def read(self, medium: str, name: str) -> bytes | None:
        return self.files.get(name) if medium == "tftp" else None

    def store(self, medium: str, name: str, content: bytes) -> None:
        if medium == "usb":
            raise Refused("the USB stick is in R1; remove it first")
        self.files[name] = content


@pytest.fixture
def media() -> Media:
    return Media()


@pytest.fixture
def lab(media: Media) -> Browser:
    """An operator at a portal with a lab; R1 has a license."""
    portal = Portal(media=media)
    portal.service.register(portal.pak(2), [R1], 0, by="lab")
    return portal.browser().log_in()


def _put(browser: Browser, address: str, medium: str = "tftp", kind: str = "") -> None:
    """Press the button beside the last file of a page."""
    [*_, form] = browser.open(address).page.xpath(
        f"//form[@action='/files'][.//input[@name='what'][starts-with(@value, '{kind}')]]"
    )
    hidden = {each.get("name"): each.get("value") for each in form.xpath(".//input[@type='hidden']")}
    del hidden["form_token"]
    browser.send("/files", medium=medium, **hidden)


def test_a_license_file_is_put_there_from_each_page_that_shows_it(lab: Browser, media: Media) -> None:
    pak = lab.portal.service.queries.paks(by="lab").items[0].code
    for address in (f"/devices/{R1}", f"/paks/{pak}", "/mail/2"):
        media.files.clear()
        _put(lab, address)
        assert lab.path == address, "one goes on where one was"
        [(name, content)] = media.files.items()
        assert f"{name} is on the lab's TFTP server. On the router: license install tftp://10.0.0.1/{name}" in lab.text
        assert lab.portal.features(content) == ["advipservices"]
    shown = lab.open("/files")
    assert f"license install tftp://10.0.0.1/{name}" in shown.text
    assert "The USB stick is in R1; remove it first." in shown.text
    assert lab.client.get(f"/files/tftp/{name}").content == content


def test_a_transfer_goes_by_the_files_of_the_lab(lab: Browser, media: Media) -> None:
    lab.open("/rehost").send("/rehost", source=str(R1), target=str(R2))
    lab.send(str(lab.answer.url), source=str(R1), target=str(R2), skus="L-880-AIS=")
    case = lab.path
    _put(lab, case, kind="ticket")
    [(name, permission)] = media.files.items()
    assert f"copy tftp://10.0.0.1/{name} flash:" in lab.open(case).text
    media.files["rehost.xml"] = lab.portal.answered(permission)
    assert "rehost.xml on the lab's TFTP server" in lab.open(case).text
    lab.send(case, lab_ticket="tftp:rehost.xml", target=str(R2))
    assert lab.path.startswith("/mail/"), lab.errors


def test_a_stick_in_a_router_is_told(lab: Browser, media: Media) -> None:
    _put(lab, f"/devices/{R1}", "usb")
    assert lab.errors == ["The USB stick is in R1; remove it first."]
    assert media.files == {}


def test_what_there_is_not_cannot_be_put(lab: Browser, media: Media) -> None:
    for what in ("license x", "ticket x", "letter 2 x", "letter x y", "letter", token_hex(4), ""):
        lab.open("/files").send("/files", medium="tftp", what=what)
        assert lab.status in {404, 422}, what
    lab.open("/files").send("/files", medium="disk", what="ticket x")
    assert lab.status == 404
    assert lab.client.get("/files/tftp/x").status_code == 404
    assert media.files == {}


def test_a_customer_has_no_files_of_the_lab(lab: Browser, media: Media) -> None:
    lab.portal.account("ann")
    lab.portal.service.claim(R1, 0, by="lab", owner="ann")
    ann = lab.portal.browser().log_in("ann")
    assert not ann.open(f"/devices/{R1}").page.xpath("//form[@action='/files']")
    media.files["secret.xml"] = b"x"
    assert ann.open("/files").status == 403
    assert ann.open("/files/tftp/secret.xml").status == 403
    ann.open("/account").send("/files", medium="tftp", what="ticket x")
    assert ann.status == 403


def test_without_a_lab_nothing_is_offered(browser: Browser) -> None:
    browser.portal.service.register(browser.portal.pak(), [R1], 0, by="lab")
    assert not browser.open(f"/devices/{R1}").page.xpath("//form[@action='/files']")
    assert "served without a lab" in browser.open("/files").text
