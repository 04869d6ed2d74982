"""A portal with a back end in memory, three routers from the factory, and somebody at a browser."""

import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from lxml import etree

from emulator.backend.service import LicensingService
from emulator.backend.skus import load_skus
from emulator.backend.store.database import Database
from emulator.backend.store.plain import Plain
from emulator.kernel.time import Instant
from emulator.keys.documents import read_license_file, read_permission_ticket, write_credential, write_rehost_ticket
from emulator.keys.sealing import SealingKey, derive_sealing_key
from emulator.keys.signing import SigningKey, Verifier, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.file import FileLine
from emulator.licensing.udi import Udi
from emulator.transports.portal import PortalSettings, portal_app
from emulator.transports.portal.context import Portal as OpenedPortal
from emulator.transports.portal.lab_media import LabMedia
from tests.tickets import rehost_ticket_for, source_of
from tests.web_client import WebClient

R1, R2, R3 = (Udi("CISCO881-K9", f"FTX1405YDC{number}") for number in (7, 8, 9))
IAD = Udi("IAD881F-K9", "FTX1405YDD1")
SEED = 7
START = datetime(2010, 3, 1, 9, tzinfo=UTC)


class Clock:
    """Wall time, in seconds, that moves only when the test says so."""

    def __init__(self) -> None:
        self.seconds = 5000.0

    def __call__(self) -> float:
        return self.seconds


class Portal:
    """The served thing, and its hands behind the counter."""

    def __init__(
        self,
        *,
        secure: bool = True,
        database: Database | None = None,
        content: Plain | None = None,
        gallery: bool = False,
        media: LabMedia | None = None,
    ) -> None:
        self.now: Instant = 0
        self.wall = Clock()
        self.key = derive_signing_key(WorldSecret.known(SEED), "portal")
        families = {"CISCO881-K9": "880", "CISCO881GW-GN-A-K9": "880", "IAD881F-K9": "iad880"}
        database = database or Database()
        if content is not None:
            database.load(content)
        self.service = LicensingService(
            database,
            load_skus(),
            families,
            self.key,
            device_verifier=lambda udi: Verifier(device_key(udi).public),
            device_seal=lambda udi: sealing_key(udi).public,
            calendar=calendar,
        )
        for udi in (R1, R2, R3) if content is None else ():
            self.service.manufacture(udi, ["advsecurity"], 0)
        settings = PortalSettings(secure=secure, clock=self.wall, gallery=gallery)
        self.warnings: list[str] = []
        self.app = portal_app(self.service, lambda: self.now, calendar, settings, lambda: self.warnings, media=media)
        self.opened: OpenedPortal = self.app.state.portal

    def browser(self, **options: bool) -> "Browser":
        return Browser(self, **options)

    def account(self, user: str) -> None:
        """A customer, with the password that `Browser.log_in` takes for granted."""
        self.service.accounts.add(user, password_of(user), self.now, by="lab")

    def pak(self, quantity: int = 1, owner: str | None = None) -> str:
        return self.service.order("L-880-AIS=", quantity, self.now, by="lab", owner=owner)[0].pak

    def token(self, user: str = "lab") -> str:
        return self.service.accounts.new_token(user, "test", self.now, by=user, entropy=user.encode().ljust(32, b"0"))[
            1
        ]

    def features(self, file: bytes) -> list[str]:
        """The features of a license file of this portal, none of whose lines is damaged."""
        features = []
        for line in read_license_file(file, Verifier(self.key.public)):
            assert isinstance(line, FileLine)
            features.append(line.line.feature)
        return features

    def answered(self, permission: bytes) -> bytes:
        """The rehost ticket with which the source answers a permission ticket."""
        ticket = read_permission_ticket(permission, Verifier(self.key.public), sealing_key(source_of(permission)))
        return write_rehost_ticket(rehost_ticket_for(ticket), device_key(ticket.source))


class Browser:
    """Person who reads pages and fills in forms, without a script."""

    def __init__(self, portal: Portal, *, fails: bool = True) -> None:
        self.portal = portal
        self.client = WebClient(portal.app, "https://portal.example", raise_server_exceptions=fails)
        self.open("/log-in")

    def open(self, address: str) -> "Browser":
        self.answer = self.client.get(address)
        return self

    def send(self, address: str, /, files: Mapping[str, bytes] | None = None, **fields: str) -> "Browser":
        """Send a form as it stands on the page that is open, with its token."""
        token = re.search(r'name="form_token" value="([^"]+)"', self.answer.text)
        assert token, "there is no form on this page"
        if key := re.search(r'name="form_key" value="([^"]+)"', self.answer.text):
            fields = {"form_key": key[1], **fields}
        given = {name: (name + ".txt", content) for name, content in (files or {}).items()}
        self.answer = self.client.post(address, data={"form_token": token[1], **fields}, files=given or None)
        return self

    def until_registered(self) -> "Browser":
        """Wait for the end of the registration whose page is open: a list of more than 100 rows goes on behind it."""
        for _ in range(600):
            state = self.client.get(f"{self.path}/state").json()
            if state["finished"]:
                assert state["done"] == state["total"]
                return self.open(self.path)
            assert "This page goes on by itself" in self.open(self.path).text or state["done"] <= state["total"]
            time.sleep(0.05)
        raise AssertionError("the registration does not end")

    def log_in(self, user: str = "lab", password: str | None = None) -> "Browser":
        self.open("/log-in")
        return self.send("/log-in", user=user, password=password_of(user) if password is None else password)

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def path(self) -> str:
        return self.answer.url.path

    @property
    def page(self) -> etree._Element:
        return etree.HTML(self.answer.text)

    @property
    def text(self) -> str:
        """Text of the page, white space evened out."""
        return _words(self.page)

    @property
    def errors(self) -> list[str]:
        """The sentences that tell what is wrong, each once; every link of their summary leads to a field."""
        for link in self.page.xpath("//*[@class='errors']//a/@href"):
            assert self.page.xpath(f"//*[@id='{link[1:]}']"), f"the link {link} leads nowhere"
        told = [_words(found) for found in self.page.xpath("//*[@class='errors']//p|//p[@class='problem']")]
        assert len(told) == len(set(told)), "a sentence stands there twice"
        return told


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def password_of(user: str) -> str:
    return user if user == "lab" else f"{user}'s secret"


def credential(udi: Udi) -> bytes:
    """File that `license save credential` writes on a device."""
    return write_credential(udi, "c880data-universalk9-mz", "2010-03-01T09:00:00Z", "n1", device_key(udi))


def device_key(udi: Udi) -> SigningKey:
    return derive_signing_key(WorldSecret.known(SEED), f"device {udi}")


def sealing_key(udi: Udi) -> SealingKey:
    return derive_sealing_key(WorldSecret.known(SEED), f"device {udi}")


def calendar(now: Instant) -> datetime:
    return START + timedelta(milliseconds=now)
