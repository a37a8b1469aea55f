"""What changed in a PDF between two of its revisions, told as a reader understands it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from selaras.core.issuing.inspection import Change, Kind

MOST_OBJECTS = 200_000
MOST_FIELDS = 5_000
MOST_PAGES = 5_000
MOST_DEPTH = 64
LONGEST_VALUE = 120
MOST_CHANGES = 60
ASIDE = frozenset({"/Parent", "/Annots", "/StructParents", "/P", "/B", "/Dest", "/StructParent"})
"""Keys of a page that lead elsewhere, or are told on their own."""
QUIET = frozenset({"/AcroForm", "/DSS", "/Pages", "/Names", "/Metadata", "/Perms", "/Extensions", "/Version", "/AF",
                   "/Type"})  # fmt: skip
"""Keys of the catalog that are looked into on their own, or mean nothing to a reader."""
ACTIONS = frozenset({"/OpenAction", "/AA"})
Ref = tuple[int, int]


@dataclass
class View:
    """The document as it stood in one revision."""

    handler: Any
    pages: list[tuple[Ref, generic.DictionaryObject]] = field(default_factory=list)
    fields: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Each field of the form by its name: its type, its value, and of a signature its kind."""
    attachments: dict[str, str] = field(default_factory=dict)
    scripts: set[str] = field(default_factory=set)

    @property
    def root(self) -> generic.DictionaryObject:
        """The catalog."""
        root = self.handler.root
        assert isinstance(root, generic.DictionaryObject)
        return root

    @property
    def signed(self) -> set[str]:
        """The names of the fields that hold a signature."""
        return {name for name, (kind, value, _) in self.fields.items() if kind == "/Sig" and value}


def view_of(handler: Any) -> View:
    """What can be seen in a revision; broken parts are left out."""
    view = View(handler)
    pages = _get(view.root, "/Pages")
    if isinstance(pages, generic.DictionaryObject):
        view.pages = list(_pages(view.root.raw_get("/Pages"), set(), 0))[:MOST_PAGES]
    form = _get(view.root, "/AcroForm")
    if isinstance(form, generic.DictionaryObject):
        for name, item in _fields(_get(form, "/Fields"), "", set(), 0):
            view.fields[name] = item
            if len(view.fields) >= MOST_FIELDS:
                break
    names = _get(view.root, "/Names")
    if isinstance(names, generic.DictionaryObject):
        view.attachments = {
            name: _digest(spec) for name, spec in _leaves(_get(names, "/EmbeddedFiles"), 0)
        }  # fmt: skip
        view.scripts = {name for name, _ in _leaves(_get(names, "/JavaScript"), 0)}
    return view


def changes_since(reader: PdfFileReader, revision: int, views: dict[int, View]) -> tuple[Change, ...]:
    """What the last revision shows differently from `revision`; `views` keeps what was looked at before."""
    last = reader.xrefs.total_revisions - 1
    if revision >= last:
        return ()
    old, new = _kept(reader, revision, views), _kept(reader, last, views)
    touched = {
        (one.idnum, one.generation)
        for number in range(revision + 1, last + 1)
        for one in (*reader.xrefs.explicit_refs_in_revision(number), *reader.xrefs.refs_freed_in_revision(number))
    }
    told = [
        *_pages_changed(old, new, touched), *_form_changed(old, new), *_attached_changed(old, new),
        *_catalog_changed(old, new, touched),
    ]  # fmt: skip
    return tuple(dict.fromkeys(told))[:MOST_CHANGES]


def _kept(reader: PdfFileReader, revision: int, views: dict[int, View]) -> View:
    if revision not in views:
        views[revision] = view_of(reader.get_historical_resolver(revision))
    return views[revision]


# --- pages ---------------------------------------------------------------------------------------------------------------


def _pages_changed(old: View, new: View, touched: set[Ref]) -> Iterator[Change]:
    before, after = [ref for ref, _ in old.pages], [ref for ref, _ in new.pages]
    for number, ref in enumerate(after, 1):
        if ref not in before:
            yield Change(Kind.PAGES, f"Halaman {number} ditambahkan.", number)
    gone = [number for number, ref in enumerate(before, 1) if ref not in after]
    for number in gone:
        yield Change(Kind.PAGES, f"Halaman yang dahulu nomor {number} dihapus.")
    common = [ref for ref in after if ref in before]
    if common != [ref for ref in before if ref in after]:
        yield Change(Kind.PAGES, "Urutan halaman diubah.")
    earlier = dict(old.pages)
    for number, (ref, page) in enumerate(new.pages, 1):
        if ref in earlier:
            yield from _page_changed(earlier[ref], page, number, touched)


