"""Columns of consent strings: Arrow data in, Arrow data out, without a copy.

``array`` is anything with ``__arrow_c_array__`` (``pyarrow.Array``) or ``__arrow_c_stream__``
(``pyarrow.ChunkedArray``, ``polars.Series``): of strings, large strings or string views, of
binary data, of nulls, or dictionary-encoded. A ``pandas.Series`` of pandas 2, which does not
speak Arrow yet, is taken by way of pyarrow. An :class:`Array` comes back for an array, a
:class:`ChunkedArray` for a stream.

The result has a row for each: null where the row is null, and null where its string can't be
read; :func:`check` tells the two apart. A bad row is never an exception. ``TypeError`` is for
data that are no strings, ``ValueError`` for a wrong argument, and says in which row.

>>> import pyarrow as pa
>>> from consent_string import arrow
>>> strings = pa.array(["COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA", "no", None])
>>> arrow.tcf_has_vendor_consent(strings, 7)
<consent_string.arrow.Array of Boolean, 3 rows>
>>> pa.array(arrow.tcf_has_vendor_consent(strings, 7)).to_pylist()
[True, None, None]
>>> pa.array(arrow.check(strings, "tcf")).to_pylist()
[None, 'unsupported_version', None]

The GIL is released while a batch is worked on, by one thread: engines bring the threads. Where an
argument is a column as well, its row counts; null gives null.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from operator import index
from typing import Any, Protocol, Union, cast

from . import _native
from ._native import Array, ChunkedArray
from ._times import milliseconds

__all__ = [
    "Array",
    "ChunkedArray",
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


class ArrowArray(Protocol):
    """An array of any Arrow library."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]: ...


