"""Codebooks as .qdc: a tree of codes and folders with definitions, out and in.

A folder (construct, dimension, family) is an element that may not be coded. Below the definition of a code stand its
limits as lines that begin with a mark, which is how they come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from selaras.core.culture.coding import Code
from selaras.core.culture.frameworks import Framework
from selaras.documents.qda.marking import (
    CODEBOOK,
    OLD_CODEBOOK,
    child,
    children,
    document,
    element,
    guid,
    guid_in,
    local,
    parsed,
    refusal,
    words,
)

INCLUDES, EXCLUDES, WORD, NODE, MERGED = "Termasuk: ", "Tidak termasuk: ", "Kode: ", "Simpul: ", "Digabungkan ke: "
MARKS = (INCLUDES, EXCLUDES, WORD, NODE, MERGED)
MOST_CODES = 20_000
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class CodeNode:
    """One element of a codebook tree: a code, or a folder that may not be coded."""

    guid: str
    name: str
    codable: bool
    description: str = ""
    colour: str = ""
    code: Code | None = None
    below: tuple[CodeNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A codebook as it was read: codes in their order with their GUIDs, colours, and what was left out."""

    codes: tuple[Code, ...]
    guids: Mapping[str, str]
    """Codes by GUID."""
    colours: Mapping[str, str]
    dropped: tuple[str, ...]


def codebook_xml(
    study: str, codes: Iterable[Code], framework: Framework | None = None, colours: Mapping[str, str] | None = None
) -> bytes:
    """A codebook as .qdc. Deductive codes stand below their nodes, inductive ones in the folder of their family."""
    root = element(None, "CodeBook", CODEBOOK, origin="Selaras")
    holder = element(root, "Codes", CODEBOOK)
    for node in tree(study, codes, framework, colours or {}):
        _write(holder, node, CODEBOOK)
    if len(holder) == 0:
        raise refusal(f"{study}.qdc", "buku kode kosong", expected="satu kode atau lebih")
    return document(root)


def tree(
    study: str, codes: Iterable[Code], framework: Framework | None, colours: Mapping[str, str]
) -> tuple[CodeNode, ...]:  # fmt: skip
    """The codes of a study as a tree of folders and codes."""
    listed = list(codes)
    by_node: dict[str, list[Code]] = {}
    families: dict[str, list[Code]] = {}
    nodes = {node.code for node in framework.nodes} if framework else set()
    for code in listed:
        if code.node in nodes:
            by_node.setdefault(code.node, []).append(code)
        else:
            families.setdefault(code.family, []).append(code)

    def leaf(code: Code) -> CodeNode:
        return CodeNode(
            code_guid(study, code.code), code.name, True, _description(code), colours.get(code.code, ""), code
        )  # fmt: skip

    def folder(node: str) -> CodeNode:
        assert framework is not None, "only a framework has nodes"
        own = framework.node(node)
        inside = (
            *(leaf(code) for code in by_node.get(node, ())),
            *(folder(item.code) for item in framework.below(node)),
        )
        if len(inside) == 1 and inside[0].code is not None and inside[0].code.code == node:
            return inside[0]
        return CodeNode(guid(study, "simpul", node), own.name, False, own.definition, below=inside)

    tops = [folder(node.code) for node in framework.constructs()] if framework else []
    for family, own in families.items():
        leaves = tuple(leaf(code) for code in own)
        tops += [CodeNode(guid(study, "keluarga", family), family, False, below=leaves)] if family else list(leaves)
    return tuple(tops)


def code_guid(study: str, code: str) -> str:
    """The GUID of a code of a study."""
    return guid(study, "kode", code)


def write_codes(parent: etree._Element, nodes: Iterable[CodeNode], space: str) -> None:
    """Code elements below a `Codes` element, in the namespace of the file."""
    for node in nodes:
        _write(parent, node, space)


def _write(parent: etree._Element, node: CodeNode, space: str) -> None:
    colour = {"color": node.colour} if node.colour else {}
    made = element(parent, "Code", space, guid=node.guid, name=node.name, isCodable=str(node.codable).lower(), **colour)
    if node.description:
        element(made, "Description", space, node.description)
    for below in node.below:
        _write(made, below, space)


