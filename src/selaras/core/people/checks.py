"""Checks of an SKP before it is agreed: what a row lacks, what the heading promises, which core values are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

from selaras.core.agreements import fitness
from selaras.core.finding import Finding, Severity
from selaras.core.org import Capacity
from selaras.core.people.rules import SkpRules
from selaras.core.people.skp import AnnexKind, Method, Section, SkpAnnex, SkpBehaviour, SkpForm, SkpPlan, SkpRow, layout
from selaras.core.place import NOWHERE, Place
from selaras.core.planning import Indicator
from selaras.core.spelling import quoted

REGULATION = "Permenpan-RB 6/2022"


class SkpCode(StrEnum):
    """What can be found in one SKP."""

    EMPTY = "SKP-EMPTY"
    METHOD = "SKP-METHOD"
    PERSPECTIVE = "SKP-PERSPECTIVE"
    ASPECT = "SKP-ASPECT"
    SUPPORTS = "SKP-SUPPORTS"
    MEASURE = "SKP-MEASURE"
    TARGET = "SKP-TARGET-EMPTY"
    FIT = "SKP-FIT"
    TWICE = "SKP-TWICE"
    BEHAVIOUR = "SKP-BEHAVIOUR"
    ANNEX = "SKP-ANNEX"
    ASSESSOR = "SKP-ASSESSOR"
    ACTING = "SKP-ACTING"


def check_plan(
    plan: SkpPlan,
    rows: Iterable[SkpRow],
    rules: SkpRules,
    *,
    behaviours: Iterable[SkpBehaviour] = (),
    annexes: Iterable[SkpAnnex] = (),
    indicators: Iterable[Indicator] = (),
) -> tuple[Finding, ...]:
    """Everything that is missing or odd in one SKP, rows in their order; records of other plans are ignored."""
    own = sorted((row for row in rows if row.plan == plan.code), key=lambda row: row.order)
    known = {indicator.code: indicator for indicator in indicators}
    return (
        *_whole(plan, own),
        *(finding for row in own for finding in _row(plan, row, rules, known.get(row.indicator))),
        *_twice(own),
        *_behaviours(plan, [item for item in behaviours if item.plan == plan.code], rules),
        *_annexes(plan, [item for item in annexes if item.plan == plan.code]),
        *_people(plan, own, rules),
    )


def _whole(plan: SkpPlan, rows: list[SkpRow]) -> Iterator[Finding]:
    if not any(row.section is Section.MAIN for row in rows):
        yield _finding(
            SkpCode.EMPTY,
            Severity.ERROR,
            "SKP belum memuat hasil kerja utama.",
            "",
            "sekurang-kurangnya satu hasil kerja utama",
            plan.place,
        )
    actual = layout(rows)
    if actual is not None and actual is not plan.method:
        yield _finding(
            SkpCode.METHOD, Severity.WARNING,
            f"SKP berjudul pendekatan {plan.method}, tetapi susunannya {actual}.", plan.method, actual, plan.place,
            "Betulkan judulnya, atau susun hasil kerja menurut pendekatan yang dipilih.",
        )  # fmt: skip


def _row(plan: SkpPlan, row: SkpRow, rules: SkpRules, indicator: Indicator | None) -> Iterator[Finding]:
    name = f"Hasil kerja {row.section} nomor {row.order}"
    if plan.form is SkpForm.HEAD:
        yield from _chosen(SkpCode.PERSPECTIVE, f"{name}: perspektif", row.perspective, rules.perspectives, row.place)
    else:
        if plan.method is Method.QUANTITATIVE:
            yield from _chosen(SkpCode.ASPECT, f"{name}: aspek", row.aspect, rules.aspects, row.place)
        if row.section is Section.MAIN and not row.supports.strip():
            yield _finding(
                SkpCode.SUPPORTS,
                Severity.WARNING,
                f"{name} tidak menyebut hasil kerja pimpinan yang didukung.",
                "",
                "hasil kerja pimpinan yang diintervensi",
                row.place,
            )
    if not row.result.strip() or not row.measure.strip():
        yield _finding(
            SkpCode.MEASURE,
            Severity.ERROR,
            f"{name} belum lengkap.",
            "",
            "rencana hasil kerja dan ukuran keberhasilannya",
            row.place,
        )
    if plan.method is Method.QUANTITATIVE and row.target is None:
        yield _finding(
            SkpCode.TARGET, Severity.ERROR, f"{name} belum mempunyai target.", "", "target dengan satuannya", row.place
        )
    misfit = fitness.misfit(row.measure, row.target, row.unit, indicator) if row.target is not None else None
    if misfit is not None:
        yield _finding(
            SkpCode.FIT, Severity.ERROR, f"{name}: target ({misfit.stated}) tidak sesuai dengan indikatornya.",
            misfit.stated, misfit.expected, row.place, "Betulkan satuan atau target.",
        )  # fmt: skip


def _chosen(code: SkpCode, what: str, given: str, known: tuple[str, ...], place: Place) -> Iterator[Finding]:
    if not given:
        yield _finding(code, Severity.WARNING, f"{what} belum dipilih.", "", " | ".join(known), place)
    elif given.casefold() not in {item.casefold() for item in known}:
        yield _finding(code, Severity.WARNING, f"{what} tidak dikenal.", given, " | ".join(known), place)


def _twice(rows: list[SkpRow]) -> Iterator[Finding]:
    counted = Counter(
        (row.result.casefold().strip(), row.measure.casefold().strip(), row.aspect.casefold()) for row in rows
    )
    for (result, measure, _), count in counted.items():
        if count > 1 and (result or measure):
            same = [
                row
                for row in rows
                if (row.result.casefold().strip(), row.measure.casefold().strip()) == (result, measure)
            ]
            yield Finding(
                SkpCode.TWICE, "duplicate-content", Severity.WARNING,
                f"Hasil kerja {quoted(same[0].result)} dengan ukuran yang sama tercantum {count} kali.",
                stated=same[0].measure, expected="satu baris", regulation=REGULATION,
                places=tuple(row.place for row in same if row.place != NOWHERE),
            )  # fmt: skip


def _behaviours(plan: SkpPlan, given: list[SkpBehaviour], rules: SkpRules) -> Iterator[Finding]:
    known = {value.code: value.name for value in rules.values}
    for item in given:
        if item.value not in known:
            yield _finding(
                SkpCode.BEHAVIOUR,
                Severity.ERROR,
                "Nilai dasar perilaku kerja tidak dikenal.",
                item.value,
                " | ".join(known),
                item.place,
            )
    for code, count in Counter(item.value for item in given).items():
        if count > 1 and code in known:
            yield _finding(
                SkpCode.BEHAVIOUR,
                Severity.WARNING,
                f"Nilai {known[code]} mempunyai {count} ekspektasi khusus.",
                str(count),
                "satu ekspektasi khusus",
                plan.place,
            )
    if not any(item.value in known and item.expectation.strip() for item in given):
        yield _finding(
            SkpCode.BEHAVIOUR,
            Severity.INFO,
            "Tidak ada ekspektasi khusus pimpinan atas perilaku kerja.",
            "",
            "ekspektasi khusus boleh diisi untuk satu nilai atau lebih",
            plan.place,
        )


def _annexes(plan: SkpPlan, given: list[SkpAnnex]) -> Iterator[Finding]:
    missing = [kind for kind in AnnexKind if not any(item.kind is kind and item.text.strip() for item in given)]
    if missing:
        yield _finding(
            SkpCode.ANNEX,
            Severity.INFO,
            f"Lampiran SKP belum memuat {', '.join(missing)}.",
            "",
            ", ".join(AnnexKind),
            plan.place,
        )


def _people(plan: SkpPlan, rows: list[SkpRow], rules: SkpRules) -> Iterator[Finding]:
    if not plan.assessor:
        yield _finding(
            SkpCode.ASSESSOR,
            Severity.WARNING,
            "Pejabat penilai kinerja belum ditetapkan.",
            "",
            "jabatan atasan langsung",
            plan.place,
        )
    elif plan.assessor == plan.position:
        yield _finding(
            SkpCode.ASSESSOR,
            Severity.ERROR,
            "Pejabat penilai kinerja sama dengan pegawai yang dinilai.",
            plan.assessor,
            "jabatan atasan langsung",
            plan.place,
        )
    if plan.capacity is Capacity.DEFINITIVE:
        return
    section = rules.acting.get(plan.capacity)
    if section is None:
        yield _finding(
            SkpCode.ACTING,
            Severity.INFO,
            f"Penugasan {plan.capacity} tidak lazim mempunyai SKP tersendiri.",
            plan.capacity,
            "SKP jabatan definitif",
            plan.place,
        )
    elif any(row.section is not section for row in rows):
        yield _finding(
            SkpCode.ACTING,
            Severity.WARNING,
            f"Hasil kerja sebagai {plan.capacity} lazim dimuat sebagai hasil kerja {section}.",
            plan.capacity,
            section,
            plan.place,
        )


def _finding(
    code: SkpCode, severity: Severity, message: str, stated: str, expected: str, place: Place, suggestion: str = ""
) -> Finding:
    return Finding(
        code, "missing-element", severity, message, stated=stated, expected=expected, regulation=REGULATION,
        places=(place,) if place != NOWHERE else (), suggestion=suggestion,
    )  # fmt: skip
