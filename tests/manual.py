"""The generated pages of the manual: made from the code and its tests, so that they cannot lie. `make docs` writes them."""

import argparse
import json
import os
from dataclasses import fields
from datetime import date
from importlib.resources import files
from pathlib import Path

from selaras.analytics.manifest import INSIDE, NAME, Manifest
from selaras.analytics.schema import PRECISION, SCALE, TABLES, VERSION
from selaras.cli.commands.rulebook import entries
from selaras.cli.main import build_parser
from selaras.cli.reviewing import rules
from selaras.core.reporting.attachment import schema
from selaras.documents.workbook import describe
from selaras.rulebook import load
from tests.core.test_achievement import CASES

DOCS = Path(__file__).parents[1] / "docs"


def pages():
    """Every generated page: its path below docs/ and its text."""
    return {
        "reference/commands.md": commands(),
        "reference/workbook.md": workbook(),
        "reference/rulebook.md": rulebook(),
        "reference/nation.md": nation(),
        "reference/snapshot.schema.json": json.dumps(schema(), ensure_ascii=False, indent=1) + "\n",
        "reference/review.schema.json": files("selaras.documents.findings")
        .joinpath("review.schema.json")
        .read_text("utf-8"),
        "reference/rules.md": explained(),
        "reference/openapi.json": openapi(),
        "formulas/capaian.md": achievement(),
        "formulas/rumus.md": formulas(),
    }


def commands():
    parser = build_parser()
    lines = ["# Perintah", "", "Halaman ini dibuat dari programnya (`make docs`).", ""]
    action = next(item for item in parser._actions if isinstance(item, argparse._SubParsersAction))
    for name, command in action.choices.items():
        text = command.format_help().replace(str(Path.cwd()), ".")
        lines += [f"## selaras {name}", "", "```text", text.rstrip(), "```", ""]
    return "\n".join(lines)


def workbook():
    lines = ["# Buku kerja", "", "Lembar dan kolom buku kerja, dibuat dari skemanya (`make docs`).", ""]
    for sheet in describe():
        lines += [
            f"## {sheet.name}",
            "",
            sheet.about,
            "",
            "| Kolom | Isi | Wajib | Keterangan | Contoh |",
            "|---|---|---|---|---|",
        ]
        for column in sheet.columns:
            choices = ": " + ", ".join(column.choices) if column.choices else ""
            kind = f"kode lembar {column.refers_to}" if column.refers_to else f"{column.kind}{choices}"
            cells = (column.header, kind, "ya" if column.required else "", column.help, column.example)
            lines.append("| " + " | ".join(str(cell).replace("|", "/").replace("\n", " ") for cell in cells) + " |")
        lines.append("")
    return "\n".join(lines)


