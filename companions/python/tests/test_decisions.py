"""Decisions, requests and explanations: what the command's `permits`, `request`, `explain` answer."""

import datetime
import json
import pathlib

import pytest
from conftest import DCS, ROOT, TC, read_lines

import consent_string
from consent_string import ConsentError, Decision, VendorList

SPRING = "2020-04-01T00:00:00Z"
PARTNERS = {
    "total": 1,
    "limit": 100,
    "skip": 0,
    "data": [{"metadata_partner_id": "hotjar", "numeric_id": 130, "organization_id": "o"}],
}
PURPOSES = {
    "total": 1,
    "limit": 100,
    "skip": 0,
    "data": [{"metadata_purpose_id": "ads", "numeric_id": 2, "organization_id": "o"}],
}
GVL = {
    "gvlSpecificationVersion": 3,
    "vendorListVersion": 81,
    "tcfPolicyVersion": 5,
    "lastUpdated": "2025-01-02T16:00:27Z",
    "vendors": {
        "7": {"id": 7, "name": "A", "purposes": [6]},
        "755": {"id": 755, "name": "B"},
    },
}


def ask(vendor="iab:7", purpose="iab:6", tc=TC, at=SPRING, **more):
    return consent_string.permits(tc=tc, vendor=vendor, purpose=purpose, at=at, **more)


def test_a_decision_is_true_or_false_and_says_why():
    yes = ask(basis="consent")
    assert yes and yes.allowed is True
    assert (yes.basis, yes.reason, yes.decided_by) == ("consent", None, "tcf")
    no = ask(purpose="iab:1", basis="consent")
    assert not no and no.allowed is False
    assert (no.basis, no.reason, no.decided_by) == (None, "no_purpose_signal", "tcf")
    assert no == Decision(False, None, "no_purpose_signal", "tcf")
    # The command's answer to the same.
    didomi = consent_string.permits(dcs=DCS, vendor="didomi:130", purpose="didomi:2")
    assert didomi == Decision(True, "consent", None, "didomi")
    google = ask("google:89", ac="1~89.90")
    assert google == Decision(True, "consent", None, "ac")


@pytest.mark.parametrize(
    ("strings", "reason", "decided_by"),
    [
        ({"tc": None}, "absent", "tcf"),
        ({"tc": ""}, "absent", "tcf"),
        ({"tc": "no"}, "unreadable", "tcf"),
        ({"tc": TC, "at": "2035-01-01T00:00:00Z"}, "expired", "tcf"),
        ({"tc": TC, "at": "2020-01-01T00:00:00Z"}, "in_future", "tcf"),
    ],
)
def test_the_four_answers_stay_four(strings, reason, decided_by):
    assert ask(**{"basis": "consent", **strings}) == Decision(False, None, reason, decided_by)


def test_now_is_when_it_is_asked_unless_said():
    # The string is of 2020.
    assert ask(basis="consent", at=None).reason == "expired"
    spring = datetime.datetime(2020, 4, 1, tzinfo=datetime.timezone.utc)
    assert ask(basis="consent", at=spring)
    cet = datetime.timezone(datetime.timedelta(hours=1))
    assert ask(basis="consent", at=spring.astimezone(cet))


def test_lists_say_what_vendors_declare(tmp_path):
    path = tmp_path / "gvl.json"
    path.write_text(json.dumps(GVL))
    sources = [GVL, json.dumps(GVL), json.dumps(GVL).encode(), path, str(path), VendorList(GVL)]
    for gvl in sources:
        assert ask(gvl=gvl) == Decision(True, "consent", None, "tcf")
        assert ask("iab:755", gvl=gvl) == Decision(False, None, "not_declared", "gvl")
    assert ask().reason == "declaration_unknown"
    assert ask(gvl=GVL, basis="li").reason == "other_basis"
    assert VendorList(path).version == 81
    assert repr(VendorList(path)) == "<consent_string.VendorList of version 81>"
    assert VendorList(ROOT / "tests" / "data" / "gvl-v3.json").version > 0


def test_text_ids_are_looked_up():
    named = {"vendor": "c:hotjar", "purpose": "ads", "dcs": DCS}
    yes = Decision(True, "consent", None, "didomi")
    assert consent_string.permits(**named, partners=PARTNERS, purposes=PURPOSES) == yes
    assert consent_string.permits(**named, partners=[PARTNERS], purposes=[json.dumps(PURPOSES)]) == yes
    with pytest.raises(ValueError, match="vendor: a text ID that no table has"):
        consent_string.permits(**named, purposes=PURPOSES)
    with pytest.raises(ValueError, match="purpose: a text ID that no table has"):
        consent_string.permits(**named, partners=PARTNERS)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"vendor": "755"}, "vendor: "),
        ({"vendor": "iab:0"}, "vendor: "),
        ({"purpose": "iab:25"}, "purpose: "),
        ({"basis": "both"}, "basis: expected consent or li"),
        ({"at": "2020-04-01"}, "at: not a time"),
        ({"at": datetime.datetime(2020, 4, 1)}, "at: expected a datetime with a time zone"),
        ({"at": datetime.datetime(1969, 4, 1, tzinfo=datetime.timezone.utc)}, "at: a time outside"),
    ],
)
def test_questions_that_are_wrong(question, message):
    with pytest.raises(ValueError, match=message) as caught:
        ask(**question)
    assert not isinstance(caught.value, ConsentError)


