"""Progress (tingkat kemajuan): the realisation to date against the target at the end of the strategic plan.

Usual column of analysis 3 (Permenpan-RB 53/2014, Lampiran II); values of several years are never added up, the
last value stands for the state reached.
"""

from __future__ import annotations

from selaras.core.computed import Computed
from selaras.core.law import GradeScale
from selaras.core.measurement.achievement import measure, present
from selaras.core.measurement.formulas import Labels
from selaras.core.planning import LowerMethod, Polarity
from selaras.core.value import Value

PROGRESS_LABELS = Labels("realisasi sampai tahun ini", "target akhir Renstra")


def progress(
    realised: Value | None,
    final: Value | None,
    *,
    polarity: Polarity,
    grades: GradeScale | None = None,
    key: str = "",
) -> Computed:
    """The progress in percent: r ÷ final target × 100, uncapped and unrounded.

    For lower-is-better it is final target ÷ r × 100 whatever the method of the indicator: 2T measures a deviation
    within a year, and a distance still to go over years would turn negative. Grades, ranges, zero and missing
    values follow the rules of the achievement.
    """
    method = LowerMethod.INVERSE
    labels = PROGRESS_LABELS
    outcome = measure(final, realised, polarity=polarity, lower_method=method, grades=grades, labels=labels)
    return present(outcome, final, realised, key=key, name="Tingkat kemajuan", labels=labels)
