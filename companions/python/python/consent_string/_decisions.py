"""May a vendor act for a purpose, by some strings or by those of a request?"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Union

from . import _native
from ._times import milliseconds, now

#: The JSON of a list: as an object, as text, or a file of it. A text is JSON where it begins with
#: a brace, and else the name of a file.
Source = Union[Mapping[str, Any], bytes, str, "os.PathLike[str]"]


@dataclass(frozen=True)
class Decision:
    """A yes or a no, and why: true or false itself.

    >>> bool(Decision(allowed=False, reason="absent", decided_by="tcf"))
    False
    """

    #: Whether the vendor may.
    allowed: bool
    #: ``consent`` or ``li``; None for a no, and for what needs none of the user's choices.
    basis: str | None = None
    #: The first reason against; None for a yes.
    reason: str | None = None
    #: ``tcf``, ``didomi``, ``ac`` or ``gvl``; None where nobody can answer.
    decided_by: str | None = None

    def __bool__(self) -> bool:
        return self.allowed


class VendorList:
    """The Global Vendor List, read once: for services, which ask it many times.

    >>> gvl = {"gvlSpecificationVersion": 3, "vendorListVersion": 81, "tcfPolicyVersion": 5}
    >>> VendorList({**gvl, "lastUpdated": "2025-01-02T16:00:27Z", "vendors": {}})
    <consent_string.VendorList of version 81>

    Raises :class:`ConsentError` where it is none:

    >>> VendorList({"vendors": {}})
    Traceback (most recent call last):
    consent_string.ConsentError: gvlSpecificationVersion: missing, expected a value
    """

    __slots__ = ("_native",)

    def __init__(self, source: Source) -> None:
        self._native = _native.VendorList(_json(source))

    @property
    def version(self) -> int:
        """The list's version."""
        return self._native.version

    def __repr__(self) -> str:
        return repr(self._native)


def permits(
    *,
    tc: str | None = None,
    dcs: str | None = None,
    ac: str | None = None,
    vendor: str,
    purpose: str,
    basis: str | None = None,
    flexible: bool = False,
    gvl: VendorList | Source | None = None,
    partners: Source | Iterable[Source] | None = None,
    purposes: Source | Iterable[Source] | None = None,
    at: datetime | str | None = None,
) -> Decision:
    """May this vendor act for this purpose, by a TC string, a Didomi Consent String, an AC string?

    ``vendor`` is ``iab:755``, ``google:89``, ``didomi:2``, or a text ID that ``partners`` has;
    ``purpose`` is ``iab:1``, ``iab:special_feature:1``, ``didomi:5`` ..., or a text ID that
    ``purposes`` has. ``gvl``, the Global Vendor List, says what IAB's vendors declare; without it
    ``basis``, ``consent`` or ``li``, and ``flexible`` do. ``partners`` and ``purposes`` are
    answers of Didomi's API, one or several.

    It is asked at the time ``at``, which is now unless said: with a time zone, or a text such as
    ``2026-03-01T12:00:00Z``. A TC string that is not valid then permits nothing. A string that is
    missing or can't be read is a no with that reason, and no exception.

    >>> tc = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"
    >>> asked = {"vendor": "iab:7", "basis": "consent", "at": "2020-04-01T00:00:00Z"}
    >>> permits(tc=tc, purpose="iab:6", **asked)
    Decision(allowed=True, basis='consent', reason=None, decided_by='tcf')
    >>> decision = permits(tc=tc, purpose="iab:1", **asked)
    >>> bool(decision), decision.reason
    (False, 'no_purpose_signal')

    Raises ``ValueError`` for a name, a basis or a time that is none, and :class:`ConsentError`
    for a list that can't be read.
    """
    allowed, by, reason, decided_by = _native.permits(
        tc,
        dcs,
        ac,
        _Asked(vendor, purpose, basis, flexible, _pages(partners), _pages(purposes)),
        _list(gvl),
        now() if at is None else milliseconds(at),
    )
    return Decision(allowed, by, reason, decided_by)


