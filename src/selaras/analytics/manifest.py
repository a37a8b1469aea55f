"""What a partition is made of: `manifest.json` names its files by content; who reads goes by it, never by the folder.

A partition is `year=2024/agency=KODE/` with one Parquet file per table. Its manifest is put in place by one rename after
all files stand, so that a reader sees the partition of before or of after, whatever happens to the writer. What is for
insiders stands beside it under `manifest-dalam.json`: publishing it never takes from the public what was published.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import quote

from selaras.analytics.schema import BY_NAME, VERSION
from selaras.core.errors import Fault, Refusal, reason_of
from selaras.core.place import Place

NAME, INSIDE = "manifest.json", "manifest-dalam.json"
FILE = re.compile(r"[A-Za-z0-9_-]+\.parquet")
"""A file beside its manifest: no other folder, no pattern of names."""
TYPES: dict[str, tuple[type, str]] = {
    "int": (int, "bilangan bulat"),
    "str": (str, "teks"),
    "bool": (bool, "true atau false"),
}
"""What a field of a manifest may hold, by the words of its annotation, and how that is called."""
REPUBLISH = "Terbitkan lagi pada instalasi asalnya dengan selaras publish, lalu salin seluruh foldernya."
COPY_AGAIN = (
    "Salin lagi seluruh foldernya. Bila pada instalasi asalnya pun demikian, hapus folder partisi itu di sana, lalu terbitkan "
    "lagi dengan selaras publish."
)


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a partition: its file, how many rows, the SHA-256 of the file, and that of its rows in order."""

    file: str
    rows: int
    sha256: str
    content: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One partition. `content` is the hash of what is in it, whatever bytes the files have.

    `stamp` tells the writer whether its source has changed since; `inside` whether columns for insiders are filled;
    `installation` names where it was made without telling anything about it.
    """

    year: int
    agency: str
    schema: int
    tables: dict[str, Part]
    content: str
    inside: bool
    made_at: str
    installation: str
    stamp: str = ""

    def text(self) -> str:
        """The manifest as it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @property
    def folder(self) -> str:
        """Where the partition lies below the folder of the nation."""
        return folder_of(self.year, self.agency)


def folder_of(year: int, agency: str) -> str:
    """The folder of a partition; any code makes exactly one safe name."""
    return f"year={year}/agency={quote(agency, safe='').replace('.', '%2E')}"


