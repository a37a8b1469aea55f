"""Kutipan peraturan berbeda dengan register: judul lain, sudah dicabut, atau sudah diubah.

Mengapa: dasar hukum yang sudah tidak berlaku atau salah nomor menggugurkan alasan yang bersandar padanya.
Peraturan: register peraturan Selaras (isian yang belum dipastikan memberi paling tinggi peringatan).
Salah: mengutip Permenpan-RB 12/2015 sebagai pedoman evaluasi AKIP tahun 2024.
Benar: mengutip Permenpan-RB 88/2021.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.org import RegulationStatus
from selaras.review.citations import Cited, cited, is_certain, register, short_kind, title_words
from selaras.review.prose import any_of, quoted
from selaras.review.report import Report
from selaras.review.wordlists import table

CODE = "ID10"
KINDS = ("legal-basis",)

Key = tuple[str, str, int]
_REPLACING = any_of(
    [
        "revisi(?: dari| atas)?",
        "mengganti(?:kan)?",
        "pengganti",
        "menggantikan",
        "mencabut",
        "perubahan (?:dari|atas)",
        "menyempurnakan",
    ]
)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Each regulation once: its title, its status, and what it is said to replace."""
    known = register(law)
    told: set[Key] = set()
    found = cited(report)
    for item in found:
        entry = known.get(item.key)
        if item.key in told:
            continue
        if entry is not None and item.title and _other_title(item.title, entry.title):
            told.add(item.key)
            yield _finding(
                item,
                f"Judul {item.shown} menurut register: {entry.title}",
                item.title,
                entry.title,
                certain=is_certain(entry),
            )
        elif entry is not None and entry.status is RegulationStatus.REPEALED and _in_force_later(entry.note, report):
            told.add(item.key)
            yield _finding(
                item,
                f"{item.shown} sudah dicabut. {entry.note}",
                item.shown,
                entry.note or "peraturan penggantinya",
                certain=False,
            )
    yield from _memory(found, told, (report.identity.year or law.day.year) + 1)
    yield from _replaced(report, found)
    yield from _amended(found)


def _other_title(cited_title: str, title: str) -> bool:
    """Whether the titles are about different things; small differences belong to another rule."""
    one, other = " ".join(title_words(cited_title)), " ".join(title_words(title))
    return bool(one) and fuzz.token_set_ratio(one, other) < 70


def _in_force_later(note: str, report: Report) -> bool:
    """Whether the regulation was already revoked in the year of the report, by the year that the register names."""
    years = [int(part[:4]) for part in note.replace(")", " ").split("/")[1:] if part[:4].isdigit()]
    return bool(report.identity.year and years and years[0] < report.identity.year)


def _finding(item: Cited, message: str, stated: str, expected: str, *, certain: bool) -> Finding:
    return Finding(
        CODE,
        "legal-basis",
        Severity.ERROR if certain else Severity.WARNING,
        message,
        stated=stated,
        expected=expected,
        places=(quoted(item.text, item.place),),
        suggestion="Periksa kutipan pada naskah peraturannya.",
    )


def _memory(found: list[Cited], told: set[Key], last: int) -> Iterator[Finding]:
    """Titles that only the table of relations knows, and one title under another number; years after `last` are told elsewhere."""
    titles = {
        (short_kind(kind), number, year): entry["title"]
        for entry in table("relations")["title"]
        for kind, number, year in [entry["regulation"]]
    }
    for item in found:
        title = titles.get(item.key)
        if item.key in told or not item.title or item.year > last:
            continue
        if title and _other_title(item.title, title):
            told.add(item.key)
            yield _finding(item, f"Judul {item.shown} setahu kami: {title}", item.title, title, certain=False)
            continue
        for (kind, number, year), known in titles.items():
            if (
                kind == item.kind
                and item.key != (kind, number, year)
                and title_words(item.title)[: len(title_words(known))] == title_words(known)
                and (item.number == number or item.year == year)
            ):
                told.add(item.key)
                yield _finding(
                    item,
                    f"Setahu kami {known} ditetapkan dengan {kind} {number}/{year}, bukan {item.shown}",
                    item.shown,
                    f"{kind} {number}/{year}",
                    certain=False,
                )
                break


def _replaced(report: Report, found: list[Cited]) -> Iterator[Finding]:
    """`A, yang merupakan revisi dari B` where the table names another predecessor of A."""
    relations = {_key(entry["new"]): _key(entry["old"]) for entry in table("relations")["replaces"]}
    for sentence in report.sentences:
        match = _REPLACING.search(sentence.text)
        here = (
            [item for item in found if item.place == sentence.place or (item.text and item.text in sentence.text)]
            if match
            else []
        )
        for one in here:
            old = relations.get(one.key)
            others = (
                [
                    item
                    for item in here
                    if item is not one and item.kind == one.kind and sentence.text.find(item.text) > match.start()
                ]
                if match
                else []
            )
            if old and others and others[0].key != old:
                yield Finding(
                    CODE,
                    "legal-basis",
                    Severity.WARNING,
                    f"{one.shown} setahu kami menggantikan {old[0]} {old[1]}/{old[2]}, bukan {others[0].shown}",
                    stated=others[0].shown,
                    expected=f"{old[0]} {old[1]}/{old[2]}",
                    places=(quoted(others[0].text, sentence.place),),
                    suggestion="Periksa ketentuan penutup peraturan itu.",
                )


def _amended(found: list[Cited]) -> Iterator[Finding]:
    """A regulation cited without the amendment that the table knows."""
    keys = {item.key for item in found}
    for entry in table("relations")["amends"]:
        new, old = _key(entry["new"]), _key(entry["old"])
        first = next((item for item in found if item.key == old), None)
        if first is not None and new not in keys:
            yield Finding(
                CODE,
                "legal-basis",
                Severity.INFO,
                f"{first.shown} setahu kami telah diubah dengan {new[0]} {new[1]}/{new[2]}",
                stated=first.shown,
                expected=f"{first.shown} jo. {new[0]} {new[1]}/{new[2]}",
                places=(quoted(first.text, first.place),),
                suggestion="Sebutkan perubahannya bila isi yang dirujuk termasuk yang diubah.",
            )


def _key(parts: list[object]) -> Key:
    return short_kind(str(parts[0])), str(parts[1]), int(str(parts[2]))
