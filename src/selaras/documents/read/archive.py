"""Opening office files of strangers: a ZIP archive of bearable size whose XML declares nothing and reaches nowhere."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from zipfile import BadZipFile, LargeZipFile, ZipFile

from lxml import etree

from selaras.documents.broken import broken_at
from selaras.documents.read.limits import SMALL_PART, Limits, refuse

DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY|ELEMENT)", re.IGNORECASE)
SAVE_AGAIN = "Buka berkas itu dengan pengolah kata atau angka, simpan ulang tanpa kata sandi, lalu coba lagi."
ENCRYPTED = 0x1


class Archive:
    """The parts of an office file. Every part is bounded before it is unpacked."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.source, self.limits = path.name, limits
        try:
            self._zip = ZipFile(path)
            self.names = frozenset(entry.filename for entry in self._zip.infolist())
        except (
            BadZipFile,
            LargeZipFile,
            OSError,
            ValueError,
            NotImplementedError,
            EOFError,
            UnicodeDecodeError,
        ):
            refuse(self.source, "Berkas rusak: bukan arsip yang utuh", SAVE_AGAIN)
        self._inspect()

    def _inspect(self) -> None:
        entries = self._zip.infolist()
        total = sum(entry.file_size for entry in entries)
        swollen = [
            entry for entry in entries
            if entry.file_size > SMALL_PART and entry.file_size > self.limits.ratio * max(entry.compress_size, 1)
        ]  # fmt: skip
        if total > self.limits.content or len(entries) > self.limits.parts or swollen:
            refuse(
                self.source, "Isi berkas mengembang tidak wajar saat dibuka", SAVE_AGAIN,
                read=f"{total // 2**20} MB dalam {len(entries)} bagian", expected=f"paling besar {self.limits.content // 2**20} MB",
            )  # fmt: skip
        if any(entry.flag_bits & ENCRYPTED for entry in entries):
            refuse(self.source, "Berkas berkata sandi", SAVE_AGAIN)

    def read(self, name: str) -> bytes:
        """The bytes of a part; refuses a broken one and one that is larger than it claims."""
        try:
            with self._zip.open(name) as part:
                data = part.read(self.limits.content + 1)
        except (
            BadZipFile,
            KeyError,
            OSError,
            ValueError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            zlib.error,
        ):
            refuse(self.source, f"Bagian {name} rusak", SAVE_AGAIN)
        if len(data) > self.limits.content:
            refuse(self.source, f"Bagian {name} terlalu besar", SAVE_AGAIN)
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of an XML part, parsed without entities, document types, network or oversized nodes."""
        data = self.read(name)
        self.check_declarations(name, data)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            refuse(self.source, f"Bagian {name} bukan XML yang utuh{broken_at(error)}", SAVE_AGAIN)
        if root.getroottree().docinfo.internalDTD is not None:
            self._refuse_declaration(name)
        return root

    def check_declarations(self, name: str, data: bytes) -> None:
        """Refuse document type and entity declarations, in any common encoding."""
        if DECLARATION.search(data) or DECLARATION.search(data[:100_000].replace(b"\x00", b"")):
            self._refuse_declaration(name)

    def _refuse_declaration(self, name: str) -> None:
        refuse(self.source, "Berkas memuat deklarasi XML yang tidak lazim (DOCTYPE atau ENTITY)", SAVE_AGAIN, read=name)