class ArrowStream(Protocol):
    """A stream of arrays of any Arrow library."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


Column = Union[ArrowArray, ArrowStream]
Result = Union[Array, ChunkedArray]


def check(array: Column, kind: str = "auto") -> Result:
    """What is wrong with each string: the kind of its error, or null where it is good.

    Null rows stay null. Bytes that are no UTF-8 are ``not_utf8``.

    >>> strings = pa.array(["COwAdDhOwAdDhN4ABAENAPCg", "", b"\\xff", None], pa.binary())
    >>> check(strings, "tcf").to_pylist()
    ['truncated', 'empty', 'not_utf8', None]
    """
    return _native.check(array, kind)


def decode_json(array: Column, kind: str = "auto") -> Result:
    """All of each string, as JSON in a column of large strings.

    The object is that of :func:`consent_string.decode`. Ranges are written out as IDs: a row can
    be many times as long as its string.

    >>> import json
    >>> strings = pa.array(["COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"])
    >>> json.loads(decode_json(strings).to_pylist()[0])["cmp_id"]
    888
    """
    return _native.decode_json(array, kind)


def tcf_header(array: Column) -> Result:
    """The fields at the start of each TC string but for its sets: a column of structs.

    Times are of type ``timestamp[ms, UTC]``.

    >>> strings = pa.array(["COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"])
    >>> header = tcf_header(strings).to_pylist()[0]
    >>> header["cmp_id"], header["consent_language"], str(header["created"])
    (888, 'EN', '2020-03-09 19:11:31.300000+00:00')
    """
    return _native.tcf_header(array)


def tcf_has_vendor_consent(array: Column, vendor: int | Column) -> Result:
    """Whether the user consented to a vendor.

    Whether the vendor may process is another question: :func:`tcf_permits`.

    >>> strings = pa.array(["COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"] * 2)
    >>> tcf_has_vendor_consent(strings, pa.array([7, 755])).to_pylist()
    [True, False]
    """
    return _native.tcf_has_vendor_consent(array, vendor)


def tcf_has_vendor_li(array: Column, vendor: int | Column) -> Result:
    """Whether a vendor's legitimate interest was shown to the user, who did not object.

    Whether the vendor may process is another question: :func:`tcf_permits`.

    >>> strings = pa.array(["COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"])
    >>> tcf_has_vendor_li(strings, 755).to_pylist()
    [False]
    """
    return _native.tcf_has_vendor_li(array, vendor)


def tcf_vendors_consent(array: Column) -> Result:
    """The vendors that the user consented to: a column of ``list<uint16>``.

    Ranges are written out: a string of 600 characters can have 65,535 vendors. ``ValueError``
    where a column has more than 2**31 - 1 of them in all.

    >>> strings = pa.array(["COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"])
    >>> tcf_vendors_consent(strings).to_pylist()
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]
    """
    return _native.tcf_vendors_consent(array)


def tcf_vendors_li(array: Column) -> Result:
    """The vendors whose legitimate interest was shown to the user, who did not object.

    As :func:`tcf_vendors_consent`.
    """
    return _native.tcf_vendors_li(array)


def tcf_purposes_consent(array: Column) -> Result:
    """The purposes that the user consented to: a column of ``list<uint16>``.

    >>> strings = pa.array(["COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"])
    >>> tcf_purposes_consent(strings).to_pylist()[0]
    [6, 23]
    """
    return _native.tcf_purposes_consent(array)


def tcf_purposes_li(array: Column) -> Result:
    """The purposes for which legitimate interest was shown to the user, who did not object.

    As :func:`tcf_purposes_consent`.
    """
    return _native.tcf_purposes_li(array)


def tcf_special_feature_opt_ins(array: Column) -> Result:
    """The special features that the user opted in to. As :func:`tcf_purposes_consent`."""
    return _native.tcf_special_feature_opt_ins(array)


def tcf_disclosed_vendors(array: Column) -> Result:
    """The vendors that were disclosed to the user.

    As :func:`tcf_vendors_consent`, and null where the string doesn't say, too.
    """
    return _native.tcf_disclosed_vendors(array)


def tcf_allowed_vendors(array: Column) -> Result:
    """The vendors that the publisher let use legal bases from outside the framework.

    As :func:`tcf_vendors_consent`, and null where the string doesn't say, too.
    """
    return _native.tcf_allowed_vendors(array)


def tcf_permits(
    array: Column,
    vendor: int | Column,
    purpose: int | Column,
    basis: str | Column = "consent",
    flexible: bool | Column = False,
    at: datetime | str | Column | None = None,
) -> Result:
    """Whether a vendor may process for a purpose: ``struct<allowed: bool, reason: dictionary>``.

    ``basis``, ``consent`` or ``li``, is the one that the vendor declared for the purpose in the
    Global Vendor List, and ``flexible`` whether it declared it flexible. Disclosed vendors and
    publisher restrictions are looked at. ``reason`` is the first reason against, and null where
    the vendor may.

    With ``at``, a time with a time zone or a text such as ``2026-03-01T12:00:00Z``, a string that
    is not valid then permits nothing; without it a string is taken as valid.

    >>> strings = pa.array(["COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA", None])
    >>> tcf_permits(strings, 7, 6).to_pylist()
    [{'allowed': True, 'reason': None}, None]
    >>> tcf_permits(strings, 755, 6).to_pylist()
    [{'allowed': False, 'reason': 'no_vendor_signal'}, None]
    """
    return _native.tcf_permits(array, vendor, purpose, basis, flexible, _milliseconds(at))


def didomi_header(array: Column) -> Result:
    """The fields at the start of each Didomi Consent String: a column of structs.

    Times are of type ``timestamp[ms, UTC]``. The user ID is personal data.

    >>> strings = pa.array(["BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA"])
    >>> sorted(didomi_header(strings).to_pylist()[0])
    ['created', 'regulation', 'sync', 'updated', 'user_id', 'version']
    """
    return _native.didomi_header(array)


def didomi_status(array: Column, section: str | Column, id: int | Column) -> Result:
    """The status of a purpose or a vendor: a dictionary of ``enabled``, ``disabled``, ``undefined``.

    ``section`` is ``purposes``, ``purposes_li``, ``vendors`` or ``vendors_li``.

    >>> strings = pa.array(["BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA"])
    >>> didomi_status(strings, "vendors", 65535).to_pylist()
    ['undefined']
    """
    return _native.didomi_status(array, section, id)


def gpp_sections(array: Column) -> Result:
    """The IDs of the sections of each GPP string: a column of ``list<uint16>``.

    >>> gpp_sections(pa.array(["DBABL~BVQVAAAAAg"])).to_pylist()
    [[7]]
    """
    return _native.gpp_sections(array)


def gpp_opted_out(
    array: Column, what: str | Column, sid: str | Iterable[int] | Column | None = None
) -> Result:
    """Whether the person has opted out of a use of personal data, by a GPP string.

    ``what`` is ``sale``, ``sharing`` or ``targeted_advertising``. ``sid`` says which sections
    apply, as ``"2,7"`` or numbers. Null, too, where no section says, where one can't be read and
    none of the others says that the person has, and where a row of ``sid`` can't be read.

    >>> gpp_opted_out(pa.array(["DBABL~BVQVAAAAAg", "no"]), "sale").to_pylist()
    [True, None]
    """
    return _native.gpp_opted_out(array, what, _sections(sid))


def us_privacy_opt_out(array: Column) -> Result:
    """Whether the person has opted out of the sale of personal data, by a US Privacy string.

    Null, too, where the law does not apply.

    >>> us_privacy_opt_out(pa.array(["1YYN", "1YNN", "1---", "2YYN"])).to_pylist()
    [True, False, None, None]
    """
    return _native.us_privacy_opt_out(array)


def _sections(sid: str | Iterable[int] | Column | None) -> str | Column | None:
    if _is_column(sid) or isinstance(sid, (str, bytes)) or not isinstance(sid, Iterable):
        return cast("str | Column | None", sid)
    return ",".join(str(index(id)) for id in sid)


def _is_column(value: object) -> bool:
    return hasattr(value, "__arrow_c_array__") or hasattr(value, "__arrow_c_stream__")


def _milliseconds(at: datetime | str | Column | None) -> int | Column | None:
    if at is None or _is_column(at):
        return cast("Column | None", at)
    return milliseconds(cast("datetime | str", at))
