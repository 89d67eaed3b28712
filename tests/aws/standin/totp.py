# SPDX-License-Identifier: MIT
"""RFC 6238 as AWS uses it, and the two searches that AWS makes.

Written from the RFC and not from the product's code: the tests compare it
with oathtool, and the product with it.
"""
import hmac

PERIOD_S = 30
DIGITS = 6
# STS takes a code of the present step or of two steps around it.
WINDOW = 2
# EnableMFADevice and ResyncMFADevice search for a pair this far.
PAIR_BEHIND = 998
PAIR_AHEAD = 1000


def step(unix):
    return int(unix // PERIOD_S)


def code(seed, counter):
    mac = hmac.digest(seed, counter.to_bytes(8, "big"), "sha1")
    at = mac[19] & 15
    value = int.from_bytes(mac[at:at + 4], "big") & 0x7FFFFFFF
    return f"{value % 10 ** DIGITS:0{DIGITS}d}"


def counters_of(seed, text, around):
    """The counters of the five-step window whose code is text."""
    low = max(0, around - WINDOW)
    return [c for c in range(low, around + WINDOW + 1) if code(seed, c) == text]


def find_pair(seed, first, second, around, newer_than):
    """The second counter of a consecutive pair of codes, or None.

    Both counters must be above newer_than. Of several pairs, which a chance
    of 1 in 500 million a search allows, the one nearest to around is meant.
    """
    low = max(0, around - PAIR_BEHIND, newer_than + 1)
    high = around + PAIR_AHEAD
    firsts = [c for c in range(low, high) if code(seed, c) == first]
    pairs = [c + 1 for c in firsts if code(seed, c + 1) == second]
    return min(pairs, key=lambda c: abs(c - around), default=None)