def content_of(parts: dict[str, str]) -> str:
    """One hash of the hashes of tables, by their names."""
    told = json.dumps([VERSION, sorted(parts.items())], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def name_of(*, inside: bool) -> str:
    """The name of the manifest of an edition."""
    return INSIDE if inside else NAME


def manifest_paths(root: Path, *, public: bool = False) -> list[Path]:
    """One manifest for each partition below `root`: that for insiders where there is one, unless only `public` are asked."""
    found = {path.parent: path for path in root.glob(f"year=*/agency=*/{NAME}")}
    if not public:
        found |= {path.parent: path for path in root.glob(f"year=*/agency=*/{INSIDE}")}
    return [found[folder] for folder in sorted(found)]


def every_manifest(root: Path, agencies: Collection[str] | None = None) -> list[Path]:
    """The manifests of both editions of every partition below `root`, or of those of some agencies."""
    folders = ["agency=*"] if agencies is None else [folder_of(0, agency).partition("/")[2] for agency in agencies]
    return [path for name in (NAME, INSIDE) for one in folders for path in sorted(root.glob(f"year=*/{one}/{name}"))]


def manifests(root: Path, *, public: bool = False) -> Iterator[Manifest]:
    """The manifests of every partition below `root`, by year and agency. Raises Refusal for one that cannot be read."""
    for path in manifest_paths(root, public=public):
        yield read_manifest(path)


def read_manifest(path: Path) -> Manifest:
    """One manifest. Raises Refusal where it is damaged, of another schema, or stands in another partition's folder."""
    try:
        given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version = given["schema"]
    except OSError as error:
        raise _unreadable(path, reason_of(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(path, "bukan manifes Selaras") from error
    if version != VERSION:
        raise Refusal("Data nasional tidak dapat dipakai.", version_fault(path, version))
    try:
        given["tables"] = {name: Part(**part) for name, part in given["tables"].items()}
        found = Manifest(**given)
    except (TypeError, AttributeError) as error:
        raise _unreadable(path, "isinya tidak lengkap") from error
    faults = _faults(path, found)
    if faults:
        raise Refusal("Data nasional tidak dapat dipakai.", *faults)
    return found


def file_fault(path: Path, part: Part) -> Fault | None:
    """What is wrong with the bytes of a file of a partition: gone, or not those that were published."""
    where = Place(source=str(path))
    wanted = f"SHA-256 {part.sha256}"
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return Fault(f"berkas tidak dapat dibaca: {reason_of(error)}", where, "", wanted, COPY_AGAIN)
    if digest != part.sha256:
        return Fault("berkas berubah sejak diterbitkan", where, digest, wanted, COPY_AGAIN)
    return None


def told_version(path: Path) -> object:
    """The version of the schema that a manifest tells, whatever else is in it; None for one that cannot be read."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return given.get("schema") if isinstance(given, dict) else None


def version_fault(path: Path, version: object) -> Fault:
    """What is wrong with a partition of another version of the schema, and how to mend it."""
    newer = isinstance(version, int) and version > VERSION
    remedy = "Perbarui Selaras di sini, lalu ulangi." if newer else f"Perbarui Selaras di sana. {REPUBLISH}"
    return Fault(
        "skema lebih baru daripada yang dikenal" if newer else "skema lama atau tidak dikenal",
        Place(source=str(path)), str(version), f"skema {VERSION}", remedy,
    )  # fmt: skip


def national_hash(found: Iterable[Manifest]) -> str:
    """One hash of everything: it changes whenever the content of any partition does."""
    told = sorted((item.year, item.agency, item.content) for item in found)
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _faults(path: Path, found: Manifest) -> list[Fault]:
    where = Place(source=str(path))
    faults = list(_wrong_types(where, found))
    if faults:
        return faults
    stands = "/".join(path.parent.parts[-2:])
    if stands != found.folder:
        faults.append(Fault("berada dalam folder partisi lain", where, stands, found.folder, REPUBLISH))
    missing = ", ".join(sorted(set(BY_NAME) - set(found.tables)))
    strange = ", ".join(sorted(set(found.tables) - set(BY_NAME)))
    if missing or strange:
        faults.append(Fault("tabelnya tidak sesuai skema", where, strange, missing or "tanpa tabel itu", REPUBLISH))
    for name, part in found.tables.items():
        if not FILE.fullmatch(part.file):
            faults.append(
                Fault(f"nama berkas tabel {name}", where, part.file, "nama berkas di folder itu juga", REPUBLISH)
            )
    return faults


def _wrong_types(where: Place, found: Manifest) -> Iterator[Fault]:
    """A manifest comes from elsewhere as JSON: whatever reads it may rely on what each field is."""
    records: list[tuple[Manifest | Part, str]] = [(found, "")]
    records += [(part, f" tabel {name}") for name, part in found.tables.items()]
    for record, whose in records:
        for each in fields(record):
            given = getattr(record, each.name)
            told = TYPES.get(str(each.type))
            if told and type(given) is not told[0]:
                read = json.dumps(given, ensure_ascii=False)[:80]
                yield Fault(f"isian {each.name}{whose} bukan isian manifes Selaras", where, read, told[1], REPUBLISH)


def _unreadable(path: Path, why: str) -> Refusal:
    fault = Fault(f"manifes tidak terbaca: {why}", Place(source=str(path)), remedy=REPUBLISH)
    return Refusal("Data nasional tidak dapat dipakai.", fault)
