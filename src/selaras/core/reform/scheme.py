"""How the reform index was made up in a year: parts with weights, maxima, adjustment, predicates; data of the rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from selaras.core.errors import Fault, Refusal
from selaras.core.law import Certainty, Source
from selaras.core.org import AgencyKind


class Adjustment(StrEnum):
    """How the adjusted weight works on RB General where it differs from the total.

    No text that we have says so: `BY_APPLICABLE` takes it for the weight that applied and scales up to the whole (so that
    what does not apply lowers nothing), `BY_SHARE` for the share that counts. A person confirms which is the evaluator's.
    """

    BY_SHARE = "RB General × bobot penyesuaian ÷ total bobot"
    BY_APPLICABLE = "RB General × total bobot ÷ bobot penyesuaian"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the index with its weight in points, and the parts below it."""

    code: str
    name: str
    weight: Decimal
    source: Source
    parts: tuple[Part, ...] = ()

    def walk(self) -> Iterator[Part]:
        """The part and all below it, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def leaves(self) -> Iterator[Part]:
        """The parts that are scored themselves."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class PredicateBand:
    """One predicate: from `lower` (itself included only if `inclusive`) up to the band above."""

    label: str
    lower: Decimal
    inclusive: bool
    name: str
    source: Source

    def holds(self, value: Decimal) -> bool:
        """Whether a score lies above the lower end."""
        return value >= self.lower if self.inclusive else value > self.lower


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme of the index. `general` and `thematic` are its two summands; an older one has no `thematic`.

    `kinds` names the kinds of agencies whose sheet the weights come from; empty means every kind.
    """

    code: str
    name: str
    first_year: int
    last_year: int | None
    kinds: tuple[AgencyKind, ...]
    general: Part
    thematic: Part | None
    adjustment: Adjustment
    """The reading until a person confirms one."""
    adjustment_source: Source
    bands: tuple[PredicateBand, ...]
    source: Source

    def __post_init__(self) -> None:
        lowers = [band.lower for band in self.bands]
        if not lowers or lowers != sorted(set(lowers), reverse=True) or lowers[-1] != 0 or not self.bands[-1].inclusive:
            raise ValueError(f"scheme {self.code}: predicates must run from high to low without overlap and include 0")
        if len({band.label for band in self.bands}) != len(self.bands):
            raise ValueError(f"scheme {self.code}: a predicate stands twice")
        for part in self.parts():
            if part.parts and sum(below.weight for below in part.parts) != part.weight:
                raise ValueError(f"scheme {self.code}: the parts of {part.code} do not add up to {part.weight}")
        codes = [part.code for part in self.parts()]
        if len(set(codes)) != len(codes):
            raise ValueError(f"scheme {self.code}: a part stands twice")

    @property
    def highest(self) -> Decimal:
        """The highest index in points: 100, or 120 with RB Tematik."""
        return self.general.weight + (self.thematic.weight if self.thematic else Decimal(0))

    def parts(self) -> Iterator[Part]:
        """Every part of both summands."""
        yield from self.general.walk()
        if self.thematic is not None:
            yield from self.thematic.walk()

    def holds_in(self, year: int) -> bool:
        """Whether the scheme was used for the evaluation of `year`."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def band(self, value: Decimal) -> PredicateBand:
        """The predicate of an index. Raises Refusal for one below zero or above the highest."""
        if not 0 <= value <= self.highest:
            fault = Fault("Indeks RB di luar jangkauannya", read=str(value), expected=f"0–{self.highest}")
            raise Refusal("Predikat tidak dapat ditentukan.", fault)
        return next(band for band in self.bands if band.holds(value))

    def rank(self, label: str) -> int | None:
        """The rank of a predicate, 1 for the lowest; None for a label that the scheme does not have."""
        folded = label.strip().casefold()
        found = (rank for rank, band in enumerate(reversed(self.bands), 1) if band.label.casefold() == folded)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class ChangeArea:
    """One of the eight areas of change of RB General."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of RB Tematik; which themes hold is set for each period and region."""

    code: str
    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class GoodBound:
    """From which predicate on a unit's reform counts as good."""

    label: str
    source: Source


@dataclass(frozen=True, slots=True)
class ReformRules:
    """Everything that stage reform takes from regulations and practice."""

    schemes: tuple[Scheme, ...]
    areas: tuple[ChangeArea, ...]
    areas_source: Source
    themes: tuple[Theme, ...]
    good: GoodBound

    def scheme_for(self, year: int, kind: AgencyKind | None = None) -> Scheme:
        """The scheme of the evaluation of `year`; one made for the kind of agency goes before one for all.

        Where only the sheet of another kind is known, that one is given, because maxima and predicates are common;
        its weights of parts are then not the agency's (`fits`). Raises Refusal for a year without a scheme.
        """
        held = [scheme for scheme in self.schemes if scheme.holds_in(year)]
        if not held:
            known = ", ".join(f"{item.first_year}–{item.last_year or ''}" for item in self.schemes)
            raise Refusal(
                "Skema indeks RB tidak ditemukan.", Fault("Tahun evaluasi tanpa skema", read=str(year), expected=known)
            )
        return min(held, key=lambda scheme: (kind not in scheme.kinds, bool(scheme.kinds)))

    def sources(self) -> tuple[tuple[str, Source], ...]:
        """Every rule by name, with its source and status."""
        named: list[tuple[str, Source]] = [
            ("delapan area perubahan", self.areas_source),
            ("batas RB baik", self.good.source),
        ]
        for scheme in self.schemes:
            named.append((scheme.name, scheme.source))
            named.append((f"{scheme.name}: bobot penyesuaian", scheme.adjustment_source))
            named += [(f"{scheme.name}: {part.name}", part.source) for part in scheme.parts()]
            named += [(f"{scheme.name}: predikat {band.label}", band.source) for band in scheme.bands]
        return (*named, *((f"tema {theme.name}", theme.source) for theme in self.themes))

    def doubts(self) -> tuple[tuple[str, Source], ...]:
        """What is not confirmed, by name, to be shown wherever it is used."""
        return tuple((name, source) for name, source in self.sources() if source.certainty is not Certainty.CONFIRMED)


def fits(scheme: Scheme, kind: AgencyKind) -> bool:
    """Whether the weights of the scheme's parts are those of this kind of agency."""
    return not scheme.kinds or kind in scheme.kinds


def labels(schemes: Iterable[Scheme]) -> tuple[str, ...]:
    """Every label of a predicate that any scheme has, once."""
    return tuple(dict.fromkeys(band.label for scheme in schemes for band in scheme.bands))
