"""XML of REFI-QDA: made without surprises, and read without entities, document types or network."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from lxml import etree

from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place
from selaras.documents.broken import broken_at

CODEBOOK = "urn:QDA-XML:codebook:1.0"
OLD_CODEBOOK = "urn:QDA-XML:codebook:0:4"
PROJECT = "urn:QDA-XML:project:1.0"
OURS = uuid.UUID("6f1c2f0a-7a57-5d0c-9a54-5e1a2a5c0b07")
"""The root of our GUIDs: the same record gets the same GUID in every export."""
GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY|ELEMENT)", re.IGNORECASE)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MOST_BYTES = 64 << 20


def guid(*key: str) -> str:
    """The GUID of a record by its key."""
    return str(uuid.uuid5(OURS, "\x1f".join(key)))


def guid_in(text: str | None) -> str:
    """A GUID as it is compared: lower case, without braces; empty for what is none."""
    found = GUID.fullmatch((text or "").strip())
    return found.group(1).lower() if found else ""


def element(
    parent: etree._Element | None, tag: str, space: str, text: str = "", /, **attributes: str
) -> etree._Element:
    """A new element with attributes in their order, below another or (None) by itself."""
    whole = f"{{{space}}}{tag}"
    if parent is None:
        made = etree.Element(whole, nsmap={None: space})  # type: ignore[dict-item]  # None is the default namespace
    else:
        made = etree.SubElement(parent, whole)
    for key, value in attributes.items():
        made.set(key, safe(value))
    if text:
        made.text = safe(text)
    return made


def safe(text: str) -> str:
    """Text that XML can hold: what it forbids becomes one sign each, so that positions stay."""
    return FORBIDDEN.sub("\ufffd", text)


def document(root: etree._Element) -> bytes:
    """The XML as a file: UTF-8 without a mark, LF."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def parsed(name: str, data: bytes) -> etree._Element:
    """The root of an XML file of a stranger. Raises Refusal for declarations, broken and oversized files."""
    if len(data) > MOST_BYTES:
        raise refusal(name, "berkas terlalu besar", f"{len(data) >> 20} MB", f"paling besar {MOST_BYTES >> 20} MB")
    if not data.strip():
        raise refusal(name, "berkas kosong")
    if DECLARATION.search(data) or DECLARATION.search(data.replace(b"\x00", b"")):
        raise refusal(name, "deklarasi XML yang tidak lazim (DOCTYPE atau ENTITY)")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refusal(name, f"bukan XML yang utuh{broken_at(error)}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal(name, "deklarasi XML yang tidak lazim (DOCTYPE atau ENTITY)")
    return root


def local(node: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(node).localname


def children(node: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The children of some names, in their order, whatever their namespace."""
    for child in () if node is None else node:
        if isinstance(child.tag, str) and (not names or local(child) in names):
            yield child


def child(node: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of a name."""
    return next(children(node, name), None)


def words(node: etree._Element | None) -> str:
    """The text of an element; empty for none."""
    return "" if node is None else (node.text or "")


def refusal(name: str, what: str, read: str = "", expected: str = "") -> Refusal:
    """The refusal of a file, with its name."""
    return Refusal(
        f"Berkas {name} tidak dapat dibaca.",
        Fault(what, Place(source=name), read, expected, "Ekspor ulang berkas itu dari program asalnya."),
    )
