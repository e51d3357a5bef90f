"""Rows a second of each kernel and engine, beside iab-tcf and beside passing rows untouched.

    python companions/python/benches/bench.py --rows 1000000 --own-loop PATH --chart docs/scale.svg

Needs pyarrow; measures of duckdb, datafusion, polars, pyspark and iab-tcf what is installed.
``--own-loop`` is the built example ``own_loop`` of companions/arrow: the library alone. All but
Spark works in one thread. Each figure is the median of several passes.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import pyarrow as pa
from chart import chart
from strings import shape, tc_strings

from consent_string import arrow

VENDOR, PURPOSE = 755, 4
#: Of strings: the columns repeat them, in more bytes than any cache has.
DISTINCT = 20_000

PERMITS = f"tcf_permits(tc, {VENDOR}, {PURPOSE}, 'consent', false)"
QUERY = f"select count(*) as n from t where {PERMITS}['allowed']"
#: The same work for an engine and for Python, and none for a kernel.
UNTOUCHED = "select count(*) as n from t where untouched(tc)"


def seconds(work: Callable[[], Any], passes: int) -> float:
    """How long it takes: the median of some passes, behind one that doesn't count."""
    work()
    taken = []
    for _ in range(passes):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def kernels(column: pa.Array, passes: int) -> dict[str, float]:
    calls: dict[str, Callable[[], Any]] = {
        "check": lambda: arrow.check(column, "tcf"),
        "tcf_has_vendor_consent": lambda: arrow.tcf_has_vendor_consent(column, VENDOR),
        "tcf_permits": lambda: arrow.tcf_permits(column, VENDOR, PURPOSE),
        "tcf_header": lambda: arrow.tcf_header(column),
        "tcf_purposes_consent": lambda: arrow.tcf_purposes_consent(column),
        "tcf_vendors_consent": lambda: arrow.tcf_vendors_consent(column),
    }
    rates = {name: len(column) / seconds(call, passes) for name, call in calls.items()}
    few = column[: len(column) // 20]
    rates["decode_json"] = len(few) / seconds(lambda: arrow.decode_json(few, "tcf"), passes)
    return rates


def in_batches(column: pa.Array, size: int, passes: int) -> float:
    """The kernel's own time for the work that an engine has it do, batch by batch."""
    batches = [column[start : start + size] for start in range(0, len(column), size)]
    asked = (VENDOR, PURPOSE)

    def work() -> None:
        for batch in batches:
            arrow.tcf_permits(batch, *asked)

    return seconds(work, passes)


def has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def iab_tcf(strings: list[str]) -> float:
    import iab_tcf

    def work() -> None:
        for text in strings:
            consent = iab_tcf.decode(text)
            consent.is_purpose_allowed(PURPOSE) and consent.is_vendor_allowed(VENDOR)

    return len(strings) / seconds(work, 3)


def yes(column: Any) -> pa.Array:
    """True for each row."""
    return pa.nulls(len(column), pa.bool_()).fill_null(True)


def duckdb(table: pa.Table, passes: int) -> dict[str, float]:
    import duckdb

    import consent_string.duckdb

    connection = duckdb.connect()
    connection.execute("set threads = 1")
    consent_string.duckdb.register(connection)
    connection.create_function(
        "untouched", yes, ["VARCHAR"], "BOOLEAN", type="arrow", null_handling="special"
    )
    connection.register("strings", table)
    connection.execute("create table t as select * from strings")
    return {
        name: seconds(lambda sql=sql: connection.execute(sql).fetchall(), passes)
        for name, sql in [("query", QUERY), ("untouched", UNTOUCHED)]
    }


def datafusion(table: pa.Table, passes: int) -> dict[str, float]:
    import datafusion

    import consent_string.datafusion

    context = datafusion.SessionContext(datafusion.SessionConfig().with_target_partitions(1))
    consent_string.datafusion.register(context)
    context.register_udf(
        datafusion.udf(yes, [pa.string_view()], pa.bool_(), "immutable", "untouched")
    )
    views = pa.table({"tc": table["tc"].cast(pa.string_view())})
    context.from_arrow(views, name="t")
    return {
        name: seconds(lambda sql=sql: context.sql(sql).to_pydict(), passes)
        for name, sql in [("query", QUERY), ("untouched", UNTOUCHED)]
    }


def polars(table: pa.Table, passes: int) -> dict[str, float]:
    import polars as pl

    import consent_string.polars as cs

    frame = pl.from_arrow(table).lazy()
    untouched = pl.col("tc").map_batches(lambda series: pl.Series(yes(series)), pl.Boolean)
    allowed = cs.tcf_permits("tc", VENDOR, PURPOSE).struct["allowed"]
    return {
        name: seconds(lambda by=by: frame.filter(by).select(pl.len()).collect(), passes)
        for name, by in [("query", allowed), ("untouched", untouched)]
    }


def spark(table: pa.Table, passes: int) -> dict[str, float]:
    import pyarrow.parquet
    from pyspark.sql import SparkSession
    from pyspark.sql.functions import arrow_udf

    import consent_string.spark

    os.environ["PYSPARK_PYTHON"] = sys.executable

    def untouched(column: pa.Array) -> pa.Array:
        return pa.nulls(len(column), pa.bool_()).fill_null(True)

    untouched.__annotations__ = {"column": pa.Array, "return": pa.Array}
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "4g")
        .config("spark.sql.files.maxPartitionBytes", "64m")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    consent_string.spark.register(session)
    session.udf.register("untouched", arrow_udf(untouched, "boolean"))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "strings.parquet")
        pa.parquet.write_table(table, path, use_dictionary=False, row_group_size=100_000)
        session.read.parquet(path).createOrReplaceTempView("t")
        taken = {
            name: seconds(lambda sql=sql: session.sql(sql).collect(), passes)
            for name, sql in [("query", QUERY), ("untouched", UNTOUCHED)]
        }
    session.stop()
    return taken


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=500_000)
    options.add_argument("--passes", type=int, default=5)
    options.add_argument("--own-loop", type=pathlib.Path)
    options.add_argument("--chart", type=pathlib.Path)
    options.add_argument("--engines", nargs="*", default=["duckdb", "datafusion", "polars", "pyspark"])
    asked = options.parse_args()

    strings = tc_strings(DISTINCT)
    distinct = pa.array(strings)
    whole, rest = divmod(asked.rows, DISTINCT)
    column = pa.concat_arrays([*[distinct] * whole, distinct[:rest]])
    table = pa.table({"tc": column})
    result: dict[str, Any] = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "load": os.getloadavg()[0],
        "rows": asked.rows,
        "strings": shape(strings),
        "rows_a_second": kernels(column, asked.passes),
    }
    rates = result["rows_a_second"]
    if asked.own_loop:
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write("\n".join(column.to_pylist()))
            file.flush()
            output = subprocess.run([asked.own_loop, file.name], check=True, capture_output=True)
        own = json.loads(output.stdout)
        result["library"] = own
        result["permits_to_library"] = rates["tcf_permits"] / own["tcf_permits"]
    if has("iab_tcf"):
        rates["iab-tcf"] = iab_tcf(strings[:300])
        result["permits_to_iab_tcf"] = rates["tcf_permits"] / rates["iab-tcf"]
    own_time = {
        "duckdb": in_batches(column, 2_048, asked.passes),
        "datafusion": in_batches(column, 8_192, asked.passes),
        "polars": in_batches(column, asked.rows, asked.passes),
    }
    engines = {"duckdb": duckdb, "datafusion": datafusion, "polars": polars, "pyspark": spark}
    result["engines"] = {}
    for name in asked.engines:
        if not has(name):
            print(f"{name} is not installed", file=sys.stderr)
            continue
        taken = engines[name](table, asked.passes)
        if name in own_time:
            taken["kernel"] = own_time[name]
            taken["to_kernel"] = taken["query"] / own_time[name]
        taken["to_untouched"] = taken["query"] / taken["untouched"]
        result["engines"][name] = taken
    print(json.dumps(result, indent=2))
    if asked.chart:
        asked.chart.write_text(chart(result))


if __name__ == "__main__":
    main()
