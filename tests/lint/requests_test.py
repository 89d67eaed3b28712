#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""docs/protocol.md has the requests, their fields, the tags of fields and what
may come by the forwarded socket as the code has them, each defined once:
host/wire/requests.h and protocol.h.  The check of it can fail."""
import os
import pathlib
import re
import sys

TOP = pathlib.Path(os.environ.get("TOP", "."))
LIST = (TOP / "host/wire/requests.h").read_text()
NUMBERS = (TOP / "host/wire/protocol.h").read_text()
PAGE = (TOP / "docs/protocol.md").read_text()
points = failed = 0


def tap_same(got, want, what):
    global points, failed
    points += 1
    failed += got != want
    print("ok" if got == want else "not ok", points, "-", what)
    if got != want:
        print(*(f"# code only: {row}" for row in got if row not in want),
              *(f"# page only: {row}" for row in want if row not in got),
              sep="\n")


def requests_of_code(text):
    """(number, name, fields, fields of the reply), and who may come by ssh."""
    text = text.replace("\\\n", "").replace('""', '"-"')
    text = re.sub(r'"\s*"', "", text)
    string = r'"((?:[^"\\]|\\.)*)"'
    found = re.findall(r"\bX\(0x([0-9a-f]{2}), (\w+), \w+, (\w+),\s*" +
                       string + r",\s*" + string + r"\s*\)", text)
    rows = [(number, name, *(part.replace('\\"', '"').strip("-")
                             for part in (fields, reply)))
            for number, name, _, fields, reply in found]
    return sorted(rows), {r[1] for r in found if r[2] == "true"}


def requests_of_page(text):
    """The rows of the table, and the words of the sentence on remote.sock."""
    text = text[text.index("\n| type | request |"):]
    rows = re.findall(r"^\| ([0-9a-f]{2}) \| (\w+) \| (.*?) ?\| (.*?) ?\|$",
                      text[:text.index("\n\n")], re.M)
    may = re.search(r"what comes by it may be ([^;]*);", text).group(1)
    answers = {"ANSWER", "DECLINE"}
    return (sorted(r for r in rows if r[1] not in answers),
            set(re.findall(r"[A-Z_]{3,}", may)) - {"TIME"})


def tags_of_code(text):
    return sorted(re.findall(r"FOB_TAG_(\w+) = 0x([0-9a-f]{2})", text))


def tags_of_page(text):
    text = text[text.index("\n| tag | field |"):]
    found = re.findall(r"\| ([0-9a-f]{2}) \| ([A-Z_0-9]+)",
                       text[:text.index("\n\n")])
    return sorted((name, number) for number, name in found)


def strangers(rows, tags):
    """Words of the lists of fields that are no field."""
    words = {w for row in rows for part in row[2:]
             for w in re.findall(r"\b[A-Z][A-Z_0-9]{2,}\b(?!')", part)}
    return sorted(words - {name for name, _ in tags} - {r[1] for r in rows})


rows, remote = requests_of_code(LIST)
tags = tags_of_code(NUMBERS)
page_rows, page_remote = requests_of_page(PAGE)
tap_same([len(rows)], [LIST.count("X(0x")], "every request of requests.h was read")
tap_same(rows, page_rows, "the page has the requests of requests.h")
tap_same(sorted(remote), sorted(page_remote),
         "the page has what may come by the forwarded socket")
tap_same(tags, tags_of_page(PAGE), "the page has the tags of protocol.h")
tap_same(strangers(rows, tags), [], "requests are made of these tags")

drifted = PAGE.replace("KEYS_IMPORT | PROFILE ", "KEYS_IMPORT | NAME ")
drifted = drifted.replace(" CREDENTIALS\n", "\n").replace("| 63 |", "| 66 |")
page_rows, page_remote = requests_of_page(drifted)
tap_same([page_rows == rows], [False], "a field that drifted would be seen")
tap_same([page_remote == remote], [False],
         "a forwarded request that drifted would be seen")
tap_same([tags_of_page(drifted) == tags], [False],
         "a number that drifted would be seen")
tap_same(strangers([("01", "STATUS", "NAMES?", "")], tags), ["NAMES"],
         "a field that is no tag would be seen")
print(f"1..{points}")
sys.exit(1 if failed else 0)
