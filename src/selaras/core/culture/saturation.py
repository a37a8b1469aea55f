"""When new accounts stop bringing new codes: the curve, and the ratio of new to known codes.

Source: Guest, Namey and Chen 2020 (PLoS ONE 15(5) e0232076): new codes in a run of accounts over the codes of a base.
The index speaks of inductive codes; for deductive ones it only shows coverage. The order of accounts matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from selaras.core.culture.coding import FINAL, Material
from selaras.core.culture.sources import Method


@dataclass(frozen=True, slots=True)
class Curve:
    """Accounts in their order, the codes that each brought for the first time, and the sum so far."""

    order: tuple[str, ...]
    new: tuple[int, ...]
    cumulative: tuple[int, ...]
    undated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """The ratio after `at` accounts: new codes in the last `length` of them over the codes of the first `base`."""

    base: int
    base_codes: int
    length: int
    at: int
    ratio: Fraction

    def reached(self, threshold: Fraction = Fraction(1, 20)) -> bool:
        """Whether the ratio lies at or below the threshold (5 % as a rule)."""
        return self.ratio <= threshold


def curve(material: Material, *, inductive_only: bool = False, layer: str = FINAL) -> Curve:
    """The curve over interviews with text, by date; undated ones follow in the order of the list and are named."""
    wanted = {code.code for code in material.codes if code.inductive or not inductive_only}
    texts = [source for source in material.sources if source.method is Method.INTERVIEW and source.text]
    texts.sort(key=lambda source: source.held or date.max)
    used: dict[str, set[str]] = {source.code: set() for source in texts}
    for coding in material.codings:
        place = material.source_of(coding).code
        if coding.layer == layer and coding.code in wanted and place in used:
            used[place].add(coding.code)
    known: set[str] = set()
    new, sums = [], []
    for source in texts:
        new.append(len(used[source.code] - known))
        known |= used[source.code]
        sums.append(len(known))
    undated = tuple(source.code for source in texts if source.held is None)
    return Curve(tuple(source.code for source in texts), tuple(new), tuple(sums), undated)


def runs(found: Curve, *, base: int = 4, length: int = 2) -> tuple[Run, ...]:
    """Every run after the base; none where there are too few accounts or the base holds no code."""
    if len(found.order) < base or found.cumulative[base - 1] == 0:
        return ()
    codes = found.cumulative[base - 1]
    return tuple(
        Run(base, codes, length, at, Fraction(sum(found.new[at - length : at]), codes))
        for at in range(base + length, len(found.order) + 1)
    )
