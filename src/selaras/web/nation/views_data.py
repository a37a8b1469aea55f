"""Open data of the nation: what is in the package, and its files. The same for insiders and for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.actions.nation import FIGURES, MOST_FIGURES, open_set
from selaras.analytics.kept import Kept, kept
from selaras.core.errors import NotFound
from selaras.documents.open_package import CATALOGUE, PACKAGE, SATU_DATA, OpenSet, package_files
from selaras.documents.package import packed
from selaras.store.nation import nation_folder, nation_kept
from selaras.web.core_words import said
from selaras.web.days import format_date
from selaras.web.middleware import NOBODY
from selaras.web.nation.frame import WAIT, Side, both, count, show, waiting
from selaras.web.public.gateway import open_to_all

UNNAMED = "Instalasi Selaras"
"""The publisher where none is set. In the language of the data: the package is the same for everybody."""
ZIP = "kinerja-nasional.zip"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "zip": "application/zip",
}
DESCRIBED = {PACKAGE: "Frictionless Data Package", CATALOGUE: "DCAT (JSON-LD)", SATU_DATA: "Satu Data Indonesia"}


def _data(request: Any, side: Side, data: Kept) -> HttpResponse:
    """What is in the package, under which terms, and where to take it."""
    del data
    found = kept(nation_folder(), nation_kept(), public=True, wait=WAIT)
    if found is None:
        return waiting(request, side)
    if not found.partitions:
        return show(request, side, "nation/data.html", {"title": _("Data terbuka"), "tables": []})
    made, files = _made(found)
    return show(
        request,
        side,
        "nation/data.html",
        {
            "title": _("Data terbuka"),
            "set": made,
            "issued": format_date(made.issued),
            "zip": _address(ZIP),
            "left_out": count(MOST_FIGURES) if FIGURES.name not in {one.name for one in made.tables} else "",
            "tables": [
                {
                    "title": said(one.title),
                    "description": said(one.description),
                    "rows": count(one.rows),
                    "columns": len(one.fields),
                    "url": _address(one.path),
                    "path": one.path,
                    "sha256": one.sha256,
                }
                for one in made.tables
            ],
            "described": [
                {"title": title, "url": _address(name), "name": name, "size": count(len(files[name]))}
                for name, title in DESCRIBED.items()
            ],
        },
    )


@open_to_all
def file(request: Any, name: str) -> HttpResponse:
    """One file of the package, for everybody."""
    del request
    found = _public()
    if found is None:
        raise NotFound(_("Belum ada data nasional yang terbit."))
    _set, files = _made(found)
    if name not in files:
        raise NotFound(_("Berkas ini tidak ada dalam paket data."))
    answer = HttpResponse(files[name], content_type=TYPES[name.rpartition(".")[2]])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _public() -> Kept | None:
    """The public results; None while they are computed or where nothing was published for everybody."""
    found = kept(nation_folder(), nation_kept(), public=True, wait=WAIT)
    return found if found is not None and found.partitions else None


def _made(data: Kept) -> tuple[OpenSet, Mapping[str, bytes]]:
    return _package(data, settings.SITE_URL + reverse("nation_public:data"))


@lru_cache(maxsize=2)
def _package(data: Kept, home: str) -> tuple[OpenSet, Mapping[str, bytes]]:
    made = open_set(NOBODY, data=data, home=home, publisher=settings.PUBLISHER or UNNAMED)
    files = package_files(made, home)
    return made, {**files, ZIP: packed(files)}


def _address(name: str) -> str:
    return reverse("nation_public:file", args=(name,))


data, data_public = both(_data)
