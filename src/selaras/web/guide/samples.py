"""Invented content of the style guide: an agency that does not exist, with figures as they occur."""

# ruff: noqa: E501 (rows of samples are wide)

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.web.shell import NavItem
from selaras.web.templatetags.ui import met, status

STAGES = (
    ("Beranda", "home", 0), ("Organisasi", "org", 0), ("Perencanaan", "planning", 0), ("Perjanjian", "agreement", 2),
    ("Pengukuran", "measure", 7), ("Anggaran", "budget", 0), ("Laporan", "report", 1), ("Reviu", "review", 4),
    ("Riwayat laporan lama", "history", 0), ("Hambatan & tindak lanjut", "followup", 3), ("Evaluasi", "evaluate", 0),
    ("Publik", "public", 0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agency:
    """As much of an agency as the page frame asks for."""

    code: str
    name: str
    short_name: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """As much of a person as the page frame asks for."""

    name: str


def frame(current: str = "measure") -> dict[str, Any]:
    """What the shell gives to every page."""
    return {
        "nav": [NavItem("#isi", label, icon, icon == current, count) for label, icon, count in STAGES],
        "nav_admin": [
            NavItem("#isi", "Pengguna & peran", "users", current=False),
            NavItem("#isi", "Jejak audit", "audit", current=False),
        ],
        "agency": Agency(
            "dinkes", "Dinas Kesehatan Kabupaten Tirtamulya", "Dinkes Tirtamulya", (2023, 2024, 2025, 2026)
        ),
        "agencies": [
            {"code": "dinkes", "name": "Dinas Kesehatan Kabupaten Tirtamulya", "url": "#isi"},
            {"code": "setda", "name": "Sekretariat Daerah Kabupaten Tirtamulya", "url": "#isi"},
        ],
        "year": 2026,
        "actor": Person("Wulan Contoh"),
        "unread": 5,
        "notices_url": "#isi",
        "search_url": "#isi",
    }


TABS = [
    {"title": "Triwulan I", "url": "#tab-tautan"},
    {"title": "Triwulan II", "url": "#tab-tautan"},
    {"title": "Triwulan III", "url": "#tab-tautan", "current": True, "count": 7},
    {"title": "Triwulan IV", "url": "#tab-tautan", "count": 0},
]

INDICATORS: list[dict[str, Any]] = [
    {"code": "IKU-1", "name": "Angka kematian ibu per 100.000 kelahiran hidup", "unit": "Bidang Kesehatan Masyarakat", "target": "72,00", "realised": "68,40", "share": "105,00%", "label": "Sangat Baik", "tone": "hijau tua", "state": "dikunci", "trend": [88, 81, 76, 68], "words": "turun dari 88,10 menjadi 68,40 dalam empat tahun"},
    {"code": "IKU-2", "name": "Persentase balita gizi buruk yang mendapat perawatan", "unit": "Bidang Kesehatan Masyarakat", "target": "90,00%", "realised": "75,60%", "share": "84,00%", "label": "Tinggi", "tone": "hijau muda", "state": "diverifikasi", "trend": [71, 74, 73, 75], "words": "naik dari 71,00% menjadi 75,60% dalam empat tahun"},
    {"code": "IKU-3", "name": "Cakupan imunisasi dasar lengkap", "unit": "Bidang Pencegahan dan Pengendalian Penyakit", "target": "95,00%", "realised": "66,50%", "share": "70,00%", "label": "Sedang", "tone": "kuning tua", "state": "diajukan", "trend": [80, 77, 70, 66], "words": "turun dari 80,20% menjadi 66,50% dalam empat tahun"},
    {"code": "IKU-4", "name": "Puskesmas terakreditasi paripurna", "unit": "Bidang Pelayanan Kesehatan", "target": "18", "realised": "11", "share": "61,11%", "label": "Rendah", "tone": "kuning muda", "state": "dikembalikan", "trend": [4, 7, 9, 11], "words": "naik dari 4 menjadi 11 dalam empat tahun"},
    {"code": "IKU-5", "name": "Persentase desa bebas buang air besar sembarangan", "unit": "Bidang Kesehatan Masyarakat", "target": "100,00%", "realised": "42,86%", "share": "42,86%", "label": "Sangat Rendah", "tone": "merah", "state": "draf", "trend": [30, 33, None, 43], "words": "naik dari 30,00% menjadi 42,86%, tanpa data 2025"},
    {"code": "IKU-6", "name": "Indeks kepuasan masyarakat atas layanan puskesmas", "unit": "Sekretariat", "target": "86,00", "realised": "", "share": "", "label": "", "tone": "", "state": "menunggu", "trend": [82, 84, 85, None], "words": "naik dari 82,00 menjadi 85,20, tahun ini belum diukur"},
]  # fmt: skip


def duties() -> list[dict[str, Any]]:
    """What waits for the person, the late ones first."""
    return [
        {"title": "Isi realisasi IKU-6 triwulan III", "url": "#isi", "note": "Indeks kepuasan masyarakat · tenggat 10 Oktober 2026", "icon": "measure", "late": True, "chip": status("terlambat")},
        {"title": "Putuskan pengajuan cakupan imunisasi dasar lengkap", "url": "#isi", "note": "Diajukan Bidang P2P kemarin", "icon": "send", "chip": status("menunggu")},
        {"title": "Tanda tangani perjanjian kinerja perubahan", "url": "#isi", "note": "Pihak pertama sudah menandatangani", "icon": "sign", "chip": status("menunggu")},
    ]  # fmt: skip


STEPS = [
    {"title": "Draf", "state": "done", "when": "2 Oktober 2026", "who": "Bidang P2P"},
    {"title": "Diajukan", "state": "done", "when": "6 Oktober 2026", "who": "Kepala bidang"},
    {"title": "Diverifikasi", "state": "current", "when": "tenggat 12 Oktober", "who": "Perencana"},
    {"title": "Dikunci", "state": "next", "when": "15 Oktober 2026"},
]

RETURNED = [
    {"title": "Draf", "state": "done", "when": "12 Januari 2027"},
    {"title": "Reviu APIP", "state": "returned", "when": "20 Februari 2027", "who": "Inspektorat"},
    {"title": "Disetujui", "state": "next"},
    {"title": "Terbit", "state": "next"},
]

EVENTS = [
    {"who": "Wulan Contoh", "role": "Perencana", "did": "mengembalikan ke Bidang P2P", "when": "7 Oktober 2026 pukul 14.05", "iso": "2026-10-07T14:05", "icon": "return", "tone": "bad", "why": "Penyebut masih memakai sasaran bayi tahun lalu."},
    {"who": "Bayu Misalnya", "role": "Penanggung jawab indikator", "did": "mengubah realisasi", "when": "6 Oktober 2026 pukul 09.32", "iso": "2026-10-06T09:32", "icon": "edit", "tone": "info", "old": "71,20%", "new": "66,50%", "why": "Data dua puskesmas terhitung dua kali.", "source": "Bukti: rekap-imunisasi-tw3.xlsx, lembar Rekap, sel F24"},
    {"who": "Bayu Misalnya", "role": "Penanggung jawab indikator", "did": "mengisi realisasi", "when": "2 Oktober 2026 pukul 16.48", "iso": "2026-10-02T16:48", "icon": "plus", "new": "71,20%"},
]  # fmt: skip

COMMENTS = [
    {"who": "Wulan Contoh", "role": "Perencana", "when": "kemarin pukul 14.06", "text": "Mohon pakai sasaran bayi tahun berjalan, 4.812 bayi."},
    {"who": "Bayu Misalnya", "role": "Penanggung jawab indikator", "when": "hari ini pukul 08.15", "text": "Sudah saya ganti. Buktinya ikut saya unggah ulang.", "mine": True},
]  # fmt: skip


def tree() -> list[dict[str, Any]]:
    """A small performance tree."""
    outputs = [
        {"id": "k1", "kind": "keluaran", "kind_label": "Keluaran", "title": "Kelas ibu hamil di 27 puskesmas", "url": "#simpul-k1", "note": "Seksi Kesehatan Keluarga"},
        {"id": "k2", "kind": "keluaran", "kind_label": "Keluaran", "title": "Rujukan kegawatdaruratan kebidanan", "url": "#simpul-k2", "note": "Seksi Pelayanan Rujukan", "chip": status("draf")},
    ]  # fmt: skip
    return [
        {"id": "t1", "kind": "tujuan", "kind_label": "Tujuan", "title": "Meningkatnya derajat kesehatan masyarakat", "url": "#simpul-t1", "open": True, "children": [
            {"id": "s1", "kind": "sasaran", "kind_label": "Sasaran", "title": "Menurunnya kematian ibu dan bayi", "url": "#simpul-s1", "note": "2 indikator · Dinas Kesehatan", "open": True, "chip": met(True), "children": [
                {"id": "h1", "kind": "hasil", "kind_label": "Hasil", "title": "Persalinan ditolong tenaga kesehatan di fasilitas", "url": "#simpul-h1", "open": False, "children": outputs},
            ]},
            {"id": "s2", "kind": "sasaran", "kind_label": "Sasaran", "title": "Meningkatnya pencegahan penyakit menular", "url": "#simpul-s2", "note": "3 indikator", "chip": met(False)},
        ]},
        {"id": "t2", "kind": "tujuan", "kind_label": "Tujuan", "title": "Meningkatnya tata kelola dinas", "url": "#simpul-t2", "children": [{"id": "s3", "kind": "sasaran", "kind_label": "Sasaran", "title": "Nilai evaluasi akuntabilitas kinerja naik", "url": "#simpul-s3"}]},
    ]  # fmt: skip


PICTURE = mark_safe(
    '<svg class="zoom-3" viewBox="0 0 720 232" role="img" aria-label="Pohon kinerja: satu tujuan, dua sasaran, tiga hasil">'
    '<path class="edge" d="M360 56V80M180 104V80H540V104M180 152V172M70 192V172H290V192M540 152V192"/>'
    '<path class="edge edge-cross" d="M360 212H470"/>'
    '<g><rect class="node-box node-accent" x="240" y="8" width="240" height="48" rx="8"/>'
    '<text class="node-text node-text-strong" x="360" y="37" text-anchor="middle">Derajat kesehatan meningkat</text></g>'
    '<g><rect class="node-box node-good" x="70" y="104" width="220" height="48" rx="8"/>'
    '<text class="node-text" x="180" y="125" text-anchor="middle">Kematian ibu dan bayi turun</text>'
    '<text class="node-text node-text-quiet" x="180" y="142" text-anchor="middle">Tercapai · 105,00%</text></g>'
    '<g><rect class="node-box node-bad" x="430" y="104" width="220" height="48" rx="8"/>'
    '<text class="node-text" x="540" y="125" text-anchor="middle">Penyakit menular dicegah</text>'
    '<text class="node-text node-text-quiet" x="540" y="142" text-anchor="middle">Tidak tercapai · 70,00%</text></g>'
    '<g><rect class="node-box" x="2" y="192" width="136" height="36" rx="8"/>'
    '<text class="node-text" x="70" y="215" text-anchor="middle">Persalinan aman</text></g>'
    '<g><rect class="node-box" x="220" y="192" width="140" height="36" rx="8"/>'
    '<text class="node-text" x="290" y="215" text-anchor="middle">Gizi balita baik</text></g>'
    '<g><rect class="node-box" x="470" y="192" width="140" height="36" rx="8"/>'
    '<text class="node-text" x="540" y="215" text-anchor="middle">Imunisasi lengkap</text></g></svg>'
)

VERSIONS = [
    {"name": "Pelayanan kesehatan ibu hamil", "left": "Rp1.250.000.000", "right": "Rp1.250.000.000", "changed": False},
    {"name": "Pengelolaan imunisasi", "left": "Rp842.500.000", "right": "Rp790.000.000", "changed": True},
    {"name": "Pembinaan sanitasi total", "left": "", "right": "Rp210.000.000", "changed": True},
]

FINDINGS = [
    Finding(
        code="AR02", kind="arithmetic", severity=Severity.ERROR,
        message="Capaian yang tertulis tidak sama dengan hasil hitungan dari target dan realisasinya.",
        stated="96,00%", expected="94,00%", arithmetic="84,60% ÷ 90,00% × 100 = 94,00%",
        places=(
            Place(source="LKjIP 2026.pdf", page=34, table="Tabel 3.4", row=2, column="Capaian", quote="96,00%"),
            Place(source="LKjIP 2026.pdf", page=36, quote="capaian sebesar 96 persen"),
        ),
        regulation="Permenpan-RB 53/2014 Lampiran II", suggestion="Perbaiki angka capaian di tabel dan di kalimat.",
    ),
    Finding(
        code="NA07", kind="narrative", severity=Severity.WARNING,
        message="Serapan anggaran sangat rendah dan penyebabnya tidak dijelaskan.",
        stated="38,12%", expected="penjelasan penyebab",
        places=(Place(source="LKjIP 2026.pdf", page=51, table="Tabel 3.11", row=4),),
    ),
    Finding(
        code="ST07", kind="structure", severity=Severity.INFO,
        message="Laporan memakai dua tangga sebutan capaian.", suggestion="Pakai satu tangga sebutan di semua bab.",
    ),
]  # fmt: skip

BARS = [
    {"label": row["name"], "value": Decimal(row["share"].rstrip("%").replace(",", ".") or 0), "figure": row["share"], "tone": row["tone"], "mark": 80}
    for row in INDICATORS if row["share"]
]  # fmt: skip
BAR_TABLE = [[row["name"], row["share"], row["label"]] for row in INDICATORS if row["share"]]
YEARS = ["2022", "2023", "2024", "2025", "2026"]
LINES = [
    {"name": "Realisasi", "values": [71, Decimal("74.5"), None, 73, Decimal("75.6")], "figures": ["71,00%", "74,50%", "", "73,00%", "75,60%"]},
    {"name": "Target", "values": [70, 75, 80, 85, 90], "figures": ["70,00%", "75,00%", "80,00%", "85,00%", "90,00%"]},
]  # fmt: skip
LINE_TABLE = [["2022", "71,00%", "70,00%"], ["2023", "74,50%", "75,00%"], ["2024", "tidak diukur", "80,00%"], ["2025", "73,00%", "85,00%"], ["2026", "75,60%", "90,00%"]]  # fmt: skip

FILES = [
    {"name": "rekap-imunisasi-tw3.xlsx", "url": "#isi", "facts": "XLSX · 184 KB · diunggah 6 Oktober 2026 · sidik 9f2c…41ab", "remove_url": "#isi"},
    {"name": "foto-posyandu-melati.jpg", "url": "#isi", "facts": "JPEG · 2,1 MB · diunggah 6 Oktober 2026", "icon": "image", "remove_url": "#isi"},
]  # fmt: skip


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nama indikator", help_text="Sebutkan apa yang diukur, bukan cara mencapainya.")
    unit = forms.ChoiceField(label="Satuan", choices=[("persen", "Persen"), ("nilai", "Nilai"), ("orang", "Orang")])
    direction = forms.ChoiceField(
        label="Arah",
        widget=forms.RadioSelect,
        choices=[("naik", "Makin tinggi makin baik"), ("turun", "Makin rendah makin baik")],
    )
    target = forms.CharField(label="Target 2026", help_text="Boleh ditulis 87,5 atau 87.5.")
    budget = forms.CharField(label="Anggaran", required=False)
    due = forms.CharField(label="Tenggat pengisian")
    reason = forms.CharField(
        label="Alasan perubahan", widget=forms.Textarea(attrs={"rows": 3}), help_text="Disimpan dalam riwayat nilai."
    )
    official = forms.BooleanField(label="Tampilkan pada halaman publik", required=False)


def forms_shown() -> dict[str, SampleForm]:
    """The form as it comes back with faults, and as it is empty."""
    wrong = SampleForm({"salah-unit": "persen", "salah-target": "1.234", "salah-due": "2026-10-10"}, prefix="salah")
    wrong.is_valid()
    return {"form": SampleForm(initial={"target": "87,5", "due": "2026-08-17"}), "wrong": wrong}