def _description(code: Code) -> str:
    parts = (
        ("", code.definition), (INCLUDES, code.includes), (EXCLUDES, code.excludes), (WORD, code.code), (NODE, code.node),
        (MERGED, code.merged_into),
    )  # fmt: skip
    return "\n".join(f"{mark}{_escaped(text)}" for mark, text in parts if text)


def _escaped(text: str) -> str:
    """Later lines of a text one blank in, so that none begins with a mark."""
    return text.replace("\n", "\n ")


def read_codebook(name: str, data: bytes) -> Book:
    """A codebook out of a .qdc. Raises Refusal for another form, broken XML and too many codes."""
    root = parsed(name, data)
    if local(root) != "CodeBook" or etree.QName(root).namespace not in {CODEBOOK, OLD_CODEBOOK, None}:
        raise refusal(name, "bukan buku kode REFI-QDA", local(root), "CodeBook")
    book = read_codes(name, child(root, "Codes"))
    sets = sum(1 for _ in children(child(root, "Sets"), "Set"))
    dropped = (f"{sets} himpunan kode (Set) tidak diambil.",) if sets else ()
    return replace(book, dropped=(*book.dropped, *dropped))


def read_codes(name: str, holder: etree._Element | None) -> Book:
    """The codes below a `Codes` element; a folder becomes the family of what stands in it."""
    codes: list[Code] = []
    guids: dict[str, str] = {}
    colours: dict[str, str] = {}
    taken: set[str] = set()
    folders = 0

    def take(node: etree._Element, path: tuple[str, ...]) -> None:
        nonlocal folders
        if len(codes) + folders > MOST_CODES or len(path) > DEEPEST:
            raise refusal(
                name, "buku kode terlalu besar", f"lebih dari {MOST_CODES} kode", f"paling banyak {MOST_CODES}"
            )
        title, key = (node.get("name") or "").strip(), guid_in(node.get("guid"))
        inside = list(children(node, "Code"))
        if node.get("isCodable", "true").strip() in {"true", "1"}:
            made = _code(title, path, words(child(node, "Description")), taken)
            taken.add(made.code)
            codes.append(made)
            if key:
                guids[key] = made.code
            if node.get("color"):
                colours[made.code] = _colour(node.get("color") or "")
        else:
            folders += 1
        for below in inside:
            take(below, (*path, title))

    for node in children(holder, "Code"):
        take(node, ())
    if not codes:
        raise refusal(name, "buku kode kosong", expected="satu kode atau lebih")
    return Book(tuple(codes), guids, colours, ())


def _code(title: str, path: tuple[str, ...], description: str, taken: set[str]) -> Code:
    fields = dict.fromkeys(MARKS, "")
    free: list[str] = []
    at = ""
    for line in description.replace("\r\n", "\n").split("\n"):
        mark = next((item for item in MARKS if line.startswith(item)), "")
        if mark:
            at, fields[mark] = mark, line.removeprefix(mark)
        elif at and line.startswith(" "):
            fields[at] += "\n" + line[1:]
        else:
            free.append(line[1:] if free and line.startswith(" ") else line)
            at = ""
    word = fields[WORD] or _short(title)
    number = 2
    while word in taken:
        word, number = f"{fields[WORD] or _short(title)}-{number}", number + 1
    return Code(
        word, title or word, fields[NODE], "" if fields[NODE] else " / ".join(path), "\n".join(free).strip("\n"),
        fields[INCLUDES], fields[EXCLUDES], fields[MERGED],
    )  # fmt: skip


def _short(title: str) -> str:
    """A code out of a name, where the file brings none."""
    made = "-".join("".join(letter if letter.isalnum() else " " for letter in title).split())
    return (made or "kode")[:60]


def _colour(text: str) -> str:
    digits = text.strip().lstrip("#").lower()
    digits = "".join(letter * 2 for letter in digits) if len(digits) == 3 else digits
    return f"#{digits}" if len(digits) == 6 and all(letter in "0123456789abcdef" for letter in digits) else ""
