"""The outbox, and letters as a mail server takes them."""

from email import message_from_bytes
from email.policy import default

import pytest

from emulator.backend.mail import Attachment, Mail, mail_as_eml
from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.kernel.time import DAY, HOUR

from .desk import R1, Desk


def parsed(letter: Mail):
    return message_from_bytes(mail_as_eml(letter), policy=default)


def test_a_license_travels_under_its_name():
    desk = Desk()
    [letter] = desk.register(desk.pak(), [R1], HOUR)
    message = parsed(letter)
    assert (message["From"], message["To"]) == ("licensing@portal.example", "lab@customer.example")
    assert message["Subject"] == f"License file for {R1}"
    assert message["Date"] == "Mon, 01 Mar 2010 10:00:00 +0000"
    assert message["Message-ID"].endswith("@portal.example>")
    assert message["MIME-Version"] == "1.0"
    [attachment] = message.iter_attachments()
    assert attachment.get_filename() == "FTX1405YDC7_20100301100000000.lic"
    assert attachment.get_content() == letter.attachments[0].content
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == letter.body


def test_the_same_letter_gives_the_same_bytes_and_another_letter_others():
    desk = Desk()
    first, again = (desk.register(desk.pak(sku="FL-WEBVPN-10-K9="), [R1], 0)[0] for _ in range(2))
    assert mail_as_eml(first) == mail_as_eml(desk.outbox.letter(first.number, 0, by="lab"))
    ids = {parsed(each)["Message-ID"] for each in (first, again)}
    assert len(ids) == 2


def test_lines_end_as_the_standard_wants_and_are_not_too_long():
    desk = Desk()
    for letter in (desk.order("SL-880-AIS=", 1, 0)[1], desk.register(desk.pak(), [R1], 0)[0]):
        data = mail_as_eml(letter)
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert max(map(len, data.split(b"\r\n"))) <= 998


def test_a_letter_on_paper_comes_from_the_ordering_office():
    _, letter = Desk().order("SL-880-AIS=", 1, 0)
    assert parsed(letter)["From"] == '"Ordering, by regular mail" <orders@portal.example>'
    assert parsed(letter)["Date"] == "Sat, 06 Mar 2010 09:00:00 +0000"


def test_nothing_can_be_added_to_the_head():
    letter = Mail(0, "a@b.example", "x\r\nBcc: eve@evil.example", "text", to="joe@c.example")
    with pytest.raises(ValueError, match="linefeed"):
        mail_as_eml(letter)


def test_words_of_any_language_travel():
    letter = Mail(0, "a@b.example", "Lizenz für Zürich", "Grüße\n", (Attachment("x.bin", b"\0\xff"),), to="j@c.example")
    message = parsed(letter)
    assert message["Subject"] == letter.subject
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == letter.body
    assert next(message.iter_attachments()).get_content() == b"\0\xff"


def test_a_letter_is_delivered_until_it_is_said_to_be():
    desk = Desk()
    desk.order("SL-880-AIS=", 1, 0)
    desk.order("L-880-AIS=", 1, 0)
    assert [each.number for each in desk.outbox.undelivered(0)] == [2]
    assert desk.outbox.undelivered(5 * DAY)[-1].number == 1
    desk.outbox.delivered(2, 0)
    assert [each.number for each in desk.outbox.undelivered(5 * DAY)] == [1]
    assert desk.outbox.undelivered(0) == []
    assert len(desk.outbox.letters(5 * DAY)) == 2, "it stays in the mailbox"


def test_what_is_not_mailed_is_in_no_outbox():
    desk = Desk()
    [letter] = desk.register(desk.pak(), [R1], 0, mailed=False)
    assert letter.number == 0
    assert letter.attachments
    assert desk.outbox.count_letters(0) == 1
    for act in (desk.resend, desk.permission):
        assert act(R1, 0, mailed=False).number == 0
    assert desk.outbox.count_letters(0) == 1


def test_letters_are_posted_after_the_act_and_only_then():
    desk = Desk()
    seen: list[Mail] = []
    desk._posted = seen.extend
    _, letter = desk.order("SL-880-AIS=", 1, 0)
    assert seen == [letter]
    with pytest.raises(PortalError):
        desk.order("nothing", 1, 0)
    assert seen == [letter]


def test_a_letter_that_has_not_come_is_not_shown():
    desk = Desk()
    _, letter = desk.order("SL-880-AIS=", 1, 0)
    with pytest.raises(PortalError) as caught:
        desk.outbox.letter(letter.number, 5 * DAY - 1, by="lab")
    assert caught.value.refusal is PortalRefusal.UNKNOWN_LETTER
    assert desk.outbox.letter(letter.number, 5 * DAY, by="lab") == letter
