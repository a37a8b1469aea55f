"""The limits of the signs: from which count a test is valid and from which figure a row is shown. Data, with source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.law import Source


@dataclass(frozen=True, slots=True)
class SignRule:
    """One sign: its words for people and its limits by name, with where they come from.

    `question` is what it asks, `how` how it is reckoned, `harmless` what else explains it without anything being wrong.
    """

    code: str
    name: str
    question: str
    how: str
    harmless: str
    limits: Mapping[str, Decimal]
    source: Source

    def limit(self, name: str) -> Decimal:
        """A limit by its name. Raises KeyError for one that the rule does not have."""
        return self.limits[name]

    def whole(self, name: str) -> int:
        """A limit that is a count."""
        return int(self.limits[name])


@dataclass(frozen=True, slots=True)
class NationRules:
    """Every sign by its code, and the expected share of false alarms that an adjusted list allows, a fraction."""

    signs: Mapping[str, SignRule]
    rate: Decimal
    source: Source
