# SPDX-License-Identifier: MIT
"""Runs the stand-in: prints one line of JSON with its addresses, then serves.

It ends when its standard input does, or with --parent PID, when that process
does.
"""
import argparse
import json
import threading

from standin import life, tls
from standin.control import Context, Control
from standin.faults import Faults
from standin.front import Front
from standin.proxy import Proxy
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
    for server in servers(context, args.tls):
        threading.Thread(target=server.serve_forever).start()
    print(json.dumps(context.addresses), flush=True)


def servers(context, tls_folder):
    """All that listen; enters their addresses into the context."""
    front = Front(context.world, context.faults, context.log)
    control = Control(context)

    def web(name, tls=None):
        server = WebServer(front, control, context.world.clock, tls)
        context.addresses[name] = server.url
        return server

    yield web("url")
    if tls_folder:
        for name, context_of_tls in tls.contexts(tls_folder).items():
            server = web(name, context_of_tls)
            if name == "good":
                context.proxy = Proxy(server.server_address)
                context.addresses["proxy"] = context.proxy.url
                yield context.proxy
            yield server


def parse_args():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parent", type=int, metavar="PID",
                        help="end with this process, not with stdin")
    parser.add_argument("--tls", metavar="FOLDER",
                        help="also serve https, well and badly, and a proxy; "
                             "FOLDER gets ca.pem")
    return parser.parse_args()


if __name__ == "__main__":
    main()
