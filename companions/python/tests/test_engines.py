"""The same questions to every engine, over the same Parquet file."""

import datetime
import os

import pytest

pa = pytest.importorskip("pyarrow")

import pyarrow.parquet as pq  # noqa: E402
from conftest import DCS, TC  # noqa: E402

import consent_string  # noqa: E402

GPP = "DBABL~BVQVAAAAAg"
ROWS = 30_000
#: Answered alike by all engines.
QUERIES = [
    "select count(*) as n from t where tcf_has_vendor_consent(tc, 7)",
    "select count(*) as n from t where tcf_has_vendor_consent(tc, vendor)",
    "select count(*) as n from t where not tcf_has_vendor_consent(tc, 755)",
    "select count(*) as n from t where tcf_has_vendor_li(tc, 7) is null",
    "select count(*) as n from t where tcf_permits(tc, 7, 6, 'consent', false)['allowed']",
    "select count(*) as n from t where tcf_permits(tc, vendor, 6, 'consent', false)['allowed']",
    "select count(*) as n from t where tcf_permits(tc, 755, 6, 'li', true)['reason'] is not null",
    "select consent_check(tc, 'tcf') as kind, count(*) as n from t group by 1 order by n, kind",
    "select tcf_permits(tc, vendor, 6, 'consent', false)['reason'] as reason, count(*) as n from t "
    "group by 1 order by n, reason",
    "select didomi_status(dcs, 'purposes', 1) as status, count(*) as n from t group by 1 order by n",
    "select count(*) as n from t where tcf_header(tc)['cmp_id'] = 888",
    "select count(*) as n from t where didomi_header(dcs)['regulation'] is null",
    "select gpp_opted_out(gpp, 'sale') as out, count(*) as n from t group by 1 order by n",
    "select gpp_opted_out_in(gpp, 'sale', '7') as out, count(*) as n from t group by 1 order by n",
    "select us_privacy_opt_out('1YYN') as out, count(*) as n from t group by 1",
    "select count(*) as n from t where decode_json(tc, 'tcf') like '%\"cmp_id\":888%'",
]


def cells(count):
    """Good strings, bad ones and nulls, each as often."""
    return [[TC, "no", None, TC[:-4], TC][row % 5] for row in range(count)]


@pytest.fixture(scope="session")
def table():
    return pa.table(
        {
            "tc": pa.array(cells(ROWS)),
            "dcs": pa.array([[DCS, None, "no"][row % 3] for row in range(ROWS)]),
            "gpp": pa.array([[GPP, None][row % 2] for row in range(ROWS)]),
            "vendor": pa.array([[7, 755, None][row % 3] for row in range(ROWS)], pa.int32()),
        }
    )


@pytest.fixture(scope="session")
def path(table, tmp_path_factory):
    path = tmp_path_factory.mktemp("strings") / "strings.parquet"
    pq.write_table(table, path, row_group_size=7_000)
    return str(path)


@pytest.fixture(scope="session")
def expected(path):
    """DuckDB's answers, which the other engines are held against."""
    return {query: rows(duckdb_of(path), query) for query in QUERIES}


def module(name):
    if os.environ.get("ENGINES_REQUIRED"):
        return __import__(name)
    return pytest.importorskip(name)


def duckdb_of(path):
    duckdb = module("duckdb")
    import consent_string.duckdb

    connection = duckdb.connect()
    consent_string.duckdb.register(connection)
    connection.execute(f"create view t as select * from '{path}'")
    return connection


def in_order(rows):
    """Engines differ in where they put nulls."""
    return sorted(rows, key=str)


def rows(connection, query):
    return connection.execute(query).fetchall()


