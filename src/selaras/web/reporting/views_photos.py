"""Photos of activities for the gallery of the report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.photos import MOST_BYTES, add_photo
from selaras.core.access import Act, check, may
from selaras.core.errors import NotFound, Refusal
from selaras.core.measurement.records import PhotoRecord
from selaras.store.evidence import reader
from selaras.store.models import PhotoRecord as PhotoRow
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.records.views import SLUGS
from selaras.web.reporting.navigation import tabs
from selaras.web.reporting.uploads import on_disk


class PhotoForm(forms.Form):
    """Asks for a photo with its dated caption."""

    file = forms.FileField(label=gettext_lazy("Foto"))
    caption = forms.CharField(
        label=gettext_lazy("Keterangan"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Kegiatan apa yang tampak, tanpa nama perorangan."),
    )  # fmt: skip
    taken = forms.DateField(
        label=gettext_lazy("Tanggal"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    location = forms.CharField(label=gettext_lazy("Tempat"), required=False, max_length=200)


@inside(methods=("GET", "POST"))
def photos(request: InsideRequest) -> HttpResponse:
    """The gallery of the year, and a form for one more photo."""
    place = request.place
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        check(request.actor, Act.WRITE_REPORT, place.code)
        if form.is_valid() and _kept(request, form):
            return redirect("reporting:photos", place.code, place.year)
    rows = PhotoRow.objects.filter(agency_id=place.pk, year=place.year).order_by("order", "pk")
    return render(request, "reporting/photos.html", {
        "tabs": tabs(place, "photos"), "form": form, "photos": [_shown(row) for row in rows],
        "may_write": may(request.actor, Act.WRITE_REPORT, place.code), "most_bytes": MOST_BYTES,
        "slug": SLUGS[PhotoRecord],
    }, status=422 if form.is_bound and form.errors else 200)  # fmt: skip


@inside()
def picture(request: InsideRequest, row: int) -> HttpResponse:
    """One photo, as it was made safe when it came in."""
    found = PhotoRow.objects.filter(agency_id=request.place.pk, pk=row).first()
    if found is None or not found.file:
        raise NotFound(_("Foto ini tidak ditemukan."))
    content = reader(request.place.code)(found.file)
    if not content.startswith(b"\xff\xd8\xff"):
        raise NotFound(_("Foto ini belum dapat ditampilkan; unggah ulang lewat halaman Foto."))
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def _kept(request: InsideRequest, form: PhotoForm) -> bool:
    given: dict[str, Any] = form.cleaned_data
    upload: UploadedFile[bytes] = given["file"]
    try:
        with on_disk(upload) as path:
            add_photo(
                request.actor, agency=request.place.code, year=request.place.year, path=path,
                name=upload.name or "foto", caption=given["caption"], taken=given["taken"], location=given["location"],
            )  # fmt: skip
    except Refusal as refusal:
        if not refusal.faults:
            raise
        for fault in refusal.faults:
            form.add_error("caption" if "keterangan" in fault.message else "file", fault.sentence())
        return False
    messages.success(request, _("Foto disimpan."))
    return True


def _shown(row: PhotoRow) -> dict[str, Any]:
    taken: date | None = row.taken
    facts = " · ".join(part for part in (format_date(taken) if taken else "", row.location) if part)
    return {"pk": row.pk, "code": row.code, "caption": row.caption, "facts": facts, "file": row.file}
