"""200,000 damaged datagrams at one agent."""

import pytest

from tests.unit.snmp.managers import booted
from tests.unit.transports.snmp.test_messages import survive

pytestmark = pytest.mark.heavy


def test_two_hundred_thousand_damaged_datagrams_do_no_harm():
    survive(booted().routers["R1"], 200_000, seed=2)
