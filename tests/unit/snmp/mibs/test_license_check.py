"""The queries of the Nagios plugin check_nwc_health (`--mode check-licenses`), and what it concludes from the answers.

It asks for the scalars of CISCO-LICENSE-MGMT-MIB and walks clmgmtLicenseInfoTable; a license that is not permanent is
a warning from seven days on and critical from two days on (its public source).
"""

import pytest

from emulator.kernel.time import DAY
from emulator.snmp.requests import PduType
from emulator.snmp.values import Binding, ValueType, oid
from emulator.world.world import World
from tests.unit.snmp.managers import Manager, booted

INFO, SCALARS = "1.3.6.1.4.1.9.9.543.1.2.3.1", ("1.3.6.1.4.1.9.9.543.1.1.1.0", "1.3.6.1.4.1.9.9.543.1.2.1.0")
FEATURE, TYPE, LEFT = (f"{INFO}.{column}" for column in (3, 5, 8))
PERMANENT = 4
REPETITIONS = 25


def conclusion(manager: Manager) -> dict[str, str]:
    """Lines that the plugin prints, one for each feature."""
    kinds = [each.value.kind for each in manager.get(*SCALARS).bindings]
    assert kinds == [ValueType.GAUGE, ValueType.NO_OBJECT]
    features, types, left = (manager.column(column) for column in (FEATURE, TYPE, LEFT))
    assert features.keys() == types.keys() == left.keys()
    bulk = manager.ask(PduType.BULK, *(Binding(oid(each)) for each in (FEATURE, TYPE, LEFT)), repetitions=REPETITIONS)
    rows = [each.value.data for each in bulk.bindings if each.oid[: len(oid(FEATURE))] == oid(FEATURE)]
    assert rows == list(features.values())
    said = {}
    for index, feature in features.items():
        days, seconds = 0, left[index]
        assert isinstance(feature, bytes)
        assert isinstance(seconds, int)
        days = seconds * 1000 // DAY
        if types[index] != PERMANENT:
            said[feature.decode()] = "critical" if days < 2 else "warning" if days < 7 else "ok"
        else:
            said[feature.decode()] = "ok"
    return said


@pytest.fixture
def world() -> World:
    """A router whose evaluation of the higher level is in use."""
    startup = "hostname R1\nsnmp-server community private RW\nlicense boot module c880-data level advipservices\nend\n"
    world = booted(startup=startup)
    assert world.routers["R1"].running.level == "advsecurity"
    return world


def test_an_evaluation_that_runs_out_becomes_a_warning_and_then_critical(world: World) -> None:
    console = world.lines_of("R1").console
    for line in (
        "",
        "enable",
        "configure terminal",
        "license accept end user agreement",
        "yes",
        "end",
        "write",
        "reload",
        "",
        "",
    ):
        console.terminal.submit(line)
        world.clock.run_while(lambda: console.busy)
    router = world.routers["R1"]
    assert router.running.level == "advipservices"
    manager = Manager(router)
    said = {}
    for days in (1, 51, 5):
        world.clock.run_to(world.now + days * DAY)
        said[days] = conclusion(manager)["advipservices"]
    assert list(said.values()) == ["ok", "ok", "warning"]
    world.clock.run_to(world.now + 2 * DAY)
    assert conclusion(manager)["advipservices"] == "critical"
    assert conclusion(manager)["advsecurity"] == "ok"
