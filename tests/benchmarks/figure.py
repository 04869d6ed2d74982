"""One measured figure beside its reference."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """A value, what it is compared with, and how many times that it may be."""

    name: str
    value: float
    reference: float
    unit: str
    budget: float

    @property
    def ratio(self) -> float:
        return self.value / self.reference

    def row(self) -> dict[str, float | str]:
        return {
            "name": self.name,
            "value": round(self.value, 6),
            "unit": self.unit,
            "reference": round(self.reference, 6),
            "ratio": round(self.ratio, 3),
            "budget": self.budget,
        }


def paired(name: str, pairs: list[tuple[float, float]], unit: str, budget: float) -> Figure:
    """The figure of several runs, value and reference measured in turn: the pair whose ratio is the median."""
    ratio = median(value / reference for value, reference in pairs)
    value, reference = min(pairs, key=lambda pair: abs(pair[0] / pair[1] - ratio))
    return Figure(name, value, reference, unit, budget)
