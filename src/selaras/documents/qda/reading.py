"""A .qdpx of any program as a study's material: codes, texts, passages, codings and coders; what is left out is told.

An archive of a stranger is refused if it reaches out of its folder, swells, holds too many parts or is encrypted.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field, replace

from lxml import etree

from selaras.core.culture.coding import FINAL, Coding, Kind, Material, Memo, MemoKind, Segment, Stance
from selaras.core.culture.conclusions import Conclusion
from selaras.core.culture.sources import Informant, Method, Source, cleaned, lock
from selaras.documents.qda.book import Book, read_codes
from selaras.documents.qda.marking import PROJECT, child, children, guid_in, local, parsed, refusal, words
from selaras.documents.qda.project import COLLECTOR, GAP, GROUP, HELD, JOINT, METHOD, PLACE, ROLE, day_of

MOST_PARTS = 5000
MOST_BYTES = 256 << 20
MOST_TEXT = 16 << 20
SMALL, RATIO = 1 << 20, 200
ENCRYPTED = 0x1
MEDIA = {
    "PictureSource": "gambar", "PDFSource": "PDF", "AudioSource": "rekaman suara", "VideoSource": "rekaman video",
}  # fmt: skip
UNKNOWN_ROLE = "tidak dicatat"


@dataclass(frozen=True)
class ProjectReading:
    """What was read: material (texts locked), conclusions, colours and titles, and in Indonesian what was left out."""

    title: str
    material: Material
    conclusions: tuple[Conclusion, ...]
    colours: dict[str, str]
    titles: dict[str, str]
    coders: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass
class _Work:
    """What is gathered while a project is read."""

    name: str
    archive: zipfile.ZipFile
    files: dict[str, str]
    users: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    book: Book = field(default_factory=lambda: Book((), {}, {}, ()))
    sources: list[Source] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    spans: dict[tuple[str, int, int], Segment] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    codes: frozenset[str] = frozenset()
    codings: dict[tuple[str, str, str, str], Coding] = field(default_factory=dict)
    remarks: list[Memo] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)


def read_project(name: str, data: bytes) -> ProjectReading:
    """A project out of a .qdpx. Raises Refusal for hostile, broken and foreign files, with the name of the file."""
    archive = _opened(name, data)
    entries = [entry for entry in archive.namelist() if entry.lower().endswith(".qde") and "/" not in entry]
    if len(entries) != 1:
        raise refusal(name, "berkas proyek", f"{len(entries)} berkas .qde", "tepat satu berkas .qde")
    root = parsed(name, _part(name, archive, entries[0]))
    if local(root) != "Project" or etree.QName(root).namespace not in {PROJECT, None}:
        raise refusal(name, "bukan proyek REFI-QDA", local(root), "Project")
    work = _Work(name, archive, {entry.lower(): entry for entry in archive.namelist()})
    for user in children(child(root, "Users"), "User"):
        work.users[guid_in(user.get("guid"))] = (user.get("name") or user.get("id") or "penyandi").strip()
    for variable in children(child(root, "Variables"), "Variable"):
        work.variables[guid_in(variable.get("guid"))] = variable.get("name") or ""
    holder = child(child(root, "CodeBook"), "Codes")
    if holder is not None and len(holder):
        work.book = read_codes(name, holder)
        work.codes = frozenset(code.code for code in work.book.codes)
    for source in children(child(root, "Sources")):
        _source(work, source)
    informants, sources = _cases(work, root)
    material = Material(
        informants, sources, work.book.codes, tuple(work.segments), tuple(work.codings.values()), _memos(work, root)
    )
    conclusions = _conclusions(work, root)
    _count_rest(work, root)
    coders = tuple(sorted({item.coder for item in material.codings}))
    dropped = tuple(f"{what}: {count} tidak diambil." for what, count in sorted(work.lost.items()))
    colours = dict(work.book.colours)
    title = (root.get("name") or "").strip()
    return ProjectReading(title, material, conclusions, colours, work.titles, coders, (*dropped, *work.book.dropped))


def _opened(name: str, data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        what = "bukan arsip ZIP yang utuh" if data else "berkas kosong"
        raise refusal(name, what, expected="proyek REFI-QDA (.qdpx) yang tersalin sampai selesai") from error
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_PARTS or total > MOST_BYTES:
        raise refusal(
            name, "isi berkas mengembang tidak wajar", f"{len(entries)} bagian, {total >> 20} MB",
            f"paling banyak {MOST_PARTS} bagian dan {MOST_BYTES >> 20} MB",
        )  # fmt: skip
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in parts[0] or "\x00" in entry.filename:
            raise refusal(name, "nama bagian keluar dari foldernya", entry.filename[:120])
        if entry.file_size > SMALL and entry.file_size > RATIO * max(entry.compress_size, 1):
            raise refusal(name, "isi berkas mengembang tidak wajar", entry.filename[:120])
        if entry.flag_bits & ENCRYPTED:
            raise refusal(name, "berkas berkata sandi", entry.filename[:120])
    return archive


def _part(name: str, archive: zipfile.ZipFile, entry: str) -> bytes:
    try:
        with archive.open(entry) as part:
            data = part.read(MOST_BYTES + 1)
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise refusal(name, f"bagian {entry} rusak") from error
    if len(data) > MOST_BYTES:
        raise refusal(name, f"bagian {entry} terlalu besar")
    return data


def _source(work: _Work, node: etree._Element) -> None:
    kind = local(node)
    text_node = node
    if kind == "PDFSource" and (representation := child(node, "Representation")) is not None:
        text_node = representation
        work.lost["letak penggalan pada halaman PDF"] += sum(1 for _ in children(node, "PDFSelection"))
    elif kind != "TextSource":
        work.lost[f"sumber {MEDIA.get(kind, kind)}"] += 1
        return
    text, moved = _text(work, text_node)
    code = _free(node.get("name") or "sumber", {item.code for item in work.sources})
    work.keys[guid_in(node.get("guid"))] = code
    values = _values(work, node)
    description = words(child(node, "Description")).strip()
    work.titles[code] = description or (node.get("name") or code)
    made = Source(
        code, _method(values.get(METHOD, "")), text, day_of(values.get(HELD, "")),
        joint=values.get(JOINT, "").strip() in {"true", "1"}, collector=values.get(COLLECTOR, ""),
        place=values.get(PLACE, ""), gap=values.get(GAP, ""),
    )  # fmt: skip
    work.sources.append(lock(made))
    for selection in children(text_node, "PlainTextSelection"):
        _selection(work, selection, code, len(text), moved)
    work.lost["kode pada seluruh sumber"] += sum(1 for _ in children(node, "Coding"))


def _text(work: _Work, node: etree._Element) -> tuple[str, list[int] | None]:
    """The text of a source, and for a text with CRLF where each character lies after its line ends were cleaned."""
    inline, path = child(node, "PlainTextContent"), node.get("plainTextPath") or ""
    if inline is not None:
        raw = words(inline)
    elif path:
        raw = _file(work, path)
    else:
        return "", None
    raw = raw.removeprefix("\ufeff")
    if len(raw) > MOST_TEXT:
        raise refusal(work.name, "teks sumber terlalu panjang", path[:120])
    text = cleaned(raw)
    if text == raw:
        return text, None
    moved, at = [], 0
    for place, letter in enumerate(raw):
        moved.append(at)
        at += not (letter == "\r" and raw[place + 1 : place + 2] == "\n")
    return text, [*moved, at]


def _file(work: _Work, path: str) -> str:
    bare = path.removeprefix("internal://").removeprefix("relative:///").lstrip("/")
    if path.startswith("absolute:"):
        raise refusal(work.name, "teks sumber berada di luar berkas", path[:120], "teks di dalam berkas .qdpx")
    for name in (f"sources/{bare}", bare):
        if (entry := work.files.get(name.lower())) is not None:
            data = _part(work.name, work.archive, entry)
            try:
                return data.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise refusal(work.name, f"bagian {entry} bukan teks UTF-8") from error
    raise refusal(work.name, "teks sumber tidak ada di dalam berkas", path[:120])


def _selection(work: _Work, node: etree._Element, source: str, length: int, moved: list[int] | None) -> None:
    try:
        start, end = int(node.get("startPosition") or ""), int(node.get("endPosition") or "")
    except ValueError:
        work.lost["penggalan tanpa letak"] += 1
        return
    if moved is not None:
        start, end = (moved[min(max(place, 0), len(moved) - 1)] for place in (start, end))
    if not 0 <= start < end <= length:
        work.lost["penggalan di luar teks"] += 1
        return
    there = work.spans.get((source, start, end))
    if there is None:
        name = (node.get("name") or "").strip()
        short = name if name and len(name) <= 12 and " " not in name else str(len(work.segments) + 1)
        there = Segment(_free(short, work.taken), source, start, end)
        work.segments.append(there)
        work.taken.add(there.code)
        work.spans[source, start, end] = there
    work.keys[guid_in(node.get("guid"))] = there.code
    _codings(work, node, there.code)


def _codings(work: _Work, node: etree._Element, segment: str) -> None:
    listed = list(children(node, "Coding"))
    text = words(child(node, "Description"))
    marks = [made for line in text.split("\n") if (made := _mark(line, segment))]
    plain = [line for line in text.split("\n") if line.strip() and _mark(line, segment) is None]
    if plain:  # where other programs keep a remark on a passage
        author = work.users.get(guid_in(node.get("creatingUser")), "")
        work.remarks.append(Memo(segment, "\n".join(plain), MemoKind.REFLECTION, author))
    if len(marks) == len(listed):
        for made in marks:
            _keep(work, made)
        return
    for item in listed:
        reference = child(item, "CodeRef")
        code = work.book.guids.get(guid_in(reference.get("targetGUID") if reference is not None else ""))
        if code is None:
            work.lost["penyandian dengan kode yang tidak ada"] += 1
            continue
        coder = work.users.get(guid_in(item.get("creatingUser")), "penyandi")
        _keep(work, Coding(segment, code, Stance.FOR, Kind.EXPERIENCE, coder))


def _keep(work: _Work, made: Coding) -> None:
    if made.code not in work.codes:
        work.lost["penyandian dengan kode yang tidak ada"] += 1
    elif made.key in work.codings:
        work.lost["penyandian ganda"] += 1
    else:
        work.codings[made.key] = made


def _mark(line: str, segment: str) -> Coding | None:
    parts = line.strip()[1:-1].split("|") if line.strip().startswith("[") and line.strip().endswith("]") else []
    if len(parts) not in {4, 5} or parts[1] not in set(Stance) or parts[2] not in set(Kind):
        return None
    return Coding(segment, parts[0], Stance(parts[1]), Kind(parts[2]), parts[3], parts[4] if len(parts) == 5 else FINAL)


def _values(work: _Work, node: etree._Element) -> dict[str, str]:
    found = {}
    for value in children(node, "VariableValue"):
        reference = child(value, "VariableRef")
        name = work.variables.get(guid_in(reference.get("targetGUID") if reference is not None else ""), "")
        held = next((item for item in children(value) if local(item) != "VariableRef"), None)
        if name:
            found[name] = words(held)
    known = {ROLE, GROUP, METHOD, HELD, JOINT, COLLECTOR, PLACE, GAP}
    work.lost["nilai peubah"] += sum(name not in known for name in found)
    return found


def _cases(work: _Work, root: etree._Element) -> tuple[tuple[Informant, ...], tuple[Source, ...]]:
    """Cases with a name as informants; who stands behind which source. A case without a name only carries variables."""
    people: list[Informant] = []
    behind: dict[str, list[str]] = {}
    for case in children(child(root, "Cases"), "Case"):
        name = (case.get("name") or "").strip()
        values = _values(work, case)
        work.lost["penggalan atau kode pada kasus"] += sum(1 for _ in children(case, "SelectionRef", "CodeRef"))
        if not name:
            work.lost["kasus tanpa nama"] += 1
            continue
        code = _free(name, {person.code for person in people})
        people.append(Informant(code, values.get(ROLE, UNKNOWN_ROLE), values.get(GROUP, UNKNOWN_ROLE)))
        for reference in children(case, "SourceRef"):
            behind.setdefault(work.keys.get(guid_in(reference.get("targetGUID")), ""), []).append(code)
    sources = tuple(replace(item, informants=tuple(behind.get(item.code, ()))) for item in work.sources)
    return tuple(people), sources


def _memos(work: _Work, root: etree._Element) -> tuple[Memo, ...]:
    """Notes as memos on what refers to them; the statements of conclusions come by their sets."""
    about: dict[str, str] = {}
    for node in root.iter():
        if isinstance(node.tag, str) and local(node) in {"PlainTextSelection", "TextSource", "Code", "Coding"}:
            own = guid_in(node.get("guid"))
            key = work.keys.get(own) or work.book.guids.get(own, "")
            if local(node) == "Coding":  # a note on a coding is one on its passage
                key = work.keys.get(guid_in(parent.get("guid") if (parent := node.getparent()) is not None else ""), "")
            for reference in children(node, "NoteRef"):
                about[guid_in(reference.get("targetGUID"))] = key
    members = {
        guid_in(item.get("targetGUID"))
        for held in children(child(root, "Sets"), "Set")
        for item in children(held, "MemberNote")
    }
    made = list(work.remarks)
    for note in children(child(root, "Notes"), "Note"):
        key = guid_in(note.get("guid"))
        if key in members:
            continue
        kind, _, named = (note.get("name") or "").partition(": ")
        text, _moved = _text(work, note)
        if not text.strip():
            work.lost["catatan kosong"] += 1
            continue
        ours = kind in set(MemoKind)
        author = work.users.get(guid_in(note.get("creatingUser")), "")
        made.append(
            Memo(named if ours else about.get(key, ""), text, MemoKind(kind) if ours else MemoKind.REFLECTION, author)
        )
    return tuple(made)


def _conclusions(work: _Work, root: etree._Element) -> tuple[Conclusion, ...]:
    made: list[Conclusion] = []
    for item in children(child(root, "Sets"), "Set"):
        codes = tuple(
            code
            for member in children(item, "MemberCode")
            if (code := work.book.guids.get(guid_in(member.get("targetGUID")))) is not None
        )
        work.lost["sumber dalam himpunan"] += sum(1 for _ in children(item, "MemberSource"))
        if codes:
            name = _free(item.get("name") or "T", {held.code for held in made})
            made.append(Conclusion(name, words(child(item, "Description")) or (item.get("name") or name), codes))
        else:
            work.lost["himpunan tanpa kode"] += 1
    return tuple(made)


def _count_rest(work: _Work, root: etree._Element) -> None:
    work.lost["tautan (Link)"] += sum(1 for _ in children(child(root, "Links"), "Link"))
    work.lost["gambar hubungan (Graph)"] += sum(1 for _ in children(child(root, "Graphs"), "Graph"))
    work.lost = Counter({what: count for what, count in work.lost.items() if count > 0})


def _method(text: str) -> Method:
    return Method(text) if text in set(Method) else Method.DOCUMENT


def _free(name: str, taken: set[str]) -> str:
    """A code out of a name: without blanks, and none that is taken."""
    bare = (
        "-".join("".join(" " if letter.isspace() or letter in "/?#|" else letter for letter in name).split())[:38]
        or "X"
    )
    found, number = bare, 2
    while found in taken:
        found, number = f"{bare[:34]}-{number}", number + 1
    return found
