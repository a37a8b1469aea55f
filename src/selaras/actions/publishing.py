"""The nation's files: agencies' years written from this installation, gathered from others, read by roll-ups.

What everybody may have is made of published reports only, from their frozen data; for insiders it is the database.
Both go through the redaction of public reports first, so that no file holds data of a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from selaras import __version__
from selaras.actions._accounts import check_installation
from selaras.actions._registers import in_address
from selaras.actions._rules import law_of
from selaras.actions.audit import traced
from selaras.analytics.gathering import gathered
from selaras.analytics.manifest import (
    Manifest,
    every_manifest,
    name_of,
    read_manifest,
    told_version,
    version_fault,
)
from selaras.analytics.rows import Around, EditionFact, rows_of
from selaras.analytics.schema import VERSION
from selaras.analytics.staging import alone, finish_gathering
from selaras.analytics.writing import Origin, remove_partition, standing, write_partition
from selaras.core.access import Act, Actor, may
from selaras.core.errors import Refusal
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.redaction import public_snapshot
from selaras.core.reporting.thawing import thaw
from selaras.core.snapshot import Snapshot
from selaras.store import publishing as facts
from selaras.store.checkup import LOCAL
from selaras.store.editions import read_edition_file, standing_licence
from selaras.store.snapshot import load_snapshot

PUBLISHING, GATHERING = "menerbitkan data nasional", "mengumpulkan data nasional"


@dataclass(slots=True)
class Done:
    """What became of the partitions, each as year and agency."""

    written: list[tuple[int, str]] = field(default_factory=list)
    unchanged: list[tuple[int, str]] = field(default_factory=list)
    removed: list[tuple[int, str]] = field(default_factory=list)
    gone: list[Path] = field(default_factory=list)
    """Manifests of partitions that stand there, but that the sources of their installation do not have any more."""

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {"written": len(self.written), "unchanged": len(self.unchanged), "removed": len(self.removed)}


def publish_nation(
    by: Actor, *, to: Path, agencies: Collection[str] = (), year: int | None = None, inside: bool = False
) -> Done:
    """Write the files of every agency's year, or of some, into the folder `to`; agency by agency, so that memory does not grow.

    Without `inside` only years whose report is published, from its frozen data. A year whose source has not changed is not
    read again, one whose content has not changed is not written again, and one that this installation wrote before and
    that is gone (or no longer published) is removed. Raises NotAllowed, NotFound, CannotRun (also where another process
    writes there), and Refusal for figures that cannot be computed.
    """
    chosen = list(dict.fromkeys(agencies)) or facts.known_agencies(by)
    for agency in chosen:
        _refused_if_not(by, agency)
    done = Done()
    with alone(to):
        _check_versions(to)
        finish_gathering(to)
        for agency in chosen:
            _publish_agency(by, to, agency, year, done, inside=inside)
        if not agencies:
            _remove_gone(to, set(chosen), year, done, inside=inside)
    with traced(by, action=PUBLISHING) as trace:
        trace |= {"folder": to.name, "inside": int(inside), **done.counts()}
    return done


def gather_nation(by: Actor, *, sources: Collection[Path], to: Path) -> Done:
    """Take over the partitions of other installations' folders into `to`: all of them, or none.

    Every file is checked first: schema, types, hashes, and that no two sources differ about one agency's year. Raises
    Refusal with every reason, NotAllowed for who does not look after every agency, CannotRun.
    """
    with traced(by, action=GATHERING) as trace:
        check_installation(by)
        taken = gathered(sources, to)
        done = Done(written=[_place(item) for item in taken.copied], unchanged=[_place(item) for item in taken.same])
        done.gone = [to / item.folder / name_of(inside=item.inside) for item in taken.gone]
        trace |= {"sources": len(sources), "folder": to.name, **done.counts()}
    return done


def _publish_agency(by: Actor, to: Path, agency: str, year: int | None, done: Done, *, inside: bool) -> None:
    found = facts.live_sources(agency, year, apart=(PUBLISHING,)) if inside else facts.published_sources(agency, year)
    mine = facts.installation()
    wanted: set[tuple[int, str]] = set()
    changed: list[dict[str, Any]] = []
    for source in found:
        at = (source.year, agency)
        wanted.add(at)
        stamp = f"{__version__} {source.stamp} {_home()}".rstrip()
        before = standing(to, *at, inside=inside)
        if before and (before.stamp, before.inside, before.installation) == (stamp, inside, mine):
            done.unchanged.append(at)
            continue
        origin = Origin(mine, timezone.now().isoformat(timespec="seconds"), inside, stamp)
        if write_partition(to, *at, _rows(by, source, inside=inside), origin):
            done.written.append(at)
            changed.append({"year": source.year})
        else:
            done.unchanged.append(at)
    for at in _ours(to, {agency}, year, inside=inside):
        if at not in wanted and remove_partition(to, *at, inside=inside):
            done.removed.append(at)
    if changed:
        with traced(by, action=PUBLISHING, agency=agency, act=Act.EXPORT) as trace:
            trace |= {"years": [item["year"] for item in changed], "inside": int(inside)}


def _remove_gone(to: Path, known: set[str], year: int | None, done: Done, *, inside: bool) -> None:
    """Remove what this installation wrote of agencies that it no longer has."""
    for at in _ours(to, None, year, inside=inside):
        if at[1] not in known and remove_partition(to, *at, inside=inside):
            done.removed.append(at)


def _ours(to: Path, agencies: set[str] | None, year: int | None, *, inside: bool) -> list[tuple[int, str]]:
    mine = facts.installation()
    return [
        _place(item)
        for item in _readable(to, agencies, inside=inside)
        if item.installation == mine and item.inside == inside and year in (None, item.year)
    ]  # fmt: skip


def _readable(to: Path, agencies: Collection[str] | None, *, inside: bool) -> Iterator[Manifest]:
    """The manifests of an edition; those of an older schema are left: who reads them is told what to do about them."""
    for path in every_manifest(to, agencies):
        if path.name == name_of(inside=inside) and told_version(path) == VERSION:
            yield read_manifest(path)


def _check_versions(to: Path) -> None:
    """Raises Refusal where a newer Selaras has written: it would not find its own files any more."""
    faults = [
        version_fault(path, version)
        for path in every_manifest(to)
        if isinstance(version := told_version(path), int) and version > VERSION
    ]
    if faults:
        raise Refusal("Data nasional tidak diterbitkan; tidak ada yang ditulis.", *faults)


def _refused_if_not(by: Actor, agency: str) -> None:
    """Raises NotAllowed for who may not export an agency's data; the attempt stays in the audit trail."""
    if not may(by, Act.EXPORT, agency):
        with traced(by, action=PUBLISHING, agency=agency, act=Act.EXPORT):
            pass


