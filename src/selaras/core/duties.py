"""Who must do what by when: open work as plain values, and the part of it that is one person's, the late first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selaras.core.access import Act, Actor, may


class Work(StrEnum):
    """Kinds of open work."""

    MEASURE = "mengisi realisasi"
    EXPLAIN = "menjelaskan capaian"
    SPEND = "mengisi realisasi anggaran"
    DRAFT_AGREEMENT = "menyusun perjanjian"
    SIGN_AGREEMENT = "menandatangani perjanjian"
    SIGN_DOCUMENT = "menandatangani dokumen"
    WRITE = "menulis bab laporan"
    REVISE_REPORT = "memperbaiki laporan"
    MAKE_REPORT = "menyusun laporan"
    CONFIRM_READING = "menetapkan bacaan laporan lama"
    FOLLOW_UP = "mengerjakan tindak lanjut"
    ASSESS = "mengisi penilaian mandiri"
    ANSWER_REQUEST = "menjawab permintaan dokumen"
    FOLLOW_RECOMMENDATION = "menindaklanjuti rekomendasi"
    REPORT_REFORM = "melaporkan rencana aksi RB"
    HANDLE_RECORDS = "menangani rekaman register"
    FILL_SKP = "menyusun SKP"
    ANSWER_RATING = "menanggapi penilaian SKP"
    VERIFY = "memverifikasi realisasi"
    DECIDE_AGREEMENT = "memutuskan perjanjian"
    APPROVE_REPORT = "menyetujui laporan"
    PUBLISH = "menerbitkan laporan"
    REVIEW = "mereviu laporan"
    CONFIRM_FOLLOW_UP = "memverifikasi tindak lanjut"
    EVALUATE = "mengevaluasi akuntabilitas kinerja"
    CONFIRM_RECOMMENDATION = "memverifikasi rekomendasi"
    AGREE_SKP = "menyepakati SKP"
    RATE_SKP = "menilai SKP"
    FINISH_SKP = "menetapkan penilaian SKP final"
    DECIDE_OBJECTION = "memutus keberatan"


ACTS: dict[Work, Act] = {
    Work.MEASURE: Act.MEASURE,
    Work.EXPLAIN: Act.EXPLAIN,
    Work.SPEND: Act.SPEND,
    Work.DRAFT_AGREEMENT: Act.DRAFT_AGREEMENT,
    Work.SIGN_AGREEMENT: Act.SIGN_AGREEMENT,
    Work.SIGN_DOCUMENT: Act.SIGN_DOCUMENT,
    Work.WRITE: Act.WRITE_REPORT,
    Work.REVISE_REPORT: Act.WRITE_REPORT,
    Work.MAKE_REPORT: Act.WRITE_REPORT,
    Work.CONFIRM_READING: Act.CONFIRM_HISTORY,
    Work.FOLLOW_UP: Act.TRACK,
    Work.ASSESS: Act.ASSESS,
    Work.ANSWER_REQUEST: Act.ASSESS,
    Work.FOLLOW_RECOMMENDATION: Act.TRACK,
    Work.VERIFY: Act.VERIFY,
    Work.DECIDE_AGREEMENT: Act.SIGN_AGREEMENT,
    Work.APPROVE_REPORT: Act.APPROVE_REPORT,
    Work.PUBLISH: Act.PUBLISH,
    Work.REVIEW: Act.REVIEW,
    Work.CONFIRM_FOLLOW_UP: Act.CONFIRM_FOLLOW_UP,
    Work.EVALUATE: Act.EVALUATE,
    Work.CONFIRM_RECOMMENDATION: Act.CONFIRM_FOLLOW_UP,
    Work.REPORT_REFORM: Act.PLAN_REFORM,
    Work.HANDLE_RECORDS: Act.SERVE,
    Work.FILL_SKP: Act.KEEP_SKP,
    Work.ANSWER_RATING: Act.KEEP_SKP,
    Work.AGREE_SKP: Act.KEEP_SKP,
    Work.RATE_SKP: Act.KEEP_SKP,
    Work.FINISH_SKP: Act.KEEP_SKP,
    Work.DECIDE_OBJECTION: Act.KEEP_SKP,
}
"""The right that each kind of work needs: who has it for the unit is the one for whom the work waits."""

DECISIONS = frozenset(
    {
        Work.VERIFY,
        Work.DECIDE_AGREEMENT,
        Work.APPROVE_REPORT,
        Work.PUBLISH,
        Work.REVIEW,
        Work.CONFIRM_FOLLOW_UP,
        Work.EVALUATE,
        Work.CONFIRM_RECOMMENDATION,
        Work.AGREE_SKP,
        Work.RATE_SKP,
        Work.FINISH_SKP,
        Work.DECIDE_OBJECTION,
    }
)
"""Work on what somebody else has made. Nobody decides on the own entry."""
PERSONAL = frozenset({Work.SIGN_AGREEMENT, Work.DECIDE_AGREEMENT})
"""Work of the holder of one position: whoever holds any position in the agency does only that of the own ones."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: what it is about (`key`, `title`, `note`), for whom, and until when.

    `group` puts like things together (one period). `unit` and `position` answer for it; `login` is the person whom it
    was given to by name; `author` is who made what is to be decided on.
    """

    work: Work
    key: str
    title: str
    group: str = ""
    unit: str = ""
    position: str = ""
    login: str = ""
    author: str = ""
    due: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Like things that wait for one person, with the earliest day on which one of them is due."""

    work: Work
    group: str
    items: tuple[Item, ...]
    due: date | None
    is_late: bool

    @property
    def is_decision(self) -> bool:
        """Whether it is about what somebody else has made."""
        return self.work in DECISIONS


def is_for(actor: Actor, agency: str, item: Item) -> bool:
    """Whether an item waits for the actor: by name, by the position held, or by a role that reaches its unit."""
    act = ACTS[item.work]
    if actor.limits is not None and act not in actor.limits:
        return False
    if item.login:
        return item.login == actor.login
    if item.work in DECISIONS and item.author and item.author.casefold().strip() == actor.name.casefold().strip():
        return False
    if item.position and (agency, item.position) in actor.positions:
        return item.work in PERSONAL or item.work is Work.MEASURE or may(actor, act, agency, item.unit)
    if item.work in PERSONAL and any(held == agency for held, _ in actor.positions):
        return False
    return may(actor, act, agency, item.unit)


def duties_of(actor: Actor, agency: str, items: Iterable[Item], today: date) -> tuple[Duty, ...]:
    """What waits for one person, like things together: the late first, then by day, then what has no day."""
    groups: dict[tuple[Work, str, str], list[Item]] = {}
    for item in items:
        if is_for(actor, agency, item):
            # Agreements, reports and cases are opened one by one; entries of a period are done together.
            groups.setdefault((item.work, item.group, "" if item.group else item.key), []).append(item)
    duties = [_duty(work, group, tuple(found), today) for (work, group, _), found in groups.items()]
    order = list(Work)
    return tuple(
        sorted(duties, key=lambda duty: (not duty.is_late, duty.due or date.max, order.index(duty.work), duty.group))
    )


def _duty(work: Work, group: str, items: tuple[Item, ...], today: date) -> Duty:
    due = min((item.due for item in items if item.due), default=None)
    return Duty(work, group, items, due, due is not None and due < today)
