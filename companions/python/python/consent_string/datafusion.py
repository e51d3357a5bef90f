"""The kernels as functions of DataFusion's SQL.

>>> from datafusion import SessionContext
>>> import consent_string.datafusion
>>> context = SessionContext()
>>> consent_string.datafusion.register(context)
>>> text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"
>>> context.sql(f"select tcf_has_vendor_consent('{text}', 7) as consent").to_pydict()
{'consent': [True]}
"""

from __future__ import annotations

from typing import Any

import datafusion
import pyarrow as pa

from ._functions import FUNCTIONS, Function

__all__ = ["register"]


def register(ctx: Any) -> None:
    """Makes the functions of :mod:`consent_string.arrow` known to a context, by their names.

    All arguments are to be given. ``tcf_permits_at`` is ``tcf_permits`` with a time, and
    ``consent_check`` is ``check``.
    """
    for function in FUNCTIONS.values():
        parameters = [_wide(kind) for kind in (pa.string(), *function.arguments)]
        ctx.register_udf(
            datafusion.udf(_call(function), parameters, function.result, "immutable", function.name)
        )


def _wide(kind: pa.DataType) -> pa.DataType:
    """The type to which DataFusion casts what comes: it casts to wider ones only, and the strings
    of Parquet files are views.
    """
    return pa.string_view() if pa.types.is_string(kind) else kind


def _call(function: Function) -> Any:
    def call(*columns: pa.Array) -> pa.Array:
        return function(*columns)

    return call
