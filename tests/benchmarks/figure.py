"""One measured figure beside its reference."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """A value and what it is compared with."""

    name: str
    value: float
    reference: float
    unit: str

    @property
    def ratio(self) -> float:
        return self.value / self.reference

    def row(self, budget: float) -> dict[str, float | str]:
        """The line that is printed; `budget` is the largest ratio allowed."""
        return {
            "name": self.name,
            "value": round(self.value, 6),
            "unit": self.unit,
            "reference": round(self.reference, 6),
            "ratio": round(self.ratio, 3),
            "budget": budget,
        }


def paired(name: str, pairs: list[tuple[float, float]], unit: str) -> Figure:
    """The figure of several runs, value and reference measured in turn: the pair whose ratio is the median."""
    ratio = median(value / reference for value, reference in pairs)
    value, reference = min(pairs, key=lambda pair: abs(pair[0] / pair[1] - ratio))
    return Figure(name, value, reference, unit)
