"""What programs of others are told when an edition is published or withdrawn: only what everybody may read."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings

from selaras.actions.webhooks import announce
from selaras.core.access import Actor
from selaras.store.editions import DATA_NAME, PUBLIC, edition_period
from selaras.store.models import ReportEdition


def tell_programs(by: Actor, row: ReportEdition, *, event: str) -> None:
    """Put the news about an edition on its way to the webhooks of its agency; call inside the act's transaction."""
    announce(by, event=event, payload=news_of(row), agency=row.agency.code)


def news_of(row: ReportEdition) -> dict[str, Any]:
    """An edition as the message says it: agency, year, kind, and its public files with fingerprint and address."""
    period = edition_period(row)
    return {
        "agency": row.agency.code, "agency_name": row.agency.name, "year": row.year, "kind": row.kind,
        "period": period.name if period else "", "edition": row.pk, "version": row.version, "state": row.state,
        "published_at": row.published_at.isoformat() if row.published_at else None,
        "files": [
            {"name": name, "sha256": sha256, "url": address_of(row, name)} for name, sha256 in public_files(row).items()
        ],
    }  # fmt: skip


def public_files(row: ReportEdition) -> dict[str, str]:
    """The documents of an edition that everybody may fetch, each with its SHA-256; none before it is published."""
    found = sorted(row.files.items())
    return {name.removeprefix(PUBLIC): sha for name, sha in found if name.startswith(PUBLIC) and name != DATA_NAME}


def address_of(row: ReportEdition, name: str) -> str:
    """Where everybody can fetch a public document of an edition."""
    code = quote(row.agency.code, safe="").replace("~", "%7E").replace("%", "~")
    return f"{settings.SITE_URL}/publik/{code}/{row.year}/berkas/{row.pk}/{quote(name)}"
