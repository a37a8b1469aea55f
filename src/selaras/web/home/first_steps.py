"""The first steps of an agency or a year on the home page: what is there, what comes next, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.access import Act
from selaras.core.board import Board
from selaras.core.snapshot import ReportSettings
from selaras.store.first_steps import FirstStep, done_in
from selaras.web.gate import AgencyPage
from selaras.web.home.ways import address
from selaras.web.records.views import SLUGS

WAYS: dict[FirstStep, tuple[str, Any, Any, Act]] = {
    FirstStep.UNITS: (
        "org:overview", gettext_lazy("Susun unit kerja"), gettext_lazy("Dari instansi sampai unit terbawah."), Act.EDIT_ORG,
    ),
    FirstStep.HOLDERS: (
        "org:positions", gettext_lazy("Catat jabatan dan pejabatnya"),
        gettext_lazy("Siapa memegang jabatan apa, dan siapa atasannya."), Act.EDIT_ORG,
    ),
    FirstStep.PEOPLE: (
        "accounts:people", gettext_lazy("Undang orang-orangnya"),
        gettext_lazy("Perencana, pengisi data, atasan, pimpinan, penyusun laporan, pereviu."), Act.GRANT,
    ),
    FirstStep.SEATS: (
        "accounts:positions", gettext_lazy("Tautkan akun dengan jabatan"),
        gettext_lazy("Baru sesudahnya pejabat dapat menandatangani perjanjiannya."), Act.GRANT,
    ),
    FirstStep.PLAN: (
        "planning:renstra", gettext_lazy("Catat Renstra"), gettext_lazy("Nama dan periodenya."), Act.EDIT_PLAN,
    ),
    FirstStep.TREE: (
        "planning:overview", gettext_lazy("Susun pohon kinerja"),
        gettext_lazy("Tujuan, sasaran, program, dan kegiatan; atau muat dari buku kerja."), Act.EDIT_PLAN,
    ),
    FirstStep.INDICATORS: (
        "planning:overview", gettext_lazy("Tambah indikator"),
        gettext_lazy("Pada sasaran dan program, masing-masing dengan penanggung jawabnya."), Act.EDIT_PLAN,
    ),
    FirstStep.TARGETS: (
        "planning:rkt", gettext_lazy("Tetapkan target RKT"), gettext_lazy("Disalin dari Renstra atau diisi."), Act.EDIT_PLAN,
    ),
    FirstStep.BUDGET: (
        "planning:budget", gettext_lazy("Isi anggaran"), gettext_lazy("Satu versi, pada simpul terbawah."), Act.EDIT_BUDGET,
    ),
    FirstStep.SIGNATORY: (
        "records:index", gettext_lazy("Tetapkan penanda tangan laporan"),
        gettext_lazy("Bersama kerangka laporan dan skala nilainya."), Act.CONFIGURE,
    ),
    FirstStep.AGREEMENTS: (
        "agreements:overview", gettext_lazy("Susun perjanjian kinerja"),
        gettext_lazy("Barisnya terisi dari rencana; pejabat tinggal menyepakati dan menandatangani."), Act.DRAFT_AGREEMENT,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as the page shows it; without an address for those who may not take it."""

    title: str
    note: str
    url: str
    done: bool
    next: bool


def first_steps(place: AgencyPage, state: Board) -> list[ShownStep]:
    """The steps, for those who set up the agency, until the year has its first agreement.

    Empty afterwards, and for a year that has not begun: to begin it comes before everything else.
    """
    agreed = state.has_plan and state.agreements.owed > len(state.agreements.missing)
    if agreed or not place.can["CONFIGURE"] or not place.has_begun:
        return []
    done = done_in(place.pk, place.year)
    if done[FirstStep.AGREEMENTS]:
        return []
    following = next((step for step in done if not done[step] and place.can[WAYS[step][3].name]), None)
    return [_shown(place, step, done=is_done, is_next=step is following) for step, is_done in done.items()]


def _shown(place: AgencyPage, step: FirstStep, *, done: bool, is_next: bool) -> ShownStep:
    page, title, note, act = WAYS[step]
    more = (SLUGS[ReportSettings],) if step is FirstStep.SIGNATORY else ()
    url = address(place, page, *more) if place.can[act.name] else ""
    return ShownStep(str(title), str(note) if url else _("Dilakukan oleh administrator."), url, done, is_next)
