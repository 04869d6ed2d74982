"""Basis marks, which say how well a fact is known. Every row of every table has such a mark."""

from typing import Literal, get_args

Basis = Literal["C", "R", "I"]
"""Confirmed by a source, recalled, or inferred."""

BASIS: tuple[str, ...] = get_args(Basis)
