"""Work culture by programs: what was published, and nothing else; no text, no answer, no person."""

from __future__ import annotations

from typing import Any

from ninja import Field, Router, Schema

from selaras.api.door import ApiRequest
from selaras.api.intake import AgencyCode, Year
from selaras.api.records import READS
from selaras.core.access import Act, check_somewhere
from selaras.store.culture import published_studies
from selaras.store.culture_surveys import published_waves

router = Router(tags=["culture"])
AT = "/agencies/{agency}/{int:year}/culture"


class StudyOut(Schema):
    """Satu studi sebagaimana diterbitkan."""

    code: str
    title: str
    demo: str = Field(description="Terisi bila studi ini contoh kerja, bukan studi instansi.")
    edition: dict[str, Any] = Field(description="Simpulan dengan kekuatan bukti, tabel dukungan, dan tindak lanjut.")


class WaveOut(Schema):
    """Hasil satu gelombang survei sebagaimana diterbitkan, dengan ambang penyajian yang lebih ketat."""

    survey: str
    wave: str
    synthetic: bool = Field(description="Benar bila jawabannya data sintetis.")
    edition: dict[str, Any] = Field(description="Jumlah, skor per kelompok yang boleh tampil, dan indeks internal.")


@router.get(f"{AT}/studies", response={200: list[StudyOut], **READS}, operation_id="cultureStudies")
def list_studies(request: ApiRequest, agency: AgencyCode, year: Year) -> list[dict[str, Any]]:
    """Studi budaya kerja yang sudah terbit."""
    check_somewhere(request.actor, Act.SEE, agency)
    return [
        {"code": row.code, "title": row.title, "demo": row.demo, "edition": row.edition}
        for row in published_studies(agency, year)
    ]


@router.get(f"{AT}/surveys", response={200: list[WaveOut], **READS}, operation_id="cultureSurveys")
def list_surveys(request: ApiRequest, agency: AgencyCode, year: Year) -> list[dict[str, Any]]:
    """Hasil survei budaya kerja yang sudah terbit."""
    check_somewhere(request.actor, Act.SEE, agency)
    return [
        {"survey": row.survey.code, "wave": row.code, "synthetic": row.survey.synthetic, "edition": row.edition}
        for row in published_waves(agency, year)
    ]
