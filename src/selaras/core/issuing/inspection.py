"""What was found in a file that may be signed: its signatures, whom they belong to, and what changed after each.

Facts only: what they mean is said by `core.issuing.verdict`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


class Trust(StrEnum):
    """Whether a certificate leads to a root that is trusted, at the time that counts."""

    TRUSTED = "tepercaya"
    UNKNOWN_ROOT = "akar tidak dikenal"
    SELF_SIGNED = "dibuat sendiri"
    EXPIRED = "kedaluwarsa"
    NOT_YET = "belum berlaku"
    REVOKED = "dicabut"
    UNFIT = "bukan untuk tanda tangan"
    BROKEN = "rantai tidak sah"


class Revocation(StrEnum):
    """What the proofs inside the file say about revocation; nothing outside is asked."""

    GOOD = "tidak dicabut"
    REVOKED = "dicabut"
    UNKNOWN = "tidak diketahui"


class Problem(StrEnum):
    """Why a file could not be looked at."""

    NONE = ""
    NOT_PDF = "bukan PDF"
    ENCRYPTED = "terkunci kata sandi"
    BROKEN = "rusak"
    TOO_LARGE = "terlalu besar"
    TOO_SLOW = "terlalu lama"


class Kind(StrEnum):
    """What sort of thing changed after a signature."""

    PAGES = "halaman"
    CONTENT = "isi halaman"
    ANNOTATION = "anotasi"
    FORM = "isian formulir"
    SIGNATURE = "tanda tangan"
    STAMP = "stempel waktu"
    REMOVED = "tanda tangan dihapus"
    ATTACHMENT = "lampiran"
    PROOFS = "bahan pemeriksaan"
    METADATA = "metadata"
    STRUCTURE = "susunan dokumen"
    ACTION = "tindakan otomatis"
    UNSEEN = "bagian lain"


HARMLESS = frozenset({Kind.SIGNATURE, Kind.STAMP, Kind.PROOFS, Kind.METADATA})
"""Changes that leave what a reader sees and reads as it was signed, if the policy of changes allows them."""


@dataclass(frozen=True, slots=True)
class TrustedRoot:
    """A certificate that is trusted as a root: its name, the PEM text, and where the list has it from."""

    name: str
    pem: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Whose certificate it is, who vouches for it, and whether that counts here. Identifiers are masked."""

    subject: str
    organisation: str = ""
    identifier: str = ""
    issuer: str = ""
    serial: str = ""
    sha256: str = ""
    not_before: datetime | None = None
    not_after: datetime | None = None
    chain: tuple[str, ...] = ()
    """The names from the issuer upwards, the root last as far as it is known."""
    root: str = ""
    """The trusted root as the list calls it; else the name of the root that is missing from the list."""
    source: str = ""
    """Where the trusted root comes from."""
    trust: Trust = Trust.UNKNOWN_ROOT
    note: str = ""
    judged_at: datetime | None = None
    """The time for which the certificate was judged: that of the time-stamp if there is a good one, else now."""
    revocation: Revocation = Revocation.UNKNOWN
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time-stamp of an authority."""

    at: datetime
    authority: Certificate
    intact: bool = False

    @property
    def counts(self) -> bool:
        """Whether the time is proven."""
        return self.intact and self.authority.trust is Trust.TRUSTED


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was when the signature was made."""

    kind: Kind
    sentence: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature, or one time-stamp of the whole document, in the order in which they were made."""

    name: str
    certificate: Certificate
    document_stamp: bool = False
    """A time-stamp of the document itself: says when, and by nobody's will."""
    claimed_at: datetime | None = None
    stamp: Stamp | None = None
    intact: bool = False
    """The bytes that it covers are those that were signed."""
    valid: bool = False
    """The signature belongs to the certificate's key."""
    weak: str = ""
    """The name of an algorithm that proves nothing any more."""
    whole: bool = False
    """It covers the file to its last byte."""
    odd_range: bool = False
    """It covers the file in an unusual way, so that something may be hidden from it."""
    allowed: bool = True
    """What was added after it is allowed by the rules of PDF signatures and by the signer."""
    changes: tuple[Change, ...] = ()
    objection: str = ""
    """What the analysis of differences said, in its own words."""
    level: str = ""
    reason: str = ""
    location: str = ""
    certifies: int = 0
    """0 where it only approves; else the level of changes (1 to 3) that its author allows."""

    @property
    def holds(self) -> bool:
        """Whether mathematics is satisfied: bytes, key and algorithm."""
        return self.intact and self.valid and not self.weak and not self.odd_range


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of the file up to an end mark: an earlier stage of it, if nothing was changed there."""

    sha256: str
    length: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything that was found in one file."""

    name: str
    sha256: str
    size: int
    problem: Problem = Problem.NONE
    note: str = ""
    pages: int = 0
    revisions: int = 0
    signatures: tuple[Signature, ...] = ()
    removed: tuple[str, ...] = ()
    """Names of signatures that an earlier revision of the file held and the last one does not."""
    prefixes: tuple[Prefix, ...] = ()
    attachment_sha256: str = ""
    """Of the attached data of Selaras; empty where there are none."""
    attachments: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """What stands on its pages and looks like the code of an issued document."""
    seconds: float = 0.0

    @property
    def people(self) -> tuple[Signature, ...]:
        """The signatures of persons and offices, without time-stamps of the document."""
        return tuple(one for one in self.signatures if not one.document_stamp)


def plain(value: Any) -> Any:
    """A value of this module as JSON knows it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def inspection_of(given: Mapping[str, Any]) -> Inspection:
    """The value again. Raises ValueError, TypeError or KeyError for anything that `plain` did not write."""
    made = _read(Inspection, given)
    assert isinstance(made, Inspection)
    return made


def read_plain(kind: type[Any], given: Mapping[str, Any]) -> Any:
    """A frozen dataclass of plain values out of what `plain` wrote of it. Raises ValueError, TypeError or KeyError."""
    return _read(kind, given)


def _read(kind: Any, given: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = next(option for option in get_args(kind) if option is not NoneType)
        return None if given is None else _read(inner, given)
    if origin is tuple:
        item = get_args(kind)[0]
        return tuple(_read(item, each) for each in given)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _read(hints[name], value) for name, value in given.items()})
    if kind is datetime:
        return datetime.fromisoformat(given)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(given)
    if not isinstance(given, (int, float) if kind is float else kind):
        raise TypeError(f"{given!r} is no {kind.__name__}")
    return given


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
