"""Consent strings: read, written and verified.

>>> import consent_string
>>> text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"
>>> consent_string.decode(text)["cmp_id"]
888

One string at a time in this module; columns of them in :mod:`consent_string.arrow`; as functions
of SQL and expressions in :mod:`consent_string.duckdb`, :mod:`consent_string.datafusion`,
:mod:`consent_string.spark` and :mod:`consent_string.polars`.

A vendor's bit alone permits nothing: ask :func:`permits`, or
:func:`consent_string.arrow.tcf_permits` of a column.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from . import arrow
from ._decisions import Decision, VendorList, permits, request
from ._native import ConsentError, InternalError, __version__
from ._native import decode as _decode
from ._native import encode as _encode
from ._native import explain as _explain
from ._native import sign_link as _sign_link
from ._native import sign_user_id as _sign_user_id
from ._native import verify_link as _verify_link

__all__ = [
    "ConsentError",
    "Decision",
    "InternalError",
    "VendorList",
    "__version__",
    "arrow",
    "decode",
    "encode",
    "explain",
    "permits",
    "request",
    "sign_link",
    "sign_user_id",
    "verify_link",
]


def decode(text: str, kind: str = "auto") -> dict[str, Any]:
    """What a string says: the object that the command ``inspect --json`` prints.

    ``kind`` is the format: ``didomi``, ``tcf`` ...; ``auto`` takes the one format that accepts the
    text, and it is an error where two do. Ranges are written out as IDs: the object can be many
    times as large as the string.

    >>> decode("COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA", "tcf")["vendors_consent"]
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

    Raises :class:`ConsentError` where the text can't be read:

    >>> try:
    ...     decode("COwAdDhOwAdDhN4ABAENAPCg", "tcf")
    ... except ConsentError as error:
    ...     print(error.kind, error.segment, error.bit)
    truncated core 140
    """
    result: dict[str, Any] = json.loads(_decode(text, kind))
    return result


def encode(object: Mapping[str, Any], kind: str = "auto") -> str:
    """The canonical string of an object, as :func:`decode` gives it.

    >>> text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"
    >>> object = decode(text)
    >>> object["vendors_consent"] = [755]
    >>> decode(encode(object))["vendors_consent"]
    [755]

    Raises :class:`ConsentError` where no string says that:

    >>> object["cmp_id"] = 4096
    >>> try:
    ...     encode(object)
    ... except ConsentError as error:
    ...     print(error.kind)
    out_of_range
    """
    if not isinstance(object, Mapping):
        raise TypeError(f"expected an object, not {type(object).__name__}")
    return _encode(json.dumps(dict(object)), kind)


def explain(text: str, kind: str = "auto", *, all: bool = False) -> dict[str, Any]:
    """Every bit of a string: the object that the command ``explain --json`` prints.

    The spans of each segment tile it. A text that can't be read is no exception here: the object's
    ``error`` says what is wrong, and the spans go as far as the text could be read. Bit fields and
    lists of more than 64 entries are one span each, unless ``all`` asks for every entry.

    >>> explanation = explain("COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA", "tcf")
    >>> explanation["spans"][0]["path"], explanation["spans"][0]["raw"]
    ('version', '000010')
    >>> explain("COwAdDhOwAdDhN4ABAENAPCg", "tcf")["error"]["kind"]
    'truncated'
    """
    result: dict[str, Any] = json.loads(_explain(text, kind, all))
    return result


def verify_link(
    url: str,
    secrets: Mapping[str, str | Sequence[str]],
    *,
    key: str | None = None,
    salt_length: int | None = None,
    refuse_weak: bool = False,
) -> dict[str, Any]:
    """Proves the user ID of a consent link by its digest, then reads the action and the event.

    ``secrets`` are the live ones by their IDs, one or several each, of the organization with the
    API key ``key``, or of whichever the link names. ``refuse_weak`` refuses the weak algorithms.
    Only the user ID is signed: key, action and event are not.

    Nothing but its length tells a salt from the end of a user ID: say ``salt_length``, in bytes
    (0 for none), wherever somebody may choose their own user ID, or ``bob1`` can pass for
    ``bob``. Without it salts of any length are taken.

    >>> url = sign_link(
    ...     key="fe295974-e126-49a4-9d6f-84bc5884c298", algorithm="hmac-sha256", sid="s1",
    ...     secret="a secret", organization_user_id="user@domain.com", action="event.create",
    ...     event={"consents": {"purposes": []}},
    ... )
    >>> verify_link(url, {"s1": ["a new secret", "a secret"]})["organization_user_id"]
    'user@domain.com'

    Raises :class:`ConsentError`, which shows neither the link nor a secret, where the link is not
    genuine:

    >>> try:
    ...     verify_link(url, {"s1": "another secret"})
    ... except ConsentError as error:
    ...     print(error.kind)
    auth_digest_mismatch
    """
    if not isinstance(secrets, Mapping):
        raise TypeError(f"secrets: expected a mapping, not {type(secrets).__name__}")
    by_sid = {sid: [one] if isinstance(one, str) else list(one) for sid, one in secrets.items()}
    user, key, action, event = _verify_link(url, by_sid, key, salt_length, refuse_weak)
    return {
        "organization_user_id": user,
        "key": key,
        "action": action,
        "event": json.loads(event),
    }


def sign_link(
    *,
    key: str,
    algorithm: str,
    sid: str,
    secret: str,
    organization_user_id: str,
    action: str,
    event: Mapping[str, Any] | str,
    salt: str | None = None,
    redirect_url: str | None = None,
) -> str:
    """A signed consent link.

    ``algorithm`` is ``hmac-sha256``, or one of the weak ones: ``hmac-sha1``, ``hash-sha256``,
    ``hash-sha1``, ``hash-md5``. ``event`` is an object, or its JSON. :func:`verify_link` shows an
    example. Raises :class:`ConsentError`, which shows no secret.
    """
    text = event if isinstance(event, str) else json.dumps(event, separators=(",", ":"))
    return _sign_link(
        key, algorithm, sid, secret, organization_user_id, action, text, salt, redirect_url
    )


def sign_user_id(
    user_id: str,
    *,
    algorithm: str,
    sid: str,
    secret: str,
    salt: str | None = None,
    expiration: int | None = None,
) -> dict[str, Any]:
    """A user ID with the digest that proves it: the ``user`` object of the Web SDK's configuration.

    ``expiration`` is in seconds since 1970, of ten digits.

    >>> signed = sign_user_id(
    ...     "user@domain.com", algorithm="hmac-sha256", sid="s1", secret="a secret",
    ...     expiration=1_900_000_000,
    ... )
    >>> sorted(signed)[:3]
    ['organizationUserId', 'organizationUserIdAuthAlgorithm', 'organizationUserIdAuthDigest']

    Raises :class:`ConsentError`, which shows no secret.
    """
    json_text = _sign_user_id(user_id, algorithm, sid, secret, salt, expiration)
    result: dict[str, Any] = json.loads(json_text)
    return result
