"""The rows of the data files, made by hand and by `dcs.py`. See tests/data/README.md."""

import random

import dcs
from dcs import DISABLED, ENABLED, UNDEFINED, number

USER = "1875afe1-461b-6b9f-9d66-700174abbffc"
TIME = "2023-04-12T18:10:00.000Z"
EMPTY = {"enabled": [], "disabled": []}
EMPTY_BITS = dcs.put_bit_field({}, None)


def value(version=1, **parts):
    start = {"version": version, "user_id": USER, "created": TIME, "updated": TIME}
    start |= {"regulation": 1 if version == 2 else None, "sync": None}
    start |= {name: EMPTY for name in dcs.SECTIONS}
    return start | {"did": None, "ouid": None, "signature": None} | parts


# --- as Didomi publishes them ---


def published():
    sections = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA"
    did = "AQAACAFkVONkgUIavQPm"
    ouid = "XF229L4wQrauAgOe/AGP0SP7fa7bclNhB0"
    signature = "CAISHAgCEhJnd3NfMjAyMzA0MDYtMF9SQzEaAmVuIAEaBgiAo82hBg"
    purposes = {"enabled": [1, 2, 6, 7, 8], "disabled": [3, 4]}
    vendors = {"enabled": [128, 129, 130, 131, 132], "disabled": []}
    says = value(purposes=purposes, purposes_li=purposes, vendors=vendors, vendors_li=vendors)
    tails = {
        "": {},
        f".{did}.{ouid}~{signature}": {"did": did, "ouid": ouid, "signature": signature},
        f".{did}~{signature}": {"did": did, "signature": signature},
        f"..{ouid}~{signature}": {"ouid": ouid, "signature": signature},
        f"~{signature}": {"signature": signature},
    }
    return [{"string": sections + tail, "decoded": says | parts} for tail, parts in tails.items()]


# --- canonical strings ---


def canonical():
    rng = random.Random(1)
    rows = []
    long = 0
    while len(rows) < 100:
        says = dcs.random_value(rng)
        string = dcs.encode(says)
        if len(string) > 450:
            long += 1
            if long > 1:
                continue
        rows.append({"string": string, "decoded": says})
    return rows


# --- strings in every form that a reader accepts ---


def section_forms():
    """(why, bits, what they say)"""
    mixed = {1: ENABLED, 2: ENABLED, 4: DISABLED, 5: DISABLED, 9: ENABLED}
    mixed_disabled = mixed | {12: DISABLED}
    enabled = {i: status for i, status in mixed.items() if status == ENABLED}
    disabled = {i: status for i, status in mixed_disabled.items() if status == DISABLED}
    for code, (groups, rest) in dcs.CODES.items():
        for section in (mixed, mixed_disabled, enabled, disabled):
            for fib in (False, True):
                bits = dcs.put_groups(section, code, fib)
                if bits:
                    yield f"code {code}, fibonacci {fib}", bits, section
        for fib in (False, True) if code not in dcs.BOTH else ():
            yield f"code {code} without ranges", dcs.put_raw_groups(code, [[]] * len(groups), fib), {}
    for fib in (False, True):
        every = {i: ENABLED for i in range(1, 65536)}
        put = lambda code, *groups: dcs.put_raw_groups(code, groups, fib)
        yield "every ID", put("0000", [(1, 65535)]), every
        yield "the last ID", put("0000", [(65535, 65535)]), {65535: ENABLED}
        yield "ranges that touch", put("0000", [(1, 2), (3, 3), (4, 9)]), {
            i: ENABLED for i in range(1, 10)
        }
        yield "a range of undefined IDs on top", put("1100", [(2, 3), (8, 9)], [(5, 5)]), {
            1: DISABLED, 4: DISABLED, 5: ENABLED, 6: DISABLED, 7: DISABLED,
        }
        yield "1100 with the undefined group only", put("1100", [(3, 3)], []), {
            1: DISABLED, 2: DISABLED,
        }
    yield "a single ID as a range of two ends", "01" + "0000" + number(1, 16) + "0" + number(7, 16) * 2, {7: ENABLED}
    yield "a bit field from 1", dcs.put_bit_field(mixed, None), mixed
    yield "a bit field from 1, said as StartID", dcs.put_bit_field(mixed, 1), mixed
    yield "a bit field from below", dcs.put_bit_field({7: ENABLED, 9: DISABLED}, 5), {7: ENABLED, 9: DISABLED}
    yield "a bit field with undefined IDs on top", "001" + number(3, 16) + "100000", {1: ENABLED}
    yield "an empty bit field from 65535", "000" + number(65535, 16) + number(0, 16), {}
    yield "a bit field of the last ID", "000" + number(65535, 16) + number(1, 16) + "01", {65535: DISABLED}


