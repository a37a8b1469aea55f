"""Employees: counted as in the report, listed, searched and exported; and what is doubtful about the organisation."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.core.finding import Severity
from selaras.core.org import Employee, Employment
from selaras.core.org_checks import check_org
from selaras.core.staffing import by_group_and_education, by_status_and_sex
from selaras.web.days import format_date
from selaras.web.exporting import exported
from selaras.web.gate import InsideRequest, inside
from selaras.web.org.frame import PER_PAGE, Staffing, address, nip_shown, tabs
from selaras.web.records.views import SLUGS

ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@inside()
def index(request: InsideRequest) -> HttpResponse:
    """The register with its counts."""
    org = Staffing(request, people=True)
    words, status, unit = (request.GET.get(name, "").strip() for name in ("cari", "status", "unit"))
    everybody = sorted(org.employees, key=lambda person: person.order)
    chosen = [person for person in everybody if _matches(person, words, status, unit)]
    if request.GET.get("format") == "xlsx":
        heads = [_("Kode"), _("Nama"), _("NIP"), _("Kelompok"), _("Status"), _("L/P"), _("Pendidikan"), _("Unit"),
                 _("Pangkat/Golongan"), _("Tugas")]  # fmt: skip
        return exported(request, _("Pegawai"), heads, (_cells(request, org, person) for person in chosen))
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    new = reverse("records:new", args=(request.place.code, request.place.year, SLUGS[Employee]))
    return render(request, "org/staff.html", {
        "page": page, "whole": len(everybody), "words": words, "status": status, "unit": unit,
        "rows": [(person, nip_shown(request, person.nip), org.unit_name(person.unit)) for person in page.object_list],
        "statuses": [item.value for item in Employment], "units": org.current_units,
        "education": by_group_and_education(everybody), "sexes": by_status_and_sex(everybody),
        "sex_heads": [_("Laki-laki"), _("Perempuan")],
        "new_url": f"{new}?{urlencode({'kembali': address(request, 'staff')})}" if request.place.can["EDIT_STAFF"] else "",
        **tabs(request, "staff"),
    })  # fmt: skip


@inside()
def checks(request: InsideRequest) -> HttpResponse:
    """Everything doubtful: double holders, vacancies, circles, numbers that cannot be a NIP."""
    org = Staffing(request, people=True)
    found = check_org(org.current_units, org.all_positions, org.tenures, org.employees, day=org.day)
    return render(request, "org/checks.html", {
        "findings": sorted(found, key=lambda item: ORDER.index(item.severity)), "day": format_date(org.day),
        "errors": sum(item.severity is Severity.ERROR for item in found),
        "warnings": sum(item.severity is Severity.WARNING for item in found),
        **tabs(request, "checks"),
    })  # fmt: skip


def _matches(person: Employee, words: str, status: str, unit: str) -> bool:
    if (status and person.status.value != status) or (unit and person.unit != unit):
        return False
    text = f"{person.name} {person.job} {person.group} {person.code} {person.rank}".casefold()
    return all(word in text for word in words.casefold().split())


def _cells(request: InsideRequest, org: Staffing, person: Employee) -> list[Any]:
    return [
        person.code, person.name, nip_shown(request, person.nip), person.group, person.status.value, person.sex.value,
        person.education.value, org.unit_name(person.unit), person.rank, person.job,
    ]  # fmt: skip
