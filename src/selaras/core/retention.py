"""How long personal data are kept: one period for each kind, counted from a day of the matter itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selaras.core.law import Source
from selaras.core.registers.retention import months_after


class Ending(StrEnum):
    """What happens when the time is over."""

    DELETE = "dihapus"
    NAMELESS = "dianonimkan"
    KEPT = "disimpan"
    """Not ended by the program: the archive law or another rule decides."""


@dataclass(frozen=True, slots=True)
class Period:
    """How long one kind of personal data is kept.

    `months` count from the day that `counted` names; None is without an end of its own. `installation` says whether the kind
    belongs to the whole installation (accounts) or to each agency. `purpose` says what the data are for.
    """

    code: str
    name: str
    purpose: str
    counted: str
    ending: Ending
    months: int | None
    installation: bool
    source: Source

    def last_day(self, today: date) -> date | None:
        """What ended on this day or before is over on `today`; None where nothing ends."""
        if self.months is None or self.ending is Ending.KEPT:
            return None
        day = date.fromordinal(max(1, today.toordinal() - 32 * self.months))
        while (after := date.fromordinal(day.toordinal() + 1)) < today and months_after(after, self.months) < today:
            day = after
        return day


ANSWER_HOURS = 72
"""Hours within which a request about the own data is answered (UU 27/2022: 3 × 24 jam; from memory, not compared)."""
