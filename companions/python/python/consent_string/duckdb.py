"""The kernels as functions of DuckDB's SQL.

>>> import duckdb
>>> import consent_string.duckdb
>>> connection = duckdb.connect()
>>> consent_string.duckdb.register(connection)
>>> text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"
>>> connection.execute("select tcf_has_vendor_consent(?, 7)", [text]).fetchall()
[(True,)]
"""

from __future__ import annotations

from inspect import Parameter, Signature
from typing import Any

import pyarrow as pa

from ._functions import FUNCTIONS, Function

__all__ = ["register"]


def register(connection: Any) -> None:
    """Makes the functions of :mod:`consent_string.arrow` known to a connection, by their names.

    All arguments are to be given. ``check`` is a word of DuckDB's language: write ``"check"``, or
    ``consent_check``, which is the same. ``tcf_permits_at`` is ``tcf_permits`` with a time.
    """
    for function in FUNCTIONS.values():
        parameters = [_type(connection, kind) for kind in (pa.string(), *function.arguments)]
        connection.create_function(
            function.name,
            _call(function),
            parameters,
            _type(connection, function.result),
            type="arrow",
            # Null rows are the kernels' to answer: a bad row is null where no argument is.
            null_handling="special",
        )


def _call(function: Function) -> Any:
    def call(*columns: pa.ChunkedArray) -> pa.Array:
        # Dictionaries of strings are strings to DuckDB.
        return function.as_it_comes(*map(_whole, columns))

    # DuckDB counts the parameters.
    count = 1 + len(function.arguments)
    names = [Parameter(f"column_{n}", Parameter.POSITIONAL_OR_KEYWORD) for n in range(count)]
    call.__signature__ = Signature(names)  # type: ignore[attr-defined]
    return call


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """A column in one array; that is a copy only where it comes in several."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _type(connection: Any, kind: pa.DataType) -> Any:
    """DuckDB's type for one of Arrow's."""
    return connection.from_arrow(pa.table({"column": pa.array([], kind)})).types[0]