def _page_changed(
    old: generic.DictionaryObject, new: generic.DictionaryObject, number: int, touched: set[Ref]
) -> Iterator[Change]:
    keys = (set(old) | set(new)) - ASIDE
    if any(_flat(_raw(old, key)) != _flat(_raw(new, key)) for key in keys) or _reached(new, ASIDE) & touched:
        yield Change(Kind.CONTENT, f"Isi halaman {number} diubah.", number)
    before, after = _annotations(old), _annotations(new)
    for ref, (sort, what) in after.items():
        is_signature = sort == "/Sig"
        if ref not in before and not is_signature:
            yield _annotation(what, f"ditambahkan pada halaman {number}", number)
        elif ref in before and touched & ({ref} | _annotation_parts(new, ref)):
            if is_signature:
                if _appearance(old, ref) != _appearance(new, ref):
                    yield Change(Kind.CONTENT, f"Tampilan tanda tangan pada halaman {number} diubah.", number)
            elif what != "/Widget":
                yield _annotation(what, f"pada halaman {number} diubah", number)
    for ref, (_sort, what) in before.items():
        if ref not in after:
            yield _annotation(what, f"pada halaman {number} dihapus", number)


def _annotation(what: str, happened: str, number: int) -> Change:
    if what == "/Widget":
        return Change(Kind.FORM, f"Isian formulir {happened}.", number)
    return Change(Kind.ANNOTATION, f"Anotasi ({what.lstrip('/') or 'tanpa jenis'}) {happened}.", number)


def _annotations(page: generic.DictionaryObject) -> dict[Ref, tuple[str, str]]:
    """The annotations of a page that are objects of their own: the field type and the subtype of each."""
    found: dict[Ref, tuple[str, str]] = {}
    for number, item in enumerate(_array(_get(page, "/Annots"))):
        ref = _ref(item) or (-1 - number, 0)
        body = _resolved(item)
        if isinstance(body, generic.DictionaryObject):
            sort = _get(body, "/FT") or _get(_get(body, "/Parent"), "/FT")
            found[ref] = (str(sort or ""), str(_get(body, "/Subtype") or ""))
    return found


def _annotation_parts(page: generic.DictionaryObject, ref: Ref) -> set[Ref]:
    body = _annotation_body(page, ref)
    return _reached(body, ASIDE | {"/V", "/Lock", "/SV"}) if body is not None else set()


def _appearance(page: generic.DictionaryObject, ref: Ref) -> str:
    """The appearance of an annotation as a digest of everything that it draws with."""
    body = _annotation_body(page, ref)
    return "" if body is None else _drawn(_get(body, "/AP"), 0) + repr(_flat(_raw(body, "/Rect")))


def _annotation_body(page: generic.DictionaryObject, ref: Ref) -> generic.DictionaryObject | None:
    for item in _array(_get(page, "/Annots")):
        if _ref(item) == ref:
            body = _resolved(item)
            return body if isinstance(body, generic.DictionaryObject) else None
    return None


def _drawn(value: Any, depth: int) -> str:
    body = _resolved(value)
    if depth > MOST_DEPTH:
        return ""
    if isinstance(body, generic.StreamObject):
        inner = "".join(f"{key}{_drawn(_raw(body, key), depth + 1)}" for key in sorted(set(body) - {"/Length"}))
        return hashlib.sha256(bytes(body.encoded_data) + inner.encode()).hexdigest()
    if isinstance(body, generic.DictionaryObject):
        return "".join(f"{key}{_drawn(_raw(body, key), depth + 1)}" for key in sorted(set(body) - ASIDE))
    if isinstance(body, generic.ArrayObject):
        return "".join(_drawn(item, depth + 1) for item in body)
    return repr(body)


# --- form, attachments, catalog ------------------------------------------------------------------------------------------


