"""200,000 damaged datagrams at one agent: most by communities, some for license actions, others of version 3."""

import pytest

from tests.unit.snmp.managers import booted
from tests.unit.transports.snmp.secured import GROUPS, HIDDEN, SECRET, SecuredManager
from tests.unit.transports.snmp.test_messages import survive
from tests.unit.transports.snmp.test_security import survive as survive_secured

pytestmark = pytest.mark.heavy


def test_damaged_datagrams_with_communities_do_no_harm() -> None:
    survive(booted().routers["R1"], 180_000, seed=2)


def test_damaged_datagrams_of_version_3_do_no_harm() -> None:
    user = f"snmp-server user anna g v3 auth sha {SECRET} priv aes 128 {HIDDEN}"
    router = booted(startup="\n".join(("hostname R1", *GROUPS, user, "end", ""))).routers["R1"]
    survive_secured(router, SecuredManager(router, "anna", "sha", "aes 128"), 20_000, seed=2)
