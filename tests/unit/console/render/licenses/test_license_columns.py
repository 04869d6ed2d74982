"""No value touches the next one in the tables of the license screens, with the longest that the data allow."""

import pytest

from emulator.console.render.licenses.license import show_license_udi
from emulator.console.render.licenses.license_tables import show_license_feature
from emulator.hardware.platform import PlatformCatalogue
from emulator.images.manifest import Dialect, ImageCatalogue
from emulator.licensing.udi import Udi
from emulator.licensing.views import FeatureRow

PIDS = PlatformCatalogue().pids()
IMAGES = ImageCatalogue()


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("pid", PIDS)
def test_a_product_never_touches_the_serial_number(pid: str, *, wide: bool) -> None:
    udi = Udi(pid, "FTX1405YDC7")
    row = show_license_udi(udi, Dialect(license_udi_wide=wide)).splitlines()[2]
    assert row.split() == ["*0", pid, udi.serial, str(udi)]


@pytest.mark.parametrize("right_to_use", [False, True])
@pytest.mark.parametrize("image", IMAGES.names())
def test_a_feature_never_touches_what_is_said_of_it(image: str, *, right_to_use: bool) -> None:
    features = IMAGES.get(image).licensable
    rows = [FeatureRow(feature, *[True] * 5) for feature in features]
    lines = show_license_feature(rows, right_to_use=right_to_use).splitlines()[1 : len(features) + 1]
    assert [line.split() for line in lines] == [[each, *["yes"] * (4 + right_to_use)] for each in features]
