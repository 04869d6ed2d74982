"""A request with an `Idempotency-Key`: sent again, because its answer was lost, it is answered again and done once.

The key belongs to the account. Under another request it is refused (422). The answer is kept beside the key, unless it
has a secret in it, which is shown once; where it is not kept, the request is refused (409) and nothing is done.
"""

from typing import Any

import msgspec

from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.backend.request_key import RequestKey
from emulator.transports.portal.key_turns import KeyTurns
from emulator.transports.portal.operation import File, Operation, PortalRequest
from emulator.transports.portal.problems import KeyReused, refused
from emulator.transports.web.problems import BadInput

HEADER = "Idempotency-Key"
LONGEST = 255


def key_of(text: str | None) -> str | None:
    """Read the header; None where there is none.

    Raises:
        BadInput: it is no key.
    """
    if text is None:
        return None
    if not 1 <= len(text) <= LONGEST or not all("!" <= each <= "~" for each in text):
        raise BadInput(f"An {HEADER} is 1 to {LONGEST} visible ASCII characters.", HEADER)
    return text


def carry_out_once(
    turns: KeyTurns, operation: Operation[Any, Any], request: PortalRequest, given: dict[str, object], key: str
) -> object:
    """Carry an operation out, or return the answer that it had before under the same key.

    Raises:
        Problem: it is refused, or the key was used for another request, or the answer is not kept.
    """
    mark = RequestKey(request.caller.account, key, operation.name, given)
    service = request.service
    try:
        with turns.turn(mark):
            if (found := service.carried_out(mark)) is not None:
                if found.request != mark.request:
                    raise KeyReused(HEADER)
                if found.answer is None:
                    raise PortalRefusal.REPEATED.error()
                return msgspec.Raw(found.answer)
            request.service = service.keyed(mark)
            answer = operation.carry_out(request, given, strict=True)
            if mark.claimed and not operation.draws and not isinstance(answer, File):
                _keep(request, mark, msgspec.json.encode(answer))
            return answer
    except PortalError as error:
        raise refused(error) from error


def _keep(request: PortalRequest, mark: RequestKey, answer: bytes) -> None:
    """Keep an answer; where that cannot be, the request was carried out all the same, and is answered."""
    try:
        request.service.keep_answer(mark, answer)
    except PortalError as error:
        if error.refusal is not PortalRefusal.SERVICE_DOWN:
            raise
