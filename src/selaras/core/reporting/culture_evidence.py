"""Evidence in the report of a culture study: constructs with their indicators, conclusions for and against, matrices."""

from __future__ import annotations

from selaras.core.culture.conclusions import Conclusion, Strength
from selaras.core.culture.displays import Matrix, RoleCell, Voice, by_method, by_role, by_source
from selaras.core.culture.support import CodeSupport, Support, role_groups
from selaras.core.document import Align, Row, text
from selaras.core.reporting.composition import Composition, cell, columns, counted, head, reference
from selaras.core.reporting.culture_facts import Quote, StudyFacts
from selaras.core.reporting.sentences import count

MOST_QUOTES = 2
WIDEST = 10
"""More columns than this do not fit on a page; the matrix is then laid out in parts."""
SIGNS = {Voice.SUPPORTS: "+", Voice.CONTRADICTS: "–", Voice.BOTH: "±", Voice.SILENT: "·"}


def construct_part(out: Composition, facts: StudyFacts, construct: str) -> None:
    """One construct: every indicator with its support and the role groups that speak of it, silence included."""
    framework, material = facts.example.framework, facts.example.material
    nodes = {node.code for node in framework.leaves(construct)}
    held = {row.code: row for row in facts.support}
    codes = [code for code in material.codes if code.node in nodes and not code.merged_into]
    coded = {code.node for code in codes}
    groups, cells = role_groups(material), by_role(material)
    body = []
    for code in codes:
        row = held.get(code.code)
        roles = [_role(cells[code.code, group]) for group in groups] if row else ["·" for _group in groups]
        body.append(Row((cell(code.name), cell(_label(row)), *(cell(words, align=Align.CENTER) for words in roles))))
    body += [
        Row(
            (
                cell(framework.node(node).name),
                cell(Support.NONE.value),
                *(cell("·", align=Align.CENTER) for _group in groups),
            )
        )
        for node in sorted(nodes - coded)
    ]
    width = max(8, 40 // max(len(groups), 1))
    shape = columns((40, "l"), (24, "l"), *((width, "c") for _group in groups))
    name = capital(framework.node(construct).name)
    table = out.table(
        f"konstruk-{construct}", f"{name}: Kekuatan Bukti dan Kelompok Peran", shape,
        (head("Unsur", "Kekuatan Bukti", *groups), counted(2 + len(groups))), body,
        notes=(text("Angka: penggalan yang mendukung (+), menyangkal (–), atau netral (0). Titik: tidak menyebut."),),
    )  # fmt: skip
    silent = sum(_label(held.get(code.code)) == Support.NONE.value for code in codes) + len(nodes - coded)
    out.generated(
        f"Dari {count(len(body))} unsur, {count(silent)} tanpa bukti. Rinciannya disajikan dalam ",
        reference(table),
        ".",
    )
    out.add(table)
    against = [code.name for code in codes if (row := held.get(code.code)) is not None and row.minus]
    if against:
        out.generated(f"Ada bukti yang menyangkal pada {', '.join(against)}.")


def capital(words: str) -> str:
    """The words as a heading begins: only the first letter is changed."""
    return words[:1].upper() + words[1:]


def _label(row: CodeSupport | None) -> str:
    return row.label.value if row is not None else Support.NONE.value


def _role(found: RoleCell) -> str:
    counts = ((found.plus, "+"), (found.minus, "–"), (found.neither, "0"))
    parts = [f"{number}{sign}" for number, sign in counts if number]
    return " ".join(parts) or "·"


def conclusion_parts(out: Composition, facts: StudyFacts) -> None:
    """Every conclusion with verdict, evidence line, contrary evidence, quotes with their place, and checks."""
    conclusions = facts.example.conclusions
    if not conclusions:
        out.empty("Belum ada simpulan.")
        return
    body = [
        Row(
            (
                cell(item.code),
                cell(item.statement),
                cell(facts.strengths[item.code].verdict),
                cell(_evidence(facts.strengths[item.code])),
            )
        )
        for item in conclusions
    ]
    table = out.table("temuan", "Simpulan dan Kekuatan Buktinya", columns((10, "l"), (42, "l"), (18, "l"), (30, "l")),
                      (head("Kode", "Simpulan", "Kekuatan", "Bukti"), counted(4)), body)  # fmt: skip
    out.paragraph(
        "Setiap simpulan ditimbang dengan aturan yang sama, sebagaimana disajikan dalam ", reference(table), "."
    )
    out.add(table)
    out.note(facts.rule)
    for item in conclusions:
        _conclusion(out, facts, item, facts.strengths[item.code])


def _conclusion(out: Composition, facts: StudyFacts, item: Conclusion, found: Strength) -> None:
    names = {code.code: code.name for code in facts.example.material.codes}
    out.heading(2, item.statement, f"{item.code}.")
    line = found.line.removeprefix(f"{found.verdict}: ").rstrip(".")
    out.generated(f"Kekuatan bukti: {found.verdict} ({line}).")
    if item.override:
        out.paragraph(item.reason, lead="Penetapan peneliti")
    if banner := facts.banners.get(item.code, ""):
        out.empty(f"{banner[:1].upper()}{banner[1:]}.")
    methods = "; ".join(f"{method.value} {number} akun" for method, number in found.methods.items())
    out.generated(f"Menurut metode: {methods}.")
    if found.without:
        out.generated(f"Tanpa bukti: {', '.join(names.get(code, code) for code in found.without)}.")
    if found.contested:
        out.generated(f"Bertentangan: {', '.join(names.get(code, code) for code in found.contested)}.")
    _quotes(out, facts.quotes.get(item.code, ()))
    if item.rival:
        out.paragraph(item.rival, lead="Penjelasan tandingan")
    done = [check for check in item.verifications if check.outcome.strip()]
    if done:
        out.listing([text(f"{check.tactic.value}: {check.outcome}") for check in done])
    else:
        out.empty("Simpulan ini belum diverifikasi.")


def _evidence(found: Strength) -> str:
    """The line of evidence without the verdict that stands beside it."""
    return capital(found.line.removeprefix(f"{found.verdict}: "))


def _quotes(out: Composition, quotes: tuple[Quote, ...]) -> None:
    for quote in quotes[: MOST_QUOTES + 1]:
        lead = "Kutipan yang menyangkal" if quote.against else "Kutipan"
        out.paragraph(f"“{quote.text}” ({quote.source}, huruf {quote.start}–{quote.end})", lead=lead)


def codebook_table(out: Composition, facts: StudyFacts) -> None:
    """Every code with where it stands and how often it was used."""
    held = {row.code: row for row in facts.support}
    nodes = {node.code: node.name for node in facts.example.framework.nodes}
    body = [
        Row((
            cell(code.code), cell(code.name), cell(nodes.get(code.node, "induktif")),
            cell(str(len(held[code.code].segments)) if code.code in held else "0"), cell(_label(held.get(code.code))),
        ))
        for code in facts.example.material.codes
        if not code.merged_into
    ]  # fmt: skip
    table = out.table("buku-kode", "Buku Kode", columns((14, "l"), (34, "l"), (24, "l"), (12, "r"), (18, "l")),
                      (head("Kode", "Nama", "Unsur Kerangka", "Penggalan", "Kekuatan"), counted(5)), body)  # fmt: skip
    out.paragraph("Seluruh kode disajikan dalam ", reference(table), ".")
    out.add(table)


def matrices(out: Composition, facts: StudyFacts) -> None:
    """Conclusions by source and by method, every empty cell shown."""
    material, conclusions = facts.example.material, facts.example.conclusions
    if not conclusions or not material.sources:
        out.empty("Matriks belum dapat disusun.")
        return
    found = by_source(material, conclusions)
    for start in range(0, len(found.columns), WIDEST):
        _matrix(
            out,
            found,
            found.columns[start : start + WIDEST],
            "sumber",
            f"Simpulan Menurut Sumber ({start // WIDEST + 1})",
        )
    methods = by_method(material, conclusions)
    _matrix(out, methods, methods.columns, "metode", "Simpulan Menurut Metode")
    out.note("Tanda: + mendukung, – menyangkal, ± keduanya, · tidak menyebut.")


def _matrix(out: Composition, found: Matrix, names: tuple[str, ...], key: str, caption: str) -> None:
    width = max(7, 88 // max(len(names), 1))
    body = [
        Row((cell(row), *(cell(SIGNS[found.cells[row, name].voice], align=Align.CENTER) for name in names)))
        for row in found.rows
    ]
    shape = columns((12, "l"), *((width, "c") for _name in names))
    table = out.table(
        f"matriks-{key}-{names[0]}", caption, shape, (head("Simpulan", *names), counted(1 + len(names))), body
    )
    out.paragraph("Siapa mengatakan apa, termasuk yang diam, disajikan dalam ", reference(table), ".")
    out.add(table)
