"""Angka yang diikuti tanda kurung harus dieja oleh kata-kata di dalamnya.

Mengapa: angka dan huruf yang berbeda tidak dapat dibaca dengan pasti; dalam dokumen resmi hurufnya yang dipegang.
Peraturan: tidak ada yang khusus; kelaziman naskah dinas dan EYD.

Salah: 98,50% (sembilan puluh delapan limapuluh persen).
Benar: 98,50% (sembilan puluh delapan koma lima nol persen).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from selaras.core.errors import UnreadableNumber
from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.terbilang import spell, spell_percent, spell_rupiah, unspell
from selaras.review.report import Figure, Report, SpelledNumber
from selaras.review.wording import amount, places

CODE = "NU01"
KINDS = ("terbilang",)
REGULATION = "Kelaziman naskah dinas: angka dan terbilang harus sama"
_NUMBER_WORDS = re.compile(
    r"nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|seratus|seribu|puluh|belas|ratus|ribu|juta|mil[iy]ar|tril[iy]un|koma",
    re.IGNORECASE,
)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every number with words beside it."""
    for spelled in report.spelled:
        if spelled.figure is not None and _is_number(spelled.words):
            value = _read(spelled.words)
            if value is None or value != spelled.figure.amount:
                yield _finding(spelled, spelled.figure, value)


def _is_number(words: str) -> bool:
    """Whether the brackets hold number words at all, and little else."""
    parts = words.split()
    return bool(parts) and 2 * sum(bool(_NUMBER_WORDS.search(part)) for part in parts) >= len(parts)


def _read(words: str) -> Decimal | None:
    plain = re.sub(r"\b(?:orang|buah|unit|program|kegiatan)\b", " ", words.strip(" .,;:"), flags=re.IGNORECASE)
    try:
        return unspell(plain)
    except UnreadableNumber:
        return None


def _finding(spelled: SpelledNumber, figure: Figure, value: Decimal | None) -> Finding:
    right = _spelled(figure)
    what = "tidak membentuk satu bilangan" if value is None else f"berarti {amount(_with(figure, value))}"
    return Finding(
        CODE,
        "terbilang",
        Severity.ERROR,
        f"Terbilang “{spelled.words.strip()}” {what}, sedangkan angkanya {amount(figure)}.",
        stated=spelled.words.strip(),
        expected=right,
        places=places([spelled.place]),
        regulation=REGULATION,
        suggestion=f"Tulis “{right}”, atau perbaiki angkanya.",
    )


def _with(figure: Figure, value: Decimal) -> Figure:
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return Figure(value, decimals, percent=figure.percent, money=figure.money)


def _spelled(figure: Figure) -> str:
    if abs(figure.amount) >= 10**18:
        return str(figure.amount)
    if figure.money:
        return spell_rupiah(figure.amount)
    return spell_percent(figure.amount) if figure.percent else spell(figure.amount)
