#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Of the gallery's pictures fob reads what anybody reads, and nothing that is
not there.  A sample of each kind, others each day; GALLERY=all has them all,
GALLERY=20261201 the sample of that day.  `make bench` has the table."""
import datetime
import os
import tempfile

from qr_pictures import FOB_QR, done, ok

# After qr_pictures, which finds a Python that has what they need.
from gallery import readers, shots

SHARE = 7  # one in so many of each kind, and one at least
# Nobody reads these; what is read must be right nevertheless.
UNREAD = {("at an angle", "steeply, blur 1.5"),
          ("at an angle", "far off, blur 1.5")}


def look(read, shot, path):
    with open(path, "wb") as file:
        file.write(shot.make())
    texts = read(path)
    what = f"{shot.kind}: {shot.what}"
    if (shot.kind, shot.what) in UNREAD:
        ok(set(texts) <= set(shot.texts), f"{what} (nobody reads it)", texts)
    else:
        ok(sorted(texts) == sorted(shot.texts), what, texts)


all_shots = shots.every()
ok(len(all_shots) >= 400 and len({shot.kind for shot in all_shots}) >= 40 and
   len({shot[:2] for shot in all_shots}) == len(all_shots),
   f"{len(all_shots)} pictures of many kinds")
drawn = os.environ.get("GALLERY") or f"{datetime.date.today():%Y%m%d}"
if drawn != "all":
    print(f"# GALLERY={drawn}")
    all_shots = shots.sample(all_shots, SHARE, drawn)
with tempfile.NamedTemporaryFile() as place:
    for one in all_shots:
        look(readers.fob(FOB_QR), one, place.name)
done()