def _rows(by: Actor, source: facts.Source, *, inside: bool) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of one agency's year."""
    if source.frozen:
        snapshot = thaw(read_edition_file(source.agency, source.frozen, "json").decode())
        origin = f"edisi {source.frozen}"
    else:
        snapshot = load_snapshot(source.agency, source.year)
        origin = "basis data"
    figures = Figures(public_snapshot(snapshot), law_of(snapshot.settings))
    return rows_of(figures, _around(by, snapshot, origin, inside=inside), inside=inside)


def _around(by: Actor, snapshot: Snapshot, origin: str, *, inside: bool) -> Around:
    agency, year = snapshot.agency.code, snapshot.year
    page = f"{_home()}publik/{in_address(agency)}/{year}/"
    editions = tuple(
        EditionFact(item.kind, item.period, item.version, item.day, item.sha256, page)
        for item in facts.editions_told(agency, year)
    )
    common: dict[str, Any] = {
        "source": origin, "licence": standing_licence(agency), "dues": facts.dues_told(snapshot), "editions": editions,
    }  # fmt: skip
    if not inside:
        return Around(**common)
    recorded, verified = facts.recorded_days(snapshot, common["dues"])
    return Around(
        **common, recorded=recorded, verified=verified, predicates=facts.predicates_told(by, agency, year),
        recommendations=facts.recommendations_told(agency, year),
    )  # fmt: skip


def _home() -> str:
    """The address of this installation for those who read its files elsewhere; nothing where it is open on this computer only."""
    return "" if urlsplit(settings.SITE_URL).hostname in LOCAL else f"{settings.SITE_URL}/"


def _place(item: Manifest) -> tuple[int, str]:
    return item.year, item.agency


__all__ = ["Done", "gather_nation", "publish_nation"]
