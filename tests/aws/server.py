# SPDX-License-Identifier: MIT
"""Runs the stand-in: prints one line of JSON with its addresses, then serves.

It ends when its standard input does, or with --parent PID, when that process
does.
"""
import argparse
import json
import threading

from standin import life
from standin.control import Context, Control
from standin.dispatch import Services
from standin.faults import Faults
from standin.front import Front
from standin.requestlog import RequestLog
from standin.state import World
from standin.web import WebServer


def main():
    args = parse_args()
    if args.parent:
        life.end_with_process(args.parent)
    else:
        life.end_with_stdin()
    context = Context(World(), Faults(), RequestLog())
    front = Front(context.world, Services(context.world), context.faults,
                  context.log)
    server = WebServer(front, Control(context), context.world.clock)
    print(json.dumps({"url": server.url}), flush=True)
    server.serve_forever()


def parse_args():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parent", type=int, metavar="PID")
    return parser.parse_args()


if __name__ == "__main__":
    main()
