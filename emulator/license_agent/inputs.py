"""Acts of managers at the license agent of a router, as plain values, which a replay of a world does again."""

from enum import StrEnum

import msgspec

from emulator.license_agent.messages import AgentRequest


class AgentCounter(StrEnum):
    """Counters of the agent; the values are the attributes of `AgentTraffic`."""

    REQUESTS = "requests"
    REQUEST_ERRORS = "request_errors"
    OPERATIONS = "operations"
    OPERATION_ERRORS = "operation_errors"
    NOTIFICATIONS = "notifications"
    NOTIFICATION_ERRORS = "notification_errors"
    ACKNOWLEDGEMENT_ERRORS = "acknowledgement_errors"


class AgentAsked(msgspec.Struct, frozen=True, tag="agent"):
    """A manager at an address asked for operations that change something; `user` is empty without a log-in."""

    router: str
    user: str
    peer: str
    request: AgentRequest


class AgentCounted(msgspec.Struct, frozen=True, tag="agent-counted"):
    """The agent of a router counted what came and went since it last did.

    Attributes:
        sessions: sessions that are open now.
    """

    router: str
    counts: dict[AgentCounter, int]
    sessions: int


AgentInput = AgentAsked | AgentCounted
