"""Stage reform: the reform index (Indeks RB), its scheme by year, action plans, units, years side by side.

Schemes are data of `rulebook.rb` (`load_rb() -> ReformRules`), each with its status. The API in short:

- `score`: `ReformScore` and its sums `rb_general`, `rb_adjusted`, `rb_index`
- `scheme`: `Scheme`, `ReformRules.scheme_for(year, kind)`, `PredicateBand`; `index.index(score, scheme)` with formula,
  predicate, questions and findings; `index.of_parts` for the sum of weighted parts
- `attribution.attribute`: whose index it is; `history.compare`: years side by side, warned where schemes differ
- `actions`: action plans by theme or area of change, quarterly progress with evidence; `units`: index of units and the
  share of units that are good
"""

from selaras.core.reform.score import (
    ADJUSTED_TEXT,
    GENERAL_TEXT,
    INDEX_TEXT,
    ReformScore,
    rb_adjusted,
    rb_general,
    rb_index,
)

__all__ = ["ADJUSTED_TEXT", "GENERAL_TEXT", "INDEX_TEXT", "ReformScore", "rb_adjusted", "rb_general", "rb_index"]
