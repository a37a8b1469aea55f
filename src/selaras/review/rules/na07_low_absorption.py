"""Serapan anggaran sangat rendah tanpa penjelasan.

Mengapa: capaian fisik penuh dengan serapan di bawah ambang berarti anggarannya terlalu besar atau pekerjaannya tidak dilakukan.
Peraturan: Permenpan-RB 53/2014, Lampiran II (analisis efisiensi penggunaan sumber daya).
Salah: serapan 39,04% dan capaian 100% tanpa satu kalimat pun tentang sebabnya.
Benar: sebab serapan rendah disebut: sisa lelang, penghematan, atau tidak dilaksanakan.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.numerals import format_percent
from selaras.core.source import Form
from selaras.review.concordance import saying
from selaras.review.prose import listed, meaning, pattern
from selaras.review.report import BudgetClaim, Report, TableKind

CODE = "NA07"
KINDS = ("missing-evidence",)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Rows without children whose absorption is at most the threshold, and of which no sentence explains anything.

    A workbook holds the tables of a report, not its text; its silence means nothing.
    """
    if report.reading.form is Form.XLSX:
        return
    parents = {(id(claim.grid), claim.parent) for claim in report.budget}
    low = [
        claim
        for claim in report.budget
        if not claim.total
        and claim.grid.kind is not TableKind.EFFICIENCY
        and (id(claim.grid), claim.row) not in parents
        and _low(claim, law.limits.low_absorption)
    ]
    explained = [
        meaning(sentence.text) for sentence in saying(report, pattern("narrative", "explanation"), running=True)
    ]
    silent = [claim for claim in low if not any(_speaks_of(words, claim) for words in explained)]
    if silent:
        shown = [format_percent(_share(claim), places=2) for claim in silent]
        yield Finding(
            CODE,
            "missing-evidence",
            Severity.WARNING,
            f"Serapan rendah tanpa penjelasan pada {len(silent)} baris: {listed(shown)}",
            stated=listed(shown),
            expected="penjelasan sebab serapan rendah",
            arithmetic=listed([f"{claim.name}: {text}" for claim, text in zip(silent, shown, strict=True)], most=3),
            places=tuple(claim.place for claim in silent),
            regulation="Permenpan-RB 53/2014, Lampiran II",
            suggestion="Jelaskan sebabnya per kegiatan.",
        )


def _low(claim: BudgetClaim, limit: Decimal) -> bool:
    return claim.budget is not None and claim.spent is not None and claim.budget.amount > 0 and _share(claim) <= limit


def _share(claim: BudgetClaim) -> Decimal:
    assert claim.budget is not None
    assert claim.spent is not None
    return claim.spent.amount / claim.budget.amount * 100


def _speaks_of(words: frozenset[str], claim: BudgetClaim) -> bool:
    name = meaning(claim.name)
    return bool(name) and len(name & words) >= round(0.7 * len(name))
