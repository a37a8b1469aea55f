"""The OpenAPI document: what the library derives from the operations, with errors, caching and examples said in full."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI

PROBLEM = "application/problem+json"
REFERENCE = {"$ref": "#/components/schemas/Problem"}
MEANINGS = {
    400: ("Permintaan tidak dapat dibaca", "Isi permintaan bukan JSON atau formulir yang benar."),
    401: ("Token tidak dikenal", "Tidak ada token, atau token tidak berlaku lagi."),
    403: ("Tidak berhak", "Peran atau lingkup token tidak mencakup tindakan ini."),
    404: ("Tidak ditemukan", "Tidak ada, atau pemilik token tidak boleh mengetahui bahwa itu ada."),
    405: ("Metode tidak dikenal", "Alamat ini tidak menerima metode tersebut; lihat kepala Allow."),
    409: ("Sudah diubah orang lain", "Nilai sudah lain daripada yang terlihat (`seen`); keduanya ada dalam `clashes`."),
    422: ("Ditolak", "Bentuk atau isinya tidak benar; setiap kesalahan ada dalam `faults`."),
    429: ("Terlalu banyak permintaan", "Tunggu sebanyak detik dalam kepala Retry-After."),
    503: ("Tidak dapat dijalankan", "Penyebabnya di luar data, misalnya berkas di penyimpanan; coba lagi."),
}
TAGS = {
    "reading": "Pemilik token, instansi, angka terhitung, temuan, dan jejak audit.",
    "records": "Setiap jenis data: daftar, satu, simpan menurut kunci alami, hapus.",
    "measurement": "Realisasi kinerja: tulis, ajukan, verifikasi, kembalikan, kunci.",
    "files": "Buku kerja, dokumen, dan berkas bukti.",
    "reports": "Edisi laporan yang dibekukan, disetujui, diterbitkan; paket ESR.",
    "reviews": "Reviu laporan: unggah, keadaan, temuan.",
    "people": "SKP: berkas sendiri dan bawahan, umpan balik, realisasi; hanya untuk orangnya dan penilainya.",
    "reform": "Indeks RB: lembar nilai, rencana aksi dengan kemajuan triwulanan, indeks unit.",
    "evaluations": "Evaluasi akuntabilitas (LKE) dan rekomendasinya: baca nilai, jawab sub-komponen dan kriteria, catat langkah.",
    "culture": "Studi kepemimpinan dan budaya kerja yang diterbitkan: hasil dan survei tanpa isi wawancara.",
    "registers": "Register: definisi, rekaman (data pribadi disamarkan), langkah, dan angka menurut aturan hitung.",
    "issuing": "Dokumen terbit: daftar, keadaan tanda tangannya, dan berkasnya; program membaca, tidak menandatangani.",
    "verification": "Verifikasi berkas: serahkan PDF, tanyakan hasilnya; jangkar jejak audit untuk disimpan di tempat lain.",
    "webhooks": "Alamat yang diberi tahu bila laporan terbit atau ditarik.",
}


class Api(NinjaAPI):
    """The API with its own words in the document."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> Any:
        """The document, made once from the operations, which do not change while a process runs.

        For another prefix only the addresses in it are written anew: making it takes seconds.
        """
        if path_params is not None:
            return self._document(path_prefix, path_params)
        root = self.get_root_path({})
        if path_prefix in {None, root}:
            return self._made
        paths = {f"{path_prefix}/{path.removeprefix(root)}": told for path, told in self._made["paths"].items()}
        return {**self._made, "paths": {path.replace("//", "/"): told for path, told in paths.items()}}

    @cached_property
    def _made(self) -> dict[str, Any]:
        made: dict[str, Any] = self._document(None, None)
        return made

    def _document(self, path_prefix: str | None, path_params: dict[str, Any] | None) -> Any:
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for method, operation in operations(document):
            _describe(method, operation)
        document["components"]["responses"] = {f"Error{status}": _error(status) for status in MEANINGS}
        document["tags"] = [{"name": name, "description": words} for name, words in TAGS.items()]
        return document


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation of an OpenAPI document with its method."""
    for _, method, operation in operations_by_path(document):
        yield method, operation


def operations_by_path(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation with its path and method."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _describe(method: str, operation: dict[str, Any]) -> None:
    words = operation.get("description", "")
    operation["summary"] = words.partition(".")[0].partition(";")[0].strip() or operation["summary"]
    answers = operation["responses"]
    answers.setdefault(401, {})
    answers.setdefault(429, {})
    if operation["parameters"] or "requestBody" in operation:
        answers.setdefault(422, {})
    if "requestBody" in operation:
        answers.setdefault(400, {})
    if method == "get":
        answers[304] = {"description": "Tidak berubah sejak jawaban dengan ETag dalam If-None-Match."}
        answers[200].setdefault("headers", {})["ETag"] = {
            "description": "Sidik isi jawaban; kirim kembali sebagai If-None-Match.", "schema": {"type": "string"},
        }  # fmt: skip
    for status in MEANINGS:
        if status in answers:
            answers[status] = {"$ref": f"#/components/responses/Error{status}"}
    for status, answer in answers.items():
        if answer.get("description") == HTTPStatus(status).phrase:
            answer["description"] = {200: "Berhasil.", 201: "Dibuat.", 202: "Diterima dan sedang dikerjakan.",
                                     204: "Berhasil, tanpa isi."}.get(status, answer["description"])  # fmt: skip
    operation["responses"] = {status: answers[status] for status in sorted(answers)}


def _error(status: int) -> dict[str, Any]:
    title, meaning = MEANINGS[status]
    example = {"type": "about:blank", "title": title, "status": status, "detail": meaning}
    return {"description": meaning, "content": {PROBLEM: {"schema": REFERENCE, "example": example}}}