@pytest.mark.parametrize(
    "question",
    [{"vendor": 755}, {"purpose": 1}, {"tc": 5}, {"tc": TC.encode()}, {"at": 5}, {"flexible": "no"}, {"gvl": 5}],
)
def test_arguments_of_other_types(question):
    with pytest.raises(TypeError) as caught:
        ask(**question)
    assert TC not in str(caught.value)


def test_lists_that_are_none():
    for gvl in [{}, b"no", "{", PARTNERS]:
        with pytest.raises(ConsentError) as caught:
            ask(gvl=gvl)
        assert caught.value.kind in ("missing", "not_json")
    with pytest.raises(ConsentError):
        ask(partners=GVL)
    with pytest.raises(FileNotFoundError):
        VendorList(pathlib.Path("no such file"))


def test_a_request_is_the_object_of_the_command():
    read = consent_string.request(
        headers={"cookie": f"euconsent-v2={TC}; usprivacy=1YNN", "Sec-GPC": "1", "Host": "a"}, at=SPRING
    )
    assert read["tcf"] == {"state": "read", "text": TC}
    assert read["gpc"] is True and read["gdpr_applies"] is True
    assert read["opted_out"]["sale"] == "opted_out"
    assert read["didomi"] == {"state": "absent"} and "permits" not in read
    by_name = consent_string.request({"euconsent-v2": TC, "usprivacy": "1YNN"}, {"sec-gpc": "1"}, SPRING)
    by_header = consent_string.request(f"usprivacy=1YNN; euconsent-v2={TC}", [("SEC-GPC", "1")], at=SPRING)
    assert by_name == by_header == read


def test_what_a_request_is_asked():
    cookies = {"euconsent-v2": TC}
    young = {"at": SPRING, "vendor": "iab:7", "purpose": "iab:6", "basis": "consent"}
    read = consent_string.request(cookies, **young)
    assert read["permits"] == {"allowed": True, "basis": "consent", "decided_by": "tcf"}
    read = consent_string.request(cookies, **young, max_age_days=1, gdpr=False)
    assert read["tcf"]["state"] == "expired" and read["gdpr_applies"] is False
    assert read["permits"] == {"allowed": False, "reason": "expired", "decided_by": "tcf"}
    assert consent_string.request(cookies, **{**young, "basis": None}, gvl=GVL)["permits"]["allowed"]
    for state in ["ca", "CA"]:
        assert consent_string.request(us_state=state)["tcf"]["state"] == "absent"
    # Without a time it is now, and the string is of 2020.
    assert consent_string.request(cookies)["tcf"]["state"] == "expired"


def test_requests_that_bring_nothing_or_what_can_not_be_read():
    assert consent_string.request()["tcf"] == {"state": "absent"}
    assert consent_string.request({}, {})["gdpr_applies"] in (True, False)
    twice = consent_string.request(f"euconsent-v2={TC}; euconsent-v2={TC[:-4]}", at=SPRING)
    assert twice["tcf"]["state"] == "unreadable"
    bad = consent_string.request({"euconsent-v2": TC[:24]}, at=SPRING)
    assert bad["tcf"]["state"] == "unreadable" and bad["tcf"]["kind"] == "truncated"


@pytest.mark.parametrize(
    "arguments",
    [
        {"cookies": 5},
        {"cookies": [TC]},
        {"cookies": {"euconsent-v2": TC.encode()}},
        {"headers": {"cookie": [TC]}},
        {"headers": {"cookie": None}},
        {"headers": {b"cookie": TC}},
        {"headers": [(b"cookie", TC.encode())]},
        {"headers": f"Cookie: {TC}"},
        {"headers": {"sec-gpc": 1}},
        {"cookies": {5: TC}},
        {"max_age_days": "1"},
        {"gdpr": "yes"},
        {"vendor": "iab:1"},
        {"vendor": 755, "purpose": "iab:1"},
    ],
)
def test_requests_of_other_types(arguments):
    with pytest.raises(TypeError) as caught:
        consent_string.request(**arguments)
    assert TC not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize("arguments", [{"max_age_days": -1}, {"max_age_days": 2**40}, {"us_state": "California"}])
def test_requests_of_wrong_values(arguments):
    with pytest.raises((ValueError, OverflowError)):
        consent_string.request(**arguments)


def test_explanations_tile_the_string():
    texts = [row["text"] for row in read_lines("tcf-published.jsonl")]
    texts += [row["string"] for row in read_lines("didomi-published.jsonl")]
    for text in texts:
        explanation = consent_string.explain(text)
        assert explanation["text"] == text and explanation["error"] is None
        assert explanation["format"] == consent_string.decode(text)["format"]
        ends = {}
        for span in explanation["spans"]:
            assert span["bit"] == ends.get(span["segment"], 0)
            ends[span["segment"]] = span["bit"] + span["bits"]
    folded, unfolded = consent_string.explain(texts[0]), consent_string.explain(texts[0], all=True)
    assert len(unfolded["spans"]) >= len(folded["spans"])


def test_an_explanation_of_a_bad_string_says_where_it_is_bad():
    explanation = consent_string.explain(TC[:24], "tcf")
    with pytest.raises(ConsentError) as caught:
        consent_string.decode(TC[:24], "tcf")
    error = explanation["error"]
    assert (error["kind"], error["segment"], error["bit"]) == (
        caught.value.kind,
        caught.value.segment,
        caught.value.bit,
    )
    assert explanation["spans"][-1]["bit"] <= error["bit"]
    with pytest.raises(TypeError):
        consent_string.explain(5)
    with pytest.raises(ValueError, match="kind: expected auto"):
        consent_string.explain(TC, "other")
