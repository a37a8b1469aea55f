"""Arah yang disebut kalimat (meningkat, stabil, menurun) bertentangan dengan angka dalam tabel.

Mengapa: kesimpulan tentang naik atau turunnya kinerja adalah inti laporan; di sinilah pembaca mengambil keputusan.
Peraturan: Permenpan-RB 53/2014, Lampiran II (perbandingan dengan tahun lalu) dan Lampiran III.
Salah: “menunjukkan peningkatan yang signifikan dibandingkan tahun sebelumnya”, sedangkan semua realisasi turun.
Benar: “kedua realisasi turun dibandingkan tahun sebelumnya”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.achievements import Way
from selaras.review.history import Change, changes
from selaras.review.likeness import fold
from selaras.review.polarity import ways
from selaras.review.prose import around, denied, meaning, pattern, quoted, running
from selaras.review.report import Report
from selaras.review.wording import short

CODE = "NA01"
KINDS = ("narrative-contradiction",)

SIGNS = ((-1, "turun"), (1, "naik"), (0, "tetap"))
_EVERY = re.compile(r"\b(?:setiap|seluruh|semua)\s+(?:indikator|sasaran|target|tujuan|capaian)", re.IGNORECASE)

_GOOD = re.compile(r"(?:membaik|perkembangan|kemajuan)\b", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Sentences on performance in general against all changes; sentences that name an indicator against its change."""
    found = changes(report)
    if not found:
        return
    told: set[tuple[int | None, int | None, str]] = set()
    for sentence in running(report):
        if not pattern("narrative", "earlier").search(sentence.text) and not _EVERY.search(sentence.text):
            continue
        claim = _direction(sentence.text)
        if claim is None:
            continue
        word, at, wanted = claim
        named = [change for change in found if _names(sentence.text, change)] or [
            change for change in found if sentence.path and _names(sentence.path[-1], change)
        ]
        subject = named or (
            found
            if (_is_general(sentence.text) and len(found) > 1) or (len(found) == 1 and _is_general(sentence.text))
            else []
        )
        if _GOOD.match(word):  # better is less where less is better
            subject = [change for change in subject if ways(report).get(fold(change.after.name)) is not Way.DOWN]
        against = _against(wanted, subject, every=bool(_EVERY.search(sentence.text)))
        cause = (sentence.place.line, sentence.place.page, wanted)
        if against and cause not in told:
            told.add(cause)
            shown = "; ".join(
                f"“{short(change.after.name)}” {change.before.text} → {change.after.text}" for change in against
            )
            yield Finding(
                CODE,
                "narrative-contradiction",
                Severity.ERROR,
                f"“{word}” bertentangan dengan tabel: {shown}",
                stated=word,
                expected=_truth(against),
                arithmetic=shown,
                places=(
                    quoted(around(sentence.text, at, at + len(word)), sentence.place),
                    *(change.after.place for change in against),
                ),
                regulation="Permenpan-RB 53/2014, Lampiran II",
                suggestion="Sebutkan arah yang ditunjukkan angka, dan jelaskan sebabnya.",
            )


def _direction(text: str) -> tuple[str, int, str] | None:
    """What the sentence claims: `naik`, `turun` or `tetap`; none if it holds opposite claims or a wish."""
    found: list[tuple[str, int, str]] = []
    for key, sense in (("rising", "naik"), ("falling", "turun"), ("stable", "tetap")):
        for match in pattern("narrative", key).finditer(text):
            before = text[max(0, match.start() - 40) : match.start()]
            if not denied(text, match.start(), reach=18) and not pattern("narrative", "wish").search(before):
                found.append((match[0], match.start(), sense))
    return found[0] if found and len({sense for _, _, sense in found}) == 1 else None


def _names(text: str, change: Change) -> bool:
    words = meaning(change.after.name)
    return len(words) >= 2 and len(words & meaning(text)) >= round(0.8 * len(words))


def _is_general(text: str) -> bool:
    """Whether the sentence speaks of performance as a whole, without figures of its own and without `antara lain`."""
    return (
        bool(pattern("narrative", "performance").search(text))
        and not re.search(r"\d+[.,]\d+|\bRp|antara lain|misalnya|anggaran|penyerapan|nilai", text)
    ) or bool(_EVERY.search(text) and pattern("narrative", "performance").search(text))


def _against(wanted: str, subject: Sequence[Change], *, every: bool) -> list[Change]:
    """The changes that speak against the claim; all of them must, unless the sentence says `setiap`."""
    against = [change for change in subject if _contradicts(change, wanted)]
    if wanted == "tetap":
        same_sign = len({change.amount > 0 for change in against}) == 1
        return against if against and len(against) == len(subject) and same_sign else []
    return against if against and (every or len(against) == len(subject)) else []


def _truth(against: Sequence[Change]) -> str:
    """How many indicators fell, rose and stayed as they were."""
    signs = [(change.amount > 0) - (change.amount < 0) for change in against]
    parts = [f"{count} indikator {word}" for sign, word in SIGNS if (count := signs.count(sign))]
    return ", ".join(parts)


def _contradicts(change: Change, wanted: str) -> bool:
    if wanted == "tetap":
        return change.amount != 0
    return change.amount <= 0 if wanted == "naik" else change.amount >= 0
