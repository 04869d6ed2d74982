"""Applicability: which devices a SKU fits, by its families, and what of a device can move to another one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.hardware.platform import shipped_platforms
from emulator.kernel.errors import UnknownName
from emulator.licensing.udi import Udi
from emulator.manager.applicability import RehostableLicense, list_applicable, list_rehostable
from emulator.manager.entities import DeviceReading, InstalledLicense, KnownPak, ManagedDevice, ObtainedLicense
from emulator.manager.products import fits, product_ids
from emulator.manager.store.devices import DeviceFilter
from tests.unit.manager.conftest import Bench

FAMILIES = ("860", "880", "880srst", "iad880", "second generation")
ROUTER, LIKE, IAD, OTHER = (
    Udi(pid, "FTX1405YDC1") for pid in ("CISCO881-K9", "CISCO881-SEC-K9", "IAD881F-K9", "CISCO2911/K9")
)
DATA, VOICE, OLD = "L-880-AIS=", "L-IAD880-AIS=", "L-880-OLD="


def _license(feature: str, kind: str = "Permanent", store: str = "Primary License Storage") -> InstalledLicense:
    return InstalledLicense(feature, kind, "Active, Not in Use", store)


@pytest.fixture
def fleet(bench: Bench) -> Bench:
    licenses = (
        _license("advsecurity"), _license("advipservices"), _license("ios-ips-update", "Subscription"),
        _license("advipservices", "Evaluation", "Evaluation License Storage"),
    )  # fmt: skip
    with bench.database.writing() as records:
        for udi in (ROUTER, LIKE, IAD, OTHER):
            held = licenses if udi == ROUTER else ()
            records.devices.keep(ManagedDevice(udi, 0, reading=DeviceReading(udi, licenses=held)))
        for code, sku, families in (
            ("A", DATA, ("880", "second generation")),
            ("B", VOICE, ("iad880",)),
            ("C", OLD, ()),
        ):
            records.licenses.keep_pak(KnownPak(code, sku, "advipservices", 9, 9, 0, families))
        records.licenses.keep_license(ObtainedLicense("L0", ROUTER, "A", "advipservices", "f.lic", b"", 0, 1))
    return bench


@pytest.mark.parametrize(("sku", "found"), [(DATA, [LIKE, ROUTER]), (VOICE, [IAD]), (OLD, [LIKE, ROUTER])])
def test_a_sku_fits_the_devices_of_its_families(fleet: Bench, sku: str, found: list[Udi]) -> None:
    devices, total = list_applicable(fleet.context(), sku, DeviceFilter())
    assert sorted(each.udi for each in devices) == sorted(found)
    assert total == len(found)
    [part], total = list_applicable(fleet.context(), sku, DeviceFilter(), offset=len(found) - 1, limit=1)
    assert (part.udi, total) == (devices[-1].udi, len(found))


def test_a_sku_that_no_pak_of_the_inventory_has_is_told(fleet: Bench) -> None:
    with pytest.raises(UnknownName) as caught:
        list_applicable(fleet.context(), "L-880-AIS", DeviceFilter())
    assert str(caught.value) == "unknown SKU 'L-880-AIS'. Did you mean L-880-AIS=?"


def test_what_was_bought_can_move_and_what_came_from_the_factory_stays(fleet: Bench) -> None:
    assert list_rehostable(fleet.context(), ROUTER) == [
        RehostableLicense("advipservices", "Permanent", DATA), RehostableLicense("ios-ips-update", "Subscription")
    ]  # fmt: skip
    assert list_rehostable(fleet.context(), IAD) == []


@given(families=st.sets(st.sampled_from(FAMILIES), min_size=1), pid=st.sampled_from(shipped_platforms().pids()))
def test_each_product_fits_where_its_family_is_named(families: set[str], pid: str) -> None:
    pak = KnownPak("A", DATA, "advipservices", 1, 1, 0, tuple(families))
    assert (
        fits(pak, Udi(pid, "FTX1405YDC1"))
        == (pid in product_ids(families))
        == (shipped_platforms().get(pid).family in families)
    )
