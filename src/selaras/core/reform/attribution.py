"""Whose index it is: the index of a region or ministry is not that of a bureau in it, and no report may blur them."""

from __future__ import annotations

from dataclasses import dataclass

from selaras.core.agreements.wording import same
from selaras.core.finding import Finding, Severity
from selaras.core.org import Agency, AgencyKind
from selaras.core.place import NOWHERE
from selaras.core.planning import Indicator
from selaras.core.reform.score import ReformScore
from selaras.core.spelling import quoted

INDEX_NAMES = ("indeks reformasi birokrasi", "indeks rb", "nilai reformasi birokrasi", "nilai rb")
WHOLE = frozenset({AgencyKind.REGION, AgencyKind.MINISTRY})


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose index a sheet is; `own` says whether it is the agency's, None while nobody has said whose."""

    subject: str
    own: bool | None
    sentence: str
    finding: Finding | None = None


def attribute(score: ReformScore, agency: Agency) -> Attribution:
    """Whose index the sheet is, and the sentence that says so in the agency's own report.

    A unit whose sheet names nobody is asked, because the sheet may be that of the region or ministry above it.
    """
    places = () if score.place == NOWHERE else (score.place,)
    subject = score.subject.strip()
    if not subject:
        if agency.kind in WHOLE:
            return Attribution(agency.name, True, f"Indeks RB {score.year} adalah hasil evaluasi {agency.name}.")
        finding = Finding(
            "RB-SUBJECT", "missing-element", Severity.WARNING,
            f"Lembar Indeks RB {score.year} tidak menyebut instansi yang dinilai.", expected=_above(agency), places=places,
            suggestion="Isi instansi yang dinilai; indeks daerah atau kementerian bukan indeks unit di bawahnya.",
        )  # fmt: skip
        return Attribution("", None, f"Instansi yang dinilai dengan Indeks RB {score.year} belum dicatat.", finding)
    if any(name and _alike(subject, name) for name in (agency.name, agency.short_name)):
        return Attribution(subject, True, f"Indeks RB {score.year} adalah hasil evaluasi {agency.name}.")
    sentence = (
        f"Indeks RB {score.year} adalah hasil evaluasi {subject}, bukan capaian {agency.name}; {agency.name} "
        "mendukungnya melalui indikatornya sendiri."
    )
    return Attribution(subject, False, sentence)


def check_indicator(indicator: Indicator, score: ReformScore, agency: Agency) -> Finding | None:
    """A finding if the agency carries as its own indicator an index that is somebody else's; None otherwise."""
    if not indicator.name.strip().casefold().startswith(INDEX_NAMES):
        return None
    whose = attribute(score, agency)
    if whose.own is not False:
        return None
    return Finding(
        "RB-ATTRIBUTION", "wrong-agency", Severity.WARNING,
        f"Indikator {quoted(indicator.name)} diukur dengan Indeks RB {whose.subject}, bukan dengan capaian {agency.name}.",
        stated=whose.subject, expected=agency.name,
        places=tuple(place for place in (indicator.place, score.place) if place != NOWHERE),
        suggestion="Sebut pemilik indeksnya, atau pakai indikator yang menjadi tanggung jawab unit ini.",
    )  # fmt: skip


def _alike(first: str, second: str) -> bool:
    return first.casefold() == second.casefold() or same(first, second)


def _above(agency: Agency) -> str:
    return agency.parent_name or "pemerintah daerah atau kementerian/lembaga yang dinilai"
