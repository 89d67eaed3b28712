# SPDX-License-Identifier: MIT
"""Tests as functions, reported in the Test Anything Protocol."""
import sys
import traceback

_tests = []


class Skip(Exception):
    """Raised by a test that cannot run here, with the reason."""


def test(promise):
    """Decorator: the function is the test of that promise."""
    def add(function):
        _tests.append((promise, function))
        return function
    return add


def run(*args, before=lambda *args: None):
    """Run all tests in order, each with args; exit 1 if any failed."""
    print(f"1..{len(_tests)}")
    good = True
    for number, (promise, function) in enumerate(_tests, 1):
        line, passed = f"ok {number} - {promise}", True
        try:
            before(*args)
            function(*args)
        except Skip as reason:
            line += f" # SKIP {reason}"
        except Exception:
            line, passed = f"not {line}", False
            for row in traceback.format_exc().splitlines():
                print(f"# {row}")
        print(line, flush=True)
        good = good and passed
    sys.exit(0 if good else 1)


def equal(got, wanted):
    assert got == wanted, f"got {got!r}, wanted {wanted!r}"
