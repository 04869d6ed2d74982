"""Objects of SNMPv2-MIB that are written: lines of the configuration."""

from emulator.snmp.requests import PduType
from emulator.snmp.values import Binding, ValueType, made, oid, truth
from tests.unit.snmp.managers import Manager, booted

FAILURES = oid("1.3.6.1.2.1.11.30.0")
LINE = "snmp-server enable traps snmp"


def test_failures_of_authentication_are_one_word_of_the_general_traps():
    router = booted().routers["R1"]
    manager, lines = Manager(router), router.configuration.lines

    def told(*, holds: bool) -> list[str]:
        value = made(ValueType.INTEGER, truth(holds=holds))
        assert not manager.ask(PduType.SET, Binding(FAILURES, value)).status
        assert manager.get("1.3.6.1.2.1.11.30.0").bindings[0].value == value
        return [line for line in lines.values() if line.startswith(LINE)]

    assert told(holds=False) == []
    assert told(holds=True) == [f"{LINE} authentication"]
    lines[LINE] = f"{LINE} authentication linkup"
    assert told(holds=False) == [f"{LINE} linkup"]
    assert told(holds=True) == [f"{LINE} authentication linkup"]