def test_duckdb_counts_what_the_kernels_say(table, expected):
    arrow = consent_string.arrow
    consent = arrow.tcf_has_vendor_consent(table["tc"], 7).to_pylist()
    assert expected[QUERIES[0]] == [(consent.count(True),)] == [(ROWS * 2 // 5,)]
    consent = arrow.tcf_has_vendor_consent(table["tc"], table["vendor"]).to_pylist()
    assert expected[QUERIES[1]] == [(consent.count(True),)]
    answers = arrow.tcf_permits(table["tc"], 7, 6).to_pylist()
    allowed = sum(answer is not None and answer["allowed"] for answer in answers)
    assert expected[QUERIES[4]] == [(allowed,)] and allowed > 0
    kinds = dict(expected[QUERIES[7]])
    assert kinds[None] == ROWS * 3 // 5 and len(kinds) >= 2
    assert expected[QUERIES[10]] == [(ROWS * 2 // 5,)] == expected[QUERIES[15]]
    assert dict(expected[QUERIES[12]]) == {True: ROWS // 2, None: ROWS // 2}
    assert dict(expected[QUERIES[14]]) == {True: ROWS}


def test_duckdb_of_several_threads_and_of_names_in_quotes(path):
    connection = duckdb_of(path)
    connection.execute("set threads = 4")
    query = """select "check"(tc, 'tcf') as kind, count(*) as n from t group by 1 order by n, kind"""
    assert rows(connection, query) == rows(connection, QUERIES[7])
    when = "select tcf_permits_at(tc, 7, 6, 'consent', false, timestamptz '{}')['allowed'] from t limit 1"
    assert rows(connection, when.format("2020-06-01T00:00:00Z")) == [(True,)]
    lists = "select vendor, count(*) from (select unnest(tcf_vendors_consent(tc)) as vendor from t) group by 1"
    assert sorted(rows(connection, lists)) == [(vendor, ROWS * 2 // 5) for vendor in range(1, 11)]


def test_duckdb_says_what_is_wrong_with_a_call(path):
    connection = duckdb_of(path)
    with pytest.raises(Exception, match="vendor in row 0: expected a number from 1 to 65535"):
        rows(connection, "select count(*) from t where tcf_has_vendor_consent(tc, 0)")
    assert rows(connection, QUERIES[0])


def test_datafusion_answers_alike(path, expected):
    datafusion = module("datafusion")
    import consent_string.datafusion

    context = datafusion.SessionContext()
    consent_string.datafusion.register(context)
    context.register_parquet("t", path)
    for query, answers in expected.items():
        rows = [tuple(row.values()) for row in context.sql(query).to_arrow_table().to_pylist()]
        assert in_order(rows) == in_order(answers), query
    with pytest.raises(BaseException, match="expected a number from 1 to 65535"):
        context.sql("select count(*) from t where tcf_has_vendor_consent(tc, 0)").to_pydict()


def test_polars_answers_alike(path, expected):
    pl = module("polars")
    import consent_string.polars as cs

    frame = pl.scan_parquet(path)

    def count(by):
        return [(frame.filter(by).select(pl.len()).collect().item(),)]

    assert count(cs.tcf_has_vendor_consent("tc", 7)) == expected[QUERIES[0]]
    assert count(cs.tcf_has_vendor_consent("tc", pl.col("vendor"))) == expected[QUERIES[1]]
    assert count(cs.tcf_permits("tc", 7, 6).struct["allowed"]) == expected[QUERIES[4]]
    assert count(cs.tcf_permits(pl.col("tc"), pl.col("vendor"), 6).struct["allowed"]) == expected[QUERIES[5]]
    kinds = frame.select(cs.check("tc", "tcf").alias("kind")).collect()["kind"].value_counts()
    assert dict(kinds.iter_rows()) == dict(expected[QUERIES[7]])
    reasons = frame.select(cs.tcf_permits("tc", pl.col("vendor"), 6).struct["reason"]).collect()
    assert dict(reasons.to_series().value_counts().iter_rows()) == dict(expected[QUERIES[8]])
    statuses = frame.select(cs.didomi_status("dcs", "purposes", 1)).collect().to_series()
    assert dict(statuses.value_counts().iter_rows()) == dict(expected[QUERIES[9]])
    outs = frame.select(cs.gpp_opted_out("gpp", "sale", [7])).collect().to_series()
    assert dict(outs.value_counts().iter_rows()) == dict(expected[QUERIES[13]])
    at = datetime.datetime(2020, 6, 1, tzinfo=datetime.timezone.utc)
    assert count(cs.tcf_permits("tc", 7, 6, at=at).struct["allowed"]) == expected[QUERIES[4]]
    header = frame.select(cs.tcf_header("tc").struct["created"], cs.didomi_header("dcs")).collect()
    assert header.schema["created"] == pl.Datetime("ms", "UTC")
    for lists in [cs.tcf_vendors_consent, cs.tcf_purposes_li, cs.tcf_disclosed_vendors]:
        assert frame.select(lists("tc")).collect().schema["tc"] == pl.List(pl.UInt16)
    assert frame.select(cs.decode_json("tc")).collect().schema["tc"] == pl.String
    assert frame.head(0).select(cs.tcf_permits("tc", 7, 6)).collect().height == 0


def test_every_engine_has_every_function():
    module("polars")
    import consent_string.polars
    from consent_string._functions import FUNCTIONS

    kernels = set(consent_string.arrow.__all__) - {"Array", "ChunkedArray"}
    assert kernels <= FUNCTIONS.keys()
    assert kernels == set(consent_string.polars.__all__)
