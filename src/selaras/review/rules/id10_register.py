"""Kutipan peraturan berbeda dengan register: judul lain, sudah dicabut, atau sudah diubah.

Mengapa: dasar hukum yang sudah tidak berlaku atau salah nomor menggugurkan alasan yang bersandar padanya.
Peraturan: register peraturan Selaras (isian yang belum dipastikan memberi paling tinggi peringatan).
Salah: mengutip Permenpan-RB 12/2015 sebagai pedoman evaluasi AKIP tahun 2024.
Benar: mengutip Permenpan-RB 88/2021.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.org import RegulationStatus
from selaras.review.citations import Cited, cited, is_certain, register
from selaras.review.prose import any_of, quoted
from selaras.review.remembered import Key, changed, confirmed, holders, key_of, most, other_title, titles
from selaras.review.report import Report, Sentence
from selaras.review.wordlists import table

CODE = "ID10"
KINDS = ("legal-basis",)

_REPLACING = any_of(
    [
        "revisi(?: dari| atas)?",
        "mengganti(?:kan)?",
        "pengganti(?!\\s+undang)",
        "menggantikan",
        "mencabut",
        "perubahan (?:dari|atas)",
        "menyempurnakan",
    ]
)
_REPLACED_BY = re.compile(r"^(?:dicabut|digantikan|diganti)(?: (?:dengan|oleh))? ", re.IGNORECASE)
_CHANGED = re.compile(r"\b(?:diubah|perubahan)\b", re.IGNORECASE)
_BY = re.compile(r"\bdiubah\b[^.;]{0,25}\bdengan\s+$", re.IGNORECASE)
_TITLE_OF_CHANGE = re.compile(r"Perubahan(?: \w+)? atas\b", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Each regulation once: its title, its status, and what it is said to replace."""
    known = register(law)
    told: set[Key] = set()
    found = cited(report)
    for item in found:
        entry = known.get(item.key)
        if item.key in told:
            continue
        if entry is not None and item.title and other_title(item.title, entry.title):
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
                _REPLACED_BY.sub("", entry.note).rstrip(".") or "peraturan penggantinya",
                certain=False,
            )
    yield from _memory(found, told, (report.identity.year or law.day.year) + 1)
    yield from _replaced(report, found)
    yield from _changes(report, found)
    yield from _amended(found)


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
    """What the register of memory says of number, year and title; years after `last` are told elsewhere."""
    for item in found:
        if item.key in told or item.year > last or not item.number:
            continue
        title, owners, limit = titles().get(item.key), holders(item), most(item.kind, item.year)
        if title and item.title and other_title(item.title, title):
            told.add(item.key)
            certain = item.key in confirmed()
            by = "menurut register" if certain else "setahu kami"
            yield _finding(item, f"Judul {item.shown} {by}: {title}", item.title, title, certain=certain)
        elif owners and item.year:
            told.add(item.key)
            right = " atau ".join(_shown(key) for key in owners[:2])
            yield _finding(
                item,
                f"Setahu kami {titles()[owners[0]]} ditetapkan dengan {right}, bukan {item.shown}",
                item.shown,
                right,
                certain=False,
            )
        elif limit is not None and item.number.isdigit() and not 0 < int(item.number) <= limit:
            told.add(item.key)
            yield _finding(
                item,
                f"{item.shown} setahu kami tidak ada: tahun {item.year} hanya sampai nomor {limit}",
                item.shown,
                f"nomor 1 sampai {limit}",
                certain=False,
            )


def _citing(report: Report) -> list[Sentence]:
    """The sentences that cite a regulation, each once."""
    return list({id(item.sentence): item.sentence for item in report.citations if item.sentence}.values())


def _changes(report: Report, found: list[Cited]) -> Iterator[Finding]:
    """`A sebagaimana telah diubah dengan B` and `B tentang Perubahan atas A` where the register knows A's changes, not B."""
    told: set[tuple[Key, Key]] = set()
    for sentence in _citing(report):
        if not _CHANGED.search(sentence.text):
            continue
        here = [(sentence.text.find(item.text), item) for item in found if item.text and item.text in sentence.text]
        for start, new in here:
            old = _changed_by(sentence.text, start, new, here)
            if old is None or (old.key, new.key) in told:
                continue
            until, by = changed()[old.key]
            if new.key not in by and new.year <= until:
                told.add((old.key, new.key))
                yield _finding(
                    new,
                    f"{old.shown} setahu kami tidak diubah dengan {new.shown}",
                    new.shown,
                    ", ".join(_shown(key) for key in sorted(by, key=lambda key: (key[2], key))),
                    certain=False,
                )


def _changed_by(text: str, start: int, new: Cited, here: list[tuple[int, Cited]]) -> Cited | None:
    """The regulation that `new` is said to change, if the register lists its changes."""
    if _BY.search(text[max(0, start - 40) : start]):
        before = [(at, item) for at, item in here if at < start and item.key in changed()]
        return max(before, key=lambda pair: pair[0])[1] if before else None
    if _TITLE_OF_CHANGE.match(new.title):
        return next((item for at, item in here if at > start and item.nested and item.key in changed()), None)
    return None


def _shown(key: Key) -> str:
    return f"{key[0]} {key[1]}/{key[2]}"


def _replaced(report: Report, found: list[Cited]) -> Iterator[Finding]:
    """`A, yang merupakan revisi dari B` where the table names another predecessor of A."""
    relations = {key_of(entry["new"]): key_of(entry["old"]) for entry in table("relations")["replaces"]}
    for sentence in _citing(report):
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
                    if item is not one
                    and item.kind == one.kind
                    and sentence.text.find(one.text) < match.start() < sentence.text.find(item.text)
                ]
                if match
                else []
            )
            if old and others and old not in {item.key for item in here} and others[0].key != old:
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
        new, old = key_of(entry["new"]), key_of(entry["old"])
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
