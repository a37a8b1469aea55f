"""What the pages of culture studies call things: stages, strengths, voices, stances, kinds, with tone and icon."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from selaras.core.culture.coding import Kind, MemoKind, Stance
from selaras.core.culture.conclusions import MIXED, UNSUPPORTED, Tactic
from selaras.core.culture.frameworks import Asking, Level, Part
from selaras.core.culture.sources import Method
from selaras.core.culture.studies import Stage
from selaras.core.culture.support import Support
from selaras.store.models.culture import ActionState, DisplayKind, RoundPurpose, RoundUnit, StudyRole

STAGES: dict[Stage, tuple[Any, str, str]] = {
    Stage.DESIGN: (gettext_lazy("Rancangan"), "none", "plan"),
    Stage.COLLECTION: (gettext_lazy("Pengumpulan"), "info", "people"),
    Stage.CONDENSATION: (gettext_lazy("Reduksi"), "info", "split"),
    Stage.DISPLAY: (gettext_lazy("Penyajian"), "info", "table"),
    Stage.CONCLUSION: (gettext_lazy("Penarikan dan verifikasi"), "warn", "check"),
    Stage.PUBLISHED: (gettext_lazy("Terbit"), "good", "public"),
}
"""Words, tone and icon of each stage."""

STRENGTHS: dict[str, tuple[Any, str, str]] = {
    Support.STRONG.value: (gettext_lazy("Kuat"), "good", "level-5"),
    Support.FAIR.value: (gettext_lazy("Cukup"), "info", "level-3"),
    Support.WEAK.value: (gettext_lazy("Lemah"), "warn", "level-1"),
    Support.CONTESTED.value: (gettext_lazy("Bertentangan"), "bad", "split"),
    Support.NORM_ONLY.value: (gettext_lazy("Hanya norma/saran"), "none", "book"),
    Support.NONE.value: (gettext_lazy("Tidak ada bukti"), "outline", "minus"),
    MIXED: (gettext_lazy("Campuran"), "warn", "split"),
    UNSUPPORTED: (gettext_lazy("Tidak didukung"), "bad", "x-circle"),
}
"""How a verdict or a support label looks."""

STANCES: dict[Stance, tuple[Any, str]] = {
    Stance.FOR: (gettext_lazy("mendukung"), "+"),
    Stance.AGAINST: (gettext_lazy("menyangkal"), "−"),
    Stance.NEITHER: (gettext_lazy("tidak keduanya"), "0"),
}
"""Words and sign; the key on the desk is the sign."""

KINDS: dict[Kind, Any] = {
    Kind.EXPERIENCE: gettext_lazy("pengalaman"),
    Kind.NORM: gettext_lazy("norma"),
    Kind.ADVICE: gettext_lazy("saran"),
    Kind.CLAIM: gettext_lazy("klaim"),
}
"""In the order of their keys 1 to 4 on the desk."""

MEMO_KINDS: dict[MemoKind, Any] = {
    MemoKind.REFLECTION: gettext_lazy("Refleksi"),
    MemoKind.METHOD: gettext_lazy("Metode"),
    MemoKind.CONDENSATION: gettext_lazy("Reduksi"),
    MemoKind.CONCLUSION: gettext_lazy("Temuan"),
}
METHODS: dict[Method, Any] = {
    Method.INTERVIEW: gettext_lazy("Wawancara"),
    Method.OBSERVATION: gettext_lazy("Observasi"),
    Method.DOCUMENT: gettext_lazy("Dokumen"),
    Method.SURVEY: gettext_lazy("Survei"),
    Method.CONCLUSION: gettext_lazy("Simpulan penulis"),
}
ROLES: dict[StudyRole, Any] = {
    StudyRole.LEAD: gettext_lazy("Ketua"),
    StudyRole.CODER: gettext_lazy("Penyandi"),
    StudyRole.REVIEWER: gettext_lazy("Penelaah"),
    StudyRole.READER: gettext_lazy("Pembaca"),
}
LEVELS: dict[Level, Any] = {
    Level.CONSTRUCT: gettext_lazy("Konstruk"),
    Level.DIMENSION: gettext_lazy("Dimensi"),
    Level.INDICATOR: gettext_lazy("Indikator"),
}
PARTS: dict[Part, Any] = {
    Part.DESCRIBED: gettext_lazy("digambarkan"),
    Part.FACTOR: gettext_lazy("X (faktor)"),
    Part.OUTCOME: gettext_lazy("Y (hasil)"),
}
ASKINGS: dict[Asking, Any] = {
    Asking.INTERVIEW: gettext_lazy("Wawancara"),
    Asking.OBSERVATION: gettext_lazy("Observasi"),
    Asking.DOCUMENT: gettext_lazy("Dokumen"),
    Asking.LIKERT: gettext_lazy("Survei (Likert)"),
    Asking.OPEN: gettext_lazy("Survei (terbuka)"),
}
PURPOSES: dict[RoundPurpose, Any] = {
    RoundPurpose.AGREEMENT: gettext_lazy("Kesepakatan antarpenyandi"),
    RoundPurpose.RECODE: gettext_lazy("Sandi ulang oleh penyandi yang sama"),
}
UNITS: dict[RoundUnit, Any] = {
    RoundUnit.GRID: gettext_lazy("Penggalan × kode"),
    RoundUnit.CHARACTERS: gettext_lazy("Aksara"),
}
TACTICS: dict[Tactic, Any] = {
    Tactic.REPRESENTATIVE: gettext_lazy("Keterwakilan"),
    Tactic.RESEARCHER: gettext_lazy("Pengaruh peneliti"),
    Tactic.TRIANGULATION: gettext_lazy("Triangulasi"),
    Tactic.WEIGHT: gettext_lazy("Bobot bukti"),
    Tactic.OUTLIERS: gettext_lazy("Kasus menyimpang"),
    Tactic.EXTREMES: gettext_lazy("Kasus ekstrem"),
    Tactic.SURPRISES: gettext_lazy("Hal tak terduga"),
    Tactic.NEGATIVE: gettext_lazy("Bukti yang menyangkal"),
    Tactic.IF_THEN: gettext_lazy("Uji jika-maka"),
    Tactic.SPURIOUS: gettext_lazy("Hubungan semu"),
    Tactic.REPLICATION: gettext_lazy("Pengulangan"),
    Tactic.RIVAL: gettext_lazy("Penjelasan tandingan"),
    Tactic.MEMBER_CHECK: gettext_lazy("Umpan balik informan"),
}
DISPLAYS: dict[DisplayKind, tuple[str, Any]] = {
    DisplayKind.BY_SOURCE: ("sumber", gettext_lazy("Simpulan × sumber")),
    DisplayKind.BY_METHOD: ("metode", gettext_lazy("Simpulan × metode")),
    DisplayKind.BY_ROLE: ("peran", gettext_lazy("Kode × kelompok peran")),
    DisplayKind.CLUSTERED: ("konstruk", gettext_lazy("Sumber × konstruk")),
    DisplayKind.CHECKLIST: ("periksa", gettext_lazy("Daftar periksa")),
    DisplayKind.EFFECTS: ("akibat", gettext_lazy("Faktor × akibat")),
}
"""The word in the address and the title of the displays that can be kept."""

STATES: dict[ActionState, tuple[Any, str, str]] = {
    ActionState.PLANNED: (gettext_lazy("Direncanakan"), "none", "calendar"),
    ActionState.RUNNING: (gettext_lazy("Berjalan"), "info", "refresh"),
    ActionState.DONE: (gettext_lazy("Selesai"), "good", "check"),
    ActionState.DROPPED: (gettext_lazy("Dibatalkan"), "bad", "x-circle"),
}


def look(table: dict[Any, tuple[Any, str, str]], key: Any) -> dict[str, Any]:
    """A state or a strength as a chip: label, tone, icon; an unknown one in its own words."""
    label, tone, icon = table.get(key, (str(key), "none", ""))
    return {"label": label, "tone": tone, "icon": icon, "value": str(key)}


def options(table: dict[Any, Any]) -> list[tuple[str, Any]]:
    """A table of words as the choices of a field."""
    return [(key.value, words[0] if isinstance(words, tuple) else words) for key, words in table.items()]
