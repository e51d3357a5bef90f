"""Columns, as the Arrow libraries give them."""

import datetime
import json

import pytest

pa = pytest.importorskip("pyarrow")

from conftest import DCS, TC, read_lines  # noqa: E402

import consent_string  # noqa: E402
from consent_string import arrow  # noqa: E402

NOW = datetime.datetime(2020, 6, 1, tzinfo=datetime.timezone.utc)
COLUMNS = {
    "string": lambda cells: pa.array(cells, pa.string()),
    "large_string": lambda cells: pa.array(cells, pa.large_string()),
    "string_view": lambda cells: pa.array(cells, pa.string_view()),
    "dictionary": lambda cells: pa.array(cells, pa.string()).dictionary_encode(),
    "binary": lambda cells: pa.array(cells, pa.binary()),
    "slice": lambda cells: pa.array(["x", None, *cells, TC], pa.string())[2:-1],
    "chunked": lambda cells: pa.chunked_array([[c] for c in cells], pa.string()),
    "no chunks": lambda cells: pa.chunked_array([cells, []], pa.large_string()),
}


@pytest.mark.parametrize("layout", COLUMNS)
def test_columns_say_what_decode_says(layout, tc_strings):
    cells = [*tc_strings, None, "", "no", TC[:-4]]
    column = COLUMNS[layout](cells)

    def decode(cell):
        try:
            return consent_string.decode(cell, "tcf") if cell is not None else None
        except consent_string.ConsentError:
            return None

    decoded = [decode(cell) for cell in cells]
    assert [json.loads(row) if row else None for row in arrow.decode_json(column, "tcf").to_pylist()] == decoded

    def rows(get):
        return [get(row) if row else None for row in decoded]

    for name, field in [
        ("tcf_vendors_consent", "vendors_consent"),
        ("tcf_vendors_li", "vendors_li"),
        ("tcf_purposes_consent", "purposes_consent"),
        ("tcf_purposes_li", "purposes_li"),
        ("tcf_special_feature_opt_ins", "special_feature_opt_ins"),
        ("tcf_disclosed_vendors", "disclosed_vendors"),
        ("tcf_allowed_vendors", "allowed_vendors"),
    ]:
        assert getattr(arrow, name)(column).to_pylist() == rows(lambda row: row[field])
    for vendor in [1, 7, 32, 755, 65535]:
        assert arrow.tcf_has_vendor_consent(column, vendor).to_pylist() == rows(
            lambda row: vendor in row["vendors_consent"]
        )
        assert arrow.tcf_has_vendor_li(column, vendor).to_pylist() == rows(
            lambda row: vendor in row["vendors_li"]
        )
    for row, header in zip(decoded, arrow.tcf_header(column).to_pylist(), strict=True):
        assert (row is None) == (header is None)
        for name, value in (header or {}).items():
            if isinstance(value, datetime.datetime):
                value = value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            assert value == row[name]


def test_check_tells_bad_rows_from_null_ones():
    column = pa.array([TC, None, "", "no", "B" + TC[1:], DCS])
    assert arrow.check(column, "tcf").to_pylist()[:3] == [None, None, "empty"]
    for kind in ["tcf", "didomi", "auto"]:
        for cell, answer in zip(column.to_pylist(), arrow.check(column, kind).to_pylist(), strict=True):
            if cell is None:
                assert answer is None
                continue
            try:
                consent_string.decode(cell, kind)
                assert answer is None
            except consent_string.ConsentError as error:
                assert answer == error.kind
    assert arrow.check(column).to_pylist()[5] is None


def test_didomi_columns(didomi_strings):
    column = pa.array([*didomi_strings, None, TC[:-1]])
    headers = arrow.didomi_header(column).to_pylist()
    assert headers[-2:] == [None, None]
    for section in ["purposes", "purposes_li", "vendors", "vendors_li"]:
        for id in [1, 3, 755]:
            answers = arrow.didomi_status(column, section, id).to_pylist()
            for cell, answer in zip(column.to_pylist()[:-2], answers, strict=False):
                decoded = consent_string.decode(cell, "didomi")[section]
                expected = next((name for name in decoded if id in decoded[name]), "undefined")
                assert answer == expected
    decoded = consent_string.decode(didomi_strings[0], "didomi")
    assert headers[0]["user_id"] == decoded["user_id"]
    assert headers[0]["version"] == decoded["version"]
    assert headers[0]["regulation"] == decoded["regulation"]


