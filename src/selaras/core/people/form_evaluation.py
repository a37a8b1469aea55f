"""The evaluation of an SKP and the log of its feedback as documents; every form ends with the status of what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.calendar import format_date
from selaras.core.document import (
    Align,
    Block,
    Cell,
    Document,
    Row,
    Span,
    Table,
)
from selaras.core.people.distribution import Pattern
from selaras.core.people.feedback import Feedback
from selaras.core.people.form_pieces import (
    SECTIONS,
    FormFacts,
    by_section,
    empty_row,
    form_document,
    front,
    head_row,
    listed,
    made_table,
    parties_table,
    signatures,
    strong_cell,
    word_cell,
)
from selaras.core.people.ratings import OrganisationPredicate
from selaras.core.people.realisation import Assessment, Drawn
from selaras.core.period import Period


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What the evaluation form prints beside the plan: realisation by row, feedback, rating, the unit's predicate."""

    period: Period
    drawn: Mapping[int, Drawn]
    feedback: tuple[Feedback, ...]
    assessment: Assessment | None
    organisation: OrganisationPredicate | None
    pattern: Pattern | None


def evaluation_form(facts: FormFacts, evaluated: Evaluated) -> Document:
    """The evaluation: organisation and pattern, realisation and feedback by row and value, ratings, predicate."""
    blocks: list[Block] = [*front("EVALUASI KINERJA PEGAWAI", facts, evaluated.period), _organisation(evaluated)]
    blocks += [parties_table(facts), _evaluated_results(facts, evaluated), _evaluated_behaviour(facts, evaluated)]
    blocks += [
        _predicate(facts, evaluated),
        signatures(facts, evaluated.assessment.on if evaluated.assessment else None),
    ]
    matrix = facts.rules.matrix
    sources = [("matriks predikat", matrix.source)]
    if evaluated.pattern:
        sources.append(("pola distribusi", evaluated.pattern.source))
    return form_document(f"Evaluasi Kinerja Pegawai {evaluated.period.name}", "evaluasi-skp", facts, blocks, sources)


def feedback_form(facts: FormFacts, feedback: Iterable[Feedback], names: Mapping[str, str]) -> Document:
    """All feedback in the order of its days; `names` says who the givers are."""
    values = {value.code: value.name for value in facts.rules.skp.values}
    results = {row.order: row.result for row in facts.rows}
    body = [
        Row((
            word_cell(str(number), Align.CENTER), word_cell(format_date(item.on)), word_cell(names.get(item.giver, item.giver)),
            word_cell(item.kind), word_cell(results.get(item.row or 0, "") or values.get(item.value, "") or "kinerja keseluruhan"),
            word_cell(item.text), word_cell("\n".join(item.evidence) or "–"),
        ))
        for number, item in enumerate(sorted(feedback, key=lambda item: item.on), 1)
    ]  # fmt: skip
    heads = ("No.", "Tanggal", "Pemberi", "Jenis", "Tentang", "Umpan Balik", "Bukti Dukung")
    table = made_table("umpan-balik", (5, 12, 15, 10, 20, 24, 14), (head_row(*heads),), body or [empty_row(7)])
    blocks = [*front("UMPAN BALIK BERKELANJUTAN", facts), parties_table(facts), table, signatures(facts)]
    return form_document("Umpan Balik Berkelanjutan", "umpan-balik-skp", facts, blocks, [])


def _organisation(evaluated: Evaluated) -> Table:
    decided = evaluated.organisation or "belum ditetapkan"
    limits = evaluated.pattern.limits if evaluated.pattern else ()
    pattern = "; ".join(_said(limit.kind, limit.groups, limit.percent) for limit in limits) or "–"
    return made_table(
        "organisasi", (30, 70), (),
        [
            Row((word_cell("Capaian kinerja organisasi"), word_cell(decided))),
            Row((word_cell("Pola distribusi"), word_cell(pattern))),
        ],
    )  # fmt: skip


def _evaluated_results(facts: FormFacts, evaluated: Evaluated) -> Table:
    heads = (
        "No.", "Rencana Hasil Kerja", "Indikator Kinerja Individu", "Target", "Realisasi Berdasarkan Bukti Dukung",
        "Umpan Balik Berkelanjutan Berdasarkan Bukti Dukung",
    )  # fmt: skip
    body: list[Row] = []
    for section, rows in by_section(facts.rows):
        body.append(Row((strong_cell(SECTIONS[section], len(heads), Align.LEFT),), level=1))
        for number, row in enumerate(rows, 1):
            drawn = evaluated.drawn.get(row.order)
            proofs = listed(drawn.evidence) if drawn else ""
            told = [item for item in evaluated.feedback if item.row == row.order]
            body.append(Row((
                word_cell(str(number), Align.CENTER), word_cell(row.result), word_cell(row.measure),
                word_cell(row.target_text() or "–", Align.CENTER), word_cell((drawn.shown if drawn else "–") + proofs),
                word_cell(_told(told)),
            )))  # fmt: skip
    rating = evaluated.assessment.results.upper() if evaluated.assessment else "BELUM DINILAI"
    body.append(Row((strong_cell("RATING HASIL KERJA", 3, Align.LEFT), strong_cell(rating, 3)), level=2))
    header = (Row((strong_cell("HASIL KERJA", len(heads)),)), head_row(*heads))
    return made_table("hasil", (5, 22, 20, 10, 21, 22), header, body)


def _evaluated_behaviour(facts: FormFacts, evaluated: Evaluated) -> Table:
    wanted = {item.value: item.expectation for item in facts.behaviours}
    body = [
        Row((
            word_cell(str(number), Align.CENTER), Cell((Span(value.name, strong=True), Span(listed(value.guides)))),
            word_cell(wanted.get(value.code, "–")),
            word_cell(_told([item for item in evaluated.feedback if item.value == value.code])),
        ))
        for number, value in enumerate(facts.rules.skp.values, 1)
    ]  # fmt: skip
    rating = evaluated.assessment.behaviour.upper() if evaluated.assessment else "BELUM DINILAI"
    body.append(Row((strong_cell("RATING PERILAKU KERJA", 2, Align.LEFT), strong_cell(rating, 2)), level=2))
    heads = head_row(
        "No.", "Perilaku Kerja", "Ekspektasi Khusus Pimpinan", "Umpan Balik Berkelanjutan Berdasarkan Bukti Dukung"
    )
    return made_table("perilaku", (5, 45, 24, 26), (Row((strong_cell("PERILAKU KERJA", 4),)), heads), body)


def _predicate(facts: FormFacts, evaluated: Evaluated) -> Table:
    given = evaluated.assessment
    predicate = facts.rules.matrix.predicate(given.results, given.behaviour).upper() if given else "BELUM DINILAI"
    rows = [Row((strong_cell("PREDIKAT KINERJA PEGAWAI", 1, Align.LEFT), strong_cell(predicate, 1)), level=2)]
    if given and given.reason:
        rows.append(Row((word_cell("Alasan"), word_cell(given.reason))))
    return made_table("predikat", (40, 60), (), rows)


def _said(kind: str, groups: Iterable[str], percent: Decimal | None) -> str:
    names = " atau ".join(groups)
    return f"{names} {kind}" + (f" {percent.normalize():f}%".replace(".", ",") if percent is not None else "")


def _told(feedback: Iterable[Feedback]) -> str:
    lines = [f"{format_date(item.on)}: {item.text}" for item in sorted(feedback, key=lambda item: item.on)]
    return "\n".join(lines) or "–"
