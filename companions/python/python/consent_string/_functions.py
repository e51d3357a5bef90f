"""The functions that engines of SQL register, stated once: their names, arguments and results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from . import arrow


def _check(strings: Any, kinds: pa.Array) -> Any:
    return arrow.check(strings, _same_in_every_row(kinds))


def _decode_json(strings: Any, kinds: pa.Array) -> Any:
    return arrow.decode_json(strings, _same_in_every_row(kinds))


def _same_in_every_row(kinds: pa.Array) -> str:
    """The kind that a query asks for; ``auto`` where there are no rows."""
    found: list[Any] = kinds.unique().to_pylist()
    if len(found) > 1 or None in found:
        raise ValueError("kind: expected the same in every row, and not null")
    return found[0] if found else "auto"


@dataclass(frozen=True)
class Function:
    """A function of a column of strings, and of the columns of its other arguments."""

    name: str
    kernel: Callable[..., Any]
    arguments: tuple[pa.DataType, ...] = ()

    @cached_property
    def result(self) -> pa.DataType:
        """The type of its results, with plain strings for dictionaries."""
        columns = [pa.array([], kind) for kind in (pa.string(), *self.arguments)]
        return _plain(pa.array(self.kernel(*columns)).type)

    def as_it_comes(self, *columns: pa.Array) -> pa.Array:
        """Its results, with dictionaries."""
        return pa.array(self.kernel(*columns))

    def __call__(self, *columns: pa.Array) -> pa.Array:
        results = self.as_it_comes(*columns)
        return results if results.type == self.result else results.cast(self.result)


def _plain(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(kind) or pa.types.is_large_string(kind):
        return pa.string()
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_plain(field.type)) for field in kind])
    return kind


_TEXT, _NUMBER = pa.string(), pa.int64()
_QUESTION = (_NUMBER, _NUMBER, _TEXT, pa.bool_())

FUNCTIONS = {
    function.name: function
    for function in [
        Function("check", _check, (_TEXT,)),
        # The same under a name that needs no quotes where `check` is a word of the language.
        Function("consent_check", _check, (_TEXT,)),
        Function("decode_json", _decode_json, (_TEXT,)),
        Function("tcf_header", arrow.tcf_header),
        Function("tcf_has_vendor_consent", arrow.tcf_has_vendor_consent, (_NUMBER,)),
        Function("tcf_has_vendor_li", arrow.tcf_has_vendor_li, (_NUMBER,)),
        Function("tcf_vendors_consent", arrow.tcf_vendors_consent),
        Function("tcf_vendors_li", arrow.tcf_vendors_li),
        Function("tcf_purposes_consent", arrow.tcf_purposes_consent),
        Function("tcf_purposes_li", arrow.tcf_purposes_li),
        Function("tcf_special_feature_opt_ins", arrow.tcf_special_feature_opt_ins),
        Function("tcf_disclosed_vendors", arrow.tcf_disclosed_vendors),
        Function("tcf_allowed_vendors", arrow.tcf_allowed_vendors),
        Function("tcf_permits", arrow.tcf_permits, _QUESTION),
        Function("tcf_permits_at", arrow.tcf_permits, (*_QUESTION, pa.timestamp("us", "UTC"))),
        Function("gpp_sections", arrow.gpp_sections),
        Function("gpp_opted_out", arrow.gpp_opted_out, (_TEXT,)),
        Function("gpp_opted_out_in", arrow.gpp_opted_out, (_TEXT, _TEXT)),
        Function("us_privacy_opt_out", arrow.us_privacy_opt_out),
        Function("didomi_header", arrow.didomi_header),
        Function("didomi_status", arrow.didomi_status, (_TEXT, _NUMBER)),
    ]
}