def test_permits():
    column = pa.array([TC, None, "no"])
    yes, no = {"allowed": True, "reason": None}, {"allowed": False, "reason": "no_purpose_signal"}
    assert arrow.tcf_permits(column, 7, 6).to_pylist() == [yes, None, None]
    assert arrow.tcf_permits(column, 7, 4).to_pylist() == [no, None, None]
    assert arrow.tcf_permits(column, 7, 6, at=NOW).to_pylist() == [yes, None, None]
    later = NOW.replace(year=2026)
    result = arrow.tcf_permits(column, 7, 6, at=later).to_pylist()
    assert result[0] in (yes, {"allowed": False, "reason": "too_old"})
    assert arrow.tcf_permits(column, 755, 6, "li").to_pylist()[0]["allowed"] is False
    result = arrow.tcf_permits(column, 7, 6).to_pyarrow()
    assert result.type.field("reason").type == pa.dictionary(pa.int8(), pa.string())


def test_permits_with_columns_for_arguments():
    column = pa.array([TC] * 4 + [None])
    vendors = pa.chunked_array([[7], [755, None, 7, 7]], pa.uint16())
    purposes = pa.array([6, 6, 6, None, 6], pa.int8())
    bases = pa.array(["consent"] * 5).dictionary_encode()
    answers = arrow.tcf_permits(column, vendors, purposes, bases, pa.array([False] * 5), pa.array([NOW] * 5))
    assert answers.to_pylist() == [
        {"allowed": True, "reason": None},
        {"allowed": False, "reason": "no_vendor_signal"},
        None,
        None,
        None,
    ]
    chunks = pa.chunked_array([[TC, TC], [], [TC, TC, None]])
    assert arrow.tcf_permits(chunks, vendors, purposes).to_pylist() == answers.to_pylist()


@pytest.mark.parametrize("vendor", [0, -1, 65536, 2**70])
def test_numbers_that_are_no_ids(vendor):
    with pytest.raises(ValueError, match="vendor: expected a number from 1 to 65535"):
        arrow.tcf_has_vendor_consent(pa.array([TC]), vendor)


@pytest.mark.parametrize("vendor", ["7", 7.0, None, True, [7], pa.array(["7"]), pa.array([7.0])])
def test_arguments_of_other_types(vendor):
    with pytest.raises(TypeError, match="vendor: "):
        arrow.tcf_has_vendor_consent(pa.array([TC]), vendor)


def test_arguments_that_are_no_numbers_but_ints_are_type_errors():
    for wrong in [{"flexible": 1}, {"basis": 1}, {"basis": None}]:
        with pytest.raises(TypeError, match=f"{next(iter(wrong))}: expected"):
            arrow.tcf_permits(pa.array([TC]), 7, 6, **wrong)


def test_wrong_arguments_name_their_row():
    chunks = pa.chunked_array([[TC, TC], [TC, TC]])
    with pytest.raises(ValueError, match="vendor in row 3: expected"):
        arrow.tcf_has_vendor_consent(chunks, pa.array([1, 2, 3, 0]))
    with pytest.raises(ValueError, match="vendor in row 3: expected"):
        arrow.tcf_has_vendor_consent(chunks, pa.array([1, 2, 3, 2**40]))
    with pytest.raises(ValueError, match="basis in row 2: expected consent or li"):
        arrow.tcf_permits(chunks, 1, 1, pa.array(["li", "consent", "other", None]))
    for count in [0, 3, 5]:
        with pytest.raises(ValueError, match="vendor: . rows, expected"):
            arrow.tcf_has_vendor_consent(chunks, pa.array([1] * count, pa.int64()))


@pytest.mark.parametrize(
    "array",
    [None, "text", [TC], pa.array([1]), pa.array([[TC]]), pa.table({"tc": [TC]}), pa.array([1.5])],
)
def test_data_that_are_no_strings(array):
    with pytest.raises(TypeError):
        arrow.check(array)
    with pytest.raises(TypeError):
        arrow.tcf_vendors_consent(array)


@pytest.mark.parametrize("at", [datetime.datetime(2026, 3, 1), 5, "2026-03-01", pa.array([5])])
def test_times_need_a_zone(at):
    with pytest.raises((TypeError, ValueError), match="at: "):
        arrow.tcf_permits(pa.array([TC]), 7, 6, at=at)
    naive = pa.array([datetime.datetime(2026, 3, 1)], pa.timestamp("us"))
    with pytest.raises(TypeError, match="at: "):
        arrow.tcf_permits(pa.array([TC]), 7, 6, at=naive)
    with pytest.raises(ValueError, match="at: "):
        arrow.tcf_permits(pa.array([TC]), 7, 6, at=NOW.replace(year=1969))


