"""The ESR package: what the ministry's e-SAKIP Reviu takes of an agency and year, said in a manifest with fingerprints.

The service has no public manual, so field names and document types are facts of the rulebook with their certainty;
the manifest repeats that certainty. Nothing is sent by Selaras.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selaras.core.law import Source
from selaras.core.org import Agency

SCHEMA = "selaras/esr/1"
DRAFT = "draf"


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document that the service keeps, and the kinds of ours that are of this type."""

    code: str
    name: str
    kinds: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Format:
    """The fields of an upload by their names in the service, and the types of documents."""

    fields: tuple[str, ...]
    types: tuple[DocumentType, ...]
    source: Source

    def type_of(self, kind: str) -> DocumentType | None:
        """The type of a kind of ours; None for one that the service does not keep."""
        return next((item for item in self.types if kind in item.kinds), None)


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the package. `address` is where everybody can fetch it, empty where it is not published."""

    kind: str
    name: str
    sha256: str
    size: int
    state: str
    remark: str
    address: str = ""
    version: int = 0
    approved_at: str = ""
    published_at: str = ""


@dataclass(frozen=True, slots=True)
class DataPart:
    """One file with data: its name in the package, fingerprint, size in bytes, and what it holds."""

    name: str
    sha256: str
    size: int
    remark: str


def manifest(
    form: Format, agency: Agency, year: int, *, parts: Sequence[Part], data: Sequence[DataPart],
    type_ids: Mapping[str, str], user_id: str, made_at: str,
) -> dict[str, Any]:  # fmt: skip
    """The manifest as plain data. Ids of the service that nobody gave are None, never guessed.

    `type_ids` holds the service's number of a type by our code of the type, `user_id` its number of the agency.
    """
    return {
        "schema": SCHEMA,
        "agency": {"code": agency.code, "name": agency.name, "kind": agency.kind.value},
        "year": year,
        "made_at": made_at,
        "format": {
            "fields": list(form.fields), "source": form.source.text, "certainty": form.source.certainty.value,
            "note": form.source.note,
        },
        "documents": [_document(form, part, type_ids, user_id) for part in parts],
        "data": [
            {"file": item.name, "sha256": item.sha256, "bytes": item.size, "remark": item.remark} for item in data
        ],
    }  # fmt: skip


def _document(form: Format, part: Part, type_ids: Mapping[str, str], user_id: str) -> dict[str, Any]:
    found = form.type_of(part.kind)
    own = {
        "dokumen_id": type_ids.get(found.code) if found else None, "user_id": user_id or None,
        "nama_file": part.name, "path": part.address, "keterangan": part.remark,
    }  # fmt: skip
    return {
        "file": f"dokumen/{part.name}", "kind": part.kind, "type": found.code if found else None,
        "type_name": found.name if found else None, "sha256": part.sha256, "bytes": part.size, "state": part.state,
        "version": part.version or None, "approved_at": part.approved_at or None,
        "published_at": part.published_at or None,
        "upload": {name: own.get(name) for name in form.fields},
    }  # fmt: skip
