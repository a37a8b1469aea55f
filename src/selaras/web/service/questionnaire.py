"""The words of the satisfaction survey for who answers it: a question for each element, groups for the respondent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from selaras.core.registers.survey import ServiceSurvey

QUESTIONS: dict[str, Any] = {
    "persyaratan": gettext_lazy("Apakah persyaratannya sesuai dengan layanannya?"),
    "prosedur": gettext_lazy("Apakah alur layanannya mudah diikuti?"),
    "waktu": gettext_lazy("Apakah layanannya cepat?"),
    "biaya": gettext_lazy("Apakah biayanya wajar dan jelas?"),
    "produk": gettext_lazy("Apakah hasil layanannya sesuai dengan yang dijanjikan?"),
    "kompetensi": gettext_lazy("Apakah petugasnya cakap?"),
    "perilaku": gettext_lazy("Apakah petugasnya sopan dan ramah?"),
    "pengaduan": gettext_lazy("Apakah pengaduan, saran, dan masukan ditangani dengan baik?"),
    "sarana": gettext_lazy("Apakah tempat dan peralatannya memadai?"),
    "sigap": gettext_lazy("Petugas sigap."),
    "mudah": gettext_lazy("Layanannya mudah."),
    "akurat": gettext_lazy("Hasilnya akurat."),
    "ramah": gettext_lazy("Petugas ramah."),
    "terampil": gettext_lazy("Petugas terampil."),
}
"""Questions in our own words; an element without one is asked by its name."""
TRAITS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "jenis_kelamin": (gettext_lazy("Jenis kelamin"), (gettext_noop("Perempuan"), gettext_noop("Laki-laki"))),
    "usia": (
        gettext_lazy("Usia"),
        (
            gettext_noop("Di bawah 20 tahun"),
            gettext_noop("20–29 tahun"),
            gettext_noop("30–39 tahun"),
            gettext_noop("40–49 tahun"),
            gettext_noop("50 tahun atau lebih"),
        ),
    ),
    "pendidikan": (
        gettext_lazy("Pendidikan terakhir"),
        (
            gettext_noop("SD atau sederajat"),
            gettext_noop("SMP atau sederajat"),
            gettext_noop("SMA atau sederajat"),
            gettext_noop("Diploma"),
            gettext_noop("S1"),
            gettext_noop("S2 atau S3"),
        ),
    ),
    "pekerjaan": (
        gettext_lazy("Pekerjaan"),
        (
            gettext_noop("ASN, TNI, atau Polri"),
            gettext_noop("Pegawai swasta"),
            gettext_noop("Wirausaha"),
            gettext_noop("Petani atau nelayan"),
            gettext_noop("Pelajar atau mahasiswa"),
            gettext_noop("Mengurus rumah tangga"),
            gettext_noop("Lainnya"),
        ),
    ),
}
"""Groups that a respondent may name; wide enough that nobody is known by them; kept in Indonesian."""


def questions_of(survey: ServiceSurvey, given: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """Each element with its question and the answers to choose from: digit, words, face, whether it was chosen."""
    words = survey.answers or tuple(str(value) for value in range(survey.lowest, survey.highest + 1))
    made = []
    for number, element in enumerate(survey.elements, 1):
        chosen = str((given or {}).get(f"unsur-{element.code}", ""))
        choices = [
            {"value": survey.lowest + at, "words": word[:1].upper() + word[1:], "face": at + 1,
             "chosen": chosen == str(survey.lowest + at)}
            for at, word in enumerate(words)
        ]  # fmt: skip
        question = QUESTIONS.get(element.code, "")
        made.append(
            {"code": element.code, "name": element.name, "question": question, "number": number, "choices": choices}
        )
    return made


def trait_fields(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The groups to choose from, each with what was chosen."""
    return [
        {
            "name": name,
            "label": label,
            "choices": [(item, _(item), item == given.get(f"ciri-{name}", "")) for item in items],
        }
        for name, (label, items) in TRAITS.items()
    ]


def given_traits(request: HttpRequest) -> dict[str, str]:
    """The groups that were chosen, by their Indonesian words; what is not on the list is left out."""
    made = {}
    for name, (_label, items) in TRAITS.items():
        given = request.POST.get(f"ciri-{name}", "")
        if given in items:
            made[name] = given
    return made


def trait_label(name: str) -> str:
    """What a group is called on a page."""
    return str(TRAITS[name][0]) if name in TRAITS else name


def not_told() -> str:
    """What stands for a group that a respondent did not name."""
    return _("Tidak diisi")
