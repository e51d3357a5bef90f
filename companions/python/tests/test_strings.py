"""One string at a time."""

import copy
import json
import pickle
import threading
import time

import pytest
from conftest import DCS, TC, read_lines

import consent_string
from consent_string import ConsentError


def test_decode_gives_the_object_of_published_strings():
    for row in read_lines("tcf-published.jsonl"):
        decoded = consent_string.decode(row["text"], "tcf")
        assert decoded.pop("format") == "tcf"
        assert {name: decoded[name] for name in row["expected"]} == row["expected"]
    for row in read_lines("didomi-published.jsonl"):
        decoded = consent_string.decode(row["string"])
        assert decoded.pop("format") == "didomi"
        assert decoded == row["decoded"]


def test_encode_is_the_way_back():
    for row in read_lines("didomi-canonical.jsonl"):
        decoded = consent_string.decode(row["string"], "didomi")
        assert consent_string.decode(consent_string.encode(decoded)) == decoded
    decoded = consent_string.decode(TC)
    again = consent_string.decode(consent_string.encode(decoded, "tcf"))
    assert again == decoded
    del decoded["format"]
    assert consent_string.decode(consent_string.encode(decoded)) == again


@pytest.mark.parametrize(
    ("text", "kind", "error", "segment", "bit"),
    [
        ("", "tcf", "empty", "core", None),
        ("COwAdDhOwAdDhN4ABAENAPCg", "tcf", "truncated", "core", 140),
        ("BGHWv4UYba5+", "didomi", "invalid_character", "sections", None),
    ],
)
def test_errors_tell_kind_and_place_and_not_the_string(text, kind, error, segment, bit):
    with pytest.raises(ConsentError) as caught:
        consent_string.decode(text, kind)
    assert caught.value.kind == error
    assert caught.value.segment == segment
    if bit is not None:
        assert caught.value.bit == bit
    assert isinstance(caught.value, ValueError)
    assert not text or text not in str(caught.value) + repr(caught.value)


def test_errors_can_be_sent_to_other_processes():
    with pytest.raises(ConsentError) as caught:
        consent_string.decode("COwAdDhOwAdDhN4ABAENAPCg", "tcf")
    for again in [pickle.loads(pickle.dumps(caught.value)), copy.copy(caught.value)]:
        assert (again.kind, again.segment, again.bit) == ("truncated", "core", 140)
        assert str(again) == str(caught.value)


@pytest.mark.parametrize("text", [None, 5, b"bytes", ["list"], 1.5])
def test_what_is_no_text_is_a_type_error(text):
    with pytest.raises(TypeError):
        consent_string.decode(text)
    if not isinstance(text, dict):
        with pytest.raises(TypeError):
            consent_string.encode(text)


def test_text_that_is_no_unicode_is_an_error_that_holds_nothing():
    """Python's own error for it has all of the text."""
    text = TC + "\ud800"
    signed = {"algorithm": "hmac-sha256", "sid": "s1", "secret": "secret"}
    asked = {"vendor": "iab:1", "purpose": "iab:1"}
    calls = [
        lambda: consent_string.decode(text),
        lambda: consent_string.explain(text),
        lambda: consent_string.verify_link(text, {"s1": "secret"}),
        lambda: consent_string.verify_link("https://a", {"s1": text}),
        lambda: consent_string.sign_user_id(text, **signed),
        lambda: consent_string.sign_user_id("user", **{**signed, "secret": text}),
        lambda: consent_string.sign_user_id("user", **signed, salt=text),
        lambda: consent_string.sign_link(**{**LINK, "secret": text}),
        lambda: consent_string.sign_link(**{**LINK, "event": text}),
        lambda: consent_string.permits(tc=text, **asked),
        lambda: consent_string.request(text),
        lambda: consent_string.request({"euconsent-v2": text}),
        lambda: consent_string.request(headers={"Cookie": text}),
    ]
    for call in calls:
        with pytest.raises((ValueError, TypeError)) as caught:
            call()
        error = caught.value
        while error is not None:
            assert TC not in repr(error) + str(vars(error)) + repr(getattr(error, "object", None))
            error = error.__cause__ or error.__context__


def test_kinds():
    assert consent_string.decode(DCS, "didomi") == consent_string.decode(DCS, "auto")
    with pytest.raises(ConsentError):
        consent_string.decode(DCS, "tcf")
    for kind in ["", "TCF", "dcs", "us privacy"]:
        with pytest.raises(ValueError, match="kind: expected auto or one of didomi, tcf"):
            consent_string.decode(DCS, kind)


@pytest.mark.parametrize(
    ("object", "kind"),
    [
        ({}, "no_format"),
        ({"format": "other"}, "unknown_format"),
        ({"format": "tcf", "version": 2}, "invalid_value"),
    ],
)
def test_objects_that_no_string_says(object, kind):
    with pytest.raises(ConsentError) as caught:
        consent_string.encode(object)
    assert caught.value.kind == kind


