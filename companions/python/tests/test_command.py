"""The package says what the command says, of a thousand generated strings of each format.

``COMMAND`` is the path of the command; without it one that was built is taken.
"""

import base64
import json
import os
import pathlib
import random
import subprocess
import sys
import uuid
from collections import Counter

import pytest
from conftest import ROOT, read_lines

import consent_string

sys.path.insert(0, str(ROOT / "companions" / "python" / "benches"))

from strings import tc_strings  # noqa: E402

COUNT = 1_024
BUILT = [ROOT / "companions" / "target" / profile / "consent-string" for profile in ["debug", "release"]]
COMMAND = os.environ.get("COMMAND") or next(filter(pathlib.Path.exists, BUILT), None)
if not COMMAND:
    pytest.skip("needs the command; COMMAND says where it is", allow_module_level=True)


def didomi_strings(count):
    chance = random.Random(2)

    def ids(largest):
        some = chance.sample(range(1, largest), chance.choice([0, 1, 20, largest // 3]))
        part = chance.randint(0, len(some))
        return {"enabled": sorted(some[:part]), "disabled": sorted(some[part:])}

    def string():
        version = chance.choice([1, 2])
        day = f"2026-{chance.randint(1, 9):02}-{chance.randint(1, 28):02}T12:00:00.000Z"
        return consent_string.encode(
            {
                "format": "didomi",
                "version": version,
                "user_id": str(uuid.UUID(int=chance.getrandbits(128))),
                "created": day,
                "updated": day,
                "regulation": chance.choice([1, 2]) if version == 2 else None,
                "sync": chance.choice([None, day]) if version == 2 else None,
                "purposes": ids(30),
                "purposes_li": ids(30),
                "vendors": ids(1_500),
                "vendors_li": ids(1_500),
                "did": None,
                "ouid": chance.choice([None, "user-7"]),
                "signature": None,
            }
        )

    return [string() for _ in range(count)]


def gpp_strings(count):
    """Of some of the United States' sections each, with any values, those that mean nothing too."""
    chance = random.Random(3)
    layouts = [row for row in read_lines("gpp-us-sections.jsonl") if not row["header"]]

    def core(layout):
        width = layout["core_bits"]
        bits = f"{layout['version']:06b}" + f"{chance.getrandbits(width - 6):0{width - 6}b}"
        bits += "0" * (-len(bits) % 24)
        return base64.urlsafe_b64encode(int(bits, 2).to_bytes(len(bits) // 8, "big")).decode().rstrip("=")

    def string():
        by_id = {row["id"]: row for row in chance.sample(layouts, chance.randint(1, 4))}
        sections = [{"id": id, "name": row["name"], "text": core(row)} for id, row in sorted(by_id.items())]
        return consent_string.encode(
            {"format": "gpp", "version": 1, "section_ids": sorted(by_id), "sections": sections}
        )

    return [string() for _ in range(count)]


GENERATED = {"tcf": tc_strings, "didomi": didomi_strings, "gpp": gpp_strings}


@pytest.fixture(scope="module", params=GENERATED)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def texts(kind):
    """Good strings, and bad ones among them: cut off, changed, of another format, none."""
    chance = random.Random(4)
    texts = GENERATED[kind](COUNT)
    for text in texts[:100]:
        place = chance.randrange(len(text))
        texts += [text[:place], text[:place] + chance.choice("AZaz09-_.~!+") + text[place + 1 :]]
    return [*texts, "no", "1YNN", "2~1.35~dv.9"]


def command(arguments, lines):
    """One object for each line. The status is 1 where a line is bad."""
    done = subprocess.run(
        [COMMAND, *arguments], input="".join(line + "\n" for line in lines), capture_output=True, text=True
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


def answer(call, *arguments):
    """What a function gives, or the object that the command prints of an error."""
    try:
        return call(*arguments)
    except consent_string.ConsentError as error:
        return {"error": str(error), "kind": error.kind, "segment": error.segment, "bit": error.bit}


def test_decode_is_inspect(kind, texts):
    printed = [json.loads(line) for line in command(["inspect", "--json", "--kind", kind], texts)]
    assert [answer(consent_string.decode, text, kind) for text in texts] == printed
    good = [row for row in printed[:COUNT] if "error" not in row]
    assert len(good) == COUNT and len(set(texts[:COUNT])) > COUNT * 9 // 10
    assert sum("error" in row for row in printed) > 100
    # Told from the text alone.
    some = texts[:50] + texts[COUNT:]
    printed = [json.loads(line) for line in command(["inspect", "--json"], some)]
    assert [answer(consent_string.decode, text) for text in some] == printed


def test_explain_is_explain(kind, texts):
    some = texts[:50] + texts[-100:]
    printed = command(["explain", "--json", "--kind", kind], some)
    assert [consent_string.explain(text, kind) for text in some] == [json.loads(line) for line in printed]


def test_encode_is_compose(kind, texts):
    objects = [consent_string.decode(text, kind) for text in texts[:COUNT]]
    printed = command(["compose", "--kind", kind], map(json.dumps, objects))
    assert [consent_string.encode(object, kind) for object in objects] == printed


def test_columns_say_what_the_command_says(kind, texts):
    pa = pytest.importorskip("pyarrow")
    arrow = consent_string.arrow
    printed = command(["inspect", "--json", "--kind", kind], texts)
    objects = [json.loads(line) for line in printed]
    rows = [None if "error" in object else object for object in objects]
    # Nulls between them are no lines of the command's.
    nulls = [cell for text in texts for cell in (text, None)]
    column = pa.array(nulls).slice(0, len(nulls) - 1)
    alternate = [column, pa.chunked_array([column[:7], column[7:7], column[7:]])]
    for given in alternate:
        answers = arrow.decode_json(given, kind).to_pylist()
        assert set(answers[1::2]) == {None}
        assert answers[::2] == [
            line if row else None for line, row in zip(printed, rows, strict=True)
        ]
        kinds = arrow.check(given, kind).to_pylist()
        assert set(kinds[1::2]) == {None}
        assert kinds[::2] == [object.get("kind") for object in objects]
    counted = json.loads("".join(command(["check", "--json", "--kind", kind], texts)))
    assert counted["good"] == sum(map(bool, rows))
    assert counted["bad"] == Counter(object["kind"] for object in objects if "error" in object)

    column = pa.array(texts)

    def expected(get):
        return [None if row is None else get(row) for row in rows]

    if kind == "tcf":
        for name in ["vendors_consent", "vendors_li", "purposes_consent", "disclosed_vendors"]:
            assert getattr(arrow, f"tcf_{name}")(column).to_pylist() == expected(lambda row: row[name])
        for vendor in [1, 755, 1_400]:
            assert arrow.tcf_has_vendor_consent(column, vendor).to_pylist() == expected(
                lambda row: vendor in row["vendors_consent"]
            )
        assert [row and row["cmp_id"] for row in arrow.tcf_header(column).to_pylist()] == expected(
            lambda row: row["cmp_id"]
        )
    elif kind == "didomi":
        for section in ["purposes", "purposes_li", "vendors", "vendors_li"]:
            for id in [1, 7, 29, 755]:
                assert arrow.didomi_status(column, section, id).to_pylist() == expected(
                    lambda row: next((name for name in row[section] if id in row[section][name]), "undefined")
                )
        assert [row and row["user_id"] for row in arrow.didomi_header(column).to_pylist()] == expected(
            lambda row: row["user_id"]
        )
    else:
        assert arrow.gpp_sections(column).to_pylist() == expected(lambda row: row["section_ids"])
        cookies = [f"Cookie: __gpp={text}" for text in texts[:COUNT]]
        read = [json.loads(line) for line in command(["request"], cookies)]
        said = {"opted_out": True, "did_not_opt_out": False}
        for what in ["sale", "sharing", "targeted_advertising"]:
            answers = arrow.gpp_opted_out(column, what).to_pylist()
            assert answers[:COUNT] == [said.get(row["opted_out"][what]) for row in read]
            assert {True, False, None} <= set(answers)


def test_request_is_request(texts):
    chance = random.Random(5)
    at = "2026-06-01T00:00:00Z"
    for _ in range(20):
        names = chance.sample(["euconsent-v2", "didomi_dcs", "__gpp", "usprivacy", "other"], 3)
        values = [chance.choice([*texts, "1YNN", "", '"quoted"', "%31YYN"]) for _ in names]
        cookie = "; ".join(f"{name}={value}" for name, value in zip(names, values, strict=True))
        headers = {"Cookie": cookie} | chance.choice([{}, {"Sec-GPC": "1"}, {"Sec-GPC": "0"}])
        gdpr = chance.choice([None, True, False])
        asked = chance.choice([{}, {"vendor": "iab:755", "purpose": "iab:2", "basis": "consent"}])
        options = [f"--{name}={value}" for name, value in asked.items()]
        options += [] if gdpr is None else ["--gdpr", "yes" if gdpr else "no"]
        lines = [f"{name}: {value}" for name, value in headers.items()]
        printed = command(["request", "--at", at, *options], lines)
        read = consent_string.request(headers=headers, at=at, gdpr=gdpr, **asked)
        assert [read] == [json.loads(line) for line in printed]
        by_name = dict(zip(names, values, strict=True))
        rest = {name: value for name, value in headers.items() if name != "Cookie"}
        assert consent_string.request(by_name, rest, at, gdpr=gdpr, **asked) == read


def test_permits_is_permits(texts, kind):
    by = {"tcf": "tc", "didomi": "dcs", "gpp": "tc"}[kind]
    for text in texts[:8] + texts[COUNT : COUNT + 8]:
        for vendor, purpose in [("iab:755", "iab:2"), ("didomi:7", "didomi:3"), ("google:89", "iab:1")]:
            asked = {"vendor": vendor, "purpose": purpose, "at": "2026-06-01T00:00:00Z", "basis": "consent"}
            options = [f"--{name}={value}" for name, value in asked.items()]
            (line,) = command(["permits", "--json", f"--{by}={text}", *options], [])
            decision = consent_string.permits(**{by: text}, **asked)
            said = {name: value for name, value in vars(decision).items() if value is not None}
            assert said == json.loads(line)
