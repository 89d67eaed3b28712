# SPDX-License-Identifier: MIT
"""Commands for the stand-in from a shell: see README.md.

ctl.py start [SERVER OPTION...]          prints the URL; lives as its caller
ctl.py [URL] NOUN VERB [ARG...] [--option value...]

Without a URL, AWS_ENDPOINT_URL tells. Prints plain text or key=value lines;
with --json, JSON. --png FILE on a device command saves its QR code.
"""
import base64
import json
import os
import subprocess
import sys
from pathlib import Path

from standin.client import ControlError, call

HERE = Path(__file__).resolve().parent


def main(words):
    if not words or words[0] in ("-h", "--help"):
        sys.exit(__doc__)
    if words[0] == "start":
        print(start(words[1:]))
        return
    args, options = parse(words)
    url = os.environ.get("AWS_ENDPOINT_URL")
    if args and args[0].startswith("http://"):
        url = args.pop(0)
    if not url or len(args) < 2:
        sys.exit(__doc__)
    run(url, args, options)


def start(options):
    """Start a server that ends with this program's caller; its URL."""
    if "--parent" not in options:
        options = ["--parent", str(os.getppid()), *options]
    server = subprocess.Popen(
        [sys.executable, HERE / "server.py", *options],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    line = server.stdout.readline()
    if not line:
        sys.exit("ctl.py: the server did not start")
    return json.loads(line)["url"]


def parse(words):
    """Split words into arguments and options."""
    args, options = [], {}
    rest = iter(words)
    for word in rest:
        if word == "--json":
            options["json"] = True
        elif word.startswith("--"):
            options[word[2:]] = next(rest, "")
        else:
            args.append(word)
    return args, options


def run(url, args, options):
    as_json = options.pop("json", False)
    png = options.pop("png", None)
    answer = call(url, args, options)
    if png:
        image = call(url, ["device", "png", args[2]], {})
        Path(png).write_bytes(base64.b64decode(image["base64"]))
    if as_json:
        print(json.dumps(answer))
    elif isinstance(answer, dict) and answer.keys() == {"base64"}:
        sys.stdout.buffer.write(base64.b64decode(answer["base64"]))
    else:
        show(answer)


def show(answer):
    """Text: rows in lines, dicts as key=value, nothing for None."""
    if isinstance(answer, list):
        for row in answer:
            print(" ".join(f"{k}={plain(v)}" for k, v in row.items()))
    elif isinstance(answer, dict):
        for key, value in answer.items():
            print(f"{key}={plain(value)}")
    elif answer is not None:
        print(answer)


def plain(value):
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (ControlError, OSError) as error:
        sys.exit(f"ctl.py: {error}")
