"""Spark with executors of their own, one of which is killed in the middle of a job.

Only where ``CLUSTER`` is set: three Javas start, which takes most of a minute.
"""

import os
import signal

import pytest

if not os.environ.get("CLUSTER"):
    pytest.skip("CLUSTER is not set", allow_module_level=True)

import pyarrow as pa
import pyarrow.parquet
import pyspark
from conftest import TC, spark_builder
from pyspark.sql.functions import arrow_udf

import consent_string.spark

ROWS = 30_000


@pytest.fixture(scope="module")
def session():
    # That of the package from the registry has all that an executor needs.
    os.environ["SPARK_HOME"] = os.path.dirname(pyspark.__file__)
    session = spark_builder("local-cluster[2,1,1024]").getOrCreate()
    session.sparkContext.setLogLevel("FATAL")
    yield session
    session.stop()


def test_a_job_survives_an_executor_that_is_killed(session, tmp_path):
    killed = str(tmp_path / "killed")

    def kill_once(column):
        # The first worker that comes here takes its executor with it, rows, Java and all.
        try:
            os.close(os.open(killed, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return column
        process = os.getpid()
        while open(f"/proc/{process}/comm").read().strip() != "java":
            process = int(open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()[1])
            assert process > 1
        assert "CoarseGrainedExecutorBackend" in open(f"/proc/{process}/cmdline").read()
        os.kill(process, signal.SIGKILL)
        return column

    kill_once.__annotations__ = {"column": pa.Array, "return": pa.Array}
    consent_string.spark.register(session)
    session.udf.register("kill_once", arrow_udf(kill_once, "string"))
    cells = [[TC, "no", None, TC[:-4], TC][row % 5] for row in range(ROWS)]
    path = str(tmp_path / "strings.parquet")
    pa.parquet.write_table(pa.table({"tc": cells}), path)
    session.read.parquet(path).repartition(8).createOrReplaceTempView("t")
    query = "select count(*) from t where tcf_has_vendor_consent(kill_once(tc), 7)"
    assert session.sql(query).first()[0] == ROWS * 2 // 5
    assert os.path.exists(killed)
    assert session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() == 1 + 2
