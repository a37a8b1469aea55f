"""What lies beside the documents of a book: its index, and one list of what failed, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape

from selaras.documents.write.listing import grid


@dataclass(frozen=True, slots=True)
class BookLine:
    """One document of a book: of which office, which file, how it went.

    `state` is `baru`, `tetap` (its data had not changed) or `gagal`; then `cause` and `remedy` say why, in words that
    are the same for every office, and `detail` where in this office's data.
    """

    agency: str
    office: str
    kind: str
    state: str
    files: tuple[tuple[str, str, int], ...] = ()
    """Name, SHA-256 and bytes of each file."""
    data_sha256: str = ""
    cause: str = ""
    remedy: str = ""
    detail: str = ""
    passing: bool = False
    """What failed had nothing to do with the office's data: what an earlier run made stays, and the next turn tries again."""
    errors: int = 0
    """Errors that the gate sees in the office's data: the document is made nevertheless, and says what is missing."""


FAILED = ("Kode", "Instansi", "Dokumen", "Sebab", "Cara memperbaiki", "Rincian")
INDEX = ("Kode", "Instansi", "Dokumen", "Berkas", "Ukuran (bita)", "SHA-256 berkas", "SHA-256 data", "Keadaan",
         "Kesalahan data")  # fmt: skip


def failures_sheet(lines: Sequence[BookLine]) -> bytes:
    """The failed documents as a spreadsheet."""
    rows = [
        (one.agency, one.office, one.kind, one.cause, one.remedy, one.detail) for one in lines if one.state == "gagal"
    ]
    return grid("Kegagalan", FAILED, rows)


def failures_text(lines: Sequence[BookLine], title: str) -> str:
    """The failed documents as text, equal causes together, so that one remedy is read once."""
    groups: dict[tuple[str, str], list[BookLine]] = {}
    for one in lines:
        if one.state == "gagal":
            groups.setdefault((one.cause, one.remedy), []).append(one)
    failed = sum(len(group) for group in groups.values())
    told = [f"{title}: {failed} dari {len(lines)} dokumen gagal."]
    for (cause, remedy), group in sorted(groups.items(), key=lambda item: -len(item[1])):
        told += ["", f"{len(group)} dokumen: {cause}", f"  Cara memperbaiki: {remedy}" if remedy else ""]
        told += [
            f"  - {one.agency} {one.office} ({one.kind}){f': {one.detail}' if one.detail else ''}" for one in group
        ]
    return "\n".join(line for line in told) + "\n"


def index_sheet(lines: Sequence[BookLine]) -> bytes:
    """Every document of the book as a spreadsheet."""
    rows = [
        (one.agency, one.office, one.kind, name, size, sha256, one.data_sha256, one.state, one.errors)
        for one in lines
        for name, sha256, size in one.files
    ]
    return grid("Indeks", INDEX, rows)


def index_data(lines: Sequence[BookLine], title: str) -> str:
    """The index for programs."""
    return (
        json.dumps({"title": title, "documents": [asdict(one) for one in lines]}, ensure_ascii=False, indent=1) + "\n"
    )


def index_page(lines: Sequence[BookLine], title: str) -> str:
    """The index as a page with links to the files beside it, to be opened from the folder."""
    rows = "".join(
        f"<tr><th scope=row>{escape(one.office or one.agency)}</th><td>{escape(one.kind)}</td><td>{_links(one)}</td>"
        f"<td>{one.errors or '–'}</td></tr>"
        for one in lines
    )
    faulty = sum(bool(one.errors) for one in lines)
    look = f" {faulty} disusun dari data yang masih mengandung kesalahan (selaras check)." if faulty else ""
    name = escape(title)
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{name}</title><style>:root{{color-scheme:light dark}}body{{font:1rem/1.5 system-ui,sans-serif;"
        f"max-width:70rem;margin:2rem auto;padding:0 1rem}}table{{border-collapse:collapse;width:100%}}th,td{{text-align:left;"
        f"padding:.4rem .6rem;border-bottom:1px solid #8886;vertical-align:top}}</style></head><body><h1>{name}</h1>"
        f"<p>{len(lines)} dokumen.{look}</p><table><thead><tr><th scope=col>Instansi</th><th scope=col>Dokumen</th>"
        f"<th scope=col>Berkas</th><th scope=col>Kesalahan data</th></tr></thead><tbody>{rows}</tbody></table></body></html>\n"
    )


def _links(one: BookLine) -> str:
    if one.state == "gagal":
        return f"gagal: {escape(one.cause)}"
    return " · ".join(f'<a href="{escape(name)}">{escape(name)}</a>' for name, _sha256, _size in one.files)
