"""The kernels as functions of Spark's SQL and DataFrames, by batches of Arrow.

>>> from pyspark.sql import SparkSession
>>> import consent_string.spark
>>> session = SparkSession.builder.master("local[2]").getOrCreate()
>>> functions = consent_string.spark.register(session)
>>> text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"
>>> session.sql(f"select tcf_has_vendor_consent('{text}', 7) as consent").collect()
[Row(consent=True)]

The package must be installed where the workers run.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from pyspark.sql.functions import arrow_udf
from pyspark.sql.pandas.types import from_arrow_type

from ._functions import FUNCTIONS

__all__ = ["register"]


def register(session: Any) -> dict[str, Any]:
    """Makes the functions of :mod:`consent_string.arrow` known to a session, by their names.

    All arguments are to be given. ``tcf_permits_at`` is ``tcf_permits`` with a time, and
    ``consent_check`` is ``check``. The same functions come back by their names, for columns of
    DataFrames: ``functions["tcf_has_vendor_consent"]("tc", lit(755))``.
    """
    return {name: session.udf.register(name, _udf(name)) for name in FUNCTIONS}


def _udf(name: str) -> Any:
    result = _signed(FUNCTIONS[name].result)

    # Workers get the name and look the function up: nothing else is sent to them.
    def call(*columns: pa.Array) -> pa.Array:
        from consent_string._functions import FUNCTIONS
        from consent_string.spark import _signed

        function = FUNCTIONS[name]
        results, wanted = function(*columns), _signed(function.result)
        return results if results.type == wanted else results.cast(wanted)

    call.__name__ = name
    # As objects: Spark tells the kind of function from them.
    call.__annotations__ = {"columns": pa.Array, "return": pa.Array}
    return arrow_udf(call, from_arrow_type(result))


def _signed(kind: pa.DataType) -> pa.DataType:
    """The type that Spark has for one of Arrow's: numbers have signs, times are in microseconds."""
    if pa.types.is_uint8(kind):
        return pa.int16()
    if pa.types.is_uint16(kind):
        return pa.int32()
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us", kind.tz)
    if pa.types.is_list(kind):
        return pa.list_(_signed(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_signed(field.type)) for field in kind])
    return kind
