"""Unsur yang harus ada dalam laporan kinerja tidak ditemukan.

Mengapa: tanpa unsur itu laporan tidak menjawab yang diminta pedoman, dan reviu tidak dapat dilakukan.
Peraturan: Permenpan-RB 53/2014, Lampiran II.
Salah: bab akuntabilitas tanpa perbandingan dengan standar nasional dan tanpa pernyataan bahwa standar itu tidak ada.
Benar: perbandingan, atau satu kalimat bahwa standar nasional tidak ada.
"""

from __future__ import annotations

from collections.abc import Iterator

from selaras.core.document import Table
from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.outline import headings, is_whole_report
from selaras.review.prose import any_of, first_place, nearest, quoted
from selaras.review.report import Report, SentenceKind
from selaras.review.wordlists import Element, elements

CODE = "ST06"
KINDS = ("missing-element",)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """The elements of the data file, in whole reports only."""
    if not is_whole_report(report):
        return
    for element in elements():
        if not _present(report, element):
            yield Finding(
                CODE,
                "missing-element",
                Severity(element.severity),
                f"Tidak ditemukan: {element.name}",
                stated="tidak ada",
                expected=element.name,
                places=(_belongs(report, element),),
                regulation=element.regulation,
                suggestion=element.suggestion,
            )


def _present(report: Report, element: Element) -> bool:
    wanted = any_of(element.found_by)
    if element.scope == "text":
        return any(wanted.search(sentence.text) for sentence in report.sentences)
    if element.scope == "statement":
        return _stated(report, element)
    if element.said_by and any(any_of(element.said_by).search(sentence.text) for sentence in report.sentences):
        return True
    captions = [block.caption for block in report.reading.document.blocks if isinstance(block, Table)]
    return any(wanted.search(text) for text in [*(title.words for title in headings(report)), *captions])


def _stated(report: Report, element: Element) -> bool:
    """A statement: the word, and beside it a quotation, a colon or `adalah`; nothing is missing where the word never stands."""
    wanted = any_of(element.found_by)
    spoken = [sentence.text for sentence in report.sentences if wanted.search(sentence.text)]
    verbs = any_of(
        [rf"{word}\b[^.]{{0,80}}(?:[“\":]|adalah|yaitu|berbunyi|mengisyaratkan)" for word in element.found_by]
    )
    return not spoken or any(("“" in text and wanted.search(text)) or verbs.search(text) for text in spoken)


def _belongs(report: Report, element: Element) -> Place:
    """Where the element would stand: the heading that fits first, else the sentence that speaks of it, else the beginning."""
    for words in element.belongs:
        wanted = any_of([words])
        title = next((title for title in headings(report) if wanted.search(title.words)), None)
        if title is not None:
            return quoted(title.full, title.place)
        if element.belongs_in == "headings":
            continue
        sentence = nearest([item for item in report.sentences if item.kind is not SentenceKind.CELL], wanted)
        if sentence is not None:
            return quoted(sentence.text, sentence.place)
    return first_place(report)
