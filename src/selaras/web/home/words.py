"""Open work in words: the sentence of a duty, its icon and chip, the colour of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from selaras.core.duties import Duty, Item, Work
from selaras.core.numerals import format_number
from selaras.core.reporting import KINDS
from selaras.rulebook import load
from selaras.web.core_words import said
from selaras.web.days import format_date
from selaras.web.gate import AgencyPage
from selaras.web.home.ways import way_of
from selaras.web.templatetags.ui import chip, status

ICONS: dict[Work, str] = {
    Work.MEASURE: "measure", Work.EXPLAIN: "comment", Work.SPEND: "budget", Work.DRAFT_AGREEMENT: "agreement",
    Work.SIGN_AGREEMENT: "sign", Work.SIGN_DOCUMENT: "sign", Work.WRITE: "edit", Work.REVISE_REPORT: "return",
    Work.MAKE_REPORT: "report", Work.CONFIRM_READING: "history", Work.FOLLOW_UP: "followup", Work.VERIFY: "check-circle",
    Work.DECIDE_AGREEMENT: "agreement", Work.APPROVE_REPORT: "report", Work.PUBLISH: "public", Work.REVIEW: "review",
    Work.CONFIRM_FOLLOW_UP: "followup", Work.ASSESS: "edit", Work.ANSWER_REQUEST: "inbox", Work.EVALUATE: "evaluate",
    Work.FOLLOW_RECOMMENDATION: "followup", Work.CONFIRM_RECOMMENDATION: "check-circle",
    Work.REPORT_REFORM: "flag", Work.HANDLE_RECORDS: "inbox", Work.FILL_SKP: "edit", Work.ANSWER_RATING: "person",
    Work.AGREE_SKP: "sign", Work.RATE_SKP: "evaluate", Work.FINISH_SKP: "lock", Work.DECIDE_OBJECTION: "alert",
}  # fmt: skip
REPORTS = frozenset({Work.MAKE_REPORT, Work.REVISE_REPORT, Work.APPROVE_REPORT, Work.PUBLISH})
FEW = 2
SHORT = 90


@dataclass(frozen=True, slots=True)
class ShownDuty:
    """A duty as the page shows it."""

    title: str
    url: str
    note: str
    icon: str
    late: bool
    chip: SafeString


def shown_duty(place: AgencyPage, duty: Duty, today: date) -> ShownDuty:
    """A duty in words, with the way to where it is done."""
    parts = [_about(duty), _until(duty.due, today)]
    return ShownDuty(
        title_of(duty, place.year), way_of(place, duty), " · ".join(part for part in parts if part), ICONS[duty.work],
        duty.is_late, status("terlambat") if duty.is_late else _chip(duty, today),
    )  # fmt: skip


def title_of(duty: Duty, year: int) -> str:
    """What is to be done, as one line."""
    count, first = len(duty.items), duty.items[0]
    title = KINDS.get(first.title, first.title) if duty.work in REPORTS else first.title
    if duty.work is Work.WRITE:
        title = section_title(title, year)
    given = {"count": count, "group": said(duty.group), "title": cut(title)}
    # One thing is called by its name and several by their number: two sentences, and no plural of one another.
    many: dict[Work, str] = {
        Work.MEASURE: _("Isi realisasi %(count)s indikator, %(group)s"),
        Work.EXPLAIN: _("Jelaskan capaian %(count)s indikator, %(group)s"),
        Work.VERIFY: _("Verifikasi realisasi %(count)s indikator, %(group)s"),
        Work.SPEND: _("Isi realisasi anggaran %(count)s bulan, %(group)s"),
        Work.DRAFT_AGREEMENT: _("Susun %(count)s perjanjian kinerja"),
        Work.REPORT_REFORM: _("Laporkan kemajuan %(count)s rencana aksi RB, %(group)s"),
        Work.AGREE_SKP: _("Sepakati %(count)s SKP, %(group)s"),
        Work.RATE_SKP: _("Nilai %(count)s SKP, %(group)s"),
        Work.FINISH_SKP: _("Tetapkan final %(count)s penilaian SKP, %(group)s"),
    }
    one: dict[Work, str] = {
        Work.MEASURE: _("Isi realisasi %(title)s, %(group)s"),
        Work.EXPLAIN: _("Jelaskan capaian %(title)s, %(group)s"),
        Work.VERIFY: _("Verifikasi realisasi %(title)s, %(group)s"),
        Work.SPEND: _("Isi realisasi anggaran %(title)s"),
        Work.DRAFT_AGREEMENT: _("Susun perjanjian kinerja %(title)s"),
        Work.SIGN_AGREEMENT: _("Tanda tangani perjanjian kinerja %(title)s"),
        Work.SIGN_DOCUMENT: _("Tanda tangani secara elektronik: %(title)s"),
        Work.DECIDE_AGREEMENT: _("Putuskan perjanjian kinerja %(title)s"),
        Work.WRITE: _("Tulis bab %(title)s"),
        Work.REVISE_REPORT: _("Perbaiki laporan yang dikembalikan: %(title)s"),
        Work.MAKE_REPORT: _("Susun laporan kinerja: %(title)s"),
        Work.CONFIRM_READING: _("Tetapkan angka dari laporan lama: %(title)s"),
        Work.FOLLOW_UP: _("Tindak lanjuti: %(title)s"),
        Work.APPROVE_REPORT: _("Setujui laporan: %(title)s"),
        Work.PUBLISH: _("Terbitkan laporan: %(title)s"),
        Work.REVIEW: _("Reviu: %(title)s"),
        Work.CONFIRM_FOLLOW_UP: _("Verifikasi tindak lanjut: %(title)s"),
        Work.ASSESS: _("Isi penilaian mandiri: %(title)s"),
        Work.ANSWER_REQUEST: _("Jawab permintaan dokumen: %(title)s"),
        Work.EVALUATE: _("Evaluasi: %(title)s"),
        Work.FOLLOW_RECOMMENDATION: _("Tindak lanjuti rekomendasi: %(title)s"),
        Work.CONFIRM_RECOMMENDATION: _("Verifikasi rekomendasi: %(title)s"),
        Work.REPORT_REFORM: _("Laporkan kemajuan rencana aksi RB: %(title)s, %(group)s"),
        Work.HANDLE_RECORDS: _("Tangani rekaman yang mendekati atau lewat batas waktu: %(title)s"),
        Work.FILL_SKP: _("Lengkapi dan ajukan SKP: %(title)s"),
        Work.ANSWER_RATING: _("Terima penilaian SKP atau ajukan keberatan: %(title)s"),
        Work.AGREE_SKP: _("Sepakati SKP: %(title)s"),
        Work.RATE_SKP: _("Nilai SKP: %(title)s, %(group)s"),
        Work.FINISH_SKP: _("Tetapkan final penilaian SKP: %(title)s"),
        Work.DECIDE_OBJECTION: _("Putuskan keberatan atas penilaian SKP: %(title)s"),
    }
    words = many.get(duty.work) if count > 1 else None
    return (words or one[duty.work]) % given


def section_title(key: str, year: int) -> str:
    """The title of a section of the report by its key, as any outline of the year has it; the key where none has."""
    return _titles(year).get(key, key)


@lru_cache(maxsize=8)
def _titles(year: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for outline in load(date(year, 12, 31)).outlines.values():
        waiting = [*outline.front, *outline.chapters, *outline.annexes]
        while waiting:
            section = waiting.pop()
            found.setdefault(section.key, section.title)
            waiting += section.sections
    return found


def cut(text: str) -> str:
    """A title short enough for one line, cut at a word."""
    if len(text) <= SHORT:
        return text
    return text[:SHORT].rsplit(" ", 1)[0] + "…"


def day_words(due: date, today: date) -> str:
    """A day with how far it is away: `31 Januari 2026, 3 hari lagi`."""
    days = (due - today).days
    if days == 0:
        away = _("hari ini")
    elif days > 0:
        away = ngettext("%(days)s hari lagi", "%(days)s hari lagi", days) % {"days": format_number(Decimal(days))}
    else:
        away = ngettext("lewat %(days)s hari", "lewat %(days)s hari", -days) % {"days": format_number(Decimal(-days))}
    return f"{format_date(due)}, {away}"


def _about(duty: Duty) -> str:
    if duty.work is Work.CONFIRM_READING:
        return _("%(count)s angka menunggu") % {"count": duty.items[0].note}
    if len(duty.items) == 1:
        return cut(said(duty.items[0].note))
    names = "; ".join(cut(item.title) for item in duty.items[:FEW])
    rest = len(duty.items) - FEW
    return names + (_(" dan %(rest)s lainnya") % {"rest": rest} if rest > 0 else "")


def _until(due: date | None, today: date) -> str:
    return _("tenggat %(day)s") % {"day": day_words(due, today)} if due else ""


def _chip(duty: Duty, today: date) -> SafeString:
    if duty.due and (duty.due - today).days <= 7:
        return chip(_("Segera"), "warn", "clock")
    return chip(str(len(duty.items)), "outline") if len(duty.items) > 1 else status("menunggu")


def item_words(item: Item, today: date) -> str:
    """What stands below one open thing in a list."""
    return " · ".join(part for part in (item.group, cut(said(item.note)), _until(item.due, today)) if part)
