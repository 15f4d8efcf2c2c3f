"""Apache Spark over the lake's Parquet: the only module that knows PySpark, which ``nangkis[spark]`` brings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl

from nangkis.vocabulary.refusals import RequestRefused


# The kinds of column that the lake's tables have, in the words of Spark's schemas.
TYPES = {
    pl.String(): "string",
    pl.Int64(): "bigint",
    pl.Int32(): "int",
    pl.Float64(): "double",
    pl.Boolean(): "boolean",
}
LOCAL = "local[*]"
# A path is a name, never a pattern, and Spark reads these as patterns.
_PATTERN = re.compile(r"([\\\[\]{}*?])")
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # a sum that does not fit stops the job; it never wraps around
    "spark.sql.shuffle.partitions": "16",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",  # what is wrong comes back as an error; the rest is noise on a planner's screen
}


class SparkMissing(RequestRefused):
    """PySpark is not installed."""


class SparkNotStarted(RequestRefused):
    """Spark cannot be started, or its master does not answer."""


@contextmanager
def spark_session(master: str | None, *, settings: dict[str, str] | None = None) -> Iterator[Any]:
    """Yield a session of Spark on ``master`` (``spark://host:port``; None: this machine alone), and end it.

    Raises SparkMissing where PySpark is not installed, SparkNotStarted where no session comes to be.
    """
    try:
        sql = import_module("pyspark.sql")
        errors = import_module("pyspark.errors")
        bridge = import_module("py4j.protocol")
    except ImportError:
        raise SparkMissing("spark-missing") from None
    builder = sql.SparkSession.builder.master(master or LOCAL).appName("nangkis")
    for name, value in {**_SETTINGS, **(settings or {})}.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (errors.PySparkException, bridge.Py4JError) as error:
        raise SparkNotStarted("spark-not-started", master=master or LOCAL, why=_first_line(error)) from None
    try:
        yield session
    finally:
        session.stop()


def read_tables(session: Any, paths: Sequence[Path], schema: pl.Schema) -> Any:
    """Return the rows of Parquet tables as one frame of Spark; a column that a table lacks is null in its rows."""
    named = [_PATTERN.sub(r"\\\1", str(path.absolute())) for path in paths]
    return session.read.schema(_told(schema)).parquet(*named)


def to_spark(session: Any, frame: pl.DataFrame) -> Any:
    """Return a small frame as one of Spark."""
    return session.createDataFrame(frame.rows(), schema=_told(frame.schema))


def collected(frame: Any, schema: pl.Schema) -> pl.DataFrame:
    """Return a small answer of Spark as a frame of Polars, with the columns of ``schema``."""
    rows = frame.select(*schema.names()).collect()
    return pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row")


def _told(schema: pl.Schema) -> str:
    return ", ".join(f"`{name}` {TYPES[dtype]}" for name, dtype in schema.items())


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
