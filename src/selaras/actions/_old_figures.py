"""Taking one figure of an old report over: which indicator it is of, the record it becomes, the page as its evidence."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from selaras.actions._files import written
from selaras.actions._old_budgets import bare_names
from selaras.actions._row_faults import faults_of_digits
from selaras.actions.audit import Trace
from selaras.core.access import Actor
from selaras.core.errors import Clash, Conflict, Fault, Refusal
from selaras.core.measurement.aggregate import faults_of
from selaras.core.measurement.entries import quotient
from selaras.core.measurement.records import Evidence, EvidenceKind, Progress, Realisation
from selaras.core.numerals import NumberHint
from selaras.core.period import Period
from selaras.core.planning import Indicator, PlanDocument, Target
from selaras.core.reading import read_value
from selaras.core.value import Value
from selaras.documents.findings.kept import unpacked
from selaras.review.likeness import bare, fold
from selaras.store import models as tables
from selaras.store.evidence import folder as evidence_folder
from selaras.store.models import HistoryReading, ReviewCase
from selaras.store.models.work import ReadingState
from selaras.store.old_budgets import MONEY, names_of_nodes
from selaras.store.old_figures import (
    AGREED,
    REALISATION,
    TARGET,
    Standing,
    agreed_targets,
    key_indicators,
    names_of_indicators,
)
from selaras.store.reviews import file_at
from selaras.store.rows import Table, all_tables, key_text, pack_value

ALIKE = 88
"""From this likeness of the folded names on (0 to 100), an indicator is suggested."""
APART = 3
"""The next indicator must be so much less alike, else none is suggested."""
AS_EVIDENCE = frozenset({".pdf", ".docx", ".xlsx", ".txt"})


def gathered(case: ReviewCase, claims: Iterable[Mapping[str, Any]]) -> list[HistoryReading]:
    """The rows for the figures of a report, each with the indicator or programme of the agency that it is probably of."""
    names, nodes = names_of_indicators(case.agency_id), bare_names(names_of_nodes(case.agency_id))
    leading = key_indicators(case.agency_id)
    likely: dict[tuple[bool, str], int | None] = {}
    made = []
    for claim in claims:
        wording, is_money = claim["wording"], claim["role"] in MONEY
        if (is_money, wording) not in likely:
            likely[is_money, wording] = (
                suggested(bare(wording), nodes) if is_money else suggested(wording, names, leading)
            )
        of = likely[is_money, wording]
        role = f"{TARGET} {claim['plan']}" if claim["role"] == TARGET else claim["role"]
        made.append(
            HistoryReading(
                case=case, role=role, wording=wording, year=claim["year"], unit=claim["unit"], read=claim["read"],
                place={key: claim[key] for key in ("places", "boxes", "agrees", "achieved", "shown")},
                suggested_id=None if is_money else of, node_id=of if is_money else None,
                state=ReadingState.WAITING.value,
            )
        )  # fmt: skip
    return made


def suggested(wording: str, names: Mapping[int, Sequence[str]], leading: Collection[int] = ()) -> int | None:
    """The row of the indicator whose name is most like a wording; None where none or more than one is near.

    Of several that are near, the only one among `leading` is meant: a programme may measure what an IKU measures.
    """
    folded = {(pk, number): fold(name) for pk, each in names.items() for number, name in enumerate(each)}
    near = process.extract(fold(wording), folded, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE - APART, limit=None)
    best: dict[int, float] = {}
    for _, score, (pk, _) in near:
        best[pk] = max(best.get(pk, 0.0), score)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    near_best = [pk for pk, score in ranked if score >= ALIKE and ranked[0][1] - score < APART]
    if len(near_best) > 1:
        near_best = [pk for pk in near_best if pk in leading]
    return near_best[0] if len(near_best) == 1 else None


def value_for(indicator: Indicator, text: str, *, printed: bool) -> Value:
    """A figure as a value of the indicator's kind. `printed` says that we wrote the text, so `1.234` has one reading.

    Raises UnreadableNumber, AmbiguousNumber, and Refusal for a missing mark.
    """
    value = read_value(text, kind=indicator.value_kind, hint=NumberHint.INDONESIAN if printed else None)
    if value is None:
        raise Refusal(
            "Angkanya kosong.", Fault("tidak ada angka", read=text, remedy="Isi angkanya, atau tolak bacaan ini.")
        )
    return value


def taken_over(
    by: Actor, trace: Trace, reading: HistoryReading, indicator: Indicator, value: Value, *, overwrite: bool
) -> None:
    """Write the figure as target or realisation of its year, with the page as evidence; nothing is overwritten unasked.

    Raises Conflict where another value stands, Refusal where it may not change or the value is no value of the
    indicator. Call inside a transaction.
    """
    source = source_of(reading)
    if reading.role == REALISATION:
        cited = _cited(reading.case, source)  # before anything is written: the file may be gone
        _realised(by, trace, reading, indicator, value, source, cited, overwrite=overwrite)
    else:
        _targeted(trace, reading, indicator, value, source, overwrite=overwrite)


def source_of(reading: HistoryReading) -> str:
    """Where the figure stands, in words: `Laporan Kinerja 2021, halaman 24, Tabel 3.1`."""
    places = reading.place.get("places") or []
    place = unpacked(places[0]) if places else None
    parts = [reading.case.title]
    if place is not None:
        parts += [f"halaman {place.page}" if place.page else "", place.table or place.sheet]
        parts += [f"sel {place.cell}" if place.cell else ""]
    return ", ".join(part for part in parts if part)


def _realised(
    by: Actor, trace: Trace, reading: HistoryReading, indicator: Indicator, value: Value, source: str,
    cited: tuple[EvidenceKind, str], *, overwrite: bool,
) -> None:  # fmt: skip
    table = all_tables()[Realisation]
    given = Realisation(
        indicator.code,
        Period(reading.year),
        value,
        status=Progress.SUBMITTED,
        entered_by=by.name,
        note=f"Dari {source}.",
    )
    _refuse_unsound(table, given, [*faults_of(indicator, given)])
    rows = _rows(table, reading, given)
    old = rows.select_for_update(of=("self",)).first()
    stands = _record(table, rows) if old is not None else None
    if stands is not None and (stands.told() == given.told() or _is_rounded(indicator, stands, value)):
        _cite(trace, reading, given.indicator, given.period, source, cited)
        return
    if stands is not None:
        if stands.status in {Progress.VERIFIED, Progress.LOCKED}:
            raise Refusal(
                f"Realisasi {indicator.code} {given.period.name} sudah {stands.status}: {stands.told()}.",
                Fault("nilai yang sudah ditetapkan", read=given.told(), expected=stands.told(),
                      remedy="Tolak bacaan ini, atau kembalikan dahulu nilainya menjadi draf."),
            )  # fmt: skip
        _ask(overwrite, f"Realisasi {given.period.name}", stands.told(), given.told(), stands.entered_by)
    columns = dict(zip(_columns(table, "value"), pack_value(value), strict=True))
    columns |= {"numerator": None, "denominator": None, "note": given.note, "entered_by": by.name}
    columns |= {"status": given.status.value, "verified_by": ""}
    rows.model.objects.update_or_create(**_key(table, reading, given), defaults=columns)
    key = key_text((given.indicator, given.period))
    trace.changed("Realisation", key, "Realisasi", stands.told() if stands else "", given.told(), f"Dari {source}.")
    before = stands.status.value if stands else ""
    if before != given.status.value:
        trace.changed("Realisation", key, "Status", before, given.status.value, f"Dari {source}.")
    _cite(trace, reading, given.indicator, given.period, source, cited)


def _is_rounded(indicator: Indicator, stands: Realisation, value: Value) -> bool:
    """Whether a report rounds what stands there as numerator and denominator."""
    amount = quotient(indicator.value_kind, stands.numerator, stands.denominator)
    return amount is not None and Standing("", amount=amount).prints_as(value.shown())


def _targeted(
    trace: Trace, reading: HistoryReading, indicator: Indicator, value: Value, source: str, *, overwrite: bool
) -> None:
    table = all_tables()[Target]
    plan = reading.role.partition(" ")[2]
    if plan == AGREED:
        agreed = agreed_targets(reading.case.agency_id, [reading.suggested_id or 0], [reading.year])
        promised = agreed.get((indicator.code, reading.year))
        if promised == value:
            return
        if promised is not None:
            raise Refusal(
                f"Perjanjian Kinerja {reading.year} mencatat target {promised.shown()}.",
                Fault("target perjanjian tidak diganti dari sini", read=value.shown(), expected=promised.shown(),
                      remedy="Tolak bacaan ini, atau ubah perjanjiannya."),
            )  # fmt: skip
        plan = PlanDocument.RKT.value  # targets of years without an agreement in the system are kept there
    given = Target(indicator.code, Period(reading.year), PlanDocument(plan), value)
    faults = [] if value.kind is indicator.value_kind else [
        Fault("jenis nilai berbeda", read=value.shown(), expected=indicator.value_kind.value)
    ]  # fmt: skip
    _refuse_unsound(table, given, faults)
    rows = _rows(table, reading, given)
    stands = _record(table, rows)
    if stands is not None and stands.value == value:
        return
    if stands is not None:
        _ask(overwrite, f"Target {given.document} {given.period.name}", stands.value.shown(), value.shown(), "")
    columns = dict(zip(_columns(table, "value"), pack_value(value), strict=True))
    rows.model.objects.update_or_create(**_key(table, reading, given), defaults=columns)
    before = stands.value.shown() if stands else ""
    key = key_text((given.indicator, given.period, given.document))
    trace.changed("Target", key, "Nilai", before, value.shown(), f"Dari {source}.")


def _ask(overwrite: bool, name: str, stands: str, given: str, by: str) -> None:
    if not overwrite:
        raise Conflict(
            f"{name} sudah tercatat {stands}. Pilih mana yang benar; tidak ada yang ditimpa.",
            Clash(name, "", stands, given), by=by,
        )  # fmt: skip


def _refuse_unsound(table: Table, given: Any, faults: list[Fault]) -> None:
    faults += faults_of_digits(table, given)
    if faults:
        raise Refusal(f"Angka ini tidak dapat menjadi {table.label.lower()} {given.indicator}.", *faults)


def _cited(case: ReviewCase, source: str) -> tuple[EvidenceKind, str]:
    """The report as evidence: its file, put into the evidence store once, or in words where it is of another form."""
    path = file_at(case.agency.code, case.file)
    if path.suffix not in AS_EVIDENCE:
        return EvidenceKind.REGISTER, source
    return EvidenceKind.FILE, _kept(case, path)


def _cite(
    trace: Trace, reading: HistoryReading, indicator: str, period: Period, source: str, cited: tuple[EvidenceKind, str]
) -> None:
    """The page of the report as evidence of a realisation."""
    case, (kind, target) = reading.case, cited
    key = {
        "agency_id": case.agency_id, "indicator_id": reading.suggested_id, "year": period.year,
        "span": period.span.value, "index": period.index, "title": source[:200],
    }  # fmt: skip
    sha256 = case.sha256 if kind is EvidenceKind.FILE else ""
    _, is_new = tables.Evidence.objects.get_or_create(
        **key, defaults={"kind": kind.value, "target": target, "sha256": sha256}
    )
    if is_new:
        trace.changed(Evidence.__name__, key_text((indicator, period, source[:200])), "", "", "baru", "")


def _kept(case: ReviewCase, path: Path) -> str:
    stem = re.sub(r"[^A-Za-z0-9]+", "-", path.stem).strip("-").lower()[:60] or "laporan"
    name = f"{case.sha256[:16]}-{stem}{path.suffix}"
    target = evidence_folder(case.agency.code) / name
    if not target.is_file():
        with written(target) as draft:
            shutil.copyfile(path, draft)
    return name


def _key(table: Table, reading: HistoryReading, given: Any) -> dict[str, Any]:
    key = {"agency_id": reading.case.agency_id, "indicator_id": reading.suggested_id}
    key |= {"year": given.period.year, "span": given.period.span.value, "index": given.period.index}
    if table.record is Target:
        key["document"] = given.document.value
    return key


def _rows(table: Table, reading: HistoryReading, given: Any) -> Any:
    return table.rows.filter(**_key(table, reading, given))


def _record(table: Table, rows: Any) -> Any:
    row = rows.values_list(*table.paths).first()
    return table.record_of(row) if row else None


def _columns(table: Table, name: str) -> tuple[str, ...]:
    return next(part.columns for part in table.fields if part.name == name)
