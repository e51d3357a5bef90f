"""Rows a second of each kernel and engine, beside iab-tcf and beside passing rows untouched.

    python companions/python/benches/bench.py --rows 1000000 --own-loop PATH --chart docs/scale.svg

Needs pyarrow; measures of duckdb, datafusion, polars, pyspark and iab-tcf what is installed.
``--own-loop`` is the built example ``own_loop`` of companions/arrow: the library alone. All but
Spark works in one thread. Each figure is the best of several passes, which take turns.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import pathlib
import platform
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

#: What is read before and behind each pass.
CLOCK = [time.perf_counter]

PERMITS = f"tcf_permits(tc, {VENDOR}, {PURPOSE}, 'consent', false)"
QUERY = f"select count(*) as n from t where {PERMITS}['allowed']"
#: The same work for an engine and for Python, and none for a kernel.
UNTOUCHED = "select count(*) as n from t where untouched(tc)"


def in_turns(works: dict[str, Callable[[], Any]], passes: int) -> dict[str, float]:
    """How many seconds each work takes: the least of some passes, behind one that doesn't count.

    They take turns, so that what else the machine does falls on all of them alike. With ``--cpu``
    they are seconds of the processor, of all threads.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    for count in range(passes + 1):
        for name, work in works.items():
            start = CLOCK[0]()
            work()
            if count > 0:
                taken[name].append(CLOCK[0]() - start)
    return {name: min(of) for name, of in taken.items()}


def kernels(column: pa.Array, passes: int, own_loop: pathlib.Path | None) -> dict[str, Any]:
    """Rows a second of each kernel, and of the library's own loop."""
    few = column[: len(column) // 20]
    library: dict[str, float] = {}

    def loop() -> None:
        output = subprocess.run([own_loop, file.name], check=True, capture_output=True)
        for name, rate in json.loads(output.stdout).items():
            library[name] = max(rate, library.get(name, 0))

    calls: dict[str, Callable[[], Any]] = {
        "tcf_permits": lambda: arrow.tcf_permits(column, VENDOR, PURPOSE),
        "tcf_has_vendor_consent": lambda: arrow.tcf_has_vendor_consent(column, VENDOR),
        "check": lambda: arrow.check(column, "tcf"),
        "tcf_header": lambda: arrow.tcf_header(column),
        "tcf_purposes_consent": lambda: arrow.tcf_purposes_consent(column),
        "tcf_vendors_consent": lambda: arrow.tcf_vendors_consent(column),
        "decode_json": lambda: arrow.decode_json(few, "tcf"),
    }
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        if own_loop:
            file.write("\n".join(column.to_pylist()))
            file.flush()
            calls["loop"] = loop
        taken = in_turns(calls, passes)
    taken.pop("loop", None)
    rows = {name: len(column) for name in taken} | {"decode_json": len(few)}
    return {"kernels": {name: rows[name] / of for name, of in taken.items()}, "library": library}


def in_batches(column: pa.Array, size: int) -> Callable[[], None]:
    """The kernel's own work for what an engine has it do, batch by batch."""
    batches = [column[start : start + size] for start in range(0, len(column), size)]

    def work() -> None:
        for batch in batches:
            arrow.tcf_permits(batch, VENDOR, PURPOSE)

    return work


def has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def iab_tcf(strings: list[str]) -> float:
    import iab_tcf

    def work() -> None:
        for text in strings:
            consent = iab_tcf.decode(text)
            consent.is_purpose_allowed(PURPOSE) and consent.is_vendor_allowed(VENDOR)

    return len(strings) / in_turns({"iab-tcf": work}, 3)["iab-tcf"]


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
    works = {
        "query": lambda: connection.execute(QUERY).fetchall(),
        "untouched": lambda: connection.execute(UNTOUCHED).fetchall(),
        "kernel": in_batches(table["tc"].combine_chunks(), 2_048),
    }
    return in_turns(works, passes)


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
    works = {
        "query": lambda: context.sql(QUERY).to_pydict(),
        "untouched": lambda: context.sql(UNTOUCHED).to_pydict(),
        "kernel": in_batches(views["tc"].combine_chunks(), 8_192),
    }
    return in_turns(works, passes)


def polars(table: pa.Table, passes: int) -> dict[str, float]:
    import polars as pl

    import consent_string.polars as cs

    frame = pl.from_arrow(table).lazy()
    untouched = pl.col("tc").map_batches(lambda series: pl.Series(yes(series)), pl.Boolean)
    allowed = cs.tcf_permits("tc", VENDOR, PURPOSE).struct["allowed"]
    works = {
        "query": lambda: frame.filter(allowed).select(pl.len()).collect(),
        "untouched": lambda: frame.filter(untouched).select(pl.len()).collect(),
        "kernel": in_batches(table["tc"].combine_chunks(), len(table)),
    }
    return in_turns(works, passes)


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
        works = {
            "query": lambda: session.sql(QUERY).collect(),
            "untouched": lambda: session.sql(UNTOUCHED).collect(),
        }
        taken = in_turns(works, passes)
    session.stop()
    return taken


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=500_000)
    options.add_argument("--passes", type=int, default=5)
    options.add_argument("--own-loop", type=pathlib.Path)
    options.add_argument("--chart", type=pathlib.Path)
    options.add_argument("--engines", nargs="*", default=["duckdb", "datafusion", "polars", "pyspark"])
    options.add_argument(
        "--cpu",
        action="store_true",
        help="measure time of the processor, where the machine does other work; not for Spark",
    )
    asked = options.parse_args()
    if asked.cpu:
        CLOCK[0] = time.process_time

    strings = tc_strings(DISTINCT)
    distinct = pa.array(strings)
    whole, rest = divmod(asked.rows, DISTINCT)
    column = pa.concat_arrays([*[distinct] * whole, distinct[:rest]])
    table = pa.table({"tc": column})
    result: dict[str, Any] = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "load": os.getloadavg()[0],
        "clock": "processor" if asked.cpu else "wall",
        "rows": asked.rows,
        "strings": shape(strings),
        **kernels(column, asked.passes, asked.own_loop),
    }
    permits = result["kernels"]["tcf_permits"]
    if asked.own_loop:
        result["permits_to_library"] = permits / result["library"]["tcf_permits"]
    if has("iab_tcf"):
        result["iab_tcf"] = iab_tcf(strings[:300])
        result["permits_to_iab_tcf"] = permits / result["iab_tcf"]
    engines = {"duckdb": duckdb, "datafusion": datafusion, "polars": polars, "pyspark": spark}
    result["engines"] = {}
    for name in asked.engines:
        if not has(name):
            print(f"{name} is not installed", file=sys.stderr)
            continue
        taken = engines[name](table, asked.passes)
        if "kernel" in taken:
            taken["to_kernel"] = taken["query"] / taken["kernel"]
        taken["to_untouched"] = taken["query"] / taken["untouched"]
        result["engines"][name] = taken
    print(json.dumps(result, indent=2))
    if asked.chart:
        asked.chart.write_text(chart(result))


if __name__ == "__main__":
    main()
