"""What the pages of the SKP call things: states with their tone and icon, ratings, predicates, forms."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from selaras.core.people.feedback import FeedbackKind, Occasion
from selaras.core.people.matrix import TeamRole
from selaras.core.people.organisation import Measure
from selaras.core.people.ratings import OrganisationPredicate, Predicate, Rating
from selaras.core.people.skp import AnnexKind, Method, Origin, Section, SkpForm, SkpState

STATES: dict[SkpState, tuple[Any, str, str]] = {
    SkpState.DRAFT: (gettext_lazy("Draf"), "none", "edit"),
    SkpState.PROPOSED: (gettext_lazy("Diajukan"), "info", "send"),
    SkpState.AGREED: (gettext_lazy("Disepakati"), "good", "check"),
    SkpState.EVALUATED: (gettext_lazy("Dinilai"), "info", "evaluate"),
    SkpState.OBJECTED: (gettext_lazy("Keberatan"), "warn", "alert"),
    SkpState.FINAL: (gettext_lazy("Final"), "none", "lock"),
}
"""Words, tone and icon of each state."""

COURSE = (SkpState.DRAFT, SkpState.PROPOSED, SkpState.AGREED, SkpState.EVALUATED, SkpState.FINAL)
"""The way a plan goes; an objection stands between the rating and the end, where there is one."""

RATINGS: dict[Rating, tuple[Any, str]] = {
    Rating.ABOVE: (gettext_lazy("Di atas ekspektasi"), "good"),
    Rating.AS_EXPECTED: (gettext_lazy("Sesuai ekspektasi"), "info"),
    Rating.BELOW: (gettext_lazy("Di bawah ekspektasi"), "bad"),
}
PREDICATES: dict[Predicate | OrganisationPredicate, tuple[Any, str]] = {
    Predicate.VERY_GOOD: (gettext_lazy("Sangat Baik"), "hijau tua"),
    Predicate.GOOD: (gettext_lazy("Baik"), "hijau muda"),
    Predicate.NEEDS_IMPROVEMENT: (gettext_lazy("Butuh Perbaikan"), "kuning tua"),
    Predicate.POOR: (gettext_lazy("Kurang"), "kuning muda"),
    Predicate.VERY_POOR: (gettext_lazy("Sangat Kurang"), "merah"),
    OrganisationPredicate.EXCELLENT: (gettext_lazy("Istimewa"), "hijau tua"),
}
"""Words and class tone; the predicates of employees and organisations share all but the best."""

FORMS: dict[SkpForm, Any] = {
    SkpForm.HEAD: gettext_lazy("JPT dan pimpinan unit kerja mandiri"),
    SkpForm.STAFF: gettext_lazy("Jabatan administrasi dan fungsional"),
}
METHODS: dict[Method, Any] = {
    Method.QUANTITATIVE: gettext_lazy("Kuantitatif"),
    Method.QUALITATIVE: gettext_lazy("Kualitatif"),
}
SECTIONS: dict[Section, Any] = {Section.MAIN: gettext_lazy("Utama"), Section.EXTRA: gettext_lazy("Tambahan")}
ORIGINS: dict[Origin, Any] = {
    Origin.AGREEMENT: gettext_lazy("dari PK"),
    Origin.MATRIX: gettext_lazy("dari matriks peran hasil"),
    Origin.STANDARD: gettext_lazy("baris baku"),
    Origin.OWN: gettext_lazy("isian sendiri"),
}
ANNEXES: dict[AnnexKind, Any] = {
    AnnexKind.RESOURCES: gettext_lazy("Dukungan sumber daya"),
    AnnexKind.ACCOUNTABILITY: gettext_lazy("Skema pertanggungjawaban"),
    AnnexKind.CONSEQUENCES: gettext_lazy("Konsekuensi"),
}
KINDS: dict[FeedbackKind, tuple[Any, str, str]] = {
    FeedbackKind.APPRECIATION: (gettext_lazy("Apresiasi"), "good", "check"),
    FeedbackKind.IMPROVEMENT: (gettext_lazy("Perbaikan"), "warn", "edit"),
    FeedbackKind.NOTE: (gettext_lazy("Catatan"), "info", "comment"),
}
OCCASIONS: dict[Occasion, Any] = {
    Occasion.PLANNING: gettext_lazy("Penetapan ekspektasi"),
    Occasion.DURING: gettext_lazy("Pemantauan dan pembinaan"),
    Occasion.EVALUATION: gettext_lazy("Penilaian"),
}
ROLES: dict[TeamRole, Any] = {
    TeamRole.LEADER: gettext_lazy("JPT"),
    TeamRole.UNIT_HEAD: gettext_lazy("Pimpinan unit kerja mandiri"),
    TeamRole.COORDINATOR: gettext_lazy("Koordinator/ketua tim"),
    TeamRole.GROUP_HEAD: gettext_lazy("Ketua kelompok"),
    TeamRole.MEMBER: gettext_lazy("Anggota"),
}
MEASURES: dict[Measure, Any] = {
    Measure.MET: gettext_lazy("Mencapai target"),
    Measure.EXCEEDED: gettext_lazy("Melampaui target"),
    Measure.STILL: gettext_lazy("Tanpa kemajuan"),
    Measure.UNMEASURED: gettext_lazy("Belum diukur"),
}
