"""Writing a file that a command makes, and telling why it could not be written."""

from collections.abc import Generator
from typing import Any

from emulator.console.session.server_account import ask_password
from emulator.console.wording import wording
from emulator.kernel.effects import Effect, Say, Wait
from emulator.router.device import Router
from emulator.router.files.systems import printed_reason, time_to_fail
from emulator.storage.urls import FileUrl


def save(router: Router, url: FileUrl, content: bytes) -> Generator[Effect, Any, bool]:
    """Write the file whole; a fault is reported, and the value tells whether the file was written."""
    url = yield from ask_password(router, url)
    fault = router.files.cannot_save(url, len(content))
    if fault is None:
        yield Wait(router.files.transfer_time(len(content)))
        fault = router.files.write(url, content)
    else:
        yield Wait(time_to_fail(url, fault))
    if fault is None:
        return True
    yield Say(wording("file.open_failed", url=url.text or url.shown, reason=printed_reason(url, fault)))
    return False
