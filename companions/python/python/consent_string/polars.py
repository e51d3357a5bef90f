"""The kernels as expressions of Polars.

>>> import polars as pl
>>> import consent_string.polars as cs
>>> text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"
>>> frame = pl.DataFrame({"tc": [text, "no", None]})
>>> frame.select(cs.tcf_has_vendor_consent("tc", 7)).to_series().to_list()
[True, None, None]
>>> frame.lazy().filter(cs.tcf_permits("tc", 7, 6).struct["allowed"]).collect().height
1

The functions are those of :mod:`consent_string.arrow`, by their names. The column is the name of
one, or an expression; so are arguments, but where a name is a value: ``basis``, ``section`` and
``kind`` are values unless they are expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Union

import polars as pl

from . import arrow

__all__ = [
    "check",
    "decode_json",
    "didomi_header",
    "didomi_status",
    "gpp_opted_out",
    "gpp_sections",
    "tcf_allowed_vendors",
    "tcf_disclosed_vendors",
    "tcf_has_vendor_consent",
    "tcf_has_vendor_li",
    "tcf_header",
    "tcf_permits",
    "tcf_purposes_consent",
    "tcf_purposes_li",
    "tcf_special_feature_opt_ins",
    "tcf_vendors_consent",
    "tcf_vendors_li",
    "us_privacy_opt_out",
]

Texts = Union[str, pl.Expr]

_IDS = pl.List(pl.UInt16)
_TIME = pl.Datetime("ms", "UTC")
_PERMITS = pl.Struct({"allowed": pl.Boolean, "reason": pl.String})
_TCF_HEADER = pl.Struct(
    {
        "created": _TIME,
        "last_updated": _TIME,
        "cmp_id": pl.UInt16,
        "cmp_version": pl.UInt16,
        "consent_screen": pl.UInt8,
        "consent_language": pl.String,
        "vendor_list_version": pl.UInt16,
        "tcf_policy_version": pl.UInt8,
        "is_service_specific": pl.Boolean,
        "use_non_standard_texts": pl.Boolean,
        "purpose_one_treatment": pl.Boolean,
        "publisher_country_code": pl.String,
    }
)
_DIDOMI_HEADER = pl.Struct(
    {
        "version": pl.UInt8,
        "user_id": pl.String,
        "created": _TIME,
        "updated": _TIME,
        "regulation": pl.UInt16,
        "sync": _TIME,
    }
)


def check(column: Texts, kind: str = "auto") -> pl.Expr:
    """As :func:`consent_string.arrow.check`."""
    return _expression(arrow.check, pl.String, column, kind)


def decode_json(column: Texts, kind: str = "auto") -> pl.Expr:
    """As :func:`consent_string.arrow.decode_json`."""
    return _expression(arrow.decode_json, pl.String, column, kind)


def tcf_header(column: Texts) -> pl.Expr:
    """As :func:`consent_string.arrow.tcf_header`."""
    return _expression(arrow.tcf_header, _TCF_HEADER, column)


def tcf_has_vendor_consent(column: Texts, vendor: int | pl.Expr) -> pl.Expr:
    """As :func:`consent_string.arrow.tcf_has_vendor_consent`."""
    return _expression(arrow.tcf_has_vendor_consent, pl.Boolean, column, vendor)


def tcf_has_vendor_li(column: Texts, vendor: int | pl.Expr) -> pl.Expr:
    """As :func:`consent_string.arrow.tcf_has_vendor_li`."""
    return _expression(arrow.tcf_has_vendor_li, pl.Boolean, column, vendor)


def tcf_vendors_consent(column: Texts) -> pl.Expr:
    """As :func:`consent_string.arrow.tcf_vendors_consent`."""
    return _expression(arrow.tcf_vendors_consent, _IDS, column)


def tcf_vendors_li(column: Texts) -> pl.Expr:
    """As :func:`consent_string.arrow.tcf_vendors_li`."""
    return _expression(arrow.tcf_vendors_li, _IDS, column)


def tcf_purposes_consent(column: Texts) -> pl.Expr:
    """As :func:`consent_string.arrow.tcf_purposes_consent`."""
    return _expression(arrow.tcf_purposes_consent, _IDS, column)


def tcf_purposes_li(column: Texts) -> pl.Expr:
    """As :func:`consent_string.arrow.tcf_purposes_li`."""
    return _expression(arrow.tcf_purposes_li, _IDS, column)


def tcf_special_feature_opt_ins(column: Texts) -> pl.Expr:
    """As :func:`consent_string.arrow.tcf_special_feature_opt_ins`."""
    return _expression(arrow.tcf_special_feature_opt_ins, _IDS, column)


def tcf_disclosed_vendors(column: Texts) -> pl.Expr:
    """As :func:`consent_string.arrow.tcf_disclosed_vendors`."""
    return _expression(arrow.tcf_disclosed_vendors, _IDS, column)


def tcf_allowed_vendors(column: Texts) -> pl.Expr:
    """As :func:`consent_string.arrow.tcf_allowed_vendors`."""
    return _expression(arrow.tcf_allowed_vendors, _IDS, column)


def tcf_permits(
    column: Texts,
    vendor: int | pl.Expr,
    purpose: int | pl.Expr,
    basis: str | pl.Expr = "consent",
    flexible: bool | pl.Expr = False,
    at: datetime | str | pl.Expr | None = None,
) -> pl.Expr:
    """As :func:`consent_string.arrow.tcf_permits`, with plain strings for reasons."""
    return _expression(
        arrow.tcf_permits, _PERMITS, column, vendor, purpose, basis, flexible, at
    )


def didomi_header(column: Texts) -> pl.Expr:
    """As :func:`consent_string.arrow.didomi_header`."""
    return _expression(arrow.didomi_header, _DIDOMI_HEADER, column)


def didomi_status(column: Texts, section: str | pl.Expr, id: int | pl.Expr) -> pl.Expr:
    """As :func:`consent_string.arrow.didomi_status`, with plain strings."""
    return _expression(arrow.didomi_status, pl.String, column, section, id)


def gpp_sections(column: Texts) -> pl.Expr:
    """As :func:`consent_string.arrow.gpp_sections`."""
    return _expression(arrow.gpp_sections, _IDS, column)


def gpp_opted_out(
    column: Texts, what: str | pl.Expr, sid: str | Iterable[int] | pl.Expr | None = None
) -> pl.Expr:
    """As :func:`consent_string.arrow.gpp_opted_out`."""
    # Now: a batch may come twice, and what is iterated over is then gone.
    given = sid if isinstance(sid, pl.Expr) else arrow._sections(sid)
    return _expression(arrow.gpp_opted_out, pl.Boolean, column, what, given)


def us_privacy_opt_out(column: Texts) -> pl.Expr:
    """As :func:`consent_string.arrow.us_privacy_opt_out`."""
    return _expression(arrow.us_privacy_opt_out, pl.Boolean, column)


def _expression(
    kernel: Callable[..., Any], result: Any, column: Texts, *arguments: Any
) -> pl.Expr:
    strings = pl.col(column) if isinstance(column, str) else column
    columns = {
        f"argument_{place}": argument
        for place, argument in enumerate(arguments)
        if isinstance(argument, pl.Expr)
    }

    def call(series: pl.Series) -> pl.Series:
        given = list(arguments)
        if columns:
            fields = series.struct.unnest()
            series = fields["strings"]
            for place in range(len(given)):
                if f"argument_{place}" in columns:
                    given[place] = fields[f"argument_{place}"]
        answers: pl.Series = pl.Series(series.name, kernel(series, *given)).cast(result)
        return answers

    if columns:
        named = [argument.alias(name) for name, argument in columns.items()]
        strings = pl.struct(strings.alias("strings"), *named).alias("strings")
    return strings.map_batches(call, return_dtype=result, is_elementwise=True)
