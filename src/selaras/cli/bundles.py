"""Which files make which report: every file by itself, or the chapters of one report together, in the order of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from selaras.core.errors import CannotRun, Fault
from selaras.core.place import Place

FORMS = (".pdf", ".docx", ".xlsx", ".html", ".htm", ".txt")
REFUSED = (".doc", ".xls", ".odt", ".ods", ".rtf")
"""Forms that nobody reads here: in a folder they are told as unread instead of left out in silence."""
RESULTS = ("-reviu", "-kertas-kerja")
"""What `selaras review` puts behind the name of a report: its results in a folder of reports are no reports."""
Bundle = tuple[Path, ...]
"""The files of one report, in order."""

_ROMAN = {"i": 1, "v": 5, "x": 10}
_CHAPTER = re.compile(r"\bbab\s*(?P<number>[ivx]+|\d+)\b")
_FRONT = (
    (0, re.compile(r"\b(?:cover|sampul|halaman judul)\b")),
    (1, re.compile(r"\bpengantar\b")),
    (2, re.compile(r"\bpernyataan\b")),
    (3, re.compile(r"\b(?:ikhtisar|ringkasan)\b")),
    (4, re.compile(r"\bdaftar\b")),
    (11, re.compile(r"\bpendahuluan\b")),
    (40, re.compile(r"\bpenutup\b")),
    (60, re.compile(r"\b(?:lampiran|perjanjian kinerja|pk)\b")),
)
_ELSEWHERE = 50
_FIRST_CHAPTER = 10


def expanded(paths: Sequence[Path]) -> list[Bundle]:
    """Every file as a report, folders as the reports in them, in order of name. Raises CannotRun for an empty folder."""
    return [(file,) for path in paths for file in (_inside(path) if path.is_dir() else [path])]


def together(paths: Sequence[Path]) -> list[Bundle]:
    """The files as the parts of one report, and every folder that holds files as one report of its own.

    Notes in plain text beside chapters in another form are no part of the report. Raises CannotRun for an empty folder.
    """
    loose = tuple(path for path in paths if not path.is_dir())
    bundles = [in_order(loose)] if loose else []
    for path in paths:
        if path.is_dir():
            by_folder: dict[Path, list[Path]] = {}
            for file in _inside(path):
                by_folder.setdefault(file.parent, []).append(file)
            bundles += [in_order(_without_notes(files)) for _, files in sorted(by_folder.items())]
    return bundles


def in_order(files: Iterable[Path]) -> Bundle:
    """The files of a report as a reader would turn them: cover, contents, chapters by number, annexes.

    Where every name begins with a number, the numbers decide.
    """
    given = list(files)
    if all(file.stem[:1].isdigit() for file in given):
        return tuple(sorted(given, key=lambda file: _natural(file.stem)))
    return tuple(sorted(given, key=lambda file: (_rank(file), _natural(file.stem))))


def is_like_chapters(files: Sequence[Path]) -> bool:
    """Whether the names of several files in one folder say that they are chapters of one report."""
    folders: dict[Path, set[int]] = {}
    for file in files:
        match = _CHAPTER.search(_words(file))
        if match:
            folders.setdefault(file.parent, set()).add(_number(match["number"]))
    return any(len(chapters) > 1 for chapters in folders.values())


def name_of(bundle: Bundle) -> str:
    """What a report is called: the name of its file, or that of the folder in which its chapters lie."""
    return bundle[0].name if len(bundle) == 1 else bundle[0].resolve().parent.name


def labels(bundles: Sequence[Bundle]) -> list[str]:
    """A name for each report that no other has: as short as it can be, with folders where names repeat."""
    names = [name_of(bundle) for bundle in bundles]
    return [
        name if names.count(name) == 1 else f"{bundle[0].resolve().parent.name}/{name}"
        for name, bundle in zip(names, bundles, strict=True)
    ]


def stems(bundles: Sequence[Bundle]) -> list[str]:
    """A name for the result of each report, so that none is written over another."""
    found: list[str] = []
    wanted = [(bundle[0].stem if len(bundle) == 1 else name_of(bundle)) for bundle in bundles]
    for stem, bundle in zip(wanted, bundles, strict=True):
        name = stem
        if wanted.count(stem) > 1:
            name = f"{bundle[0].resolve().parent.name}-{stem}"
        if name in found:
            name = f"{name}-{bundle[0].suffix[1:]}"
        while name in found:
            name = f"{name}-{found.count(name) + 2}"
        found.append(name)
    return found


def _inside(folder: Path) -> list[Path]:
    inside = sorted(
        item
        for item in folder.rglob("*")
        if item.suffix.casefold() in (*FORMS, *REFUSED) and item.is_file() and not item.name.startswith((".", "~"))
    )
    stems = {(item.parent, item.stem) for item in inside}
    inside = [
        item for item in inside if not any((item.parent, item.stem.removesuffix(end)) in stems for end in _ends(item))
    ]
    if not inside:
        raise CannotRun(
            "Tidak ada berkas untuk direviu.",
            Fault("folder tanpa laporan", Place(source=str(folder)), expected=", ".join(FORMS)),
        )
    return inside


def _ends(file: Path) -> list[str]:
    """What the name of a result ends with beside the report that it is about; nothing for another file."""
    return [end for end in RESULTS if file.stem.endswith(end)]


def _without_notes(files: Sequence[Path]) -> list[Path]:
    kept = [file for file in files if file.suffix.casefold() != ".txt"]
    return kept or list(files)


def _rank(file: Path) -> int:
    words = _words(file)
    chapter = _CHAPTER.search(words)
    if chapter:
        return _FIRST_CHAPTER + _number(chapter["number"])
    return next((rank for rank, pattern in _FRONT if pattern.search(words)), _ELSEWHERE)


def _words(file: Path) -> str:
    return re.sub(r"[^a-z0-9]+", " ", file.stem.casefold())


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    values = [_ROMAN[letter] for letter in text]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _natural(text: str) -> list[tuple[int, str]]:
    """Numbers in a name by their value, words by their letters."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", text.casefold())]
