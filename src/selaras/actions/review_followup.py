"""From a review to the register of follow-up: accepted findings entered as things to be done, each once, with its way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from selaras.actions._many import key_of, store_many
from selaras.actions._notices import tell
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, Role, may
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.finding import Finding
from selaras.core.measurement.origin import code_of_finding
from selaras.core.measurement.records import Obstacle
from selaras.core.reporting.finding_words import kind_word, where
from selaras.documents.findings.kept import unpacked
from selaras.store import models as tables
from selaras.store.models import ReviewCase
from selaras.store.models.work import Judgement, ReviewState
from selaras.store.reviews import visible
from selaras.store.users import holders_of


def follow_up_findings(
    by: Actor,
    *,
    agency: str,
    case: int,
    year: int,
    fingerprints: Sequence[str],
    responsible: str = "",
    due: date | None = None,
    url: str = "",
) -> list[str]:
    """Enter findings of a review in the register of follow-up of a year; gives the codes of those that are new.

    A finding must have been accepted, or its report returned or the review finished without putting it aside. Those
    who keep the register are told, with `url`. Raises Refusal for other findings or where all are entered already,
    NotAllowed for who may neither review nor keep the register, NotFound.
    """
    act = Act.REVIEW if may(by, Act.REVIEW, agency) else Act.TRACK
    with traced(by, action="menjadikan temuan tindak lanjut", agency=agency, act=act) as trace:
        row = visible(by, agency).defer(None).filter(pk=case).first()
        if row is None:
            raise NotFound("Reviu ini tidak ditemukan.")
        found = {item["fingerprint"]: unpacked(item["finding"]) for item in row.result.get("kept", [])}
        _refuse_undecided(row, found, fingerprints)
        codes = {name: code_of_finding(row.pk, name) for name in dict.fromkeys(fingerprints)}
        held = set(
            tables.Obstacle.objects.filter(agency=row.agency, year=year, code__in=codes.values()).values_list(
                "code", flat=True
            )
        )
        given = [
            _entry(code, year, found[name], row.result.get("file", ""), responsible, due)
            for name, code in codes.items()
            if code not in held
        ]
        if not given:
            raise Refusal("Semua temuan ini sudah ada dalam daftar tindak lanjut.")
        reasons = {key_of(item): f"temuan {row.title}" for item in given}
        store_many(trace, row.agency_id, agency, Obstacle, given=given, reasons=reasons)
        trace |= {"case": row.pk, "year": year, "entered": len(given)}
        words = f"{len(given)} temuan dari {row.title} masuk daftar tindak lanjut."
        tell(by, holders_of(agency, timezone.localdate(), Role.PLANNER, Role.REPORTER), text=words, url=url, agency=agency,
             topic="tindak lanjut")  # fmt: skip
    return [item.code for item in given]


def _refuse_undecided(row: ReviewCase, found: dict[str, Finding], names: Sequence[str]) -> None:
    """Only what the reviewer stands by: accepted, or not put aside in a review that is closed."""
    judged = dict(row.decisions.filter(fingerprint__in=list(names)).values_list("fingerprint", "judgement"))
    closed = row.state in {ReviewState.RETURNED.value, ReviewState.DONE.value}
    faults = []
    for name in names:
        if name not in found:
            faults.append(Fault("temuan tidak ada dalam reviu ini", read=name))
        elif judged.get(name) == Judgement.WAIVED.value:
            faults.append(Fault(f"{found[name].code} dikesampingkan", remedy="Cabut dahulu putusannya, bila perlu."))
        elif not closed and judged.get(name) != Judgement.ACCEPTED.value:
            faults.append(Fault(f"{found[name].code} belum diterima pereviu", remedy="Terima dahulu temuannya."))
    if faults or not names:
        raise Refusal("Temuan belum dapat ditindaklanjuti.", *(faults or [Fault("tidak ada temuan yang dipilih")]))


def _entry(code: str, year: int, finding: Finding, own: str, responsible: str, due: date | None) -> Obstacle:
    """The finding as something to be done."""
    place = where(finding.places, own=own, most=1)
    about = f"{finding.code}, {kind_word(finding.kind)}" + (f", {place}" if place else "")
    todo = finding.suggestion or (
        f"Betulkan menjadi: {finding.expected}." if finding.expected else "Periksa dan betulkan laporannya."
    )
    return Obstacle(code, year, "", finding.message, about, todo, responsible, due)
