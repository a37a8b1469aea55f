"""Empty signature fields, put into a file before the first signature: each with its place, words and tag.

They are all made at once because a signed file may only be filled in, not be given new structure: so every later
signature is an allowed change for the earlier ones, and the tag tree of PDF/A-3a holds the fields too.

A signature has one field. Where its signer is named in a second signature block (the annex of an agreement), a locked
button without action waits for a copy of the stamp; it is filled in just before that signature, which then covers it.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils import generic as pdf_objects
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import init_xobject_dictionary
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

from selaras.documents.pades.field_names import copy_name, field_name, owner_of_copy
from selaras.documents.pades.places import StampPlace

generic: Any = pdf_objects  # its classes have untyped constructors
_SIGNED_AND_APPENDED = 3  # said from the start: the first signature would otherwise change it (ISO 32000-1, table 219)


_PRINTED_AND_LOCKED = 4 + 128
_BUTTON, _READ_ONLY = 1 << 16, 1
Wanted = tuple[int, StampPlace, str]


def with_fields(content: bytes, wanted: Sequence[Wanted], copies: Sequence[Wanted] = ()) -> bytes:
    """The file with an empty field for each of (order, place, words for those who do not see it), and for each copy."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(content))
    for order, place, words in wanted:
        append_signature_field(
            writer, SigFieldSpec(field_name(order), on_page=place.page, box=place.box, readable_field_name=words)
        )
    for order, place, words in wanted:
        _, _, field = next(enumerate_sig_fields(writer, with_name=field_name(order)))
        _tag(writer, field, place.page, words)
    form = writer.root["/AcroForm"]
    for index, (order, place, words) in enumerate(copies):
        number = sum(one[0] == order for one in copies[:index]) + 1
        button = _button(writer, copy_name(order, number), place, words)
        form["/Fields"].append(button)
        writer.update_container(form["/Fields"])
        _tag(writer, button, place.page, words)
    form[pdf_name("/SigFlags")] = generic.NumberObject(_SIGNED_AND_APPENDED)
    writer.update_container(form)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_copies(content: bytes, order: int, stamp: bytes) -> bytes:
    """The file with the stamp of a signature in all its copies, for that signature to cover; as it was where it has none."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(content))
    fields: Any = writer.root["/AcroForm"]["/Fields"] if "/AcroForm" in writer.root else []
    waiting = [
        reference for reference in (fields.raw_get(index) for index in range(len(fields)))
        if owner_of_copy(str(reference.get_object().get("/T", ""))) == field_name(order)
    ]  # fmt: skip
    if not waiting or not stamp:
        return content
    with tempfile.TemporaryDirectory(prefix="selaras-cap-") as folder:
        path = Path(folder) / "cap.pdf"
        path.write_bytes(stamp)
        imported: Any = ImportedPdfPage
        picture = imported(str(path))
        picture.set_writer(writer)
        drawn = writer.add_object(picture.as_form_xobject())
    for reference in waiting:
        button = reference.get_object()
        button[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): drawn})
        writer.update_container(button)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _button(writer: Any, name: str, place: StampPlace, words: str) -> Any:
    """A button that does nothing and shows nothing yet, on its page."""
    page, _ = writer.find_page_for_modification(place.page)
    left, bottom, right, top = place.box
    nothing = writer.add_object(init_xobject_dictionary(b"", right - left, top - bottom))
    number = generic.NumberObject
    button = writer.add_object(generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/Widget"), pdf_name("/FT"): pdf_name("/Btn"),
        pdf_name("/T"): pdf_string(name), pdf_name("/TU"): pdf_string(words),
        pdf_name("/Ff"): number(_BUTTON + _READ_ONLY), pdf_name("/F"): number(_PRINTED_AND_LOCKED),
        pdf_name("/Rect"): generic.ArrayObject([number(side) for side in place.box]), pdf_name("/P"): page,
        pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): nothing}),
    }))  # fmt: skip
    writer.register_annotation(page, button)
    return button


def _tag(writer: Any, field: Any, page: int, words: str) -> None:
    """A `Form` element of the tag tree that holds the field; nothing where the file has no tags."""
    root = writer.root
    if "/StructTreeRoot" not in root:
        return
    tree = root["/StructTreeRoot"]
    top = _first_element(tree)
    page_ref, _ = writer.find_page_for_modification(page)
    key = _next_key(tree)
    element = generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/StructElem"),
        pdf_name("/S"): pdf_name("/Form"),
        pdf_name("/P"): top,
        pdf_name("/Pg"): page_ref,
        pdf_name("/Alt"): pdf_string(words),
        pdf_name("/K"): generic.DictionaryObject({
            pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): field, pdf_name("/Pg"): page_ref,
        }),
    })  # fmt: skip
    reference = writer.add_object(element)
    _append(writer, top.get_object(), "/K", reference)
    _remember(writer, tree, key, reference)
    widget = field.get_object()
    widget[pdf_name("/StructParent")] = generic.NumberObject(key)
    writer.mark_update(field)
    page_object = page_ref.get_object()
    page_object[pdf_name("/Tabs")] = pdf_name("/S")
    writer.mark_update(page_ref)


def _first_element(tree: Any) -> Any:
    """The reference of the element below the root of the tree, `Document`."""
    kids = tree.raw_get("/K")
    if isinstance(kids, generic.IndirectObject) and isinstance(kids.get_object(), generic.ArrayObject):
        kids = kids.get_object()
    return kids.raw_get(0) if isinstance(kids, generic.ArrayObject) else kids


def _append(writer: Any, element: Any, key: str, value: Any) -> None:
    kids = element.get(key)
    if isinstance(kids, generic.ArrayObject):
        kids.append(value)
        writer.update_container(kids)
    else:
        held = [] if kids is None else [element.raw_get(key)]
        element[pdf_name(key)] = generic.ArrayObject([*held, value])
        writer.update_container(element)


def _next_key(tree: Any) -> int:
    return max(int(tree.get("/ParentTreeNextKey", 0)), *(key + 1 for key in _keys(tree["/ParentTree"])), 0)


def _keys(node: Any) -> list[int]:
    if "/Nums" in node:
        return [int(key) for key in list(node["/Nums"])[::2]]
    return [key for kid in node.get("/Kids", ()) for key in _keys(kid.get_object())]


def _remember(writer: Any, tree: Any, key: int, reference: Any) -> None:
    """Put the element into the number tree from keys to elements; a tree with branches gets one more."""
    parents = tree["/ParentTree"]
    if "/Nums" in parents:
        numbers = parents["/Nums"]
        numbers.extend([generic.NumberObject(key), reference])
        writer.update_container(numbers)
    else:
        number = generic.NumberObject(key)
        leaf = generic.DictionaryObject({
            pdf_name("/Limits"): generic.ArrayObject([number, number]),
            pdf_name("/Nums"): generic.ArrayObject([number, reference]),
        })  # fmt: skip
        _append(writer, parents, "/Kids", writer.add_object(leaf))
    tree[pdf_name("/ParentTreeNextKey")] = generic.NumberObject(key + 1)
    writer.update_container(tree)
