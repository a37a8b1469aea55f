"""Partitions of other installations taken over: all are checked and copied aside first, then all put in place."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from selaras.analytics.manifest import (
    COPY_AGAIN,
    NAME,
    REPUBLISH,
    Manifest,
    Part,
    content_of,
    every_manifest,
    file_fault,
    name_of,
    read_manifest,
)
from selaras.analytics.schema import BY_NAME, VERSION, Table, arrow_schema
from selaras.analytics.staging import alone, finish_gathering, put_all, staged
from selaras.analytics.writing import content_hash
from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place

MESSAGE = "Data nasional tidak dikumpulkan; tidak ada yang disalin."
GIVE = "Sebutkan folder yang dibuat selaras publish"
UNDER_WAY = "Bila di sana penerbitan sedang berjalan, tunggu sampai selesai."
CHOOSE = "Pilih satu sumber: hapus folder partisi itu dari yang lain, lalu ulangi."


@dataclass(slots=True)
class Taken:
    """The partitions that were copied, and those that stood there already with the same content.

    `gone` are those that stand there from an installation of the sources, none of which has them any more.
    """

    copied: list[Manifest] = field(default_factory=list)
    same: list[Manifest] = field(default_factory=list)
    gone: list[Manifest] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    manifest: Manifest
    folder: Path


def gathered(sources: Collection[Path], to: Path) -> Taken:
    """Check every partition of the folders `sources` and copy them into `to`.

    A partition of the same installation is replaced by a later one; two installations that differ about an agency's year
    are refused. Raises Refusal with every fault found, before anything is put in place; CannotRun if `to` cannot be written to
    or another process writes there. What an earlier run that was killed had already copied is put in place first.
    """
    with alone(to):
        finish_gathering(to)
        return _gathered(sources, to)


def _gathered(sources: Collection[Path], to: Path) -> Taken:
    faults: list[Fault] = []
    chosen: dict[tuple[int, str, bool], _Found] = {}
    for source in dict.fromkeys(Path(source) for source in sources):
        for found in _partitions(source, faults):
            place = (found.manifest.year, found.manifest.agency, found.manifest.inside)
            other = chosen.setdefault(place, found)
            if other is not found and other.manifest.content != found.manifest.content:
                faults.append(_twice(found, other))
    taken = Taken()
    copies: list[_Found] = []
    for found in chosen.values():
        stands = _standing(to, found.manifest, faults)
        if stands is not None and stands.content == found.manifest.content and _whole(to / stands.folder, stands):
            taken.same.append(found.manifest)
            continue
        if stands is None or stands.content == found.manifest.content:
            pass  # nothing stands there, or the same with files that are damaged
        elif stands.installation != found.manifest.installation:
            faults.append(_twice(found, _Found(stands, to / stands.folder)))
        elif stands.made_at > found.manifest.made_at:
            faults.append(_older(found, stands))
        faults += _file_faults(found)
        copies.append(found)
    if faults:
        raise Refusal(MESSAGE, *faults)
    if copies:
        with staged(to) as stage:
            for found in copies:
                stage.add(found.folder, found.manifest)
            put_all(stage)
    taken.copied += [found.manifest for found in copies]
    taken.gone += _gone(to, [found.manifest for found in chosen.values()])
    return taken


def _gone(to: Path, given: list[Manifest]) -> Iterator[Manifest]:
    """What the installations of the sources gave once and do not give any more. A source may be a part of theirs only."""
    places = {(item.folder, item.inside) for item in given}
    sides = {(item.installation, item.inside) for item in given}
    for path in every_manifest(to):
        with contextlib.suppress(Refusal):  # what stands elsewhere and is damaged shows when it is read
            item = read_manifest(path)
            if (item.installation, item.inside) in sides and (item.folder, item.inside) not in places:
                yield item


def _whole(folder: Path, stands: Manifest) -> bool:
    """Whether the files of a partition that stands are what its manifest says."""
    return not any(file_fault(folder / part.file, part) for part in stands.tables.values())


def _standing(to: Path, wanted: Manifest, faults: list[Fault]) -> Manifest | None:
    """What stands in the place of a partition; one that is damaged is a fault: nobody knows what would be overwritten."""
    path = to / wanted.folder / name_of(inside=wanted.inside)
    try:
        return read_manifest(path) if path.exists() else None
    except Refusal as refusal:
        faults += refusal.faults
        return None


def _partitions(source: Path, faults: list[Fault]) -> Iterator[_Found]:
    paths = every_manifest(source)
    if not paths:
        faults.append(_no_nation(source))
    filled = {path.parent for path in source.glob("year=*/agency=*/*.parquet")}
    for folder in sorted(filled - {path.parent for path in paths}):
        where = Place(source=str(folder))
        faults.append(Fault("partisi tanpa manifes", where, "", f"{NAME} di dalamnya", f"{UNDER_WAY} {COPY_AGAIN}"))
    for path in paths:
        try:
            yield _Found(read_manifest(path), path.parent)
        except Refusal as refusal:
            faults += refusal.faults


def _no_nation(source: Path) -> Fault:
    """What a folder without partitions is, and which one near it may be meant."""
    if not source.is_dir():
        what = "berkas, bukan folder" if source.exists() else "folder tidak ditemukan"
        return Fault(what, Place(source=str(source)), remedy=f"{GIVE}.")
    whole = source.resolve()
    near = next((each for each in (whole / "nation", whole.parent, whole.parent.parent) if every_manifest(each)), None)
    remedy = f"{GIVE}, misalnya {near}." if near else f"{GIVE}."
    return Fault("tidak ada partisi di dalamnya", Place(source=str(source)), "", "folder year=…/agency=…", remedy)


def _file_faults(found: _Found) -> Iterator[Fault]:
    """What is wrong with the files of a partition: gone, altered, of other types, or not what the manifest says."""
    hashes: dict[str, str] = {}
    for name, part in found.manifest.tables.items():
        path = found.folder / part.file
        fault, content = _looked_at(path, BY_NAME[name], part)
        if fault:
            yield fault
        hashes[name] = content
    if all(hashes.values()) and content_of(hashes) != found.manifest.content:
        where = Place(source=str(found.folder / name_of(inside=found.manifest.inside)))
        yield Fault(
            "hash isi partisi tidak sesuai tabelnya", where, found.manifest.content, content_of(hashes), REPUBLISH
        )


def _looked_at(path: Path, table: Table, part: Part) -> tuple[Fault | None, str]:
    """The first fault of a file, or the hash of its rows."""
    where = Place(source=str(path))
    if fault := file_fault(path, part):
        return fault, ""
    try:
        rows = pq.ParquetFile(path).read()
    except (pa.ArrowInvalid, OSError) as error:
        read = str(error)[:120].strip(". ")
        return Fault("bukan berkas Parquet yang utuh", where, read, "berkas Parquet", REPUBLISH), ""
    wanted = arrow_schema(table)
    if not rows.schema.equals(wanted):
        return _schema_fault(where, rows.schema, wanted), ""
    if rows.num_rows != part.rows:
        found, told = f"{rows.num_rows} baris", f"{part.rows} baris"
        return Fault("isi tidak sesuai manifesnya", where, found, told, REPUBLISH), ""
    content = content_hash(rows)
    if content != part.content:
        return Fault("isi tidak sesuai manifesnya", where, content, part.content, REPUBLISH), ""
    keys = [rows.column(name).to_pylist() for name in table.key]
    if keys and len(set(zip(*keys, strict=True))) < rows.num_rows:
        return Fault("kunci yang sama berulang", where, expected=", ".join(table.key), remedy=REPUBLISH), ""
    return None, content


def _schema_fault(where: Place, found: pa.Schema, wanted: pa.Schema) -> Fault:
    for given in wanted:
        at = found.get_field_index(given.name)
        read = str(found.field(at).type) if at >= 0 else "tidak ada"
        if at < 0 or found.field(at).type != given.type or found.field(at).nullable != given.nullable:
            return Fault(f"kolom {given.name} berbeda dari skema", where, read, str(given.type), REPUBLISH)
    extra = ", ".join(sorted(set(found.names) - set(wanted.names)))
    read = extra or "urutan atau metadata lain"
    return Fault(f"kolom berbeda dari skema {VERSION}", where, read, "kolom skema itu saja", REPUBLISH)


def _twice(found: _Found, other: _Found) -> Fault:
    one, two = found.manifest, other.manifest
    return Fault(
        f"instansi {one.agency} tahun {one.year} ada di dua sumber dengan isi berbeda",
        Place(source=str(found.folder)), f"instalasi {one.installation}, dibuat {one.made_at}",
        f"sama dengan {other.folder} (instalasi {two.installation}, dibuat {two.made_at})", CHOOSE,
    )  # fmt: skip


def _older(found: _Found, stands: Manifest) -> Fault:
    item = found.manifest
    return Fault(
        f"instansi {item.agency} tahun {item.year} lebih tua daripada yang sudah ada", Place(source=str(found.folder)),
        f"dibuat {item.made_at}", f"sesudah {stands.made_at}",
        "Salin folder yang terbaru dari instalasi asalnya, atau hapus dahulu partisi yang ada di sini.",
    )  # fmt: skip