def _form_changed(old: View, new: View) -> Iterator[Change]:
    for name, (kind, value, sort) in new.fields.items():
        _, before, _ = old.fields.get(name, ("", "", ""))
        if kind == "/Sig":
            if value and not before:
                stamp = sort == "/DocTimeStamp"
                what = "Stempel waktu dokumen" if stamp else f"Tanda tangan “{name}”"
                yield Change(Kind.STAMP if stamp else Kind.SIGNATURE, f"{what} ditambahkan.")
            elif before and value and before != value:
                yield Change(Kind.REMOVED, f"Tanda tangan “{name}” diganti.")
        elif value != before:
            yield Change(Kind.FORM, f"Isian formulir “{name}” diubah dari “{before}” menjadi “{value}”.")
    for name in old.signed - new.signed:
        yield Change(Kind.REMOVED, f"Tanda tangan “{name}” dihapus.")
    lost = set(old.fields) - set(new.fields) - old.signed
    if lost:
        yield Change(Kind.FORM, f"{len(lost)} isian formulir dihapus.")


def _attached_changed(old: View, new: View) -> Iterator[Change]:
    for name, digest in new.attachments.items():
        if name not in old.attachments:
            yield Change(Kind.ATTACHMENT, f"Lampiran “{name}” ditambahkan.")
        elif old.attachments[name] != digest:
            yield Change(Kind.ATTACHMENT, f"Lampiran “{name}” diganti isinya.")
    for name in old.attachments.keys() - new.attachments.keys():
        yield Change(Kind.ATTACHMENT, f"Lampiran “{name}” dihapus.")


def _catalog_changed(old: View, new: View, touched: set[Ref]) -> Iterator[Change]:
    def differs(key: str) -> bool:
        raw = _raw(new.root, key)
        return _flat(raw) != _flat(_raw(old.root, key)) or bool(_reached(raw, ASIDE) & touched)

    keys = set(old.root) | set(new.root)
    if "/DSS" in new.root and differs("/DSS"):
        yield Change(Kind.PROOFS, "Bahan pemeriksaan jangka panjang (sertifikat dan bukti pencabutan) ditambahkan.")
    if "/Metadata" in keys and differs("/Metadata"):
        yield Change(Kind.METADATA, "Metadata dokumen diubah.")
    for key in sorted(keys & ACTIONS):
        if differs(key):
            yield Change(Kind.ACTION, f"Tindakan otomatis ({key}) ditambahkan atau diubah.")
    if new.scripts - old.scripts:
        yield Change(Kind.ACTION, "Program (JavaScript) ditambahkan.")
    if "/OCProperties" in keys and differs("/OCProperties"):
        yield Change(Kind.STRUCTURE, "Lapisan yang tampil atau tersembunyi diubah.")
    for key in sorted(keys - QUIET - ACTIONS - {"/OCProperties", "/StructTreeRoot"}):
        if _flat(_raw(new.root, key)) != _flat(_raw(old.root, key)):
            yield Change(Kind.STRUCTURE, f"Susunan dokumen ({key}) diubah.")


# --- reading without trusting --------------------------------------------------------------------------------------------


def _pages(item: Any, seen: set[Ref], depth: int) -> Iterator[tuple[Ref, generic.DictionaryObject]]:
    ref, body = _ref(item), _resolved(item)
    if not isinstance(body, generic.DictionaryObject) or depth > MOST_DEPTH or ref in seen:
        return
    if ref is not None:
        seen.add(ref)
    if "/Kids" in body:
        for kid in _array(_get(body, "/Kids")):
            yield from _pages(kid, seen, depth + 1)
    elif ref is not None:
        yield ref, body


def _fields(items: Any, above: str, seen: set[Ref], depth: int) -> Iterator[tuple[str, tuple[str, str, str]]]:
    if depth > MOST_DEPTH:
        return
    for item in _array(items):
        ref, body = _ref(item), _resolved(item)
        if not isinstance(body, generic.DictionaryObject) or ref in seen:
            continue
        if ref is not None:
            seen.add(ref)
        own = _get(body, "/T")
        name = f"{above}.{own}" if above and own else str(own or above)
        kind = str(_get(body, "/FT") or _get(_get(body, "/Parent"), "/FT") or "")
        kids = _array(_get(body, "/Kids"))
        if kids and kind != "/Sig":
            yield from _fields(kids, name, seen, depth + 1)
        if kind:
            yield name, (kind, *_value(body, kind))


