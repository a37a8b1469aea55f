"""Achievements per second, beside the bare Decimal quotient that each needs anyway."""

import random
from decimal import Decimal

from measure import table, timed

from selaras.core.law import Certainty, GradeScale, Source
from selaras.core.measurement.achievement import achieve
from selaras.core.planning import LowerMethod, Polarity
from selaras.core.value import Value, ValueKind, grade, percent

COUNT = 100_000


def main():
    """Measure each polarity, one row each."""
    dice = random.Random(2026)
    pairs = [(Decimal(dice.randint(1, 10_000)) / 100, Decimal(dice.randint(0, 12_000)) / 100) for _ in range(COUNT)]
    values = [(percent(target), percent(realised)) for target, realised in pairs]
    hundred = Decimal(100)
    bare, _ = timed(lambda: [realised * hundred / target for target, realised in pairs])
    scale = GradeScale("sakip", "SAKIP", ("D", "C", "CC", "B", "BB", "A", "AA"), Source("contoh", Certainty.CONFIRMED))
    ranges = [(Value(ValueKind.NUMBER, t, t + 5), Value(ValueKind.NUMBER, r)) for t, r in pairs]
    grades = [(grade(dice.choice(scale.grades)), grade(dice.choice(scale.grades))) for _ in range(COUNT)]
    cases = {
        "higher is better": lambda: [achieve(t, r, polarity=Polarity.HIGHER) for t, r in values],
        "lower, 2T": lambda: [
            achieve(t, r, polarity=Polarity.LOWER, lower_method=LowerMethod.TWICE_TARGET) for t, r in values
        ],
        "lower, inverse": lambda: [
            achieve(t, r, polarity=Polarity.LOWER, lower_method=LowerMethod.INVERSE) for t, r in values
        ],
        "range": lambda: [achieve(t, r, polarity=Polarity.RANGE) for t, r in ranges],
        "grade": lambda: [achieve(t, r, polarity=Polarity.HIGHER, grades=scale) for t, r in grades],
        "no realisation": lambda: [achieve(t, None, polarity=Polarity.HIGHER) for t, _ in values],
    }
    rows = [("bare Decimal quotient", f"{COUNT / bare:,.0f}/s", "the limit")]
    for name, work in cases.items():
        seconds, _ = timed(work, runs=3)
        rows.append(
            (name, f"{COUNT / seconds:,.0f}/s", f"{seconds / bare:.1f} × the bare quotient, with formula and inputs")
        )
    table(f"Achievements per second ({COUNT:,} each)", rows)


if __name__ == "__main__":
    main()