def request(
    cookies: str | Mapping[str, str] | None = None,
    headers: Mapping[str, str] | Iterable[tuple[str, str]] | None = None,
    at: datetime | str | None = None,
    max_age_days: int = 395,
    gdpr: bool | None = None,
    *,
    us_state: str | None = None,
    vendor: str | None = None,
    purpose: str | None = None,
    basis: str | None = None,
    flexible: bool = False,
    gvl: VendorList | Source | None = None,
    partners: Source | Iterable[Source] | None = None,
    purposes: Source | Iterable[Source] | None = None,
) -> dict[str, Any]:
    """The consent of a request: the object that the command ``request`` prints.

    ``cookies`` is a ``Cookie`` header or the values by their names, ``headers`` the request's
    headers, of which ``Cookie`` and ``Sec-GPC`` are read. A string that was last updated more
    than ``max_age_days`` before ``at``, which is now unless said, is too old to count. ``gdpr``
    says whether the GDPR applies, where it is known, and ``us_state`` the user's state by its two
    letters. With ``vendor`` and ``purpose``, the object's ``permits`` is the answer that
    :func:`permits` explains.

    The object shows the strings, which are personal data.

    >>> tc = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"
    >>> headers = {"Cookie": f"euconsent-v2={tc}; usprivacy=1YNN", "Sec-GPC": "1"}
    >>> consent = request(headers=headers, at="2020-04-01T00:00:00Z")
    >>> consent["tcf"]["state"], consent["gpc"], consent["opted_out"]["sale"]
    ('read', True, 'opted_out')
    >>> request({"euconsent-v2": tc}, at="2025-04-01T00:00:00Z")["tcf"]["state"]
    'expired'
    """
    if (vendor is None) != (purpose is None):
        raise TypeError("expected vendor and purpose, or neither")
    asked = None
    if vendor is not None and purpose is not None:
        asked = _Asked(vendor, purpose, basis, flexible, _pages(partners), _pages(purposes))
    text = _native.request(
        _given(cookies, headers),
        now() if at is None else milliseconds(at),
        max_age_days,
        gdpr,
        us_state,
        asked,
        _list(gvl),
    )
    result: dict[str, Any] = json.loads(text)
    return result


@dataclass(frozen=True)
class _Asked:
    """A question, as the native part reads it."""

    vendor: str
    purpose: str
    basis: str | None
    flexible: bool
    partners: list[bytes]
    purposes: list[bytes]


@dataclass(frozen=True, repr=False)
class _Given:
    """What a request brings, as the native part reads it."""

    headers: list[str]
    cookies: list[tuple[str, str]]
    sec_gpc: list[str]


def _given(
    cookies: str | Mapping[str, str] | None,
    headers: Mapping[str, str] | Iterable[tuple[str, str]] | None,
) -> _Given:
    given = _Given([], [], [])
    if isinstance(cookies, str):
        given.headers.append(cookies)
    elif isinstance(cookies, Mapping):
        for name, value in cookies.items():
            given.cookies.append((_text("cookies", name), _text("cookies", value)))
    elif cookies is not None:
        raise TypeError(f"cookies: expected a header or a mapping, not {type(cookies).__name__}")
    if isinstance(headers, (str, bytes)):
        raise TypeError("headers: expected a mapping, or names and values")
    for name, value in headers.items() if isinstance(headers, Mapping) else headers or []:
        # Those of ASGI are bytes, and would be none of these.
        name = _text("headers", name).lower()
        if name == "cookie":
            given.headers.append(_text("headers", value))
        elif name == "sec-gpc":
            given.sec_gpc.append(_text("headers", value))
    return given


def _text(argument: str, value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{argument}: expected text, not {type(value).__name__}")
    return value


def _list(gvl: VendorList | Source | None) -> _native.VendorList | None:
    if gvl is None:
        return None
    return (gvl if isinstance(gvl, VendorList) else VendorList(gvl))._native


def _pages(sources: Source | Iterable[Source] | None) -> list[bytes]:
    if sources is None:
        return []
    if isinstance(sources, (Mapping, bytes, str, os.PathLike)):
        return [_json(sources)]
    return [_json(source) for source in sources]


def _json(source: Source) -> bytes:
    if isinstance(source, Mapping):
        return json.dumps(dict(source)).encode()
    if isinstance(source, bytes):
        return source
    if isinstance(source, str) and source.lstrip().startswith("{"):
        return source.encode()
    # An int would be taken for an open file.
    with open(os.fspath(source), "rb") as file:
        return file.read()
