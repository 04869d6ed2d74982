"""Mail and files: reading letters, putting attachments, images and own files where a router finds them."""

from pathlib import Path

from emulator.backend.mail import Mail
from emulator.bench.session import Bench
from emulator.console.grammar import Command
from emulator.images.digests import published_md5
from emulator.kernel.effects import Handler, Say
from emulator.kernel.errors import Refused
from emulator.kernel.time import clock_line

HELP = {
    "mail": "Read the mail",
    "mail <number>": "One letter",
    "mail save": "Store a letter's attachments",
    "mail save <number>": "Letter",
    "mail save <number> usb": "On the USB stick",
    "mail save <number> tftp": "On the lab's TFTP server",
    "software": "Use the Software Center",
    "software get": "Download an image",
    "software get <image>": "Universal image",
    "software get <image> usb": "On the USB stick",
    "software get <image> tftp": "On the lab's TFTP server",
    "put": "Copy a file of this computer to the lab",
    "put usb": "On the USB stick",
    "put usb <file>": "File on this computer",
    "put tftp": "On the lab's TFTP server",
    "put tftp <file>": "File on this computer",
    "files": "List what is on a medium",
    "files usb": "The USB stick",
    "files tftp": "The lab's TFTP server",
}

KEPT_CONTENT = 1 << 20
"""Of a larger file only the size is kept: nothing in the twin reads that far."""


def read_mail(bench: Bench, *, number: int | None) -> Handler:
    if number is None:
        letters = bench.world.post.subjects()
        for index, (due, subject) in enumerate(letters, 1):
            yield Say(f"{index:3d}  {clock_line(bench.world.calendar(due))}  {subject}\n")
        if not letters:
            yield Say("no mail\n")
        return
    letter = _letter(bench, number)
    yield Say(f"From: {letter.sender}\nSubject: {letter.subject}\n\n{letter.body.rstrip()}\n")
    for attachment in letter.attachments:
        yield Say(f"Attachment: {attachment.name} ({len(attachment.content)} bytes)\n")


def save_mail(bench: Bench, *, number: int, medium: str) -> Handler:
    letter = _letter(bench, number)
    if not letter.attachments:
        raise Refused(f"letter {number} has no attachment")
    for attachment in letter.attachments:
        bench.world.store(medium, attachment.name, attachment.content, len(attachment.content))
        yield Say(f"{attachment.name} saved to {medium}\n")


def _letter(bench: Bench, number: int) -> Mail:
    if (letter := bench.world.post.letter(number)) is None:
        raise Refused(f"there is no letter {number}")
    return letter


def software(bench: Bench, *, image: str, medium: str) -> Handler:
    name = bench.world.download(image, medium)
    yield Say(f"{name} downloaded to {medium}\nMD5 {published_md5(bench.world.images.get(name))}\n")


def put(bench: Bench, *, file: str, medium: str) -> Handler:
    try:
        path = Path(file).expanduser()
        if not path.is_file():
            raise Refused(f"{file} is not a file of this computer")
        size = path.stat().st_size
        with path.open("rb") as source:
            content = source.read(KEPT_CONTENT)
    except (OSError, RuntimeError, ValueError) as error:
        raise Refused(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    bench.world.store(medium, path.name, content, size)
    yield Say(f"{path.name} ({size} bytes) put on {medium}\n")


def list_files(bench: Bench, *, medium: str) -> Handler:
    for file in bench.world.medium(medium).files:
        yield Say(f"{'directory' if file.directory else file.size:>12}  {file.name}\n")


MODES = ("bench",)
COMMANDS = (
    Command("mail [<number:Count>]", modes=MODES, run=read_mail),
    Command("mail save <number:Count> <medium:usb|tftp>", modes=MODES, run=save_mail),
    Command("software get <image:Word> <medium:usb|tftp>", modes=MODES, run=software),
    Command("put <medium:usb|tftp> <file:Line>", modes=MODES, run=put),
    Command("files <medium:usb|tftp>", modes=MODES, run=list_files),
)
