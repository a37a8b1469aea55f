"""What changed in a PDF between two of its revisions, told as a reader understands it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from selaras.core.issuing.inspection import Change, Kind
from selaras.documents.pades.field_names import owner_of_copy
from selaras.documents.pades.verify_objects import (
    MOST_DEPTH,
    Ref,
    digest_of,
    entry,
    fields_of,
    flat,
    items_of,
    leaves,
    pages_of,
    raw,
    reached,
    ref_of,
    resolved,
)

MOST_FIELDS = 5_000
MOST_PAGES = 5_000
MOST_CHANGES = 60
ASIDE = frozenset({"/Parent", "/Annots", "/StructParents", "/P", "/B", "/Dest", "/StructParent"})
"""Keys of a page that lead elsewhere, or are told on their own."""
QUIET = frozenset({"/AcroForm", "/DSS", "/Pages", "/Names", "/Metadata", "/Perms", "/Extensions", "/Version", "/AF",
                   "/Type"})  # fmt: skip
"""Keys of the catalog that are looked into on their own, or mean nothing to a reader."""
ACTIONS = frozenset({"/OpenAction", "/AA"})


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
    pages = entry(view.root, "/Pages")
    if isinstance(pages, generic.DictionaryObject):
        view.pages = list(pages_of(view.root.raw_get("/Pages"), set(), 0))[:MOST_PAGES]
    form = entry(view.root, "/AcroForm")
    if isinstance(form, generic.DictionaryObject):
        for name, item in fields_of(entry(form, "/Fields"), "", set(), 0):
            view.fields[name] = item
            if len(view.fields) >= MOST_FIELDS:
                break
    names = entry(view.root, "/Names")
    if isinstance(names, generic.DictionaryObject):
        view.attachments = {
            name: digest_of(spec) for name, spec in leaves(entry(names, "/EmbeddedFiles"), 0)
        }  # fmt: skip
        view.scripts = {name for name, _ in leaves(entry(names, "/JavaScript"), 0)}
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
    earlier, signed = dict(old.pages), new.signed - old.signed
    for number, (ref, page) in enumerate(new.pages, 1):
        if ref in earlier:
            yield from _page_changed(earlier[ref], page, number, touched, signed)


def _page_changed(
    old: generic.DictionaryObject, new: generic.DictionaryObject, number: int, touched: set[Ref], signed: set[str]
) -> Iterator[Change]:
    keys = (set(old) | set(new)) - ASIDE
    if any(flat(raw(old, key)) != flat(raw(new, key)) for key in keys) or reached(new, ASIDE) & touched:
        yield Change(Kind.CONTENT, f"Isi halaman {number} diubah.", number)
    before, after = _annotations(old), _annotations(new)
    for ref, (sort, what) in after.items():
        is_signature = sort == "/Sig"
        if ref not in before and not is_signature:
            yield _annotation(what, f"ditambahkan pada halaman {number}", number)
        elif ref in before and touched & ({ref} | _annotation_parts(new, ref)):
            if is_signature:
                if _is_redrawn(old, new, ref):
                    yield Change(Kind.CONTENT, f"Tampilan tanda tangan pada halaman {number} diubah.", number)
            elif what != "/Widget":
                yield _annotation(what, f"pada halaman {number} diubah", number)
            elif _looks_otherwise(old, new, ref, signed):
                yield Change(Kind.FORM, f"Tampilan isian formulir pada halaman {number} diubah.", number)
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
    for number, item in enumerate(items_of(entry(page, "/Annots"))):
        ref = ref_of(item) or (-1 - number, 0)
        body = resolved(item)
        if isinstance(body, generic.DictionaryObject):
            sort = entry(body, "/FT") or entry(entry(body, "/Parent"), "/FT")
            found[ref] = (str(sort or ""), str(entry(body, "/Subtype") or ""))
    return found


def _annotation_parts(page: generic.DictionaryObject, ref: Ref) -> set[Ref]:
    body = _annotation_body(page, ref)
    return reached(body, ASIDE | {"/V", "/Lock", "/SV"}) if body is not None else set()


def _appearance(page: generic.DictionaryObject, ref: Ref) -> str:
    """The appearance of an annotation as a digest of everything that it draws with."""
    body = _annotation_body(page, ref)
    return "" if body is None else _drawn(entry(body, "/AP"), 0) + repr(flat(raw(body, "/Rect")))


def _is_redrawn(old: generic.DictionaryObject, new: generic.DictionaryObject, ref: Ref) -> bool:
    """Whether a signature looks otherwise than before, or a place for one was moved; signing at an empty one is neither."""
    body, after = _annotation_body(old, ref), _annotation_body(new, ref)
    if body is not None and after is not None and not _is_filled(body) and _is_filled(after):
        return bool(flat(raw(body, "/Rect")) != flat(raw(after, "/Rect")))
    return _appearance(old, ref) != _appearance(new, ref)


def _looks_otherwise(old: generic.DictionaryObject, new: generic.DictionaryObject, ref: Ref, signed: set[str]) -> bool:
    """Whether a field shows something else although its value is the same; copies of stamps fill with their signature."""
    body, after = _annotation_body(old, ref), _annotation_body(new, ref)
    if body is None or after is None or _value(body) != _value(after):
        return False
    is_moved = bool(flat(raw(body, "/Rect")) != flat(raw(after, "/Rect")))
    if owner_of_copy(str(entry(after, "/T") or "")) in signed and not is_moved:
        return False
    state = bool(flat(raw(body, "/AS")) != flat(raw(after, "/AS")))
    return state or _appearance(old, ref) != _appearance(new, ref)


def _value(body: generic.DictionaryObject) -> str:
    return repr([flat(entry(item, "/V")) for item in (body, entry(body, "/Parent"))])


def _is_filled(body: generic.DictionaryObject) -> bool:
    return entry(body, "/V") is not None or entry(entry(body, "/Parent"), "/V") is not None


def _annotation_body(page: generic.DictionaryObject, ref: Ref) -> generic.DictionaryObject | None:
    for item in items_of(entry(page, "/Annots")):
        if ref_of(item) == ref:
            body = resolved(item)
            return body if isinstance(body, generic.DictionaryObject) else None
    return None


def _drawn(value: Any, depth: int) -> str:
    body = resolved(value)
    if depth > MOST_DEPTH:
        return ""
    if isinstance(body, generic.StreamObject):
        inner = "".join(f"{key}{_drawn(raw(body, key), depth + 1)}" for key in sorted(set(body) - {"/Length"}))
        return hashlib.sha256(bytes(body.encoded_data) + inner.encode()).hexdigest()
    if isinstance(body, generic.DictionaryObject):
        return "".join(f"{key}{_drawn(raw(body, key), depth + 1)}" for key in sorted(set(body) - ASIDE))
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
        item = raw(new.root, key)
        return flat(item) != flat(raw(old.root, key)) or bool(reached(item, ASIDE) & touched)

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
        if flat(raw(new.root, key)) != flat(raw(old.root, key)):
            yield Change(Kind.STRUCTURE, f"Susunan dokumen ({key}) diubah.")