def nation():
    lines = [
        "# Berkas data nasional", "",
        f"Skema {VERSION} dari berkas yang ditulis `selaras publish`, dibuat dari definisinya (`make docs`). Cara memakainya: "
        "[analitik](../analitik.md).", "",
        "Folder `year=2024/agency=KODE/` memuat satu berkas Parquet tiap tabel dan `manifest.json` yang menyebut nama berkas, "
        "banyaknya baris, SHA-256 berkas, dan hash isinya; yang dibaca hanya berkas yang disebut di sana. Kolom `year` dan "
        "`agency` ada pada setiap tabel dan berasal dari nama foldernya.", "",
        f"Semua angka adalah desimal {PRECISION} angka, {SCALE} di antaranya di belakang koma; tidak ada bilangan titik kambang. "
        "Kolom **dalam** kosong kecuali pada `--inside`. Tidak ada kolom yang memuat data pribadi.", "",
        *_manifests(),
    ]  # fmt: skip
    for table in TABLES:
        key = ", ".join(f"`{name}`" for name in ("year", "agency", *table.key))
        lines += [f"## {table.name}", "", table.meaning, "", f"Kunci: {key}. Untuk: {table.reach}.", ""]
        lines += ["| Kolom | Jenis | Arti | Satuan | Boleh kosong | Untuk |", "|---|---|---|---|---|---|"]
        for column in table.columns:
            cells = (
                f"`{column.name}`",
                column.kind,
                column.meaning,
                column.unit,
                "ya" if column.empty else "",
                column.reach,
            )
            lines.append("| " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def _manifests():
    """What stands in a manifest, and which of the two a reader goes by."""
    told = {
        "year": "tahun kinerja", "agency": "kode instansi",
        "schema": f"versi skema; yang ditulis sekarang {VERSION}",
        "tables": "tiap tabel: `file` nama berkasnya, `rows` banyaknya baris, `sha256` SHA-256 berkas, `content` hash barisnya",
        "content": "hash isi partisi, apa pun bita berkasnya", "inside": "apakah kolom **dalam** terisi",
        "made_at": "kapan ditulis", "installation": "nama instalasi yang menulisnya, yang tidak menyebut apa pun tentangnya",
        "stamp": "tanda sumbernya, agar yang tidak berubah tidak dibaca lagi",
    }  # fmt: skip
    assert list(told) == [field.name for field in fields(Manifest)]
    lines = [
        "## Manifes", "", f"Satu partisi dapat mempunyai dua manifes dengan berkasnya masing-masing. `{NAME}` menyebut data untuk umum "
        f"(`selaras publish`); `{INSIDE}` menyebut data dengan kolom dalam (`selaras publish --inside`). Halaman publik dan "
        f"data terbuka hanya membaca `{NAME}`; `selaras gather` menyalin keduanya; halaman di dalam dan `selaras nation` membaca `{INSIDE}` bila ada, "
        f"selain itu `{NAME}`. Menulis yang satu tidak pernah mengubah yang lain. Folder yang memuat `{INSIDE}` jangan "
        "disebarkan.", "", "| Isian | Arti |", "|---|---|",
    ]  # fmt: skip
    return [*lines, *(f"| `{name}` | {words} |" for name, words in told.items()), ""]


def rulebook():
    lines = [
        "# Buku aturan",
        "",
        "Isi buku aturan per 31 Desember 2026 beserta sumber dan kepastiannya (`make docs`).",
        "",
    ]
    lines += ["| Jenis | Kode | Nama | Kepastian | Sumber |", "|---|---|---|---|---|"]
    for row in entries(load(date(2026, 12, 31))):
        lines.append("| " + " | ".join(row[name] for name in ("jenis", "kode", "nama", "kepastian", "sumber")) + " |")
    return "\n".join(lines) + "\n"


def openapi():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "selaras.web.settings")
    import django

    django.setup()
    from selaras.api.urls import api

    document = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n"


def achievement():
    lines = [
        "# Capaian kinerja: tabel kerja", "",
        "Setiap baris adalah kasus uji mesin capaian (`make docs`). Tidak ada peraturan yang menetapkan rumus capaian; cara yang",
        "dipakai dipilih per indikator dan dicetak di samping angkanya. Pembulatan setengah ke atas, hanya saat ditampilkan.", "",
        "| Kasus | Target | Realisasi | Arah | Rumus turun | Batas | Capaian | Keterangan |", "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for case in CASES:
        method = case.method.value if case.method else ""
        status = "" if case.status.name == "COMPUTED" else case.status.value
        cells = (case.name, case.target, case.realised, case.polarity.value, method, case.cap, case.shown, status)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def explained():
    lines = ["# Aturan reviu", "", "Teks yang sama dicetak oleh `selaras rules KODE` (`make docs`).", ""]
    for rule in rules():
        lines += [f"## {rule.code}", "", f"Jenis temuan: {', '.join(rule.kinds)}.", "", rule.text, ""]
    return "\n".join(lines)


def formulas():
    law = load(date(2026, 12, 31))
    lines = [
        "# Rumus", "", "Setiap rumus adalah satu fungsi murni dalam `core`; teksnya, sumbernya, dan kepastiannya adalah data",
        "(`make docs`). Contoh terhitung ada dalam tabel kerja [capaian](capaian.md).", "",
    ]  # fmt: skip
    for formula in law.formulas.values():
        source = formula.source
        lines += [f"## {formula.name}", "", f"`{formula.code}`: {formula.expression}", ""]
        article = f", {source.article}" if source.article else ""
        lines += [f"Sumber: {source.text}{article} ({source.certainty.value}). {source.note}".strip(), ""]
    return "\n".join(lines)


def main():
    for name, text in pages().items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
