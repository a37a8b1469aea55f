"""A computed figure with its formula, inputs and rounding, so that it can be shown and checked anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from selaras.core.numerals import WIDE, format_number, format_percent, format_rupiah
from selaras.core.place import NOWHERE, Place


class Status(StrEnum):
    """Whether there is a figure, and if not, why. Nothing is ever turned into zero for want of a value."""

    COMPUTED = "terhitung"
    NO_TARGET = "target belum ditetapkan"
    NO_REALISATION = "realisasi belum diisi"
    NO_BUDGET = "anggaran belum dicatat"
    ZERO_TARGET = "target nol: tidak dapat dibagi"
    NOT_COMPARABLE = "target dan realisasi tidak sejenis"
    NOTHING_TO_ADD = "tidak ada data"
    NOT_APPLICABLE = "rumus tidak berlaku"


@dataclass(frozen=True, slots=True)
class Input:
    """One value that went into a figure: its label in the formula, as shown, and where it came from."""

    label: str
    shown: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Computed:
    """One figure: the exact value (after the cap), the raw value before it, and how it came about.

    `value` and `raw` are unrounded. `unit` is `%`, `Rp` or empty. Rounding is half up (ROUND_HALF_UP)
    to `places` decimals and happens only when the figure is shown.
    """

    key: str
    name: str
    value: Decimal | None
    unit: str = "%"
    status: Status = Status.COMPUTED
    formula: str = ""
    inputs: tuple[Input, ...] = ()
    raw: Decimal | None = None
    places: int = 2
    note: str = ""

    def rounded(self, places: int | None = None) -> Decimal | None:
        """The value rounded half up to `places` decimals (default: the figure's own), None if there is none."""
        if self.value is None:
            return None
        digits = self.places if places is None else places
        return self.value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=WIDE)

    def shown(self, places: int | None = None, *, bare: bool = False) -> str:
        """The figure in id-ID, `102,94%`; an en dash where there is none. `bare` leaves out the unit."""
        value = self.rounded(places)
        if value is None:
            return "–"
        digits = self.places if places is None else places
        if bare or not self.unit:
            return format_number(value, places=digits)
        if self.unit == "Rp":
            return format_rupiah(value, places=digits)
        return format_percent(value, places=digits)

    def arithmetic(self) -> str:
        """The formula, the inputs and the result in one line: `realisasi ÷ target × 100%; realisasi = 87,5; …`."""
        inputs = "; ".join(f"{item.label} = {item.shown}" for item in self.inputs)
        result = self.shown() if self.value is not None else self.status.value
        return "; ".join(part for part in (self.formula, inputs, f"hasil = {result}", self.note) if part)