def test_a_long_text_is_answered():
    for text in ["C" * 200_000, "B" * 200_000, "\N{SNOWMAN}" * 200_000]:
        with pytest.raises(ConsentError) as caught:
            consent_string.decode(text)
        assert len(str(caught.value)) < 300


LINK = {
    "key": "fe295974-e126-49a4-9d6f-84bc5884c298",
    "algorithm": "hmac-sha256",
    "sid": "s1",
    "secret": "a secret of 31 characters, or so",
    "organization_user_id": "user@domain.com",
    "action": "event.create",
    "event": {"consents": {"purposes": [{"id": "cookies", "enabled": True}]}},
}


def test_links_are_signed_and_verified():
    url = consent_string.sign_link(**LINK)
    genuine = consent_string.verify_link(url, {"s1": LINK["secret"]})
    assert genuine["organization_user_id"] == "user@domain.com"
    assert genuine["key"] == LINK["key"]
    assert genuine["action"] == "event.create"
    assert genuine["event"]["consents"]["purposes"][0]["id"] == "cookies"
    rotating = {"s1": ["a new one", LINK["secret"]], "s2": "another"}
    assert consent_string.verify_link(url, rotating)["action"] == "event.create"


@pytest.mark.parametrize(
    ("secrets", "kind"),
    [({"s1": "wrong"}, "auth_digest_mismatch"), ({}, "auth_sid_unknown"), ({"s1": []}, "auth_sid_unknown")],
)
def test_links_that_are_not_genuine(secrets, kind):
    url = consent_string.sign_link(**LINK)
    with pytest.raises(ConsentError) as caught:
        consent_string.verify_link(url, secrets)
    assert caught.value.kind == kind


@pytest.mark.parametrize("secrets", [None, "a secret", ["a secret"], {"s1": None}, {"s1": b"a secret"}])
def test_secrets_of_other_types(secrets):
    with pytest.raises(TypeError) as caught:
        consent_string.verify_link(consent_string.sign_link(**LINK), secrets)
    assert "a secret" not in repr(caught.value)


def test_whose_secrets_and_salts_of_which_length():
    secrets = {"s1": LINK["secret"]}
    url = consent_string.sign_link(**LINK, salt="f3a1c09be5d24478")
    assert consent_string.verify_link(url, secrets, key=LINK["key"], salt_length=16)
    for options in [{"key": "another"}, {"salt_length": 4}, {"salt_length": 0}]:
        with pytest.raises(ConsentError):
            consent_string.verify_link(url, secrets, **options)


def test_weak_algorithms_can_be_refused():
    url = consent_string.sign_link(**{**LINK, "algorithm": "hash-md5"})
    secrets = {"s1": LINK["secret"]}
    assert consent_string.verify_link(url, secrets)
    with pytest.raises(ConsentError):
        consent_string.verify_link(url, secrets, refuse_weak=True)


def test_user_ids_are_signed():
    arguments = {"algorithm": "hmac-sha256", "sid": "s1", "secret": LINK["secret"]}
    signed = consent_string.sign_user_id("user@domain.com", salt="salt", **arguments)
    assert signed["organizationUserId"] == "user@domain.com"
    assert len(signed["organizationUserIdAuthDigest"]) == 64
    assert LINK["secret"] not in json.dumps(signed)
    with pytest.raises(ConsentError) as caught:
        consent_string.sign_user_id("user@domain.com", expiration=3600, **arguments)
    assert caught.value.kind == "expiration_range"


def test_no_exception_shows_a_secret():
    secret = LINK["secret"]
    url = consent_string.sign_link(**LINK)
    calls = [
        lambda: consent_string.sign_link(**{**LINK, "algorithm": "rot13"}),
        lambda: consent_string.sign_link(**{**LINK, "action": "event.delete"}),
        lambda: consent_string.sign_link(**{**LINK, "key": 5}),
        lambda: consent_string.sign_link(**{**LINK, "secret": [secret]}),
        lambda: consent_string.sign_link(**{**LINK, "secret": secret.encode()}),
        lambda: consent_string.sign_link(**{**LINK, "event": "no json"}),
        lambda: consent_string.verify_link(url + "x", {"s1": secret, "s2": [secret.encode()]}),
        lambda: consent_string.verify_link("no link", {"s1": [secret]}),
        lambda: consent_string.verify_link(url, {5: [secret]}),
        lambda: consent_string.sign_user_id("", algorithm="hmac-sha256", sid="", secret=secret),
    ]
    for call in calls:
        with pytest.raises((ConsentError, TypeError)) as caught:
            call()
        assert secret not in str(caught.value) + repr(caught.value) + repr(caught.value.args)


def test_the_gil_is_released_in_a_batch():
    pyarrow = pytest.importorskip("pyarrow")
    column = pyarrow.array([TC] * 100_000)
    counted, done = 0, threading.Event()

    def work():
        consent_string.arrow.decode_json(column)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    while not done.is_set():
        counted += 1
        time.sleep(0.001)
    thread.join()
    # A thread that held the GIL would have let this one run a few times at most.
    assert counted > 10