FRAMES = {
    # tail: (DID, OUID, signature, how much of the tail is signed)
    "": ("", "", "", 0), ".": ("", "", "", 1), "..": ("", "", "", 2), "...": ("", "", "", 2),
    "~": ("", "", "", 0), ".~": ("", "", "", 1), "..~": ("", "", "", 2),
    ".D": ("D", "", "", 2), ".D.": ("D", "", "", 3), ".D..": ("D", "", "", 3),
    "..O": ("", "O", "", 3), "..O.": ("", "O", "", 3), ".D.O": ("D", "O", "", 4),
    ".D.O.": ("D", "O", "", 4), "...S": ("", "", "S", 2), "..O.S": ("", "O", "S", 3),
    ".D..S": ("D", "", "S", 3), ".D.O.S": ("D", "O", "S", 4), "~S": ("", "", "S", 0),
    ".~S": ("", "", "S", 1), "..~S": ("", "", "S", 2), ".D~S": ("D", "", "S", 2),
    ".D.~S": ("D", "", "S", 3), "..O~S": ("", "O", "S", 3), ".D.O~S": ("D", "O", "S", 4),
    ".D~": ("D", "", "", 2), "..O~": ("", "O", "", 3), ".!.}~/": ("!", "}", "/", 4),
    ".=+@|.a/b.'{": ("=+@|", "a/b", "'{", 9),
}


def accepted():
    rows = []

    def add(why, says, section_bits=None, tail=None, signed=None, bits=None):
        sections = dcs.encode(says | {"did": None, "ouid": None, "signature": None}, section_bits)
        sections = sections.rstrip(".")
        string = dcs.encode(says, section_bits) if tail is None else sections + tail
        string = dcs.put_base64(bits) if bits else string
        policies = []
        for policy in dcs.POLICIES:
            try:
                decoded, codes = dcs.decode(string, policy)
            except dcs.Refused as refused:
                assert str(refused) in ("inferred_statuses", "unlisted_enabled"), why
                continue
            assert decoded == says, why
            policies.append(policy)
        row = {"why": why, "string": string, "decoded": says, "codes": codes, "policies": policies}
        if signed is not None:
            row["signed"] = string[: len(sections) + signed]
        rows.append(row)

    def lists(section):
        return {
            status: sorted(i for i in section if section[i] == status)
            for status in (ENABLED, DISABLED)
        }

    for index, (why, bits, section) in enumerate(section_forms()):
        name = dcs.SECTIONS[index % 4]
        if len(section) > 1000:
            continue  # `many` has them: 65,535 numbers are no file to read.
        add(why, value(1 + index % 2, **{name: lists(section)}), {name: bits})
    for tail, (did, ouid, signature, signed) in FRAMES.items():
        for version in (1, 2):
            tokens = {"did": did or None, "ouid": ouid or None, "signature": signature or None}
            add(f"frame {tail!r}", value(version, **tokens), tail=tail, signed=signed)
    last = "2187-10-06T10:21:13.500Z"
    for regulation in (0, 1, 2, 65535):
        for sync in (None, "1970-01-01T00:00:00.000Z", TIME, last):
            add("header of version 2", value(2, regulation=regulation, sync=sync, updated=last))
    for fill in range(24):
        bits = before_last_section(len(EMPTY_BITS), fill) + EMPTY_BITS
        add(f"{fill} bits of fill", value(2 - (len(EMPTY_BITS) + fill) % 2), bits=bits)
    add("nil user, first time", value(1, user_id=USER.translate({ord(c): "0" for c in "123456789abcdef"}), created="1970-01-01T00:00:00.000Z"))
    return rows


def many():
    """Short strings that say a lot; (first, last) stand for the enabled IDs."""
    rows = []
    for fib in (False, True):
        bits = dcs.put_raw_groups("0000", [[(1, 65535)]], fib)
        rows.append({"string": dcs.encode(value(), {name: bits for name in dcs.SECTIONS}), "enabled": [1, 65535]})
    return rows


# --- strings that a reader refuses ---


