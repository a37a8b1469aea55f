"""Stage reform: the reform index (Indeks RB). Here only the score sheet; the rest of the stage follows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from selaras.core.place import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class ReformScore:
    """The score sheet of one year, as received from the evaluator."""

    year: int
    general_initial: Decimal
    coefficient: Decimal
    thematic: Decimal
    total_weight: Decimal = Decimal(100)
    adjusted_weight: Decimal = Decimal(100)
    subject: str = ""
    source: str = ""
    place: Place = NOWHERE
