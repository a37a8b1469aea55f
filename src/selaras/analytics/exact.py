"""Exact division on engines that have none: the same digits from DuckDB, from Spark and from Python.

Decimals of DuckDB divide into floating point and those of Spark round by rules of their own. Here floating point only
guesses a whole quotient; multiplication and comparison of decimals, which both engines do exactly, then set it right.
A share is cut off after six decimals, towards zero: whether it reaches 100, and what it is when it is printed half up to
two decimals, is then still known exactly.
"""

from __future__ import annotations

from decimal import ROUND_05UP, ROUND_DOWN, Context, Decimal
from typing import Any

import ibis

from selaras.analytics.schema import DECIMAL, SCALE

PLACES = 6
"""Decimals of every share, cut off towards zero."""
MICRO = Decimal(1).scaleb(-PLACES)
FINEST = Decimal(1).scaleb(-SCALE)
LARGEST = Decimal(10) ** 8
"""Shares of a hundred million percent and more have no value here: the guess would not be near enough."""
WIDE = Context(prec=60)
"""Room for every amount with all its decimals; the usual context has none for tens of trillions."""
MOST = Decimal(10) ** 14
"""Amounts stay below this: then no product on the way is longer than 38 digits."""
WHOLE = "decimal(18, 0)"


def cut(value: Decimal | None) -> Decimal | None:
    """A share as the nation keeps it: cut off after six decimals; None where it is too large for exact work."""
    if value is None or abs(value) >= LARGEST:
        return None
    return WIDE.plus(value.quantize(MICRO, rounding=ROUND_DOWN, context=WIDE))  # no engine knows a negative zero


def bare(value: Decimal) -> Decimal:
    """An amount without the zeros that only fill its column, with every other digit; as text by `format(…, "f")`."""
    return Decimal(format(value.normalize(WIDE), "f")) if value else Decimal(0)


def fitted(value: Decimal | None) -> Decimal | None:
    """An amount with as many decimals as the files hold.

    One that has more (a quotient) is rounded to a last digit other than 0 and 5, so that it never seems to lie on a bound
    with fewer decimals which it only comes near (ROUND_05UP). None for one that is too large.
    """
    if value is None or abs(value) >= MOST:
        return None
    return finest(value, ROUND_05UP)


def finest(value: Decimal, rounding: str = ROUND_DOWN) -> Decimal:
    """An amount with the decimals of the files; `rounding` where it has more."""
    return value.quantize(FINEST, rounding=rounding, context=WIDE)


def number(value: int | str) -> Any:
    """A constant of the one form of numbers."""
    return ibis.literal(Decimal(value), type=DECIMAL)


def percent(part: Any, whole: Any) -> Any:
    """`part` ÷ `whole` × 100, cut off after six decimals towards zero; null where `whole` is zero or either is null.

    Both are columns of decimals below `MOST` (`money` of any amount in rupiah); a share from `LARGEST` on is null. For a
    few rows, as after an aggregation; `with_percent` is quicker over many.
    """
    return _quotient(part, whole, 100 * 10**PLACES)


def mean(total: Any, count: Any) -> Any:
    """`total` ÷ `count` cut off after six decimals towards zero; null where `count` is zero."""
    return _quotient(total, count.cast(DECIMAL), 10**PLACES)


def printed(share: Any) -> Any:
    """A share rounded half up to two decimals (away from zero, as `core` does), of one cut off after six."""
    size = _size(share)
    return _signed(share, _hundredths(size, _floor(size)))


def with_percent(rows: ibis.Table, name: str, part: Any, whole: Any) -> ibis.Table:
    """The rows with `percent` as a column more, step by step, so that an engine computes no step twice."""
    made = rows.mutate(top_=_top(part, 100 * 10**PLACES), bottom_=_bottom(whole), below_=(part < 0) != (whole < 0))
    made = made.mutate(guess_=_guess(part, whole, 100 * 10**PLACES))
    made = made.mutate(rest_=made.top_ - made.guess_ * made.bottom_)
    made = made.mutate(share_=_set_right(made.guess_, made.rest_, made.bottom_))
    made = made.mutate(**{name: _bounded(made.share_, made.below_)})
    return made.drop("top_", "bottom_", "below_", "guess_", "rest_", "share_")


def with_printed(rows: ibis.Table, name: str, share: Any) -> ibis.Table:
    """The rows with `printed` as a column more, step by step."""
    made = rows.mutate(share_=share, size_=_size(share))
    made = made.mutate(floor_=_floor(made.size_))
    made = made.mutate(**{name: _signed(made.share_, _hundredths(made.size_, made.floor_))})
    return made.drop("share_", "size_", "floor_")


def money(amount: Any) -> Any:
    """An amount in rupiah with two decimals, which leaves room for the sums of a nation."""
    return amount.cast("decimal(38, 2)")


def _quotient(part: Any, whole: Any, times: int) -> Any:
    top, bottom = _top(part, times), _bottom(whole)
    guess = _guess(part, whole, times)
    share = _set_right(guess, top - guess * bottom, bottom)
    return _bounded(share, (part < 0) != (whole < 0))


def _top(part: Any, times: int) -> Any:
    return part.abs() * ibis.literal(times, type="int64").cast("decimal(10, 0)")


def _bottom(whole: Any) -> Any:
    return whole.abs().nullif(0)


def _guess(part: Any, whole: Any, times: int) -> Any:
    # From part and whole as they are: turning a long decimal into floating point is what costs most.
    size = (part.cast("float64") * float(times) / whole.cast("float64").nullif(0.0)).abs()
    return (size <= float(LARGEST * 10**PLACES)).ifelse(size, ibis.null("float64")).floor().cast("int64").cast(WHOLE)


def _set_right(guess: Any, rest: Any, bottom: Any) -> Any:
    """The guess, one more or one less, as the rest says; in percent."""
    size = guess + (rest < 0).ifelse(-1, (rest >= bottom).ifelse(1, 0)).cast(WHOLE)
    return (size.cast("decimal(24, 6)") * ibis.literal(MICRO, type="decimal(7, 6)")).cast(DECIMAL)


def _bounded(share: Any, below: Any) -> Any:
    """A share with its sign; the guess cannot tell one just below the largest from the largest."""
    return (share < number(int(LARGEST))).ifelse(below.ifelse(number(0) - share, share), ibis.null(DECIMAL))


def _size(share: Any) -> Any:
    """A share in hundredths, and a half."""
    return share.cast("decimal(18, 6)").abs() * 100 + ibis.literal(Decimal("0.5"), type="decimal(2, 1)")


def _floor(size: Any) -> Any:
    return size.cast("float64").floor().cast("int64").cast(WHOLE)


def _hundredths(size: Any, floor: Any) -> Any:
    # Floating point may step over a whole number; the decimal says whether it did.
    made = floor - (floor > size).ifelse(1, 0).cast(WHOLE) + (floor + 1 <= size).ifelse(1, 0).cast(WHOLE)
    return (made.cast("decimal(22, 2)") * ibis.literal(Decimal("0.01"), type="decimal(3, 2)")).cast(DECIMAL)


def _signed(share: Any, size: Any) -> Any:
    return (share < 0).ifelse(number(0) - size, size)
