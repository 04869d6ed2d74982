"""Requests drawn from the description of the JSON interface: no answer is a mistake of ours, each is as described.

Found examples are pinned in `FOUND` of `test_description.py`.
"""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, core, settings
from starlette.types import Receive, Scope, Send

from tests.conftest import SEARCH
from tests.unit.transports.portal.lab import R1, Portal


class Served:
    """A portal with something in it; a new one for each operation, so that their order changes nothing."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        self.portal = Portal()
        self.portal.service.register(self.portal.pak(5), [R1], 0, by="lab")
        self.token = self.portal.token()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.portal.wall.seconds += 3_600  # no request waits for the wrong tokens of those before
        await self.portal.app(scope, receive, send)


served = Served()


def authorization() -> dict[str, str]:
    return {"Authorization": f"Bearer {served.token}"}


def _described() -> schemathesis.BaseSchema:
    """The interface as schemathesis sees it.

    422 is a right answer to what has the form of an input and is none: base64 that is no ticket, the 30th of February.
    No schema says that. 413 is one to what is too large in any form.
    """
    seed = 1 if SEARCH == "fixed" else core.global_force_seed
    phases = {"coverage": {"enabled": SEARCH == "wide"}}  # every limit of every input, which takes seconds to collect
    config = schemathesis.Config.from_dict({"phases": phases, **({} if seed is None else {"seed": seed})})
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", served, config=config)
    schema.config.update(headers={**authorization(), "Host": "portal.example"})
    checks = schema.config.checks
    for check, status in ((checks.positive_data_acceptance, "422"), (checks.negative_data_rejection, "413")):
        check.expected_statuses = [*check.expected_statuses, status]
    return schema


schema = _described()


@pytest.fixture
def renewed() -> None:
    served.renew()


@schema.parametrize()
@settings(max_examples=25 if SEARCH == "wide" else 5, suppress_health_check=list(HealthCheck))
def test_no_answer_is_our_mistake_and_every_answer_is_as_described(renewed: None, case: Any) -> None:
    # The configuration keeps the header from being drawn; given with the call too, it is not taken for one that was.
    case.call_and_validate(headers=authorization())
