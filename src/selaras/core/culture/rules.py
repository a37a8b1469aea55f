"""The rules of stage culture as they stood on a day: data with sources, put together by `rulebook.culture`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from selaras.core.culture.frameworks import Framework
from selaras.core.culture.index import NationalFigure
from selaras.core.culture.privacy import Threshold
from selaras.core.culture.support import SupportRule
from selaras.core.culture.surveys import CareRule
from selaras.core.law import Certainty, Source


@dataclass(frozen=True, slots=True)
class SaturationRule:
    """Accounts in the base and in a run, and the share of new codes at which nothing new is called nothing new."""

    base: int
    run: int
    threshold: Fraction


@dataclass(frozen=True)
class CultureRules:
    """Everything that the rulebook says about culture studies on `day`; `sources` by name of the rule."""

    day: date
    frameworks: tuple[Framework, ...]
    support: SupportRule
    threshold: Threshold
    care: CareRule
    saturation: SaturationRule
    national: tuple[NationalFigure, ...]
    sources: Mapping[str, Source]

    def framework(self, code: str) -> Framework:
        """A framework by its code; KeyError if none is in force."""
        return {item.code: item for item in self.frameworks}[code]

    def doubts(self) -> tuple[tuple[str, Source], ...]:
        """Every rule and framework that is not confirmed, with its source."""
        held = {**self.sources, **{item.name: item.source for item in self.frameworks}}
        return tuple((name, source) for name, source in held.items() if source.certainty is not Certainty.CONFIRMED)
