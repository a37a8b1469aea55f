"""An anchor: the head of the audit trail at some time, as one text that is signed and kept elsewhere."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from selaras.core.errors import CannotRun, Fault

SCHEMA = "selaras/anchor/1"
REMEDY = "Pakai berkas yang ditulis `selaras audit export` atau `selaras audit anchor --output`."
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an anchor says: after `records` records, the last of them number `last_id`, the head was `head`.

    `previous` is the fingerprint of the anchor before; anchors are a chain of their own. `made_at` is UTC.
    """

    number: int
    last_id: int
    records: int
    head: str
    previous: str
    made_at: datetime
    made_by: str

    def text(self) -> str:
        """What is signed: one JSON line with sorted keys."""
        body = asdict(self) | {"schema": SCHEMA, "made_at": self.made_at.astimezone(UTC).isoformat()}
        return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """SHA-256 of that text."""
        return hashlib.sha256(self.text().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SignedAnchor:
    """An anchor with its signature, the way it was made (`ed25519` or `cms`) and the key or certificate as PEM."""

    anchor: Anchor
    kind: str
    signature: bytes
    certificate: str

    def exported(self) -> dict[str, Any]:
        """The anchor as the file that is kept elsewhere."""
        body: dict[str, Any] = json.loads(self.anchor.text())
        signature = base64.b64encode(self.signature).decode()
        return body | {"kind": self.kind, "signature": signature, "certificate": self.certificate}


def signed_anchors(text: str, source: str) -> tuple[SignedAnchor, ...]:
    """The anchors of an exported file: one, or a list of them. Raises CannotRun for anything else."""
    try:
        body = json.loads(text)
        rows = body["anchors"] if isinstance(body, dict) and "anchors" in body else body
        return tuple(_anchor(row) for row in (rows if isinstance(rows, list) else [rows]))
    except (ValueError, TypeError, KeyError, binascii.Error) as error:
        raise CannotRun(
            f"{source} bukan berkas jangkar.", Fault("isinya tidak dikenal", read=str(error)[:120], remedy=REMEDY)
        ) from error


def _anchor(row: Mapping[str, Any]) -> SignedAnchor:
    if row["schema"] != SCHEMA:
        raise ValueError(f"skema {row['schema']}")
    number, last_id, records = numbers = [row[name] for name in ("number", "last_id", "records")]
    if any(not isinstance(each, int) or isinstance(each, bool) or each < 0 for each in numbers):
        raise ValueError("nomor bukan bilangan")
    if not _HASH.fullmatch(row["head"]) or not (row["previous"] == "" or _HASH.fullmatch(row["previous"])):
        raise ValueError("hash tidak terdiri atas 64 angka dan huruf a sampai f")
    made_at = datetime.fromisoformat(row["made_at"])
    anchor = Anchor(number, last_id, records, row["head"], row["previous"], made_at, str(row["made_by"]))
    signature = base64.b64decode(row["signature"], validate=True)
    return SignedAnchor(anchor, str(row["kind"]), signature, str(row["certificate"]))
