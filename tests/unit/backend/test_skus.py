import pytest

from emulator.backend.skus import Delivery, load_skus
from emulator.kernel.errors import DataFileError
from emulator.licensing.types import TYPES, LicenseType

ROW = """[[sku]]
name = "L-X="
description = "x"
feature = "advipservices"
families = ["880"]
delivery = "electronic"
mail_days = 0
basis = "C"
source = "x"
"""


UPGRADES = {
    "L-880-AIS=": (Delivery.ELECTRONIC, ("880", "second generation")),
    "SL-880-AIS=": (Delivery.PAPER, ("880", "second generation")),
    "L-IAD880-AIS=": (Delivery.ELECTRONIC, ("iad880",)),
    "SL-IAD880-AIS=": (Delivery.PAPER, ("iad880",)),
}
OTHERS = {
    "FL-WEBVPN-10-K9=": ("SSL_VPN", LicenseType.PERMANENT, 10, None),
    "FL-WEBVPN-25-K9=": ("SSL_VPN", LicenseType.PERMANENT, 25, None),
    "L-IPS-880-1Y=": ("ios-ips-update", LicenseType.SUBSCRIPTION, None, 1),
    "SL-CNFIL-88x-1Y=": ("content-filter", LicenseType.SUBSCRIPTION, None, 1),
}


def test_the_four_upgrades_of_the_faq_ship():
    skus = {name: sku for name, sku in load_skus().items() if name in UPGRADES}
    assert {name: (sku.delivery, sku.families) for name, sku in skus.items()} == UPGRADES
    for sku in skus.values():
        assert (sku.type, sku.count, sku.years, sku.basis) == (LicenseType.PERMANENT, None, None, "C")


def test_counted_licenses_and_subscriptions_ship():
    skus = {name: sku for name, sku in load_skus().items() if name in OTHERS}
    assert {name: (sku.feature, sku.type, sku.count, sku.years) for name, sku in skus.items()} == OTHERS
    assert {sku.basis for sku in skus.values()} == {"R"}


def test_paper_travels_and_the_name_says_how():
    for name, sku in load_skus().items():
        assert (sku.delivery is Delivery.ELECTRONIC) is name.startswith("L-") is (sku.mail_days == 0)


SOLD = ", ".join(kind for kind, rule in TYPES.items() if not rule.metered)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (ROW + ROW, "{file}:sku 2, name: 'L-X=' stands here twice"),
        (
            ROW.replace('"electronic"', '"pigeon"'),
            "{file}:sku 1, delivery: unknown value 'pigeon'. Known: electronic, paper (in 'L-X=')",
        ),
        (ROW.replace("source", "sauce"), "{file}:sku 1, sauce: unknown key 'sauce'. Did you mean source? (in 'L-X=')"),
        (ROW.replace('["880"]', "[]"), "{file}:sku 1, families: expected a list of length >= 1 (in 'L-X=')"),
        (
            ROW + "years = 1\n",
            "{file}:sku 1, years: 'permanent' never ends; leave the key out, or write a type that ends on a date",
        ),
        (
            ROW + 'type = "subscription"\n',
            "{file}:sku 1, years: 'subscription' ends on a date; write for how many years it is sold",
        ),
        (
            ROW + 'type = "evaluation"\n',
            "{file}:sku 1, type: 'evaluation' counts time of use, which no product is sold for; write one of: " + SOLD,
        ),
        (ROW + "count = 0\n", "{file}:sku 1, count: expected a whole number >= 1 (in 'L-X=')"),
        (ROW + "count = 10001\n", "{file}:sku 1, count: expected a whole number <= 10000 (in 'L-X=')"),
        (
            ROW.replace("mail_days = 0", "mail_days = -1"),
            "{file}:sku 1, mail_days: expected a whole number >= 0 (in 'L-X=')",
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_the_table_is_told(tmp_path, text, error):
    file = tmp_path / "skus.toml"
    file.write_text(text)
    with pytest.raises(DataFileError) as caught:
        load_skus(file)
    assert str(caught.value) == error.format(file=file)
