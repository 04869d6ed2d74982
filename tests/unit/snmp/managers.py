"""A manager of one router in a test, without messages: its requests, and routers that have booted."""

from collections.abc import Iterator
from typing import Any

from emulator.router.device import Router
from emulator.snmp.access import access_of
from emulator.snmp.agent import answer
from emulator.snmp.applying import carry_out
from emulator.snmp.errors import ErrorStatus
from emulator.snmp.inputs import SnmpSet
from emulator.snmp.principals import Principal
from emulator.snmp.requests import PduType, SnmpRequest, SnmpResponse, Version
from emulator.snmp.values import Binding, Oid, Value, ValueType, made, oid
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World

STARTUP = """\
hostname R1
ip domain name lab.example
snmp-server community public RO
snmp-server community private RW
snmp-server location Lab
interface FastEthernet4
 ip address 192.0.2.1 255.255.255.0
 no shutdown
interface Loopback0
 ip address 198.51.100.1 255.255.255.255
 description The router itself
end
"""

FAMILIES = ("CISCO861-K9", "CISCO881-K9", "C881SRST-K9", "IAD881B-K9")
"""A product of each family."""

LICENSE_MIB, IMAGE_MIB = oid("1.3.6.1.4.1.9.9.543"), oid("1.3.6.1.4.1.9.9.640")


def booted(pid: str = "CISCO881-K9", startup: str = STARTUP, **facts: Any) -> World:
    """A world with one router that has booted a configuration."""
    recipe = RouterRecipe(pid=pid, powered=True, startup=startup, **facts)
    world = new_world(WorldRecipe(routers={"R1": recipe}))
    world.clock.run_while(lambda: world.lines_of("R1").console.busy)
    return world


class Manager:
    """Asks the agent of a router."""

    def __init__(
        self, router: Router, community: str = "private", version: Version = Version.V2C, peer: str = "127.0.0.1"
    ) -> None:
        self.router, self.version = router, version
        self.principal = Principal(version, community, peer)

    def ask(self, operation: PduType, *bindings: Binding, once: int = 0, repetitions: int = 0) -> SnmpResponse:
        """A request that is answered."""
        response = self._ask(SnmpRequest(self.version, operation, bindings, once, repetitions))
        assert response is not None
        return response

    @property
    def is_ignored(self) -> bool:
        """Tell whether its requests get no answer."""
        return self._ask(SnmpRequest(self.version, PduType.GET, ())) is None

    def _ask(self, request: SnmpRequest) -> SnmpResponse | None:
        access = access_of(self.router, self.principal)
        if access is None:
            return None
        if request.operation is PduType.SET:
            return carry_out(self.router, SnmpSet(self.router.name, self.principal, request))
        return answer(self.router, request, access)

    def get(self, *texts: str) -> SnmpResponse:
        """A GET of identifiers."""
        return self.ask(PduType.GET, *(Binding(oid(text)) for text in texts))

    def value(self, text: str) -> int | bytes | Oid:
        """The value of one instance."""
        return self.get(text).bindings[0].value.data

    def number(self, text: str) -> int:
        """The value of an instance that is a number."""
        found = self.value(text)
        assert isinstance(found, int)
        return found

    def text(self, text: str) -> str:
        """The value of an instance that is a text."""
        found = self.value(text)
        assert isinstance(found, bytes)
        return found.decode()

    def set(self, *assignments: tuple[str, ValueType, Any]) -> ErrorStatus:
        """A SET; the status of its response."""
        response = self.ask(
            PduType.SET,
            *(Binding(oid(text), made(kind, value)) for text, kind, value in assignments),
        )
        return response.status

    def walk(self, root: Oid = (1,)) -> Iterator[tuple[Oid, Value]]:
        """Every instance below an identifier, by GETNEXT."""
        at = root
        while True:
            response = self.ask(PduType.NEXT, Binding(at))
            found = response.bindings[0]
            if response.status or found.value.kind is ValueType.END_OF_VIEW or found.oid[: len(root)] != root:
                return
            assert found.oid > at
            yield found.oid, found.value
            at = found.oid

    def column(self, text: str) -> dict[Oid, int | bytes | Oid]:
        """The instances of a column by their index."""
        root = oid(text)
        return {found[len(root) :]: value.data for found, value in self.walk(root)}
