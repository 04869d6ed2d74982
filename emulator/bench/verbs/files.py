"""Mail and files: reading letters, putting attachments, images and own files where a router finds them, and back.

What a router wrote (a credential, a rehost ticket, a saved license) leaves the lab by `get`, for a browser to send.
"""

from pathlib import PurePosixPath

from emulator.backend.mail import Mail
from emulator.bench.session import Bench, FileToRead
from emulator.grammar import Command
from emulator.images.digests import published_md5
from emulator.kernel.effects import Handler, Say
from emulator.kernel.errors import Refused
from emulator.kernel.time import clock_line
from emulator.world.site_network import SERVER_HOST

TFTP = f"the lab's TFTP server, tftp://{SERVER_HOST}/"
ON_TFTP = f"On {TFTP}"
HELP = {
    "mail": "Read the mail",
    "mail <number>": "One letter",
    "mail save": "Store a letter's attachments",
    "mail save <number>": "Letter",
    "mail save <number> usb": "On the USB stick",
    "mail save <number> tftp": ON_TFTP,
    "software": "Use the Software Center",
    "software get": "Download an image",
    "software get <image>": "Universal image",
    "software get <image> usb": "On the USB stick",
    "software get <image> tftp": ON_TFTP,
    "put": "Copy a file of this computer to the lab",
    "put usb": "On the USB stick",
    "put usb <file>": "File on this computer",
    "put tftp": ON_TFTP,
    "put tftp <file>": "File on this computer",
    "get": "Copy a file of the lab to this computer",
    "get <file>": "File on the medium",
    "get <file> usb": "From the USB stick",
    "get <file> tftp": f"From {TFTP}",
    "files": "List the files on a medium",
    "files usb": "The USB stick",
    "files tftp": f"The {TFTP.removeprefix('the ')}",
}
for _medium in ("usb", "tftp"):
    HELP[f"get <file> {_medium} replace"] = "Write over a file that is there already"
    for _before in (f"get <file> {_medium}", f"get <file> {_medium} replace"):
        HELP[f"{_before} to"] = "Elsewhere than in the current directory, or under another name"
        HELP[f"{_before} to <path>"] = "File or directory on this computer"


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


def put(bench: Bench, *, file: FileToRead, medium: str) -> Handler:
    taken = bench.file
    if taken is None or taken.problem:
        raise Refused(taken.problem if taken else f"the content of {file.path} is not known")
    bench.world.store(medium, taken.name, taken.content, taken.size)
    yield Say(f"{taken.name} ({taken.size} bytes) put on {medium}\n")


def get(bench: Bench, *, file: str, medium: str, replace: str | None, path: str | None) -> Handler:
    stored = bench.world.medium(medium).find(file)
    if stored is None:
        raise Refused(f"there is no file {file} on {medium}")
    if stored.directory:
        raise Refused(f"{file} on {medium} is a directory; get its files one by one")
    if len(stored.content) != stored.size:
        raise Refused(f"of {file} on {medium} only the size is kept here, {stored.size} bytes; it cannot be copied out")
    where = bench.files.write(PurePosixPath(stored.name).name, stored.content, path, over=replace is not None)
    yield Say(f"{stored.name} ({stored.size} bytes) written to {where}\n")


def list_files(bench: Bench, *, medium: str) -> Handler:
    for file in bench.world.medium(medium).files:
        yield Say(f"{'directory' if file.directory else file.size:>12}  {file.name}\n")


MODES = ("bench",)
COMMANDS = (
    Command("mail [<number:Count>]", modes=MODES, run=read_mail, look=True),
    Command("mail save <number:Count> <medium:usb|tftp>", modes=MODES, run=save_mail),
    Command("software get <image:Image> <medium:usb|tftp>", modes=MODES, run=software),
    Command("software get <image:Word> <medium:usb|tftp>", modes=MODES, run=software),
    Command("put <medium:usb|tftp> <file:FileToRead>", modes=MODES, run=put),
    Command("get <file:Word> <medium:usb|tftp> [<replace:replace>] [to <path:FileToWrite>]", modes=MODES, run=get,
            aside=True),
    Command("files <medium:usb|tftp>", modes=MODES, run=list_files, look=True),
)  # fmt: skip
