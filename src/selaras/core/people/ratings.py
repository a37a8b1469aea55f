"""Ratings of results and behaviour, the employee's predicate by the 3 × 3 matrix, and the rating of a head of unit.

An employee is rated against expectations (Permenpan-RB 6/2022): two ratings of three steps give one of five
predicates. There is no score: nothing here turns a percentage into a rating, because no rule does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from selaras.core.errors import Fault, Refusal
from selaras.core.law import Source
from selaras.core.place import NOWHERE, Place


class Rating(StrEnum):
    """How results or behaviour stand against what was expected."""

    ABOVE = "di atas ekspektasi"
    AS_EXPECTED = "sesuai ekspektasi"
    BELOW = "di bawah ekspektasi"


class Predicate(StrEnum):
    """The predicate of an employee, best first."""

    VERY_GOOD = "Sangat Baik"
    GOOD = "Baik"
    NEEDS_IMPROVEMENT = "Butuh Perbaikan"
    POOR = "Kurang"
    VERY_POOR = "Sangat Kurang"


class OrganisationPredicate(StrEnum):
    """The predicate of an organisation or unit, best first (SE MenPANRB 3/2023)."""

    EXCELLENT = "Istimewa"
    GOOD = "Baik"
    NEEDS_IMPROVEMENT = "Butuh Perbaikan"
    POOR = "Kurang"
    VERY_POOR = "Sangat Kurang"


@dataclass(frozen=True)
class PredicateMatrix:
    """The predicate for each pair of ratings (results, behaviour), and other names of predicates."""

    code: str
    cells: Mapping[tuple[Rating, Rating], Predicate]
    synonyms: Mapping[str, Predicate]
    source: Source

    def __post_init__(self) -> None:
        missing = [pair for pair in PAIRS if pair not in self.cells]
        if missing or len(self.cells) != len(PAIRS):
            raise ValueError(f"matrix {self.code}: a predicate is wanted for each of the nine pairs of ratings")

    def predicate(self, results: Rating, behaviour: Rating) -> Predicate:
        """The predicate of an employee whose results and behaviour are rated so."""
        return self.cells[results, behaviour]

    def why(self, results: Rating, behaviour: Rating) -> str:
        """The predicate with what it comes from, as one Indonesian sentence."""
        return (
            f"Hasil kerja {results} dan perilaku kerja {behaviour} menghasilkan predikat "
            f"{self.predicate(results, behaviour)}."
        )


PAIRS = tuple((results, behaviour) for results in Rating for behaviour in Rating)


@dataclass(frozen=True)
class HeadMapping:
    """Which rating of results the head of a unit has by the predicate of the unit.

    That the unit's achievement becomes the head's rating is confirmed; how five steps become three is inferred.
    """

    code: str
    ratings: Mapping[OrganisationPredicate, Rating]
    source: Source

    def __post_init__(self) -> None:
        if set(self.ratings) != set(OrganisationPredicate):
            raise ValueError(f"mapping {self.code}: a rating is wanted for each of the five predicates")

    def rating(self, predicate: OrganisationPredicate) -> Rating:
        """The rating of results of the head of a unit with this predicate."""
        return self.ratings[predicate]


def read_predicate(text: str, matrix: PredicateMatrix, *, place: Place = NOWHERE) -> Predicate:
    """The predicate that a text names, by its own name or a synonym (`Cukup`). Raises Refusal for anything else.

    Predicates of organisations (`Istimewa`) are refused: some public forms list them for employees, wrongly.
    """
    folded = " ".join(text.split()).casefold()
    known = {item.casefold(): item for item in Predicate} | {
        name.casefold(): item for name, item in matrix.synonyms.items()
    }
    if folded in known:
        return known[folded]
    only = folded == OrganisationPredicate.EXCELLENT.casefold()
    fault = Fault(
        "Predikat organisasi tidak dipakai untuk pegawai" if only else "Predikat pegawai tidak dikenal", place,
        text.strip(), " | ".join(Predicate), "Pilih salah satu dari lima predikat pegawai.",
    )  # fmt: skip
    raise Refusal("Predikat tidak terbaca.", fault)
