"""The families of hardware: what images boot on, what licenses are sold for, what the feature matrix tells apart.

C: the data sheets name 860 and 880 and their SRST and IAD variants; the second generation (C860, C880) has images of
its own (C).
"""

from typing import Literal

Family = Literal["860", "880", "880srst", "iad880", "second generation"]
