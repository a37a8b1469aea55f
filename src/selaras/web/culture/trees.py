"""The tree of a framework as plain data while it is edited: nodes found, written, moved and taken out; versions counted up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from selaras.core.culture.frameworks import Framework, Level
from selaras.core.errors import Fault, NotFound, Refusal

Data = dict[str, Any]
SCALE = ["Sangat tidak setuju", "Tidak setuju", "Netral", "Setuju", "Sangat setuju"]
EMPTY_ROWS = 3
MOST_ROWS = 60


def begun(code: str, name: str, construct: str, question: str) -> Data:
    """A framework with one construct and one question, to grow from."""
    node = {
        "code": "K1", "level": Level.CONSTRUCT.value, "name": construct, "parent": "", "definition": "", "part": "-", "note": "",
        "questions": [{"code": "K1-W1", "asking": "wawancara", "text": question, "reverse": False, "group": ""}],
    }  # fmt: skip
    scale = {"code": "likert-5", "labels": SCALE, "unknown": "Tidak tahu"}
    return {"code": code, "name": name, "version": "1", "licence": "", "scale": scale, "nodes": [node]}


def found(content: Data, code: str) -> Data:
    """A node by its code. Raises NotFound."""
    node: Data | None = next((item for item in content["nodes"] if item["code"] == code), None)
    if node is None:
        raise NotFound(_("Simpul %(code)s tidak ditemukan.") % {"code": code})
    return node


def branch(content: Data, code: str) -> list[Data]:
    """A node with everything below it, in the order of the tree."""
    wanted = {code}
    made = []
    for node in content["nodes"]:
        if node["code"] == code or node["parent"] in wanted:
            wanted.add(node["code"])
            made.append(node)
    return made


def written(content: Data, before: str, node: Data) -> Data:
    """The tree with a node in place of the one called `before`, or added behind what stands below its parent."""
    nodes: list[Data] = list(content["nodes"])
    if not before:
        at = len(nodes)
        if node["parent"]:
            last = branch(content, found(content, node["parent"])["code"])[-1]
            at = nodes.index(last) + 1
        nodes.insert(at, node)
        return content | {"nodes": nodes}
    old = found(content, before)
    moved = old["parent"] != node["parent"]
    nodes[nodes.index(old)] = node
    if before != node["code"]:
        nodes = [item | {"parent": node["code"]} if item["parent"] == before else item for item in nodes]
    made = content | {"nodes": nodes}
    return _under(made, node) if moved else made


def _under(content: Data, node: Data) -> Data:
    """The tree with a branch behind everything else below its new parent."""
    own = branch(content, node["code"])
    if any(item["code"] == node["parent"] for item in own):
        raise Refusal(
            _("Simpul tidak dapat dipindahkan ke bawah dirinya sendiri."), Fault("induk", read=node["parent"])
        )
    rest = [item for item in content["nodes"] if item not in own]
    at = len(rest)
    if node["parent"]:
        last = branch({"nodes": rest}, found({"nodes": rest}, node["parent"])["code"])[-1]
        at = rest.index(last) + 1
    return content | {"nodes": [*rest[:at], *own, *rest[at:]]}


def moved(content: Data, code: str, step: int) -> Data:
    """The tree with a branch one place up (-1) or down (1) among its siblings; at the end nothing changes."""
    node = found(content, code)
    siblings = [item["code"] for item in content["nodes"] if item["parent"] == node["parent"]]
    at = siblings.index(code)
    if not 0 <= at + step < len(siblings):
        return content
    siblings[at], siblings[at + step] = siblings[at + step], siblings[at]
    own = {name: branch(content, name) for name in siblings}
    inside = [item for name in siblings for item in own[name]]
    first = min(content["nodes"].index(item) for item in inside)
    rest = [item for item in content["nodes"] if item not in inside]
    return content | {"nodes": [*rest[:first], *inside, *rest[first:]]}


def pruned(content: Data, code: str) -> Data:
    """The tree without a branch."""
    gone = branch(content, found(content, code)["code"])
    return content | {"nodes": [item for item in content["nodes"] if item not in gone]}


def next_version(version: str) -> str:
    """The version behind one: its last number counted up, or a second one."""
    number = re.search(r"(\d+)(?!.*\d)", version)
    if number is None:
        return f"{version}-2"
    return f"{version[: number.start()]}{int(number[1]) + 1}{version[number.end() :]}"


def node_from(given: QueryDict) -> Data:
    """A node as it was sent, with its questions; a question without text is left out."""
    texts = given.getlist("q-teks")[:MOST_ROWS]
    codes, askings = given.getlist("q-kode"), given.getlist("q-cara")
    groups, reverse = given.getlist("q-kelompok"), set(given.getlist("q-balik"))
    name = given.get("kode", "").strip()
    questions = []
    for place, words in enumerate(texts):
        if not words.strip():
            continue
        code = _at(codes, place) or f"{name}-{place + 1}"
        questions.append({
            "code": code, "asking": _at(askings, place) or "wawancara", "text": words.strip(),
            "reverse": str(place) in reverse, "group": _at(groups, place),
        })  # fmt: skip
    return {
        "code": name, "level": given.get("tingkat", ""), "name": given.get("nama", "").strip(),
        "parent": given.get("induk", "").strip(), "definition": given.get("definisi", "").strip(),
        "part": given.get("peran", "-") or "-", "note": given.get("catatan", "").strip(), "questions": questions,
    }  # fmt: skip


def _at(values: list[str], place: int) -> str:
    return values[place].strip() if place < len(values) else ""


def rows_of(node: Mapping[str, Any]) -> list[Data]:
    """The questions of a node as rows of its form, with some empty ones behind."""
    empty = {"code": "", "asking": "wawancara", "text": "", "reverse": False, "group": ""}
    rows = [*node["questions"], *(empty for _place in range(EMPTY_ROWS))]
    return [item | {"place": place, "number": place + 1} for place, item in enumerate(rows)]


def nested(framework: Framework, parent: str = "") -> list[Data]:
    """The tree with its questions, each node holding what is below it."""
    return [{"node": node, "below": nested(framework, node.code)} for node in framework.below(parent)]
