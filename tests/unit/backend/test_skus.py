import pytest

from emulator.backend.skus import Delivery, load_skus
from emulator.kernel.errors import DataFileError

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


def test_the_four_skus_of_the_faq_ship():
    skus = load_skus()
    assert {name: (sku.delivery, sku.families) for name, sku in skus.items()} == {
        "L-880-AIS=": (Delivery.ELECTRONIC, ("880",)),
        "SL-880-AIS=": (Delivery.PAPER, ("880",)),
        "L-IAD880-AIS=": (Delivery.ELECTRONIC, ("iad880",)),
        "SL-IAD880-AIS=": (Delivery.PAPER, ("iad880",)),
    }
    for name, sku in skus.items():
        assert sku.feature == "advipservices"
        assert (sku.delivery is Delivery.PAPER) is name.startswith("SL-") is (sku.mail_days > 0)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (ROW + ROW, "{file}:sku[1].name: 'L-X=' stands here twice"),
        (ROW.replace('"electronic"', '"pigeon"'), "{file}:sku[0].delivery: invalid enum value 'pigeon'"),
        (ROW.replace("source", "sauce"), "{file}:sku[0].sauce: unknown key 'sauce'. Did you mean source?"),
        (ROW.replace('["880"]', "[]"), "{file}:sku[0].families: expected a list of length >= 1"),
        (ROW.replace("mail_days = 0", "mail_days = -1"), "{file}:sku[0].mail_days: expected a whole number >= 0"),
    ],
)
def test_a_mistake_in_the_table_is_told(tmp_path, text, error):
    file = tmp_path / "skus.toml"
    file.write_text(text)
    with pytest.raises(DataFileError) as caught:
        load_skus(file)
    assert str(caught.value) == error.format(file=file)
