"""The SKP of heads and of staff as a document.

Headings and columns follow public templates and a printed SKP of 2024; the annex of the regulation was not compared, so
each form ends with the status of what it rests on.
"""

from __future__ import annotations

from selaras.core.document import (
    Align,
    Block,
    Cell,
    Document,
    PageBreak,
    Row,
    Span,
    Table,
)
from selaras.core.law import Certainty, Source
from selaras.core.people.form_pieces import (
    SECTIONS,
    FormFacts,
    below_line,
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
    title_line,
    word_cell,
)
from selaras.core.people.skp import AnnexKind, Method, Section, SkpForm, SkpRow, layout


def skp_form(facts: FormFacts) -> Document:
    """The SKP: parties, results (main, additional), behaviour, signatures, annex. Qualitative rows have no target column."""
    blocks: list[Block] = [
        *front("SASARAN KINERJA PEGAWAI", facts),
        parties_table(facts),
        _results(facts),
        _behaviour(facts),
    ]
    blocks.append(signatures(facts))
    blocks += [PageBreak(), *_annex(facts)]
    return form_document("Sasaran Kinerja Pegawai", "skp", facts, blocks, _form_sources(facts))


def _results(facts: FormFacts) -> Table:
    widths, heads = _shape(facts)
    body: list[Row] = []
    for section, rows in by_section(facts.rows):
        body.append(Row((strong_cell(SECTIONS[section], len(heads), Align.LEFT),), level=1))
        body += [Row(tuple(_result_cells(facts, row, number))) for number, row in enumerate(rows, 1)] or [
            empty_row(len(heads))
        ]
    header = (Row((strong_cell("HASIL KERJA", len(heads)),)), head_row(*heads))
    return made_table("hasil", widths, header, body)


def _shape(facts: FormFacts) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Widths and headings of the results by form and layout; columns as they are really used, whatever the title says."""
    narrative = (layout(facts.rows) or facts.plan.method) is Method.QUALITATIVE
    if facts.plan.form is SkpForm.HEAD:
        if narrative:
            return (5, 38, 40, 17), (
                "No.", "Rencana Hasil Kerja", "Ukuran Keberhasilan/Indikator Kinerja Individu dan Target", "Perspektif",
            )  # fmt: skip
        return (5, 37, 30, 12, 16), ("No.", "Rencana Hasil Kerja", "Indikator Kinerja Individu", "Target", "Perspektif")
    above = "Rencana Hasil Kerja Pimpinan yang Diintervensi"
    if narrative:
        return (5, 30, 30, 35), (
            "No.", above, "Rencana Hasil Kerja", "Ukuran Keberhasilan/Indikator Kinerja Individu dan Target",
        )  # fmt: skip
    return (5, 26, 25, 10, 22, 12), (
        "No.",
        above,
        "Rencana Hasil Kerja",
        "Aspek",
        "Indikator Kinerja Individu",
        "Target",
    )


def _result_cells(facts: FormFacts, row: SkpRow, number: int) -> list[Cell]:
    narrative = (layout(facts.rows) or facts.plan.method) is Method.QUALITATIVE
    cells = [word_cell(str(number), Align.CENTER)]
    if facts.plan.form is SkpForm.STAFF:
        cells.append(word_cell(row.supports or "–"))
    cells.append(word_cell(row.result))
    if facts.plan.form is SkpForm.STAFF and not narrative:
        cells.append(word_cell(row.aspect or "–"))
    cells.append(word_cell(row.measure))
    if not narrative:
        cells.append(word_cell(row.target_text() or "–", Align.CENTER))
    if facts.plan.form is SkpForm.HEAD:
        cells.append(word_cell(row.perspective or "–"))
    return cells


def _behaviour(facts: FormFacts) -> Table:
    wanted = {item.value: item.expectation for item in facts.behaviours}
    body = [
        Row((
            word_cell(str(number), Align.CENTER), Cell((Span(value.name, strong=True), Span(listed(value.guides)))),
            Cell((Span("Ekspektasi khusus pimpinan:", emphasis=True), Span(below_line(wanted.get(value.code, "–"))))),
        ))
        for number, value in enumerate(facts.rules.skp.values, 1)
    ]  # fmt: skip
    return made_table("perilaku", (5, 55, 40), (Row((strong_cell("PERILAKU KERJA", 3),)),), body)


def _annex(facts: FormFacts) -> list[Block]:
    blocks: list[Block] = [title_line("LAMPIRAN SASARAN KINERJA PEGAWAI")]
    for kind in AnnexKind:
        entries = sorted((item for item in facts.annexes if item.kind is kind), key=lambda item: item.order)
        body = [
            Row((word_cell(str(number), Align.CENTER), word_cell(item.text))) for number, item in enumerate(entries, 1)
        ]
        header = (Row((strong_cell(kind.upper(), 2),)),)
        blocks.append(made_table(f"lampiran-{kind.name.lower()}", (5, 95), header, body or [empty_row(2)]))
    blocks.append(signatures(facts))
    return blocks


def _form_sources(facts: FormFacts) -> list[tuple[str, Source]]:
    named = [
        (name, source)
        for name, source in facts.rules.skp.sources.items()
        if name in {"perspektif", "aspek", "nilai dasar"}
    ]
    if (layout(facts.rows) or facts.plan.method) is Method.QUALITATIVE:
        named.append(("susunan kualitatif", Source("templat SKP terbuka", Certainty.FROM_MEMORY)))
    if any(row.section is Section.EXTRA for row in facts.rows):
        named.append(("pembagian utama dan tambahan", Source("Permenpan-RB 6/2022", Certainty.FROM_MEMORY)))
    return named
