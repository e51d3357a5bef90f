"""Spark: a real session, with two workers."""

import os
import signal

import pytest
from conftest import spark_builder

pa = pytest.importorskip("pyarrow")

from test_engines import ROWS, expected, in_order, module, path, table  # noqa: E402, F401

pyspark = module("pyspark")

import consent_string.spark  # noqa: E402


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    before = os.getcwd()
    # Java keeps the folder in which it starts: the examples write files.
    os.chdir(tmp_path_factory.mktemp("spark"))
    session = (
        # A task may fail three times.
        spark_builder("local[2,3]")
        .config("spark.sql.session.timeZone", "UTC")
        # Jobs are too short for anything better to pay.
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("FATAL")
    yield session
    session.stop()
    os.chdir(before)


@pytest.fixture(scope="module")
def functions(session, path):  # noqa: F811
    session.read.parquet(path).repartition(4).createOrReplaceTempView("t")
    return consent_string.spark.register(session)


def test_sql_answers_alike(session, functions, expected):  # noqa: F811
    for query, answers in expected.items():
        rows = [tuple(row) for row in session.sql(query).collect()]
        assert in_order(rows) == in_order(answers), query


def test_columns_of_data_frames(session, functions):
    from pyspark.sql.functions import col, lit

    frame = session.table("t")
    consent = functions["tcf_has_vendor_consent"]("tc", lit(7))
    assert frame.where(consent).count() == ROWS * 2 // 5
    asked = [col("tc"), lit(7), lit(6), lit("consent"), lit(False)]
    assert frame.where(functions["tcf_permits"](*asked)["allowed"]).count() == ROWS * 2 // 5
    header = frame.select(functions["tcf_header"]("tc").alias("header")).dropna().first()["header"]
    assert header["cmp_id"] == 888 and str(header["created"]).startswith("2020-03-09 19:11:31.3")


def test_times_and_lists(session, functions):
    when = "timestamp'2020-06-01T00:00:00Z'"
    query = f"select count(*) from t where tcf_permits_at(tc, 7, 6, 'consent', false, {when}).allowed"
    assert session.sql(query).first()[0] == ROWS * 2 // 5
    query = "select vendor, count(*) from (select explode(tcf_vendors_consent(tc)) as vendor from t) group by 1"
    assert sorted(map(tuple, session.sql(query).collect())) == [
        (vendor, ROWS * 2 // 5) for vendor in range(1, 11)
    ]


def test_a_wrong_call_ends_the_job_and_says_why(session, functions):
    with pytest.raises(Exception, match="expected a number from 1 to 65535"):
        session.sql("select count(*) from t where tcf_has_vendor_consent(tc, 0)").collect()


def test_a_job_survives_a_worker_that_is_killed(session, functions, tmp_path):
    from pyspark.sql.functions import arrow_udf

    killed = str(tmp_path / "killed")

    def kill_once(column):
        # The first worker that comes here is gone, in the middle of its rows.
        try:
            os.close(os.open(killed, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return column
        os.kill(os.getpid(), signal.SIGKILL)

    kill_once.__annotations__ = {"column": pa.Array, "return": pa.Array}
    session.udf.register("kill_once", arrow_udf(kill_once, "string"))
    query = "select count(*) from t where tcf_has_vendor_consent(kill_once(tc), 7)"
    assert session.sql(query).first()[0] == ROWS * 2 // 5
    assert os.path.exists(killed)


def test_the_examples_of_the_documentation(session):
    import doctest

    from conftest import ROOT

    failed, tried = doctest.testmod(consent_string.spark)
    assert failed == 0 and tried > 2
    failed, tried = doctest.testfile(str(ROOT / "docs" / "scale.md"), module_relative=False)
    assert failed == 0 and tried > 5
