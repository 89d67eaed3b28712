#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fob-net reads replies as botocore does: random replies of STS, IAM and
CloudTrail, shaped by the service models, give the same values."""
import base64
import datetime
import json
import os
import pathlib
import random
import subprocess
from xml.sax.saxutils import escape

import botocore.loaders
import botocore.model
import botocore.parsers

DRIVER = pathlib.Path(os.environ["TOP"],
                      "build/asan/tests/unit/net/flat_driver")
ROUNDS = 12
ALPHABET = "aZ09 /+=:,.@-_<>&'\"\té漢\U0001f511"
random.seed(20260719)


def model(service):
    loader = botocore.loaders.Loader()
    return botocore.model.ServiceModel(
        loader.load_service_model(service, "service-2"), service)


def scalar(shape):
    """The text of a random value, as the wire has it."""
    kind = shape.type_name
    if kind == "boolean":
        return random.choice(["true", "false"])
    if kind in ("integer", "long"):
        return str(random.randint(0, 1 << 31))
    if kind == "timestamp":
        at = datetime.datetime.fromtimestamp(random.randint(0, 4102444800),
                                             datetime.timezone.utc)
        return at.strftime("%Y-%m-%dT%H:%M:%SZ")
    if kind == "blob":
        return base64.b64encode(random.randbytes(random.randint(0, 40))
                                ).decode()
    if getattr(shape, "enum", None):
        return random.choice(shape.enum)
    return "".join(random.choice(ALPHABET)
                   for _ in range(random.randint(1, 12)))


def to_xml(shape, depth=0):
    """The inside of an element of this shape."""
    if shape.type_name == "structure":
        return "".join(
            f"<{name}>{to_xml(member, depth + 1)}</{name}>\n"
            for name, member in shape.members.items()
            if random.random() < 0.85 and depth < 8)
    if shape.type_name == "list":
        return "".join(f"<member>{to_xml(shape.member, depth + 1)}</member>"
                       for _ in range(random.randint(0, 3)))
    if shape.type_name == "map":
        return "".join(
            f"<entry><key>{key}</key>"
            f"<value>{to_xml(shape.value, depth + 1)}</value></entry>"
            for key in random.sample(["k1", "k2", "k3"], 2))
    return escape(scalar(shape))


def to_json(shape):
    if shape.type_name == "structure":
        return {name: to_json(member) for name, member in
                shape.members.items() if random.random() < 0.85}
    if shape.type_name == "list":
        return [to_json(shape.member) for _ in range(random.randint(0, 3))]
    if shape.type_name in ("integer", "long"):
        return random.randint(-9, 1 << 40)
    if shape.type_name == "boolean":
        return random.random() < 0.5
    if shape.type_name == "timestamp":
        return random.randint(0, 4102444800) + random.choice([0, 0.5])
    return scalar(shape)


def same(shape, parsed, text):
    kind = shape.type_name
    if kind == "boolean":
        return text == str(parsed).lower()
    if kind in ("integer", "long"):
        return text == str(parsed)
    if kind == "timestamp":
        if "T" not in text:
            return abs(parsed.timestamp() - float(text)) < 1e-3
        return parsed.strftime("%Y-%m-%dT%H:%M:%SZ") == text
    if kind == "blob":
        return base64.b64encode(parsed).decode() == text
    return parsed == text


def leaves(shape, parsed, path):
    """Path, shape and value of every scalar that botocore found."""
    if shape.type_name == "structure":
        for name, value in parsed.items():
            if name in shape.members:
                yield from leaves(shape.members[name], value,
                                  f"{path}/{name}" if path else name)
    elif shape.type_name == "list":
        for i, value in enumerate(parsed):
            yield from leaves(shape.member, value, f"{path}/member[{i}]")
    elif shape.type_name == "map":
        for i, (key, value) in enumerate(parsed.items()):
            yield f"{path}/entry[{i}]/key", shape.key, key
            yield from leaves(shape.value, value, f"{path}/entry[{i}]/value")
    else:
        yield path, shape, parsed


def xml_cases():
    parser = botocore.parsers.QueryParser()
    for service in ("sts", "iam"):
        described = model(service)
        namespace = described.metadata["xmlNamespace"]
        for name in described.operation_names:
            output = described.operation_model(name).output_shape
            if output is None:
                continue
            for _ in range(ROUNDS):
                body = (f'<{name}Response xmlns="{namespace}">\n<{name}Result>'
                        f"{to_xml(output)}</{name}Result>\n"
                        "<ResponseMetadata><RequestId>r</RequestId>"
                        f"</ResponseMetadata></{name}Response>").encode()
                parsed = parser.parse({"status_code": 200, "headers": {},
                                       "body": body}, output)
                yield "xml", body, output, parsed, f"{name}Result"


def json_cases():
    parser = botocore.parsers.JSONParser()
    output = model("cloudtrail").operation_model("LookupEvents").output_shape
    for _ in range(20 * ROUNDS):
        body = json.dumps(to_json(output)).encode()
        parsed = parser.parse({"status_code": 200, "headers": {},
                               "body": body}, output)
        yield "json", body, output, parsed, ""


def words(line):
    """The driver's pairs of one body."""
    texts = ["" if w == "-" else bytes.fromhex(w).decode()
             for w in line.split()]
    return dict(zip(texts[::2], texts[1::2]))


def differences(case, line):
    _, body, output, parsed, prefix = case
    if line == "fault":
        return [f"fault in {body!r}"]
    pairs = words(line)
    found = []
    for path, shape, value in leaves(output, parsed, prefix):
        text = pairs.pop(path, None)
        if text is None:
            text = ""
        if not same(shape, value, text):
            found.append(f"{path}: {text!r}, botocore {value!r}")
    left = {path: text for path, text in pairs.items()
            if text.strip() and not path.startswith("ResponseMetadata/")}
    return found + [f"{path} = {text!r} is not in botocore's"
                    for path, text in left.items()]


def main():
    point = 0
    good = True
    for what, cases in (("XML replies of STS and IAM", list(xml_cases())),
                        ("JSON replies of CloudTrail", list(json_cases()))):
        lines = "".join(f"{c[0]} {c[1].hex()}\n" for c in cases)
        done = subprocess.run([DRIVER], input=lines, capture_output=True,
                              text=True, check=True)
        answers = done.stdout.split("\n")[:-1]
        bad = [d for case, line in zip(cases, answers)
               for d in differences(case, line)]
        point += 1
        fine = len(answers) == len(cases) and not bad
        good = good and fine
        print(f"{'ok' if fine else 'not ok'} {point} - {len(cases)} {what} "
              "give botocore's values")
        for row in bad[:5]:
            print(f"# {row}")
    print(f"1..{point}")
    return 0 if good else 1


raise SystemExit(main())
