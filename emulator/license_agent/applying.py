"""Let what managers do at the license agent take effect; a world that is not served needs no more of it."""

from collections import Counter

from emulator.kernel.effects import Abandoned
from emulator.license_agent.inputs import AgentAsked, AgentCounted, AgentCounter, AgentInput
from emulator.license_agent.messages import AgentAnswer, AgentRequest, FailedResult
from emulator.license_agent.operations import perform
from emulator.router.device import Router


def answer(router: Router, request: AgentRequest) -> AgentAnswer:
    """Carry out a request on a router that runs.

    Raises:
        Abandoned: the power failed meanwhile.
    """
    return AgentAnswer(request.request_id, tuple(perform(router, each) for each in request.operations))


def counts_of(answered: AgentAnswer) -> Counter[AgentCounter]:
    """Return the counts of a request that was answered."""
    failed = sum(isinstance(each, FailedResult) for each in answered.results)
    return Counter(
        {
            AgentCounter.REQUESTS: 1,
            AgentCounter.OPERATIONS: len(answered.results),
            AgentCounter.OPERATION_ERRORS: failed,
        }
    )


def carry_out(router: Router, what: AgentInput) -> AgentAnswer | None:
    """Let an input take effect on a router that runs; returns the answer to a request.

    A router whose power fails meanwhile gives none.
    """
    if router.state.running is None:
        return None
    match what:
        case AgentAsked():
            try:
                answered = answer(router, what.request)
            except Abandoned:
                return None
            _count(router, counts_of(answered))
            return answered
        case AgentCounted():
            _count(router, what.counts)
            router.running.agent.sessions = what.sessions
    return None


def _count(router: Router, counts: dict[AgentCounter, int]) -> None:
    traffic = router.running.agent
    for counter, more in counts.items():
        setattr(traffic, counter, getattr(traffic, counter) + more)
