"""The trail in words: details of a record, and kinds of records as people call them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from selaras.store.rows import all_tables

NOISE = frozenset({"act", "digest", "faults", "changed_fields", "refused"})
LONG = frozenset({"sha256", "changes", "text", "told"})
LABELS = {
    "user": "akun", "holder": "pemegang", "role": "peran", "unit": "unit", "how": "cara", "address": "alamat jaringan",
    "file": "berkas", "sha256": "sidik jari", "created": "baru", "changed": "berubah", "deleted": "dihapus", "year": "tahun",
    "record": "catatan", "state": "keadaan", "sessions": "sesi berakhir", "text": "isi", "told": "diberi tahu",
    "position": "jabatan", "invitation": "undangan", "days": "hari", "count": "banyaknya", "agencies": "instansi",
    "accounts": "akun", "language": "bahasa", "people": "orang", "notices": "pemberitahuan", "failed": "gagal",
    "kind": "jenis", "changes": "perubahan", "reason": "alasan", "original": "nama asli",
}  # fmt: skip


def told(details: dict[str, Any], *, short: bool = False) -> list[tuple[str, str]]:
    """The details of a record as pairs of label and text, without what only machines read; `short`: for a line of a list."""
    left_out = NOISE | LONG if short else NOISE
    return [
        (LABELS.get(key, key), _text(value))
        for key, value in details.items()
        if key not in left_out and value not in ("", [])
    ]


def kind_words(kind: str) -> str:
    """A kind of record as people call it; other kinds are named in words already."""
    names = {record.__name__: table.label for record, table in all_tables().items()}
    return names.get(kind, _("Instansi") if kind == "Agency" else kind)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return str(value)
