#!/usr/bin/env python3
"""A second, naive implementation of docs/format.md, to make and check test data with.

It shares nothing with the crate: bits are strings of "0" and "1", sets of IDs are dicts
from ID to status, and nothing is optimised. Standard library only.

    dcs.py vectors DIRECTORY     writes the data files didomi-*.jsonl
    dcs.py random N SEED         prints N canonical strings with what they say
    dcs.py broken N SEED         prints N strings with a change somewhere, and whether
                                 this implementation reads them (null where it doesn't)
"""

import json
import random
import sys
import uuid
from datetime import datetime, timedelta, timezone

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SECTIONS = ["purposes", "purposes_li", "vendors", "vendors_li"]
ENABLED, DISABLED, UNDEFINED = "enabled", "disabled", "undefined"
STATUS_BITS = {ENABLED: "10", DISABLED: "01", UNDEFINED: "00"}
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

# code: (groups, status of every other ID up to the highest)
CODES = {
    "0000": ([ENABLED], UNDEFINED),
    "1100": ([UNDEFINED, ENABLED], DISABLED),
    "0011": ([ENABLED, UNDEFINED], DISABLED),
    "0101": ([DISABLED], UNDEFINED),
    "1010": ([DISABLED], UNDEFINED),
    "0001": ([ENABLED, DISABLED], UNDEFINED),
    "0010": ([ENABLED, DISABLED], UNDEFINED),
    "0100": ([DISABLED, ENABLED], UNDEFINED),
    "1000": ([DISABLED, ENABLED], UNDEFINED),
    "1101": ([UNDEFINED, DISABLED], ENABLED),
    "1110": ([UNDEFINED, DISABLED], ENABLED),
    "0111": ([DISABLED, UNDEFINED], ENABLED),
    "1011": ([DISABLED, UNDEFINED], ENABLED),
}
KNOWN = ["0000", "1100"]
# Codes of enabled and disabled IDs: neither group may be empty.
BOTH = ["0001", "0010", "0100", "1000"]
# What no cookie has as it is: refused in tokens unless an option says otherwise.
NO_TOKEN = "%\",;\\"
POLICIES = ["refuse", "listed", "accept"]


class Refused(Exception):
    """A string that is not accepted: the kind of error."""


def number(value, width):
    assert 0 <= value < 1 << width
    return format(value, f"0{width}b")


# --- Fibonacci code words ---


def fibonacci(value):
    assert value >= 1
    terms = [1, 2]
    while terms[-1] <= value:
        terms.append(terms[-1] + terms[-2])
    digits = ""
    for term in reversed(terms):
        if term <= value:
            value -= term
            digits = "1" + digits
        elif digits:
            digits = "0" + digits
    return digits + "1"


# --- writing ---


def runs(ids):
    """The inclusive ranges of some IDs, each as long as it can be."""
    found = []
    for item in sorted(ids):
        if found and found[-1][1] == item - 1:
            found[-1][1] = item
        else:
            found.append([item, item])
    return found


def put_bit_field(section, start):
    """start None: from 1."""
    last = max(section, default=0)
    first = 1 if start is None else start
    bits = "00" + ("1" if start is None else "0" + number(start, 16))
    bits += number(last - first + 1, 16)
    return bits + "".join(STATUS_BITS[section.get(i, UNDEFINED)] for i in range(first, last + 1))


def put_range(first, last, fib):
    if fib:
        return fibonacci(first) + fibonacci(last - first + 1)
    if first == last:
        return "1" + number(first, 16)
    return "0" + number(first, 16) + number(last, 16)


def put_raw_groups(code, groups, fib):
    """Groups of ranges that are given as they shall be written, right or wrong."""
    bits = ("10" if fib else "01") + code
    for ranges in groups:
        bits += number(len(ranges), 16) + "".join(put_range(a, b, fib) for a, b in ranges)
    return bits


