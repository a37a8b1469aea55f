"""A folder of snapshot files opened as Ibis tables, on DuckDB inside this process or on a Spark cluster."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from selaras.analytics.manifest import Manifest, manifests, national_hash
from selaras.analytics.schema import BY_NAME, Table, ibis_schema, spark_schema
from selaras.core.errors import Fault, NotFound

ibis.options.sql.fuse_selects = False  # steps that build on each other would be written out many times over
MEMORY = "2GB"


class Nation:
    """The tables of `analytics.schema` over the partitions that stand when it is opened.

    With `public` those that everybody may have; else those for insiders, where there are any. The expressions on them
    are the same whatever the backend; beside a Spark session that is given it makes one of its own. Raises NotFound where
    nothing was published yet, Refusal where a partition cannot be used.
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
            limits = {"memory_limit": memory} | ({"threads": threads} if threads else {})
            limits |= {"temp_directory": str(spill)} if spill else {}
            self.backend = ibis.duckdb.connect(**limits)
            self.backend.raw_sql("SET enable_progress_bar = false")
        else:
            # Views have fixed names: on one session the nation opened last would answer for all.
            spark = spark.newSession()
            for name, value in SPARK_SETTINGS.items():
                spark.conf.set(name, value)
            self.backend = ibis.pyspark.connect(spark)
        self._spark = spark
        self._compiled: dict[ibis.Table, str] = {}

    def table(self, name: str) -> ibis.Table:
        """One table by its name in the schema, every partition of it."""
        return self._tables[name]

    @cached_property
    def _tables(self) -> Mapping[str, ibis.Table]:
        return {name: self._opened(table) for name, table in BY_NAME.items()}

    def _opened(self, table: Table) -> ibis.Table:
        paths = [str(self.folder / item.folder / item.tables[table.name].file) for item in self.manifests]
        view = f"nation_{table.name}"
        if self._spark is None:
            listed = ", ".join(f"'{path.replace(chr(39), chr(39) * 2)}'" for path in paths)
            self.backend.raw_sql(
                f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM read_parquet([{listed}], "  # noqa: S608 (our own names)
                "hive_partitioning = true, hive_types = {'year': INTEGER, 'agency': VARCHAR})"
            )
        else:
            reader = self._spark.read.schema(spark_schema(table)).option("basePath", str(self.folder))
            reader.parquet(*paths).createOrReplaceTempView(view)
        # The schema is known, so that an expression is the same object for every backend and nobody need ask a file.
        return ibis.table(ibis_schema(table), name=view)

    def rows(self, expression: ibis.Table) -> pa.Table:
        """The rows of an expression, computed by the backend."""
        engine = self.backend.con if self._spark is None else self._spark
        result = engine.sql(self.sql(expression))
        found: pa.Table = result.to_arrow_table() if self._spark is None else result.toArrow()  # not by way of pandas
        wanted = expression.schema().to_pyarrow()
        return found.select(wanted.names).cast(wanted)  # columns of folders come in an order of their own

    def sql(self, expression: ibis.Table) -> str:
        """An expression as the backend's own SQL, compiled once."""
        if expression not in self._compiled:
            self._compiled[expression] = str(self.backend.compile(expression))
        return self._compiled[expression]

    def close(self) -> None:
        """Let go of the backend; Spark itself stays with who started it."""
        if self._spark is None:
            self.backend.disconnect()


SPARK_SETTINGS = {
    # Products of decimals keep their digits after the point, as in DuckDB, instead of losing some for want of room.
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.session.timeZone": "UTC",
}
