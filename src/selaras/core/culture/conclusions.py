"""What a study concludes, written against the matrix: verdict by a stated rule, evidence on both sides, verification.

A conclusion that names codes without evidence is called a claim without evidence; methods that were declared but bear
nothing are called declared, not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selaras.core.culture.coding import Material
from selaras.core.culture.sources import Method
from selaras.core.culture.support import ClaimFlag, CodeSupport, Support
from selaras.core.errors import Fault
from selaras.core.place import Place

MIXED = "campuran"
UNSUPPORTED = "tidak didukung"
METHODS_NOT_SHOWN = "triangulasi metode dinyatakan, belum ditunjukkan"
FAIR_OR_MORE = (Support.STRONG, Support.FAIR)


class Tactic(StrEnum):
    """The checks of a conclusion after Miles, Huberman and Saldaña; the wording is ours."""

    REPRESENTATIVE = "keterwakilan"
    RESEARCHER = "pengaruh peneliti"
    TRIANGULATION = "triangulasi"
    WEIGHT = "bobot bukti"
    OUTLIERS = "kasus menyimpang"
    EXTREMES = "kasus ekstrem"
    SURPRISES = "hal tak terduga"
    NEGATIVE = "bukti yang menyangkal"
    IF_THEN = "uji jika-maka"
    SPURIOUS = "hubungan semu"
    REPLICATION = "pengulangan"
    RIVAL = "penjelasan tandingan"
    MEMBER_CHECK = "umpan balik informan"


@dataclass(frozen=True, slots=True)
class Verification:
    """One tactic as it was carried out: what came of it, by whom (a second reader is another person than the author)."""

    tactic: Tactic
    outcome: str
    by: str = ""
    held: date | None = None


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One statement of the study and the codes that it rests on; an override of the verdict must give its reason."""

    code: str
    statement: str
    codes: tuple[str, ...]
    construct: str = ""
    override: str = ""
    reason: str = ""
    verifications: tuple[Verification, ...] = ()
    rival: str = ""
    recommendation: str = ""


@dataclass(frozen=True, slots=True)
class Strength:
    """The verdict on one conclusion with all that it was made from."""

    conclusion: str
    verdict: str
    by_code: tuple[tuple[str, Support], ...]
    accounts: int
    groups: int
    methods: Mapping[Method, int]
    contested: tuple[str, ...]
    without: tuple[str, ...]
    line: str

    @property
    def one_method(self) -> bool:
        """Whether fewer than two methods bear the conclusion out."""
        return sum(1 for count in self.methods.values() if count) < 2


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation with owner, action and date; the platform's follow-up takes it from there."""

    code: str
    statement: str
    owner: str = ""
    action: str = ""
    due: date | None = None

    def missing(self) -> tuple[str, ...]:
        """What it lacks to be carried out; a wish without these is too general."""
        held = {"pemilik": self.owner.strip(), "tindakan": self.action.strip(), "tenggat": self.due}
        return tuple(name for name, value in held.items() if not value)


def strength(conclusion: Conclusion, rows: Iterable[CodeSupport], names: Mapping[str, str] | None = None) -> Strength:
    """The verdict on a conclusion; `names`: of codes, for readers who do not know the codes themselves.

    One label for all its codes is the verdict; otherwise it is mixed if one code is strong or at least half are fair or
    better, and not supported if not. Never a test of cause and effect.
    """
    table = {row.code: row for row in rows}
    own = [table[code] for code in conclusion.codes if code in table]
    labels = [row.label for row in own] + [Support.NONE] * (len(conclusion.codes) - len(own))
    none: frozenset[str] = frozenset()
    methods = {
        method: len(none.union(*(row.methods.get(method, none) for row in own)))
        for method in (Method.INTERVIEW, Method.OBSERVATION, Method.DOCUMENT)
    }
    surveyed = len(none.union(*(row.methods.get(Method.SURVEY, none) for row in own)))
    by_code = tuple((code, table[code].label if code in table else Support.NONE) for code in conclusion.codes)
    return Strength(
        conclusion.code, conclusion.override or _verdict(labels), by_code,
        len(none.union(*(row.counting for row in own))), len(none.union(*(row.groups for row in own))),
        methods | ({Method.SURVEY: surveyed} if surveyed else {}),
        tuple(row.code for row in own if row.label is Support.CONTESTED),
        tuple(code for code, label in by_code if label in {Support.NONE, Support.NORM_ONLY}),
        _line(own, labels, names or {}),
    )  # fmt: skip


