# SPDX-License-Identifier: MIT
"""Where the product's C tells a person what to run, with names in it.

usage: hints.py [TREE]

Prints each literal that has a command with a %s outside of what quotes it
(fob_error_hint and fob_shell_line), each %s with quotes of its own, and each
format of those two that they do not take: a %s that is no word of its own, a
directive other than %s, %d and %%, advice behind a command.  Fails when there
is one.
"""
import pathlib
import re
import sys

PROGRAMS = "fob|aws|cp|rm|chmod|chown|kill|unset|timedatectl"
QUOTING = {"fob_error_hint", "fob_shell_line"}
TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\]|\\.)+\'|\w+|[^\s\w]')
COMMENT = re.compile(r"/\*.*?\*/", re.S)
COMMAND = re.compile(r"(?:^|[:;(&] ?|\n)(?:%s) [^.]*%%(?:\.\*)?s" % PROGRAMS)
# A word: after a space, and before one, an end or a mark that ends a command.
WORD = re.compile(r"(?:^| )%s(?=$| |[;,:)])")


def calls(text):
    """(line, function, literal) of each literal, with the call it is in;
    literals in a row are one."""
    stack, name, literal, line = [], "", None, 0
    for found in TOKEN.finditer(text):
        token = found[0]
        if token[0] == '"':
            if literal is None:
                literal, line = "", text.count("\n", 0, found.start()) + 1
            literal += token[1:-1]
            continue
        if literal is not None:
            yield line, next((n for n in reversed(stack) if n), ""), literal
        literal = None
        if token == "(":
            stack.append(name)
        elif token == ")" and stack:
            stack.pop()
        name = token if token[0].isalpha() else ""


def faults(function, literal):
    if re.search(r"'%(\.\*)?s'", literal) and "printf" not in literal:
        yield "%s needs no quotes: fob_shell_line makes them"
    if function not in QUOTING:
        if COMMAND.search(literal):
            yield "a command with a name in it: fob_shell_line"
        return
    plain = literal.replace("%%", "")
    if plain == "%s":
        yield "a sentence is no word: fob_error_advise"
    if re.search(r"%(?![sd])", plain):
        yield "%s, %d and %% only"
    if plain.count("%s") != len(WORD.findall(plain)):
        yield "each %s is a word of its own"
    if re.match(r"(?:%s) " % PROGRAMS, plain) and re.search(r"\w, ", plain):
        yield "a hint that begins with a command is one"


def main(tree="."):
    bad = False
    for path in sorted(pathlib.Path(tree).glob("host/**/*.c")):
        text = COMMENT.sub(lambda m: "\n" * m[0].count("\n"), path.read_text())
        for line, function, literal in calls(text):
            for fault in faults(function, literal):
                print(f"{path.relative_to(tree)}:{line}: {fault}")
                bad = True
    return bad


sys.exit(main(*sys.argv[1:]))