def test_empty_and_null_columns():
    for column in [pa.array([], pa.string()), pa.chunked_array([], pa.string()), pa.array([], pa.null())]:
        assert arrow.check(column).to_pylist() == []
        assert len(arrow.tcf_header(column)) == 0
        assert arrow.tcf_vendors_consent(column).to_pyarrow().type == pa.list_(pa.uint16())
    for column in [pa.nulls(3), pa.nulls(3, pa.string()), pa.nulls(3, pa.string()).dictionary_encode()]:
        assert arrow.tcf_permits(column, 1, 1).to_pylist() == [None] * 3
        assert arrow.decode_json(column).to_pylist() == [None] * 3


def test_bytes_that_are_no_utf8():
    column = pa.array([b"\xff\xfe", TC.encode(), b"", None], pa.binary())
    assert arrow.check(column, "tcf").to_pylist() == ["not_utf8", None, "empty", None]
    assert arrow.tcf_has_vendor_consent(column, 7).to_pylist() == [None, True, None, None]
    # A column that says it is text, and is not.
    offsets = pa.py_buffer(b"\0\0\0\0\2\0\0\0")
    lying = pa.Array.from_buffers(pa.string(), 1, [None, offsets, pa.py_buffer(b"\xff\xfe")])
    assert arrow.check(lying, "tcf").to_pylist() == ["not_utf8"]


def test_huge_strings_and_a_million_bad_rows():
    zeros, other = "C" + "A" * (1 << 20), "no" * (1 << 20)
    column = pa.array([zeros, TC, zeros[: 128 << 10], other, None])
    # A core may end in any number of zero bits.
    assert arrow.tcf_has_vendor_consent(column, 7).to_pylist()[1:] == [True, False, None, None]
    assert arrow.check(column, "tcf").to_pylist()[1:3] == [None, None]
    assert arrow.check(column, "tcf").to_pylist()[3]
    bad = pa.array(["no consent string"] * 1_000_000)
    kinds = arrow.check(bad).to_pyarrow()
    assert kinds.null_count == 0 and len(kinds.unique()) == 1
    assert arrow.tcf_permits(bad, 7, 6).to_pyarrow().null_count == 1_000_000


def test_nothing_is_shown_of_the_data():
    result = arrow.decode_json(pa.array([TC]))
    assert repr(result) == "<consent_string.arrow.Array of LargeUtf8, 1 rows>"
    assert TC not in repr(arrow.check(pa.chunked_array([[TC]])))


def test_columns_of_nulls_that_polars_gives():
    pl = pytest.importorskip("polars")
    nulls = pl.Series([None, None])
    assert nulls.dtype == pl.Null
    assert arrow.check(nulls).to_pylist() == [None, None]
    assert isinstance(arrow.check(nulls), arrow.ChunkedArray)
    assert arrow.tcf_has_vendor_consent(pl.Series([TC, TC]), nulls).to_pylist() == [None, None]
    assert arrow.check(pa.chunked_array([pa.nulls(2), pa.nulls(1)])).to_pylist() == [None] * 3


@pytest.mark.parametrize("dtype", [object, "string", "category", pa.string()])
def test_series_of_pandas(dtype):
    pd = pytest.importorskip("pandas")
    dtype = pd.ArrowDtype(dtype) if isinstance(dtype, pa.DataType) else dtype
    column = pd.Series([TC, "no", None, TC], dtype=dtype)
    assert arrow.tcf_has_vendor_consent(column, 7).to_pylist() == [True, None, None, True]
    assert arrow.check(column[1:3], "tcf").to_pylist() == ["unsupported_version", None]
    vendors = pd.Series([7, 7, 7, 755])
    assert arrow.tcf_has_vendor_consent(column, vendors).to_pylist() == [True, None, None, False]
    with pytest.raises(TypeError):
        arrow.check(pd.Series([1.5]))


def test_dictionaries_of_polars():
    pl = pytest.importorskip("polars")
    for dtype in [pl.Categorical, pl.Enum([TC, "no"])]:
        column = pl.Series([TC, "no", None, TC], dtype=dtype)
        assert arrow.tcf_has_vendor_consent(column[1:], 7).to_pylist() == [None, None, True]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", "+02:00"])