def _verdict(labels: list[Support]) -> str:
    if len(set(labels)) == 1:
        return str(labels[0])
    good = sum(label in FAIR_OR_MORE for label in labels)
    return MIXED if Support.STRONG in labels or good * 2 >= len(labels) > 0 else UNSUPPORTED


def _line(own: list[CodeSupport], labels: list[Support], names: Mapping[str, str]) -> str:
    """The evidence in one Indonesian line."""
    if len(labels) == 1:
        accounts, groups = (len(own[0].counting), len(own[0].groups)) if own else (0, 0)
        line = (
            f"{labels[0]}: {accounts} akun dari {groups} kelompok peran"
            if accounts
            else f"{labels[0]}: tidak satu akun pun"
        )
    else:
        counted = [f"{count} {label}" for label in Support if (count := labels.count(label))]
        line = ", ".join(counted)
    fights = [
        f"{names.get(row.code, row.code)}: penggalan {', '.join(row.plus)} mendukung, penggalan {', '.join(row.minus)} menyangkal"
        for row in own
        if row.label is Support.CONTESTED
    ]
    return "; ".join([line, *fights]) + "."


def claims_without_evidence(rows: Iterable[CodeSupport], conclusions: Iterable[Conclusion] = ()) -> tuple[str, ...]:
    """Codes that somebody claims, in a passage or in a conclusion, and that no experience bears out."""
    listed = list(rows)
    named = {code for conclusion in conclusions for code in conclusion.codes}
    return tuple(
        row.code
        for row in listed
        if row.flag is ClaimFlag.WITHOUT or (row.code in named and row.label in {Support.NONE, Support.NORM_ONLY})
    )


def methods_not_shown(declared: Iterable[Method], found: Strength) -> str:
    """The banner of a conclusion whose study declares several methods while fewer than two bear it out; else empty."""
    return METHODS_NOT_SHOWN if len(set(declared)) > 1 and found.one_method else ""


def may_be_verified(conclusion: Conclusion) -> tuple[Fault, ...]:
    """What a conclusion lacks to be called verified: two tactics with an outcome, one of them contradicting evidence."""
    at = Place(record=conclusion.code)
    done = {item.tactic for item in conclusion.verifications if item.outcome.strip()}
    faults = []
    if len(done) < 2:
        faults.append(Fault("pemeriksaan kurang", at, str(len(done)), "dua cara pemeriksaan atau lebih"))
    if Tactic.NEGATIVE not in done:
        faults.append(Fault("bukti yang menyangkal belum dicari", at, expected=Tactic.NEGATIVE))
    if conclusion.override and not conclusion.reason.strip():
        faults.append(Fault("kekuatan diubah tanpa alasan", at, conclusion.override, "alasan peneliti"))
    return tuple(faults)


def only_dissent(before: Iterable[CodeSupport], after: Iterable[CodeSupport]) -> tuple[str, ...]:
    """Codes that were contested and are no longer, for instance because the one who disagreed has withdrawn."""
    now = {row.code: row.label for row in after}
    return tuple(
        row.code for row in before if row.label is Support.CONTESTED and now.get(row.code) is not Support.CONTESTED
    )


def quotes(material: Material, row: CodeSupport) -> tuple[tuple[str, str, str], ...]:
    """The passages of a code with their place: source, offsets, words."""
    found = []
    for code in row.segments:
        segment = material.by_segment[code]
        found.append((segment.source, f"{segment.start}–{segment.end}", material.quote(code)))
    return tuple(found)
