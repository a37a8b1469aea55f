"""What the verbs of issuing share: the file with its footer, fields and place on disk, and whom to tell."""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

from django.utils import timezone
from django.utils.timezone import localtime

from selaras.actions._files import written
from selaras.actions._issuing_sources import DocumentSource, address_of, source_of
from selaras.actions._notices import tell
from selaras.core.access import Act, Actor, Role, may
from selaras.core.calendar import format_date, format_time
from selaras.core.errors import Refusal
from selaras.core.issuing.codes import LETTERS, code_of, shown
from selaras.core.issuing.orders import Signer
from selaras.core.issuing.refusals import next_of
from selaras.documents.pades.fields import with_fields
from selaras.documents.pades.places import StampPlace, find_places, find_repeats
from selaras.documents.write import write
from selaras.store.agreements import seated
from selaras.store.evidence import reader
from selaras.store.issuing import issued_path, signers_of
from selaras.store.models import IssuedDocument, User
from selaras.store.turns import Lane, turn
from selaras.store.users import holders_of

KIND = IssuedDocument.__name__
TOPIC = "tanda tangan"
SIGNED_TWICE = frozenset({"pk", "skp"})
"""Kinds whose annex bears the signatures again."""


def footer_of(code: str, site: str) -> str:
    """The line at the foot of every page of an issued document."""
    return f"Dokumen ini ditandatangani secara elektronik. Keasliannya diperiksa di {site}/verifikasi/ dengan kode {shown(code)}."


def new_code() -> str:
    """A public code that nobody can guess."""
    return code_of(secrets.randbelow(len(LETTERS)) for _ in range(20))


def prepared(
    agency: str, source: DocumentSource, signers: Sequence[Signer], code: str, site: str, day: date
) -> tuple[bytes, list[StampPlace], int]:
    """The file before the first signature, the place of each stamp, and the number of pages. Takes a second or two."""
    document = replace(source.compose(day), footer=footer_of(code, site))
    with turn(Lane.COMPOSING, agency), tempfile.TemporaryDirectory(prefix="selaras-terbit-") as folder:
        path = Path(folder) / "dokumen.pdf"
        write(document, "pdf", path, files=reader(agency))
        content = path.read_bytes()
    names = ["" if one.is_seal else one.holder for one in signers]
    places, pages = find_places(content, names)
    repeats = find_repeats(content, names, places) if source.kind in SIGNED_TWICE else [[] for _ in names]
    wanted = [
        (one.order, place, f"{'Segel' if one.is_seal else 'Tanda tangan'} elektronik {one.holder}, {one.office}")
        for one, place in zip(signers, places, strict=True)
    ]
    copies = [
        (one.order, place, f"Cap tanda tangan elektronik {one.holder} pada lampiran")
        for one, found in zip(signers, repeats, strict=True)
        for place in found
    ]
    return with_fields(content, wanted, copies), places, pages


def kept(agency: str, content: bytes) -> str:
    """Put a file into the workspace under its fingerprint, which is returned."""
    sha256 = hashlib.sha256(content).hexdigest()
    with written(issued_path(agency, sha256)) as draft:
        draft.write_bytes(content)
    return sha256


def places_of(signers: Sequence[Signer], places: Sequence[StampPlace]) -> dict[str, dict[str, float]]:
    """The places as they are kept, by order."""
    return {str(one.order): asdict(place) for one, place in zip(signers, places, strict=True)}


def place_at(row: IssuedDocument, order: int) -> StampPlace:
    """The place of one stamp."""
    return StampPlace(**row.places[str(order)])


def seal_now(by: Actor, row: IssuedDocument) -> str | None:
    """The fingerprint of the data behind a document as they stand now; None where the person cannot read them."""
    try:
        return source_of(by, row.agency.code, row.kind, address_of(row.kind, row.key, row.record)).seal
    except Refusal:
        return None


def moment_words(moment: datetime) -> str:
    """A moment as the stamp prints it: `2 Januari 2026, 10.15 WIB`."""
    local = localtime(moment)
    zone = {"+0700": "WIB", "+0800": "WITA", "+0900": "WIT"}.get(f"{local:%z}", f"{local:%z}")
    return f"{format_date(local.date())}, {format_time(local.time())} {zone}"


def keeps_seal(by: Actor, agency: str) -> bool:
    """Whether a person may put on the agency's seal."""
    return by.limits is None and may(by, Act.SEAL_DOCUMENT, agency)


def page_of(row: IssuedDocument) -> str:
    """The page of a document, for notices."""
    agency = quote(row.agency.code, safe="").replace("~", "%7E").replace("%", "~")
    return f"/i/{agency}/{row.year}/tanda-tangan/{row.pk}/"


def tell_next(by: Actor, row: IssuedDocument) -> None:
    """Tell whoever is to sign next."""
    turn_of = next_of(signers_of(row.signatures.select_related("user")))
    if turn_of is None or not turn_of.required:
        return
    tell_people(by, row, people_of(row, turn_of), "menunggu tanda tangan Anda.")


def people_of(row: IssuedDocument, signer: Signer) -> list[User]:
    """The accounts that a place waits for."""
    if signer.login:
        return list(User.objects.filter(username=signer.login, is_active=True))
    return seated(row.agency.code, signer.position, timezone.localdate()) if signer.position else []


def tell_maker(by: Actor, row: IssuedDocument, words: str) -> None:
    """Tell who issued a document, and who issues documents of that agency where the name is no account."""
    people = list(User.objects.filter(name=row.made_by, is_active=True))
    tell_people(by, row, people or holders_of(row.agency.code, timezone.localdate(), Role.PLANNER), words)


def tell_people(by: Actor, row: IssuedDocument, people: Sequence[User], words: str) -> None:
    """Give people a notice about a document."""
    tell(by, people, text=f"{row.title} {words}", url=page_of(row), agency=row.agency.code, topic=TOPIC)