def test_times_of_any_unit_and_zone(unit, zone):
    def times(*instants):
        return pa.array(instants, pa.timestamp("us", "UTC")).cast(pa.timestamp(unit, zone))

    column = pa.array([TC] * 3)
    yes = {"allowed": True, "reason": None}
    assert arrow.tcf_permits(column, 7, 6, at=times(NOW, NOW, None)).to_pylist() == [yes, yes, None]
    with pytest.raises(ValueError, match="at in row 1: expected a time from 1970 to 2187"):
        arrow.tcf_permits(column, 7, 6, at=times(NOW, NOW.replace(year=2188), None))
    last = NOW.replace(year=2187)
    assert arrow.tcf_permits(column, 7, 6, at=times(last, NOW, NOW)).to_pylist() == [yes] * 3


def test_times_that_are_none_name_their_row():
    times = pa.array([0, 2**62], pa.timestamp("s", "UTC"))
    with pytest.raises(ValueError, match="at in row 1: expected a time"):
        arrow.tcf_permits(pa.array([TC] * 2), 7, 6, at=times)


def test_other_arrow_libraries():
    pl = pytest.importorskip("polars")
    series = pl.Series("tc", [TC, "no", None])
    assert pl.Series(arrow.tcf_has_vendor_consent(series, 7)).to_list() == [True, None, None]
    pd = pytest.importorskip("pandas")
    column = pd.Series([TC, None], dtype=pd.ArrowDtype(pa.string()))
    assert arrow.tcf_has_vendor_consent(pa.array(column), 7).to_pylist() == [True, None]
    duckdb = pytest.importorskip("duckdb")
    relation = duckdb.sql(f"select '{TC}' as tc")
    table = pa.table(relation)
    assert arrow.tcf_has_vendor_consent(table["tc"], 7).to_pylist() == [True]


def test_memory_comes_back():
    resource = pytest.importorskip("resource")
    column = pa.array([TC, "no", None] * 8_000)

    def work():
        for _ in range(3):
            arrow.check(column)
            arrow.tcf_header(column)
            arrow.tcf_permits(column, 7, 6).to_pyarrow()
            arrow.decode_json(column, "tcf")
            with pytest.raises(ValueError):
                arrow.tcf_has_vendor_consent(column, pa.array([1] * 23_999 + [0]))

    work()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(5):
        work()
    # JSON that was lost each time would be nearly a hundred megabytes.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_gpp_columns_say_what_decode_says():
    texts = [row["string"] for row in read_lines("gpp-published.jsonl")]
    assert len(texts) > 50
    column = pa.array([*texts, None, "no", TC])
    sections = arrow.gpp_sections(column).to_pylist()
    for text, ids in zip(column.to_pylist(), sections, strict=True):
        try:
            decoded = None if text is None else consent_string.decode(text, "gpp")
        except consent_string.ConsentError:
            decoded = None
        assert ids == (decoded and decoded["section_ids"])


def test_opt_outs():
    # The national section says that the person opted out of sales.
    column = pa.array(["DBABL~BVQVAAAAAg", "no", None])
    assert arrow.gpp_opted_out(column, "sale").to_pylist() == [True, None, None]
    assert arrow.gpp_opted_out(column, "sale", "7").to_pylist() == [True, None, None]
    for sid in [[2, 7], range(2, 8), iter([7]), {7}]:
        assert arrow.gpp_opted_out(column, "sale", sid).to_pylist() == [True, None, None]
    for sid in [[7.5], ["7"], b"7"]:
        with pytest.raises(TypeError):
            arrow.gpp_opted_out(column, "sale", sid)
    whats = pa.array(["sale", "sharing", "sale"])
    assert arrow.gpp_opted_out(column, whats).to_pylist()[0] is True
    # A list that can't be read is the row's fault where it is a column, and else the call's.
    assert arrow.gpp_opted_out(column, "sale", pa.array(["7,", "7", "7"])).to_pylist() == [None] * 3
    for wrong in ["7,", "0", "seven"]:
        with pytest.raises(ValueError, match="sid: expected section IDs"):
            arrow.gpp_opted_out(column, "sale", wrong)
    with pytest.raises(ValueError, match="what: expected sale, sharing or targeted_advertising"):
        arrow.gpp_opted_out(column, "selling")
    privacy = pa.array(["1YYN", "1YNN", "1---", "1N-N", "", "no", None]).dictionary_encode()
    expected = [True, False, None, None, None, None, None]
    assert arrow.us_privacy_opt_out(privacy).to_pylist() == expected
