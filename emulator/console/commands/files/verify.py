"""`verify`: the MD5 of a file, compared or shown, and the hash that an image carries inside.

R: the lines and the dots; I: one dot for 128 KB and reading at 2.4 MB/s. Digests: `images/digests.py`.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.dialogs.copy_file import look_up, opened
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.images.digests import embedded_hashes, file_md5
from emulator.kernel.effects import Effect, Handler, Say, Wait
from emulator.kernel.time import SECOND
from emulator.router.events import FileVerified
from emulator.router.files.systems import BYTES_PER_MS, READ_BYTES_PER_MS, FileFault
from emulator.storage.filesystem import StoredFile
from emulator.storage.urls import FileUrl

HELP = {
    "verify": "Verify a file",
    "verify <url>": "File to be verified",
    "verify /md5": "Compute an md5 signature for a file",
    "verify /md5 <url>": "File to be verified",
    "verify /md5 <url> <digest>": "Expected md5 signature",
}

DOT = 128 * 1024


def verify_md5(session: Session, *, url: FileUrl, digest: str | None) -> Handler:
    file = yield from opened(session.router, url)
    if file is None or not (yield from _read(session, url, file)):
        return
    yield Say(wording("verify.done"))
    computed = file_md5(file.content, file.size, session.router.images)
    if digest is None:
        yield Say(wording("verify.md5", url=url.short, digest=computed))
    elif digest.lower() == computed:
        yield Say(wording("verify.agrees", url=url.short, digest=computed))
    else:
        yield Say(wording("verify.differs", url=url.short, digest=computed, submitted=digest.lower()))


def verify(session: Session, *, url: FileUrl) -> Handler:
    file = yield from opened(session.router, url)
    if file is None:
        return
    yield Say(wording("verify.integrity", url=url.short))
    if not (yield from _read(session, url, file)):
        return
    hashes = embedded_hashes(file.content, file.size)
    if hashes is None:
        yield Say(wording("verify.no_hash", url=url.short))
        return
    embedded, computed = hashes
    published = file_md5(file.content, file.size, session.router.images).upper()
    yield Say(wording("verify.hashes", embedded=embedded, computed=computed, published=published))
    yield Say(wording("verify.verified") if embedded == computed else wording("verify.bad_hash", url=url.short))


def _read(session: Session, url: FileUrl, file: StoredFile) -> Generator[Effect, Any, bool]:
    """Read a file from its beginning to its end, with dots; False: it went away, and that was told."""
    rate = BYTES_PER_MS if url.remote else READ_BYTES_PER_MS
    done = dots = 0
    while done < file.size:
        lasts = min(SECOND, (file.size - done) // rate + 1)
        yield Wait(lasts)
        done = min(done + lasts * rate, file.size)
        found = look_up(session.router, url)
        if isinstance(found, FileFault) or found.size != file.size:
            reason = found if isinstance(found, FileFault) else FileFault.GONE
            yield Say(wording("verify.failed", url=url.short, reason=reason))
            return False
        due = -(-done // DOT)
        if due > dots:
            yield Say("." * (due - dots))
        dots = due
    session.router.tell(FileVerified, file=file.name)
    return True


_FILE = "{<url:FileDevice> | <url:FileUrl>}"
_SOURCE = "IOS command reference"
COMMANDS = (
    Command(f"verify {_FILE}", modes=(EXEC,), privilege=PRIVILEGED, run=verify, output="verify", source=_SOURCE,
            basis="R"),
    Command(f"verify /md5 {_FILE} [<digest:Word>]", modes=(EXEC,), privilege=PRIVILEGED, run=verify_md5,
            output="verify", source=_SOURCE, basis="R"),
)  # fmt: skip
