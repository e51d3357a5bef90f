"""Generated TC strings with the shape of those of live sites.

No person's string is in them. What they are made like:

- Two of three users accept all that a site's platform lists: 500 to 1,100 of the vendors 1 to
  1,400, so that bit fields are shorter than ranges. Every ninth chose some vendors by hand. The
  others refuse all: no vendors and no purposes.
- Vendors with legitimate interest are a third of the list; refusing leaves them on half the sites.
- All strings are of policy version 5 and say which vendors were disclosed, which is the list.
- One of ten has publisher restrictions, one of two the publisher's own purposes.

:func:`shape` tells what came of it: strings of live sites have some 590 characters on average.
"""

from __future__ import annotations

import base64
import random
import statistics
from typing import Any

import consent_string

PURPOSES = list(range(1, 12))


def tc_strings(count: int, seed: int = 1) -> list[str]:
    """So many strings; the same for the same seed."""
    chance = random.Random(seed)
    sites = [site(chance) for _ in range(40)]
    return [string(chance, chance.choice(sites)) for _ in range(count)]


def site(chance: random.Random) -> dict[str, Any]:
    """What all strings of a site have in common."""
    listed = sorted(chance.sample(range(1, 1_401), chance.randint(500, 1_100)))
    return {
        "listed": listed,
        "interested": sorted(chance.sample(listed, len(listed) // 3)),
        "keeps_interest": chance.random() < 0.5,
        "cmp_id": chance.choice([5, 7, 10, 28, 300, 401]),
        "language": chance.choice(["EN", "FR", "DE", "ES", "IT", "NL"]),
        "restricted": chance.random() < 0.1,
        "publisher_tc": chance.random() < 0.5,
    }


def string(chance: random.Random, site: dict[str, Any]) -> str:
    choice = chance.choices(["all", "none", "some"], [6, 2, 1])[0]
    listed, interested = site["listed"], site["interested"]
    consented = {
        "all": listed,
        "none": [],
        "some": sorted(chance.sample(listed, chance.randint(1, 60))),
    }[choice]
    purposes = PURPOSES if choice == "all" else [] if choice == "none" else [1, 2, 7, 9]
    keeps = choice != "none" or site["keeps_interest"]
    day = f"2026-{chance.randint(3, 9):02}-{chance.randint(1, 28):02}T00:00:00.000Z"
    restrictions = [{"purpose": 2, "type": 1, "vendors": listed[5:60]}]
    publisher_tc = {
        "purposes_consent": purposes,
        "purposes_li": [],
        "custom_purposes_count": 0,
        "custom_purposes_consent": [],
        "custom_purposes_li": [],
    }
    return consent_string.encode(
        {
            "format": "tcf",
            "version": 2,
            "created": day,
            "last_updated": day,
            "cmp_id": site["cmp_id"],
            "cmp_version": 1,
            "consent_screen": 1,
            "consent_language": site["language"],
            "vendor_list_version": chance.randint(80, 130),
            "tcf_policy_version": 5,
            "is_service_specific": True,
            "use_non_standard_texts": False,
            "special_feature_opt_ins": [1] if choice == "all" else [],
            "purposes_consent": purposes,
            "purposes_li": [2, 7, 8, 9, 10, 11] if keeps else [],
            "purpose_one_treatment": False,
            "publisher_country_code": site["language"],
            "vendors_consent": consented,
            "vendors_li": interested if keeps else [],
            "publisher_restrictions": restrictions if site["restricted"] else [],
            "disclosed_vendors": listed,
            "allowed_vendors": None,
            "publisher_tc": publisher_tc if site["publisher_tc"] else None,
        }
    )


#: Where a core says whether its vendors are ranges, in bits.
IS_RANGE = 229


def shape(strings: list[str]) -> dict[str, float]:
    """The mean length, and the share of strings whose vendors are written as ranges."""

    def is_range(text: str) -> bool:
        core = text.split(".")[0]
        start = base64.urlsafe_b64decode(core[: IS_RANGE // 24 * 4 + 4])
        return bool(start[IS_RANGE // 8] >> (7 - IS_RANGE % 8) & 1)

    return {
        "mean_length": round(statistics.mean(map(len, strings)), 1),
        "longest": max(map(len, strings)),
        "vendors_as_ranges": round(statistics.mean(map(is_range, strings)), 3),
    }
