"""Efficiency of resources, by named methods; no rule fixes one, so the method is printed beside the figure.

All methods use the achievement after its cap and the unrounded absorption, not the printed ones.
"""

from __future__ import annotations

from decimal import Decimal

from selaras.core.computed import Computed, Input, Status
from selaras.core.measurement.achievement import reached
from selaras.core.measurement.formulas import HUNDRED, rounding_note

RATIO, DIFFERENCE, REMAINDER = "rasio", "selisih", "sisa"
TEXTS = {
    RATIO: "capaian kinerja ÷ capaian anggaran × 100%",
    DIFFERENCE: "capaian kinerja − capaian anggaran",
    REMAINDER: "100% − capaian anggaran, hanya bila target tercapai",
}


def efficiency(method: str, achievement: Computed, absorption: Computed, *, key: str = "") -> Computed:
    """The efficiency in percent (`selisih`: percentage points) by `method`: rasio, selisih or sisa.

    Without an achievement or an absorption there is none, and the status is theirs. `rasio` needs an absorption
    above zero; `sisa` counts only where the target is reached. Raises ValueError for an unknown method.
    """
    if method not in TEXTS:
        raise ValueError(f"unknown method of efficiency {method!r}; known are {', '.join(TEXTS)}")
    value, status, note = _apply(method, achievement, absorption)
    inputs = tuple(
        Input(label, figure.shown())
        for label, figure in (("capaian kinerja", achievement), ("capaian anggaran", absorption))
    )
    if value is not None:
        note = f"Metode {method}, dari capaian yang belum dibulatkan. {rounding_note(2)}"
    return Computed(
        key, "Tingkat efisiensi", value, status=status, formula=TEXTS[method], inputs=inputs, raw=value, note=note
    )


def verdict(method: str, figure: Computed, *, margin: Decimal) -> str:
    """What the figure means by its method: Indonesian words in lower case, to stand within a sentence.

    `margin` is how many percentage points of difference count as even (`Limits.efficiency_margin`).
    """
    if figure.value is None:
        return "tidak dapat dinilai"
    if method == RATIO:
        return _word(figure.value - HUNDRED, Decimal(0), "sesuai penggunaan anggaran")
    if method == DIFFERENCE:
        return _word(figure.value, margin, "cukup efisien")
    if method == REMAINDER:
        return _word(figure.value, Decimal(0), "anggaran terpakai seluruhnya", "melebihi anggaran")
    raise ValueError(f"unknown method of efficiency {method!r}; known are {', '.join(TEXTS)}")


def _apply(method: str, achievement: Computed, absorption: Computed) -> tuple[Decimal | None, Status, str]:
    if achievement.value is None:
        return None, achievement.status, "Capaian kinerja tidak tersedia."
    if absorption.value is None:
        return None, absorption.status, "Capaian anggaran tidak tersedia."
    if method == DIFFERENCE:
        return achievement.value - absorption.value, Status.COMPUTED, ""
    if method == REMAINDER:
        if not reached(achievement):
            return None, Status.NOT_APPLICABLE, "Target tidak tercapai; metode sisa tidak dihitung."
        return HUNDRED - absorption.value, Status.COMPUTED, ""
    if absorption.value <= 0:
        return None, Status.NOT_APPLICABLE, "Capaian anggaran nol; rasio tidak dapat dihitung."
    return achievement.value * HUNDRED / absorption.value, Status.COMPUTED, ""


def _word(distance: Decimal, margin: Decimal, between: str, below: str = "tidak efisien") -> str:
    if distance > margin:
        return "efisien"
    return below if distance < -margin else between
