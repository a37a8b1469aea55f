"""Kalimat atau kurung yang tidak selesai.

Mengapa: naskah yang terpotong menghilangkan isi: tahun lembaran, nama tabel, atau bagian kesimpulan.
Peraturan: kelaziman penyusunan naskah.
Salah: “… dapat dilihat sebagai”.
Benar: “… dapat dilihat sebagai berikut:”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.document import Heading, Listing, PageBreak, Paragraph, Table, plain
from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.prose import cut, ending, quoted
from selaras.review.report import Report

CODE = "TX02"
KINDS = ("incomplete-text",)

PAGE_GAP = 4  # empty lines by which plain text shows the end of a page

_DANGLING = re.compile(
    r"\b(?:dan|atau|yaitu|yakni|adalah|sebagai|dengan|pada|dalam|untuk|oleh|dari|tentang|serta|karena|agar|antara|terhadap|seperti|bagi|di|ke)\s*$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[;,]\s*(?:dan|atau|serta|dan/atau)\s*$", re.IGNORECASE)
_JOINING = re.compile(r"(?<!\w)(?:dan|atau|serta|karena|agar|sehingga)\s*$", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{2,5})[.)]|[-•–●▪*✓➢])\s+\S")
ENDING = 40
"""So many characters hold the last two words."""
LONG = 12
"""So many words without a full stop are a sentence that lost it."""
_CLOSED = re.compile(r"[.:;!?”\"')\]…*_]\s*$")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Long paragraphs that end on a word that asks for more, and brackets that never close."""
    blocks = [block for block in report.reading.document.blocks if not isinstance(block, PageBreak)]
    for place, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        text = plain(block.spans).strip()
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if len(text.split()) < 7 or _goes_on(following) or _over_page(block, following):
            continue
        end = text[-ENDING:]
        if _LISTED.search(end) and _in_list(block, blocks[place - 1] if place else None, following):
            continue
        if _JOINING.search(end) or (_DANGLING.search(end) and not isinstance(following, Table | Listing)):
            yield _finding(f"Kalimat tidak selesai: “…{ending(text, 60)}”", text, block, Severity.WARNING)
        elif text.count("(") > text.count(")") and not _CLOSED.search(text[-2:]):
            yield _finding(
                f"Kurung tidak ditutup: “{cut(text[text.rindex('(') :], 80)}”", text, block, Severity.WARNING
            )
        elif _breaks_off(text, block, following):
            yield _finding(f"Paragraf tanpa akhir sebelum judul: “…{ending(text, 60)}”", text, block, Severity.INFO)
        elif text.endswith(",") and not isinstance(following, Table):
            yield _finding(f"Kalimat berakhir dengan koma: “…{ending(text, 60)}”", text, block, Severity.INFO)


def _breaks_off(text: str, block: Paragraph, following: object) -> bool:
    """A long sentence without end right before a heading; names, titles and items of lists need none."""
    if not isinstance(following, Heading) or block.lead or _ITEM.match(text) or _CLOSED.search(text[-2:]):
        return False
    last = re.split(r"[.;:]\s", text)[-1].split()
    return len(last) >= LONG and last[-1].islower() and last[-1].isalpha() and not text.isupper()


def _in_list(block: Paragraph, before: object, following: object) -> bool:
    """Whether the paragraph is an item of a list, after which `; dan` leads to the next item."""
    if isinstance(following, Listing):
        return True
    near = [item for item in (block, following) if isinstance(item, Paragraph)]
    return any(item.lead or _ITEM.match(plain(item.spans)) for item in near) or (
        _last_words(before).endswith((";", ","))
    )


def _last_words(block: object) -> str:
    if isinstance(block, Listing) and block.items:
        return plain(block.items[-1]).rstrip()
    return plain(block.spans).rstrip() if isinstance(block, Paragraph) else ""


def _goes_on(following: object) -> bool:
    """Whether the next paragraph continues in small letters: one paragraph that the reading took apart."""
    if isinstance(following, Heading):
        return following.text[:1].islower()
    words = (
        plain(following.spans)
        if isinstance(following, Paragraph)
        else " ".join(plain(item) for item in following.items[:1])
        if isinstance(following, Listing)
        else ""
    )
    return words.lstrip('-–•“"‘( ')[:1].islower() or (
        words.count(")") > words.count("(") and not re.match(r"\s*(?:\w{1,2}|\d+)\)", words)
    )


def _over_page(block: Paragraph, following: object) -> bool:
    """Whether a page ends between the two paragraphs: then the sentence may go on with a capital letter."""
    if not isinstance(following, Paragraph):
        return False
    one, other = block.place, following.place
    return one.page != other.page or (
        one.line is not None and other.line is not None and other.line - one.line >= PAGE_GAP
    )


def _finding(message: str, text: str, block: Paragraph, severity: Severity) -> Finding:
    return Finding(
        CODE,
        "incomplete-text",
        severity,
        message,
        stated=ending(text, 80),
        expected="kalimat lengkap",
        places=(quoted(ending(text, 150), block.place),),
        suggestion="Lengkapi kalimatnya.",
    )