def _value(body: generic.DictionaryObject, kind: str) -> tuple[str, str]:
    value = _get(body, "/V")
    if kind == "/Sig":
        if not isinstance(value, generic.DictionaryObject):
            return "", ""
        content = _raw(value, "/Contents")
        octets = getattr(content, "original_bytes", b"")
        return hashlib.sha256(bytes(octets)).hexdigest(), str(_get(value, "/Type") or "/Sig")
    if isinstance(value, generic.StreamObject):
        return f"sidik {hashlib.sha256(bytes(value.encoded_data)).hexdigest()[:16]}", ""
    return ("" if value is None else str(value)[:LONGEST_VALUE]), ""


def _leaves(item: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Name and value of each leaf of a name tree."""
    body = _resolved(item)
    if not isinstance(body, generic.DictionaryObject) or depth > MOST_DEPTH:
        return
    pairs = _array(_get(body, "/Names"))
    for name, value in zip(pairs[::2], pairs[1::2], strict=False):
        yield str(_resolved(name)), _resolved(value)
    for kid in _array(_get(body, "/Kids")):
        yield from _leaves(kid, depth + 1)


def _digest(spec: Any) -> str:
    """SHA-256 of the content of an embedded file; empty where it cannot be unpacked."""
    stream = _get(_get(spec, "/EF"), "/F")
    if not isinstance(stream, generic.StreamObject):
        return ""
    try:
        return hashlib.sha256(bytes(stream.data)).hexdigest()
    except (PdfError, ValueError):
        return ""


def content_of(spec: Any) -> bytes:
    """The content of an embedded file; empty where it cannot be unpacked."""
    stream = _get(_get(spec, "/EF"), "/F")
    try:
        return bytes(stream.data) if isinstance(stream, generic.StreamObject) else b""
    except (PdfError, ValueError):
        return b""


def embedded(handler: Any) -> dict[str, bytes]:
    """The embedded files of a document by name."""
    names = _get(handler.root, "/Names")
    if not isinstance(names, generic.DictionaryObject):
        return {}
    return {name: content_of(spec) for name, spec in _leaves(_get(names, "/EmbeddedFiles"), 0)}


def _reached(start: Any, aside: frozenset[str] | set[str]) -> set[Ref]:
    """The objects that a value is made of, followed by their references."""
    found: set[Ref] = set()
    waiting = [start]
    steps = 0
    while waiting and steps < MOST_OBJECTS:
        steps += 1
        item = waiting.pop()
        ref = _ref(item)
        if ref is not None:
            if ref in found:
                continue
            found.add(ref)
            item = _resolved(item)
        if isinstance(item, generic.DictionaryObject):
            waiting += [_raw(item, key) for key in item if key not in aside]
        elif isinstance(item, generic.ArrayObject):
            waiting += [item.raw_get(index) for index in range(len(item))]
    return found


def _flat(value: Any, depth: int = 0) -> Any:
    """A value as plain Python, with references by number, so that those of two revisions can be compared."""
    if depth > MOST_DEPTH:
        return "…"
    ref = _ref(value)
    if ref is not None:
        return ("R", *ref)
    if isinstance(value, generic.DictionaryObject):
        return {str(key): _flat(_raw(value, key), depth + 1) for key in value}
    if isinstance(value, generic.ArrayObject):
        return [_flat(value.raw_get(index), depth + 1) for index in range(len(value))]
    return repr(value)


def _raw(body: generic.DictionaryObject, key: str) -> Any:
    try:
        return body.raw_get(key)
    except (KeyError, PdfError):
        return None


def _get(body: Any, key: str) -> Any:
    if not isinstance(body, generic.DictionaryObject):
        return None
    return _resolved(_raw(body, key))


def _resolved(value: Any) -> Any:
    for _step in range(MOST_DEPTH):
        if not isinstance(value, generic.IndirectObject):
            return value
        try:
            value = value.get_object()  # type: ignore[no-untyped-call]
        except (PdfError, ValueError, KeyError, IndexError):
            return None
    return None


def _ref(value: Any) -> Ref | None:
    return (value.idnum, value.generation) if isinstance(value, generic.IndirectObject) else None


def _array(value: Any) -> list[Any]:
    return [value.raw_get(index) for index in range(len(value))] if isinstance(value, generic.ArrayObject) else []
