"""The needs of every request to the manager: its limits, who asks, and the context of that user."""

from starlette.requests import HTTPConnection

from emulator.kernel.errors import UnknownName
from emulator.manager.context import ManagerContext
from emulator.manager.roles import ManagerRole
from emulator.transports.connections.intake import Intakes
from emulator.transports.manager_web.ports import ServedManager
from emulator.transports.manager_web.settings import ManagerSettings
from emulator.transports.web.caller import Caller
from emulator.transports.web.guard.attempts import network_of
from emulator.transports.web.guard.rate_limits import Tries
from emulator.transports.web.guard.shares import Budget
from emulator.transports.web.problems import NotLoggedIn, TooOften


class ManagerFace:
    """The web face of one manager."""

    def __init__(self, served: ServedManager, settings: ManagerSettings) -> None:
        self.served = served
        self.most_bytes = settings.most_bytes
        self.intakes = Intakes(settings.clock)
        self.bodies = Budget(settings.bodies, settings.bodies_of_all)
        self.log_in_forms = Budget(settings.log_in_forms, settings.log_in_forms_of_all)
        self.tokens = Tries(settings.tokens, settings.clock)

    def client(self, request: HTTPConnection) -> str:
        """The network address that a request comes from."""
        return request.client.host if request.client else "unknown"

    def caller(self, account: str, client: str) -> Caller | None:
        """Caller for a user of this name; None for one who was deleted."""
        try:
            role = self.served.context(account).role
        except UnknownName:
            return None
        return Caller(account, client, operator=role is ManagerRole.ADMIN)

    def token_user(self, secret: str, client: str) -> str:
        """Return the user of a token. Wrong ones are counted for the address that shows them, and hinder no right one.

        Raises:
            NotLoggedIn, TooOften: it is that of no user.
        """
        user = self.served.user_of(secret)
        if user is not None:
            return user
        if seconds := self.tokens.take([network_of(client)]):
            raise TooOften(seconds)
        raise NotLoggedIn("This token is not known, or it was revoked.")

    def context(self, user: str) -> ManagerContext:
        """The use cases for a user.

        Raises:
            NotLoggedIn: there is no such user any more.
        """
        try:
            return self.served.context(user)
        except UnknownName as error:
            raise NotLoggedIn("This user was deleted.") from error
