"""Reading the structure of a stranger's PDF without trusting it: bounded, and what is broken is simply not there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError

MOST_OBJECTS = 200_000
MOST_DEPTH = 64
LONGEST_VALUE = 120
Ref = tuple[int, int]


def pages_of(item: Any, seen: set[Ref], depth: int) -> Iterator[tuple[Ref, generic.DictionaryObject]]:
    """Every page of a tree of pages, with its reference."""
    ref, body = ref_of(item), resolved(item)
    if not isinstance(body, generic.DictionaryObject) or depth > MOST_DEPTH or ref in seen:
        return
    if ref is not None:
        seen.add(ref)
    if "/Kids" in body:
        for kid in items_of(entry(body, "/Kids")):
            yield from pages_of(kid, seen, depth + 1)
    elif ref is not None:
        yield ref, body


def fields_of(items: Any, above: str, seen: set[Ref], depth: int) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """The name of every field of a form, with its type, its value, and of a signature its kind."""
    if depth > MOST_DEPTH:
        return
    for item in items_of(items):
        ref, body = ref_of(item), resolved(item)
        if not isinstance(body, generic.DictionaryObject) or ref in seen:
            continue
        if ref is not None:
            seen.add(ref)
        own = entry(body, "/T")
        name = f"{above}.{own}" if above and own else str(own or above)
        kind = str(entry(body, "/FT") or entry(entry(body, "/Parent"), "/FT") or "")
        kids = items_of(entry(body, "/Kids"))
        if kids and kind != "/Sig":
            yield from fields_of(kids, name, seen, depth + 1)
        if kind:
            yield name, (kind, *_value(body, kind))


def _value(body: generic.DictionaryObject, kind: str) -> tuple[str, str]:
    value = entry(body, "/V")
    if kind == "/Sig":
        if not isinstance(value, generic.DictionaryObject):
            return "", ""
        content = raw(value, "/Contents")
        octets = getattr(content, "original_bytes", b"")
        return hashlib.sha256(bytes(octets)).hexdigest(), str(entry(value, "/Type") or "/Sig")
    if isinstance(value, generic.StreamObject):
        return f"sidik {hashlib.sha256(bytes(value.encoded_data)).hexdigest()[:16]}", ""
    return ("" if value is None else str(value)[:LONGEST_VALUE]), ""


def leaves(item: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Name and value of each leaf of a name tree."""
    body = resolved(item)
    if not isinstance(body, generic.DictionaryObject) or depth > MOST_DEPTH:
        return
    pairs = items_of(entry(body, "/Names"))
    for name, value in zip(pairs[::2], pairs[1::2], strict=False):
        yield str(resolved(name)), resolved(value)
    for kid in items_of(entry(body, "/Kids")):
        yield from leaves(kid, depth + 1)


def digest_of(spec: Any) -> str:
    """SHA-256 of the content of an embedded file; empty where it cannot be unpacked."""
    stream = entry(entry(spec, "/EF"), "/F")
    if not isinstance(stream, generic.StreamObject):
        return ""
    try:
        return hashlib.sha256(bytes(stream.data)).hexdigest()
    except (PdfError, ValueError):
        return ""


def content_of(spec: Any) -> bytes:
    """The content of an embedded file; empty where it cannot be unpacked."""
    stream = entry(entry(spec, "/EF"), "/F")
    try:
        return bytes(stream.data) if isinstance(stream, generic.StreamObject) else b""
    except (PdfError, ValueError):
        return b""


def embedded(handler: Any) -> dict[str, bytes]:
    """The embedded files of a document by name."""
    names = entry(handler.root, "/Names")
    if not isinstance(names, generic.DictionaryObject):
        return {}
    return {name: content_of(spec) for name, spec in leaves(entry(names, "/EmbeddedFiles"), 0)}


def reached(start: Any, aside: frozenset[str] | set[str]) -> set[Ref]:
    """The objects that a value is made of, followed by their references."""
    found: set[Ref] = set()
    waiting = [start]
    steps = 0
    while waiting and steps < MOST_OBJECTS:
        steps += 1
        item = waiting.pop()
        ref = ref_of(item)
        if ref is not None:
            if ref in found:
                continue
            found.add(ref)
            item = resolved(item)
        if isinstance(item, generic.DictionaryObject):
            waiting += [raw(item, key) for key in item if key not in aside]
        elif isinstance(item, generic.ArrayObject):
            waiting += [item.raw_get(index) for index in range(len(item))]
    return found


def flat(value: Any, depth: int = 0) -> Any:
    """A value as plain Python, with references by number, so that those of two revisions can be compared."""
    if depth > MOST_DEPTH:
        return "…"
    ref = ref_of(value)
    if ref is not None:
        return ("R", *ref)
    if isinstance(value, generic.DictionaryObject):
        return {str(key): flat(raw(value, key), depth + 1) for key in value}
    if isinstance(value, generic.ArrayObject):
        return [flat(value.raw_get(index), depth + 1) for index in range(len(value))]
    return repr(value)


def raw(body: generic.DictionaryObject, key: str) -> Any:
    """An entry as it stands, a reference unresolved; None where there is none or it is broken."""
    try:
        return body.raw_get(key)
    except (KeyError, PdfError):
        return None


def entry(body: Any, key: str) -> Any:
    """An entry of a dictionary, resolved; None for anything else."""
    if not isinstance(body, generic.DictionaryObject):
        return None
    return resolved(raw(body, key))


def resolved(value: Any) -> Any:
    """What a reference leads to; None where it leads nowhere."""
    for _step in range(MOST_DEPTH):
        if not isinstance(value, generic.IndirectObject):
            return value
        try:
            value = value.get_object()  # type: ignore[no-untyped-call]
        except (PdfError, ValueError, KeyError, IndexError):
            return None
    return None


def ref_of(value: Any) -> Ref | None:
    """The number of a reference; None for what is none."""
    return (value.idnum, value.generation) if isinstance(value, generic.IndirectObject) else None


def items_of(value: Any) -> list[Any]:
    """The elements of an array, unresolved; empty for what is none."""
    return [value.raw_get(index) for index in range(len(value))] if isinstance(value, generic.ArrayObject) else []
