"""What the tests share."""

import json
import os
import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]

#: Of the specification: vendors 1 to 10 and purposes 6 and 23 consented to.
TC = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"
#: Of Didomi's documentation.
DCS = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA"


def read_lines(name: str) -> list[dict]:
    path = ROOT / "tests" / "data" / name
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture(scope="session")
def tc_strings() -> list[str]:
    return [row["text"] for row in read_lines("tcf-published.jsonl")]


@pytest.fixture(scope="session")
def didomi_strings() -> list[str]:
    rows = read_lines("didomi-published.jsonl") + read_lines("didomi-canonical.jsonl")
    return [row["string"] for row in rows]


def spark_builder(master: str):
    """What makes a Spark session of this machine, in many small batches."""
    from pyspark.sql import SparkSession

    # Workers are of this environment, too.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    return (
        SparkSession.builder.master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
    )
