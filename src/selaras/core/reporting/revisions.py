"""What a revision of the agreement changed, and what other units contribute: beside the agreement and the programmes."""

from __future__ import annotations

from selaras.core.agreements import Agreement, AgreementLine
from selaras.core.calendar import format_date
from selaras.core.document import Row, text
from selaras.core.planning import Node
from selaras.core.reporting.composition import cell, columns, counted, head, reference, rupiah_cell, value_cell
from selaras.core.reporting.sentences import count
from selaras.core.reporting.work import Work


def revision(work: Work, agreement: Agreement) -> None:
    """The original and the revised agreement side by side, target by target and amount by amount."""
    first = work.figures.first_agreement
    if first is None or first.code == agreement.code:
        return
    rows = [*changed_targets(work, first, agreement), *changed_amounts(work, first, agreement)]
    signed = f" yang ditandatangani pada {format_date(first.signed_on)}" if first.signed_on else ""
    if not rows:
        work.out.generated(f"Target dan anggarannya sama dengan Perjanjian Kinerja semula{signed}.")
        return
    shape = columns((6, "c"), (46, "l"), (24, "c"), (24, "c"))
    body = [Row((cell(str(number)), *row.cells)) for number, row in enumerate(rows, 1)]
    table = work.out.table(
        "pk-perubahan", f"Perubahan Perjanjian Kinerja Tahun {work.year}", shape,
        (head("No.", "Indikator atau Program", "Semula", "Menjadi"), counted(4)), body,
        notes=(text("– berarti tidak tercantum dalam versi itu."),),
    )  # fmt: skip
    work.out.generated(
        f"Dibandingkan dengan Perjanjian Kinerja semula{signed}, {count(len(rows))} hal berubah, sebagaimana ",
        reference(table), ".",
    )  # fmt: skip
    work.out.add(table)


def matched(line: AgreementLine) -> str:
    """By what a line is found in another version: the indicator that it means, else its wording."""
    return line.indicator or line.wording.casefold()


def changed_targets(work: Work, first: Agreement, latest: Agreement) -> list[Row]:
    """Indicators whose target changed, that came, or that went."""
    before = {matched(line): line for line in work.figures.lines_of(first)}
    after = {matched(line): line for line in work.figures.lines_of(latest)}
    rows = []
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old and new and old.target == new.target:
            continue
        named = new or old
        assert named is not None
        cells = (cell(named.wording), value_cell(old.target if old else None), value_cell(new.target if new else None))
        rows.append(Row(cells))
    return rows


def changed_amounts(work: Work, first: Agreement, latest: Agreement) -> list[Row]:
    """Programmes whose budget changed, that came, or that went."""
    before = {item.node or item.wording.casefold(): item for item in work.figures.programmes_of(first)}
    after = {item.node or item.wording.casefold(): item for item in work.figures.programmes_of(latest)}
    rows = []
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old and new and old.amount == new.amount:
            continue
        named = new or old
        assert named is not None
        cells = (
            cell(f"{named.wording} (Rp)"),
            rupiah_cell(old.amount if old else None),
            rupiah_cell(new.amount if new else None),
        )
        rows.append(Row(cells))
    return rows


def contributions(work: Work, node: Node) -> None:
    """What other units give to a sasaran and the nodes below it (crosscutting, Permenpan-RB 89/2021)."""
    below = {node.code, *(child.code for child in work.figures.walk(node.code))}
    units = {unit.code: unit.name for unit in work.snapshot.units}
    found = [item for item in work.snapshot.contributions if item.node in below]
    if found:
        work.out.generated(f"Sasaran ini mendapat kontribusi lintas unit dari {count(len(found))} unit:")
        work.out.listing(text(f"{units.get(item.unit, item.unit)}: {item.gives}") for item in found)
