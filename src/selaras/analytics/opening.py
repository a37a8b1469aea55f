"""A folder of snapshot files opened as Ibis tables, on DuckDB inside this process or on a Spark cluster."""

from __future__ import annotations

import contextlib
import re
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa

from selaras.analytics.manifest import Manifest, file_fault, manifests, national_hash
from selaras.analytics.schema import BY_NAME, Table, ibis_schema, spark_schema
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.place import Place

ibis.options.sql.fuse_selects = False  # steps that build on each other would be written out many times over
MEMORY = "2GB"
MOST_COMPILED = 500
COMPILED: dict[tuple[str, ibis.Table], str] = {}
"""The SQL of expressions by backend: expressions name views, not files, so that it is the same for every nation."""


class Nation:
    """The tables of `analytics.schema` over the partitions that stand when it is opened.

    With `public` those that everybody may have; else those for insiders, where there are any. The expressions on them
    are the same whatever the backend; beside a Spark session that is given it makes one of its own. Raises NotFound where
    nothing was published yet, Refusal where a partition cannot be used.

    DuckDB may touch this folder and where it spills (a place of its own, unless `spill` names one), and nothing else on
    the machine or the network, whatever a query says. A partition that is a link to elsewhere is therefore refused.
    """

    def __init__(
        self, folder: Path, *, spark: Any = None, memory: str = MEMORY, threads: int | None = None,
        spill: Path | None = None, public: bool = False,
    ) -> None:  # fmt: skip
        self.folder = Path(folder)
        self.manifests: tuple[Manifest, ...] = tuple(
            item for item in manifests(self.folder, public=public) if not (public and item.inside)
        )
        if not self.manifests:
            raise NotFound(
                "Belum ada data nasional.",
                Fault(
                    f"tidak ada partisi di {self.folder}",
                    remedy="Buat dahulu dengan selaras publish atau selaras gather.",
                ),
            )
        self.hash = national_hash(self.manifests)
        if spark is None:
            place = spill or Path(tempfile.gettempdir()) / f"selaras-nation-{uuid.uuid4().hex}"
            limits = {"memory_limit": memory, "temp_directory": str(place)} | ({"threads": threads} if threads else {})
            self.backend = ibis.duckdb.connect(**limits)
            for name, value in {
                "enable_progress_bar": "false", "allowed_directories": f"[{_quoted(self.folder.resolve())}]",
                "enable_external_access": "false", "lock_configuration": "true",
            }.items():  # fmt: skip
                self.backend.raw_sql(f"SET {name} = {value}")
        else:
            # Views have fixed names: on one session the nation opened last would answer for all.
            spark = spark.newSession()
            for name, value in SPARK_SETTINGS.items():
                spark.conf.set(name, value)
            self.backend = ibis.pyspark.connect(spark)
        self._spark = spark
        self._tables: dict[str, ibis.Table] = {}

    def table(self, name: str) -> ibis.Table:
        """One table by its name in the schema, every partition of it; opened when it is first asked for."""
        if name not in self._tables:
            self._tables[name] = self._opened(BY_NAME[name])
        return self._tables[name]

    def _opened(self, table: Table) -> ibis.Table:
        root = self.folder.resolve()
        paths = [root / item.folder / item.tables[table.name].file for item in self.manifests]
        view = f"nation_{table.name}"
        if self._spark is None:
            listed = ", ".join(map(_quoted, paths))
            with self._files_told():
                self.backend.raw_sql(
                    f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM read_parquet([{listed}], "  # noqa: S608 (our own names)
                    "hive_partitioning = true, hive_types = {'year': INTEGER, 'agency': VARCHAR})"
                )
        else:
            reader = self._spark.read.schema(spark_schema(table)).option("basePath", str(root))
            reader.parquet(*(PATTERN.sub(r"\\\g<0>", str(path)) for path in paths)).createOrReplaceTempView(view)
        # The schema is known, so that an expression is the same object for every backend and nobody need ask a file.
        return ibis.table(ibis_schema(table), name=view)

    def rows(self, expression: ibis.Table) -> pa.Table:
        """The rows of an expression, computed by the backend."""
        engine = self.backend.con if self._spark is None else self._spark
        with self._files_told():
            result = engine.sql(self.sql(expression))  # to Arrow, not by way of pandas
            found: pa.Table = result.to_arrow_table() if self._spark is None else result.toArrow()
        wanted = expression.schema().to_pyarrow()
        return found.select(wanted.names).cast(wanted)  # columns of folders come in an order of their own

    @contextlib.contextmanager
    def _files_told(self) -> Iterator[None]:
        """Where DuckDB fails at files that are gone, damaged, or elsewhere by a link: Refusal, which names them."""
        try:
            yield
        except duckdb.Error as error:
            root = self.folder.resolve()
            faults = [fault for item in self.manifests for fault in _item_faults(root, item)]
            if not faults:
                raise
            raise Refusal("Data nasional tidak dapat dipakai.", *faults) from error

    def sql(self, expression: ibis.Table) -> str:
        """An expression as the backend's own SQL, compiled once for every nation of the backend."""
        key = self.backend.name, expression
        if key not in COMPILED:
            if len(COMPILED) >= MOST_COMPILED:
                COMPILED.clear()
            COMPILED[key] = str(self.backend.compile(expression))
        return COMPILED[key]

    def close(self) -> None:
        """Let go of the backend; Spark itself stays with who started it."""
        if self._spark is None:
            self.backend.disconnect()


def _item_faults(root: Path, item: Manifest) -> list[Fault]:
    folder = root / item.folder
    if fault := _outside(root, folder):
        return [fault]
    parts = [(folder / part.file, part) for part in item.tables.values()]
    return [fault for path, part in parts if (fault := _outside(root, path) or file_fault(path, part))]


def _outside(root: Path, path: Path) -> Fault | None:
    """A link that leads out of the folder of the nation."""
    real = path.resolve()
    if real.is_relative_to(root):
        return None
    remedy = "Salin folder partisi itu sendiri ke sini, bukan tautannya."
    return Fault("tautan ke luar folder nasional", Place(source=str(path)), str(real), f"di bawah {root}", remedy)


def _quoted(path: Path) -> str:
    """A path as a text of SQL. DuckDB takes a path that stands as itself, whatever signs of patterns are in it."""
    return "'" + str(path).replace("'", "''") + "'"


PATTERN = re.compile(r"[\\*?\[\]{}]")
"""What Spark takes for a pattern of names unless a backslash stands before it."""
SPARK_SETTINGS = {
    # Products of decimals keep their digits after the point, as in DuckDB, instead of losing some for want of room.
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.session.timeZone": "UTC",
}
