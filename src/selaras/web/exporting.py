"""A table of a page as a spreadsheet: who may take it, how it is named, and how long it may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from selaras.core.access import Act, check_somewhere
from selaras.core.errors import Fault, Refusal
from selaras.core.numerals import format_number
from selaras.documents.write.listing import grid
from selaras.web.gate import InsideRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 50_000
"""A sheet of more rows would hold a worker for long; who asks for it narrows the list."""


def wants_xlsx(request: HttpRequest) -> bool:
    """Whether the address asks for the table as a spreadsheet."""
    return request.GET.get("format") == "xlsx"


def exported(request: InsideRequest, title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A table as a spreadsheet, for those who may export. Raises NotAllowed, and Refusal for a list that is too long."""
    check_somewhere(request.actor, Act.EXPORT, request.place.code)
    found = list(islice(rows, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise Refusal(
            _("Tabel ini terlalu panjang untuk satu berkas."),
            Fault(_("baris terlalu banyak"), expected=_("paling banyak %(n)s baris") % {"n": format_number(Decimal(MOST_ROWS))},
                  remedy=_("Persempit daftarnya dengan saringan, lalu ekspor lagi.")),
        )  # fmt: skip
    answer = HttpResponse(grid(title, heads, ([_local(value) for value in row] for row in found)), content_type=XLSX)
    name = f"{title}-{request.place.code}-{request.place.year}.xlsx".lower().replace(" ", "-")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def _local(value: Any) -> Any:
    """A moment in the time zone of the installation; everything else as it is."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
