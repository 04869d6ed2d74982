"""Devices of a fleet in the benchmarks.

The gate has 10,000; with `ISRTWIN_BENCHMARKS=full` there are as many as the product is made for.
"""

import os

FLEET = 30_000 if os.environ.get("ISRTWIN_BENCHMARKS") == "full" else 10_000
