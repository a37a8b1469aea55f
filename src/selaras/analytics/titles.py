"""What the columns of roll-ups are called in tables for people."""

from __future__ import annotations

TITLES: dict[str, str] = {
    "year": "tahun", "agency": "kode instansi", "agency_name": "instansi", "agency_kind": "jenis instansi",
    "unit": "unit", "ancestor": "unit", "unit_name": "nama unit", "path": "letak unit", "depth": "tingkat",
    "indicator": "kode indikator", "name": "indikator", "family": "rumpun nama", "unit_of_measure": "satuan",
    "sasaran": "kode sasaran", "sasaran_title": "sasaran", "measured": "dihitung", "iku": "IKU", "polarity": "arah",
    "target_text": "target", "realised_text": "realisasi", "final_text": "target akhir Renstra", "status": "keadaan",
    "achievement": "capaian tepat (%)", "achievement_printed": "capaian (%)", "class_label": "kelas", "reached": "tercapai",
    "indicators": "indikator", "with_figure": "bernilai", "missed": "tidak tercapai", "lowest": "terendah (%)",
    "highest": "tertinggi (%)", "reached_share": "bagian tercapai (%)", "scale": "skala", "total": "seluruhnya",
    "share": "bagian (%)", "programme": "program", "month": "bulan", "ceiling": "pagu (Rp)", "spent": "realisasi (Rp)",
    "absorption": "penyerapan tepat (%)", "absorption_printed": "penyerapan (%)", "efficiency_method": "cara efisiensi",
    "ratio": "rasio (%)", "difference": "selisih (poin)", "remainder": "sisa (%)", "progress": "kemajuan tepat (%)",
    "progress_printed": "kemajuan (%)", "span": "periode", "index": "ke", "expected": "seharusnya", "filled": "terisi",
    "settled": "terverifikasi", "with_evidence": "berbukti", "with_target": "bertarget", "on_time": "tepat waktu",
    "late": "terlambat", "undated": "hari tidak diketahui", "filled_share": "terisi (%)", "settled_share": "terverifikasi (%)",
    "evidence_share": "berbukti (%)", "on_time_share": "tepat waktu (%)", "predicate": "predikat", "people": "pegawai",
    "raw": "terbit sebelum dibatasi", "raw_again": "hitung ulang sebelum dibatasi",
    "achievement_again": "capaian hitung ulang (%)", "class_again": "kelas hitung ulang",
    "reached_again": "tercapai hitung ulang",
}  # fmt: skip


def title_of(column: str) -> str:
    """The Indonesian heading of a column; its own name where it has none."""
    return TITLES.get(column, column)
