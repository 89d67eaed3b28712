# SPDX-License-Identifier: MIT
"""The gallery's pictures, by kind; each is made when it is asked for."""
import collections
import importlib
import zlib

Shot = collections.namedtuple("Shot", "kind what texts make")
HALLS = ("screens", "pages", "codes", "files", "photos", "prints")
_kinds = {}


def kind(name):
    """The decorated function yields (what it shows, texts, a function that
    makes the file)."""
    def enter(function):
        _kinds[name] = function
        return function
    return enter


def every():
    for hall in HALLS:
        importlib.import_module(f"gallery.{hall}")
    return [Shot(name, *shot) for name, function in _kinds.items()
            for shot in function()]


def sample(shots, share, day):
    """Some of each kind, others each day."""
    kept = []
    for name in _kinds:
        mine = [shot for shot in shots if shot.kind == name]
        mine.sort(key=lambda shot: zlib.crc32(f"{day} {shot.what}".encode()))
        kept += mine[:-(-len(mine) // share)]
    return kept