def refused():
    rows = []

    def add(why, kind, string, segment=None, field=None, bit=None, policy="listed"):
        try:
            dcs.decode(string, policy)
        except dcs.Refused:
            row = {"why": why, "string": string, "kind": kind, "segment": segment}
            rows.append(row | {"field": field, "bit": bit, "policy": policy})
        else:
            raise AssertionError(why)

    good = dcs.encode(value())

    # Text and frame.
    for tail, kind, at in (
        ("....", "too_many_segments", 0), (".a.b.c.d", "too_many_segments", 1), ("~a~b", "too_many_segments", 1),
        ("~~", "too_many_segments", 0), ("...~", "two_signatures", 0), (".a.b.c~d", "two_signatures", 1),
    ):
        add(f"frame {tail!r}", kind, good + tail, "signature", "signature", 8 * at)
    for character in dcs.NO_TOKEN:
        for tail, segment, at in ((f".a{character}b", "did", 1), (f"..{character}", "ouid", 0),
                                  (f".D~ab{character}", "signature", 2), (f"...{character}b", "signature", 0)):
            add(f"token in {tail!r}", "invalid_character", good + tail, segment, segment, 8 * at)
    add("a tilde that nobody decoded", "invalid_character", good + "%7ES", "sections", "base64", 6 * len(good))
    for string in ("", "~S", "...", ".D"):
        add("no sections", "empty", string, "sections", "base64", 0)
    for tail, segment, at in ((".a b", "did", 1), (".\t", "did", 0), ("..\x7f", "ouid", 0), (".D.\u00e9", "ouid", 0),
                              ("...\n", "signature", 0), ("~a.b", "signature", 1), ("~a\x00", "signature", 1)):
        add(f"token in {tail!r}", "invalid_character", good + tail, segment, segment, 8 * at)
    for character in "+/ \n\r\x00é!":
        add(f"{character!r} in the sections", "invalid_character", good[:9] + character + good[10:], "sections", "base64", 54)
    add("a space first", "invalid_character", " " + good, "sections", "base64", 0)
    add("a line feed last", "invalid_character", good + "\n", "sections", "base64", 6 * len(good))
    for padding in ("=", "=="):
        add("padding", "padding", good + padding, "sections", "base64", 6 * len(good))
    for cut in (1, 2, 3):
        add("no whole groups", "invalid_length", good[:-cut], "sections", "base64", 6 * (len(good) - cut))
        add("no whole groups", "invalid_length", good + "A" * cut, "sections", "base64", 6 * (len(good) + cut))

    # Header.
    for version in (0, 3, 4, 63):
        string = dcs.ALPHABET[version] + good[1:]
        add(f"version {version}", "unsupported_version", string, "sections", "version", 0)
    header = dcs.put_header(value())
    header_sync = dcs.put_header(value(2, sync=TIME))
    for bits, field, start in ((header[:24], "user_id", 6), (header[:120], "user_id", 6), (header[:144], "created", 134),
                               (header[:168], "created", 134), (header[:192], "updated", 170),
                               (header_sync[:216], "regulation", 206), (header_sync[:240], "sync", 222)):
        add(f"cut in {field}", "truncated", dcs.put_base64(bits), "sections", field, start)

    # One section that is wrong, the others empty.
    def section(why, kind, at, bits, policy="listed"):
        for index, name in enumerate(dcs.SECTIONS):
            version = 1 + index % 2
            start = dcs.put_header(value(version)) + EMPTY_BITS * index
            string = dcs.put_base64(start + bits + EMPTY_BITS * (3 - index))
            add(why, kind, string, "sections", name, len(start) + at, policy)

    def last_section(why, at, bits):
        start = before_last_section(len(bits))
        string = dcs.put_base64(start + bits)
        add(why, "truncated", string, "sections", "vendors_li", len(start) + at)

    section("encoding 11", "undefined_encoding", 0, "11")
    section("status 11", "undefined_status", 19 + 4, "001" + number(4, 16) + "10001101")
    section("status 11 behind many", "undefined_status", 35 + 400, "000" + number(3, 16) + number(201, 16) + "01" * 200 + "11")
    section("StartID 0", "zero_id", 3, "000" + number(0, 16) + number(1, 16) + "10")
    section("StartID 0, no IDs", "zero_id", 3, "000" + number(0, 16) + number(0, 16))
    section("IDs past 65535", "id_too_large", 19, "000" + number(65535, 16) + number(2, 16) + "1010")
    section("65535 IDs from 2", "id_too_large", 19, "000" + number(2, 16) + number(65535, 16))
    section("IDs promised, not there", "truncated", 3, "001" + number(65535, 16))
    last_section("cut in NumberOfIDs", 3, "001" + "0" * 5)
    last_section("cut in StartID", 3, "000" + "0" * 5)
    for fib in (False, True):
        put = lambda code, *groups: dcs.put_raw_groups(code, groups, fib)
        for code in ("1111", "0110", "1001"):
            for policy in dcs.POLICIES:
                section(f"code {code}", "undefined_statuses", 2, put(code, [], []), policy)
        for code, (groups, rest) in dcs.CODES.items():
            bits = put(code, *([(i + 1, i + 1)] for i in range(len(groups))))
            if code not in dcs.KNOWN:
                section(f"code {code}", "inferred_statuses", 2, bits, "refuse")
                if rest == ENABLED:
                    section(f"code {code}", "unlisted_enabled", 2, bits)
        for code in dcs.BOTH:
            for policy in ("listed", "accept"):
                section(f"code {code} without ranges", "empty_group", 6, put(code, [], []), policy)
                section(f"code {code}, first group empty", "empty_group", 6, put(code, [], [(1, 1)]), policy)
                second = 22 + len(dcs.put_range(1, 1, fib))
                section(f"code {code}, second group empty", "empty_group", second, put(code, [(1, 1)], []), policy)
        width = lambda *ranges: sum(len(dcs.put_range(a, b, fib)) for a, b in ranges)
        section("a range twice", "unordered_ranges", 22 + width((5, 5)), put("0000", [(5, 5), (5, 5)]))
        section("ranges that fall", "unordered_ranges", 22 + width((9, 10)), put("0000", [(9, 10), (3, 4)]))
        section("ranges that overlap", "unordered_ranges", 22 + width((1, 6)), put("0000", [(1, 6), (6, 7)]))
        section("ranges that fall, second group", "unordered_ranges", 22 + 16 + width((9, 9)), put("1100", [], [(9, 9), (1, 1)]))
        section("an ID in both groups", "overlapping_groups", 22 + 16 + width((3, 6), (1, 2)), put("1100", [(3, 6)], [(1, 2), (6, 8)]))
        section("one group within the other", "overlapping_groups", 22 + 16 + width((1, 9)), put("1100", [(1, 9)], [(4, 4)]))
        section("both groups alike", "overlapping_groups", 22 + 16 + width((2, 2)), put("0001", [(2, 2)], [(2, 2)]))
        section("ranges promised, not there", "zero_id" if not fib else "id_too_large", 22, put("0000", []) [:6] + "1" * 16 + "0" * 70)
        last_section("cut in EncodedStatuses", 2, put("0000", [])[:4])
        last_section("cut in NumberOfRanges", 6, put("0000", [])[:12])
        last_section("cut in NumberOfRanges of the second group", 22, put("1100", [], [])[:28])
    section("range from 0", "zero_id", 22, put_bits("0000", "0" + number(0, 16) + number(5, 16)))
    section("single ID 0", "zero_id", 22, put_bits("0000", "1" + number(0, 16)))
    section("range that ends before it starts", "reversed_range", 22, put_bits("0000", "0" + number(5, 16) + number(4, 16)))
    section("range that ends at 0", "reversed_range", 22, put_bits("0000", "0" + number(5, 16) + number(0, 16)))
    last_section("cut in RangeStart", 22, put_bits("0000", "1" + "0" * 7))
    last_section("cut in RangeEnd", 22, put_bits("0000", "0" + number(1, 16) + "0" * 14))
    fib = lambda first, count: "10" + "0000" + number(1, 16) + dcs.fibonacci(first) + dcs.fibonacci(count)
    section("first ID 65536", "id_too_large", 22, fib(65536, 1))
    section("65536 IDs", "id_too_large", 22, fib(1, 65536))
    section("last ID 65536", "id_too_large", 22, fib(65535, 2))
    section("first ID far too large", "id_too_large", 22, fib(10**12, 1))
    section("a code word that never ends", "id_too_large", 22, fib(1, 1)[:22] + "01" * 40)
    last_section("cut in a code word", 22, fib(5, 1)[:25])
    last_section("cut before the number of IDs", 22, fib(5, 1)[:27])

    # Fill.
    end = len(header + EMPTY_BITS * 4)
    for at in range(end, 6 * len(good)):
        bits = header + EMPTY_BITS * 4 + "0" * (at - end) + "1"
        add("a one in the fill", "non_zero_fill", dcs.put_base64(bits), "sections", "fill", end)
    whole = before_last_section(len(EMPTY_BITS)) + EMPTY_BITS
    add("24 bits of fill", "excess_fill", dcs.put_base64(whole) + "AAAA", "sections", "fill", len(whole))
    add("a group of fill too many", "excess_fill", good + "AAAA", "sections", "fill", end)
    add("much fill too many", "excess_fill", good + "A" * 400, "sections", "fill", end)
    add("a one behind much fill", "non_zero_fill", good + "A" * 399 + "B", "sections", "fill", end)
    return rows


def before_last_section(bits, fill=0):
    """A header and three sections, as long as it takes for the fill behind `bits` bits more."""
    start = dcs.put_header(value(2 - (bits + fill) % 2)) + EMPTY_BITS * 2
    undefined = -(len(start + EMPTY_BITS) + bits + fill) % 24 // 2
    start += "001" + number(undefined, 16) + "00" * undefined
    assert (len(start) + bits + fill) % 24 == 0
    return start


def put_bits(code, ranges):
    """A section of one range in 16-bit numbers, given bit by bit."""
    return "01" + code + number(1, 16) + ranges


def files():
    return {
        "didomi-published.jsonl": published(),
        "didomi-canonical.jsonl": canonical(),
        "didomi-accepted.jsonl": accepted(),
        "didomi-many.jsonl": many(),
        "didomi-refused.jsonl": refused(),
    }
