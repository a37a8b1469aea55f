"""The trail in words: details of a record, and kinds of records as people call them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from selaras.store.rows import all_tables

NOISE = frozenset({"act", "digest", "faults", "changed_fields", "refused", "resealed"})
LONG = frozenset({"errand", "sha256", "changes", "text", "told"})
LABELS = {
    "user": "akun", "holder": "pemegang", "role": "peran", "unit": "unit", "how": "cara", "address": "alamat jaringan",
    "file": "berkas", "sha256": "sidik jari", "created": "baru", "changed": "berubah", "deleted": "dihapus", "year": "tahun",
    "record": "catatan", "state": "keadaan", "sessions": "sesi berakhir", "text": "isi", "told": "diberi tahu",
    "position": "jabatan", "invitation": "undangan", "days": "hari", "count": "banyaknya", "agencies": "instansi",
    "accounts": "akun", "language": "bahasa", "people": "orang", "notices": "pemberitahuan", "failed": "gagal",
    "kind": "jenis", "changes": "perubahan", "reason": "alasan", "original": "nama asli", "account": "akun",
    "active": "aktif", "after": "sesudah", "agreement": "perjanjian", "base": "dasar", "before": "sebelum",
    "broken": "tautan putus", "bytes": "ukuran (bita)", "case": "reviu", "column": "kolom", "component": "komponen",
    "copied": "disalin", "counts": "temuan", "delivery": "kiriman", "differences": "perbedaan", "due": "tenggat",
    "edition": "edisi", "employee": "pegawai", "entered": "diisi", "error": "kesalahan", "evaluation": "evaluasi",
    "event": "peristiwa", "events": "peristiwa", "figures": "angka", "files": "berkas", "finding": "temuan",
    "form": "bentuk", "indicator": "indikator", "info": "catatan", "item": "butir", "judgement": "putusan",
    "key": "kunci", "left": "sisa", "lines": "baris", "links": "tautan", "login": "akun", "made_at": "dibuat",
    "minutes": "menit", "name": "nama", "new": "baru", "node": "simpul", "note": "keterangan", "of": "dari",
    "order": "urutan", "owner": "penulis", "period": "periode", "plan": "rencana", "point": "butir",
    "programmes": "program", "proof": "bukti", "reading": "angka", "removed": "dihapus", "reply": "jawaban",
    "request": "permintaan", "errand": "nomor permintaan web", "wish": "permintaan", "request_number": "nomor permintaan",
    "same": "sama", "scanned": "dipindai", "scopes": "lingkup", "seal": "sidik jari",
    "second": "faktor kedua", "section": "bagian", "sections": "bagian", "signer": "penanda tangan",
    "source": "sumber", "step": "langkah", "steps": "langkah", "taken": "diambil", "template": "instrumen",
    "title": "judul", "url": "alamat", "value": "nilai", "version": "versi", "warning": "peringatan",
}  # fmt: skip


def told(details: dict[str, Any], *, short: bool = False) -> list[tuple[str, str]]:
    """The details of a record as pairs of label and text, without what only machines read; `short`: for a line of a list."""
    left_out = NOISE | LONG if short else NOISE
    return [
        (LABELS.get(key, key), _text(value, short=short))
        for key, value in details.items()
        if key not in left_out and value not in ("", [])
    ]


def kind_words(kind: str) -> str:
    """A kind of record as people call it; other kinds are named in words already."""
    names = {record.__name__: table.label for record, table in all_tables().items()}
    return names.get(kind, _("Instansi") if kind == "Agency" else kind)


def _text(value: Any, *, short: bool) -> str:
    if isinstance(value, list):
        return "; ".join(_text(one, short=short) for one in value)
    if isinstance(value, dict):
        return "; ".join(_pair(str(name), one, short=short) for name, one in value.items())
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return str(value)


def _pair(name: str, value: Any, *, short: bool) -> str:
    """One entry of a table within the details, in a line of a list without fingerprints and the like."""
    label = LABELS.get(name, name)
    return label if short and isinstance(value, str) else f"{label} {_text(value, short=short)}"