def put_groups(section, code, fib):
    """None where the code can't say what the section says."""
    groups, rest = CODES[code]
    last = max(section, default=0)
    everyone = {i: section.get(i, UNDEFINED) for i in range(1, last + 1)}
    listed = {status: [i for i in everyone if everyone[i] == status] for status in groups}
    highest = max((ids[-1] for ids in listed.values() if ids), default=0)
    for item, status in everyone.items():
        if status not in groups and status != (rest if item <= highest else UNDEFINED):
            return None
    if code in BOTH and not all(listed.values()):
        return None
    return put_raw_groups(code, [runs(listed[status]) for status in groups], fib)


def forms(section):
    """The forms that a writer chooses from, in the order in which ties are broken."""
    candidates = [put_bit_field(section, None)]
    if section:
        candidates.append(put_bit_field(section, min(section)))
        code = "1100" if DISABLED in section.values() else "0000"
        if code == "0000" or section[max(section)] == ENABLED:
            candidates += [put_groups(section, code, fib) for fib in (False, True)]
    return candidates


def put_section(section):
    return min(forms(section), key=len)


def put_time(text):
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    return number((moment - EPOCH) // timedelta(milliseconds=100), 36)


def put_header(value):
    bits = number(value["version"], 6) + number(uuid.UUID(value["user_id"]).int, 128)
    bits += put_time(value["created"]) + put_time(value["updated"])
    if value["version"] == 2:
        bits += number(value["regulation"], 16)
        bits += "1" + put_time(value["sync"]) if value["sync"] else "0"
    return bits


def put_base64(bits):
    bits += "0" * (-len(bits) % 24)
    return "".join(ALPHABET[int(bits[i : i + 6], 2)] for i in range(0, len(bits), 6))


def put_frame(version, sections, did, ouid, signature):
    if version == 2:
        return ".".join([sections, did or "", ouid or "", signature or ""])
    text = sections
    if did or ouid:
        text += "." + (did or "")
    if ouid:
        text += "." + ouid
    return text + ("~" + signature if signature else "")


def statuses(lists):
    return {i: status for status in (ENABLED, DISABLED) for i in lists[status]}


def encode(value, section_bits=None):
    """The canonical string, or one with the given bits in place of some sections."""
    bits = put_header(value)
    for name in SECTIONS:
        bits += (section_bits or {}).get(name) or put_section(statuses(value[name]))
    return put_frame(
        value["version"], put_base64(bits), value["did"], value["ouid"], value["signature"]
    )


# --- reading ---


class Bits:
    def __init__(self, bits):
        self.bits, self.at = bits, 0

    def take(self, width):
        if self.at + width > len(self.bits):
            raise Refused("truncated")
        self.at += width
        return self.bits[self.at - width : self.at]

    def rest(self):
        return self.bits[self.at :]

    def number(self, width):
        return int(self.take(width), 2)

    def fibonacci(self):
        value, term, following, previous = 0, 1, 2, "0"
        while True:
            digit = self.take(1)
            if digit == previous == "1":
                return value
            value += term if digit == "1" else 0
            term, following, previous = following, term + following, digit


def take_range(bits, fib):
    if fib:
        first, count = bits.fibonacci(), bits.fibonacci()
        return first, first + count - 1
    single = bits.take(1) == "1"
    first = bits.number(16)
    return first, first if single else bits.number(16)


def take_section(bits, policy):
    """The statuses, without undefined ones, and the code where there is one."""
    encoding = bits.take(2)
    if encoding == "11":
        raise Refused("undefined_encoding")
    section = {}
    if encoding == "00":
        first = 1 if bits.take(1) == "1" else bits.number(16)
        if first == 0:
            raise Refused("zero_id")
        count = bits.number(16)
        if first + count - 1 > 65535:
            raise Refused("id_too_large")
        for item in range(first, first + count):
            status = bits.take(2)
            if status == "11":
                raise Refused("undefined_status")
            if status != "00":
                section[item] = ENABLED if status == "10" else DISABLED
        return section, None
    code = bits.take(4)
    if code not in CODES:
        raise Refused("undefined_statuses")
    groups, rest = CODES[code]
    if code not in KNOWN:
        if policy == "refuse":
            raise Refused("inferred_statuses")
        if policy == "listed" and rest == ENABLED:
            raise Refused("unlisted_enabled")
    listed = {}
    for status in groups:
        behind = 0
        count = bits.number(16)
        if count == 0 and code in BOTH:
            raise Refused("empty_group")
        for _ in range(count):
            first, last = take_range(bits, encoding == "10")
            if first == 0:
                raise Refused("zero_id")
            if last < first:
                raise Refused("reversed_range")
            if last > 65535:
                raise Refused("id_too_large")
            if first <= behind:
                raise Refused("unordered_ranges")
            behind = last
            for item in range(first, last + 1):
                if item in listed:
                    raise Refused("overlapping_groups")
                listed[item] = status
    for item in range(1, max(listed, default=0) + 1):
        status = listed.get(item, rest)
        if status != UNDEFINED:
            section[item] = status
    return section, code


def take_time(bits):
    moment = EPOCH + timedelta(milliseconds=100 * bits.number(36))
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def take_frame(text):
    sections, *dotted = text.split("~")[0].split(".")
    tilded = text.split("~")[1:]
    if len(tilded) > 1 or len(dotted) > 3 or (tilded and len(dotted) == 3):
        raise Refused("frame")
    if tilded and "." in tilded[0]:
        raise Refused("frame")
    for token in dotted + tilded:
        if any(not "!" <= character <= "}" or character in NO_TOKEN for character in token):
            raise Refused("invalid_character")
    places = dotted + [""] * (3 - len(dotted))
    if tilded:
        places[2] = tilded[0]
    return sections, [token or None for token in places]


def decode(text, policy="refuse"):
    """What a string says, and the statuses codes of its sections."""
    sections, (did, ouid, signature) = take_frame(text)
    if not sections or any(character not in ALPHABET for character in sections):
        raise Refused("base64")
    if len(sections) % 4:
        raise Refused("invalid_length")
    bits = Bits("".join(number(ALPHABET.index(character), 6) for character in sections))
    value = {"version": bits.number(6)}
    if value["version"] not in (1, 2):
        raise Refused("unsupported_version")
    value["user_id"] = str(uuid.UUID(int=bits.number(128)))
    value["created"], value["updated"] = take_time(bits), take_time(bits)
    value["regulation"] = value["sync"] = None
    if value["version"] == 2:
        value["regulation"] = bits.number(16)
        if bits.take(1) == "1":
            value["sync"] = take_time(bits)
    codes = []
    for name in SECTIONS:
        section, code = take_section(bits, policy)
        codes.append(code)
        value[name] = {
            status: sorted(i for i in section if section[i] == status)
            for status in (ENABLED, DISABLED)
        }
    if "1" in bits.rest():
        raise Refused("non_zero_fill")
    if len(bits.rest()) >= 24:
        raise Refused("excess_fill")
    value.update(did=did, ouid=ouid, signature=signature)
    return value, codes


# --- random values ---


def random_section(rng, most):
    shape = rng.randrange(8)
    section = {}
    if shape == 0:
        return section
    if shape == 1:
        return {i: rng.choice([ENABLED, DISABLED]) for i in (1, 65535)[: rng.randint(1, 2)]}
    at = rng.choice([1, 1, rng.randint(1, 1000), rng.randint(1, 65000)])
    longest = rng.choice([1, 3, most])
    weights = rng.choice([(1, 0, 1), (1, 1, 0), (4, 2, 1), (0, 1, 1), (1, 0, 0)])
    for _ in range(rng.randint(1, 20)):
        status = rng.choices([ENABLED, DISABLED, UNDEFINED], weights)[0]
        for item in range(at, min(at + rng.randint(1, longest), 65536)):
            if status != UNDEFINED:
                section[item] = status
            at = item + 1
        at += rng.choice([0, 0, 0, rng.randint(0, 300)])
        if at > 65535:
            break
    if rng.randrange(3) == 0 and at <= 65535:
        section[at] = ENABLED  # So that ranges are among the candidates.
    return section


def random_time(rng):
    moment = EPOCH + timedelta(milliseconds=100 * rng.choice([0, (1 << 36) - 1] + [rng.randrange(1 << 36)] * 8))
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def random_token(rng):
    if rng.randrange(2):
        return None
    characters = ALPHABET if rng.randrange(3) else "".join(chr(c) for c in range(33, 126) if chr(c) not in "." + NO_TOKEN)
    return "".join(rng.choice(characters) for _ in range(rng.randint(1, 40)))


def random_value(rng, most=80):
    version = rng.randint(1, 2)
    value = {
        "version": version,
        "user_id": str(uuid.UUID(int=rng.getrandbits(128))),
        "created": random_time(rng),
        "updated": random_time(rng),
        "regulation": rng.choice([0, 1, 1, 2, 65535]) if version == 2 else None,
        "sync": random_time(rng) if version == 2 and rng.randrange(2) else None,
    }
    for name in SECTIONS:
        section = random_section(rng, most)
        value[name] = {
            status: sorted(i for i in section if section[i] == status)
            for status in (ENABLED, DISABLED)
        }
    value.update({name: random_token(rng) for name in ("did", "ouid", "signature")})
    return value


def random_form(rng, section):
    """Some form of a section, seldom the canonical one."""
    bits = None
    while bits is None:
        way = rng.randrange(4)
        if way == 0:
            bits = put_section(section)
        elif way == 1 and max(section, default=0) < 2000:
            bits = put_bit_field(section, rng.randint(1, min(section, default=1)))
        elif way > 1:
            bits = put_groups(section, rng.choice(list(CODES)), way == 2)
    return bits


def random_string(rng):
    value = random_value(rng, rng.choice([2, 30]))
    bits = {name: random_form(rng, statuses(value[name])) for name in SECTIONS}
    return encode(value, bits)


def broken_string(rng):
    """A string that was good before some bits or characters were changed."""
    text = random_string(rng)
    way = rng.randrange(5)
    place = rng.randrange(len(text))
    if way == 0:
        return text[:place]
    if way == 1:
        return text[:place] + rng.choice(ALPHABET + ".~=+/ ") + text[place + 1 :]
    if way == 2:
        return text[:place] + text[place + rng.randint(1, 8) :]
    # A bit behind the header, where the sections are.
    sections, *rest = text.split(".", 1)
    place = rng.randrange(min(34, len(sections) - 1), len(sections))
    if "~" not in sections:
        flipped = ALPHABET[ALPHABET.index(sections[place]) ^ 1 << rng.randrange(6)]
        sections = sections[:place] + flipped + sections[place + 1 :]
    return ".".join([sections, *rest])


def dump(rows, path):
    with open(path, "w", encoding="ascii") as file:
        for row in rows:
            file.write(json.dumps(row, separators=(",", ":")) + "\n")


def main(arguments):
    if arguments[:1] == ["vectors"]:
        import vectors

        for name, rows in vectors.files().items():
            dump(rows, f"{arguments[1]}/{name}")
    elif arguments[:1] == ["random"]:
        rng = random.Random(int(arguments[2]))
        for _ in range(int(arguments[1])):
            value = random_value(rng, rng.choice([80] * 9 + [3000]))
            print(json.dumps({"string": encode(value), "decoded": value}, separators=(",", ":")))
    elif arguments[:1] == ["broken"]:
        rng = random.Random(int(arguments[2]))
        for _ in range(int(arguments[1])):
            text = broken_string(rng)
            try:
                value, _ = decode(text)
            except Refused:
                value = None
            print(json.dumps({"string": text, "decoded": value}, separators=(",", ":")))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
