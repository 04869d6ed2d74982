"""Letters leave the outbox once each, in order, to a real mail server or as files."""

import email
import socket
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from emulator.backend.mail import Mail
from emulator.backend.service import LicensingService
from emulator.transports.mail import Folder, Postman, Smtp
from emulator.transports.mail.postman import NotTaken
from tests.unit.transports.call_home.desks import AIS, ONE, service_at

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def service() -> Iterator[LicensingService]:
    service = service_at(None)
    pak = service.order(AIS, 1, 0, by="lab")[0].pak
    service.register(pak, [ONE], 0, by="lab")
    yield service
    service.close()


class Inbox:
    """What a mail server received; it can be told to refuse."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refuses = False

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the name that the library calls
        if self.refuses:
            return "451 not now"
        message = email.message_from_bytes(envelope.content, policy=SMTP)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    inbox = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield inbox, port
    controller.stop()


def test_a_letter_becomes_a_file_once(service: LicensingService, tmp_path: Path) -> None:
    postman = Postman(service, lambda: 0, Folder(tmp_path / "mail"))
    assert postman.round() == 2
    assert postman.round() == 0
    files = sorted((tmp_path / "mail").iterdir())
    assert len(files) == 2
    message = email.message_from_bytes(files[1].read_bytes(), policy=SMTP)
    assert isinstance(message, EmailMessage)
    [attachment] = message.iter_attachments()
    assert (attachment.get_filename() or "").startswith("FTX1405YDC7_")
    assert b"CISCO_WT_LICENSES" in attachment.get_content()


def test_a_letter_reaches_a_mail_server(service: LicensingService, inbox: tuple[Inbox, int]) -> None:
    received, port = inbox
    assert Postman(service, lambda: 0, Smtp("127.0.0.1", port)).round() == 2
    assert received.recipients == ["lab@customer.example"] * 2
    assert received.messages[0]["Message-ID"].startswith("<1.")
    assert "License file for" in received.messages[1]["Subject"]
    assert [each.get_filename() for each in received.messages[1].iter_attachments()]


def test_what_is_not_taken_stays_and_is_tried_again(service: LicensingService, inbox: tuple[Inbox, int]) -> None:
    received, port = inbox
    postman = Postman(service, lambda: 0, Smtp("127.0.0.1", port))
    received.refuses = True
    with pytest.raises(NotTaken, match="not now"):
        postman.round()
    received.refuses = False
    assert postman.round() == 2


def test_a_mail_server_that_is_not_there(service: LicensingService, inbox: tuple[Inbox, int]) -> None:
    with pytest.raises(NotTaken, match=r"127\.0\.0\.1 port 1: "):
        Postman(service, lambda: 0, Smtp("127.0.0.1", 1)).round()
    assert len(service.undelivered(0)) == 2


def test_a_folder_that_cannot_be_written(service: LicensingService, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("")
    with pytest.raises(NotTaken, match="File exists"):
        Postman(service, lambda: 0, Folder(tmp_path / "mail")).round()


def test_a_postman_that_walks(service: LicensingService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emulator.transports.mail.postman.ROUND", 0.01)

    class Hand:
        def __init__(self) -> None:
            self.letters: list[Mail] = []

        def take(self, letter: Mail) -> None:
            self.letters.append(letter)

    hand = Hand()
    postman = Postman(service, lambda: 0, hand)
    postman.start()
    for _ in range(500):
        if len(hand.letters) == 2:
            break
        time.sleep(0.01)
    postman.stop()
    assert [letter.number for letter in hand.letters] == [1, 2]


def test_a_letter_on_paper_waits_for_its_day(tmp_path: Path) -> None:
    service = service_at(None)
    service.order("SL-880-AIS=", 1, 0, by="lab")
    assert Postman(service, lambda: 0, Folder(tmp_path)).round() == 0
    assert Postman(service, lambda: 30 * 86_400_000, Folder(tmp_path)).round() == 1
    service.close()
