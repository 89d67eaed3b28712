# SPDX-License-Identifier: MIT
"""The Query protocol: form parameters to a dict, checked as AWS checks them.

Types and limits are those of the service models that botocore carries.
"""
import re

from . import errors


def read(shape, form):
    """Parameters of an operation's input shape; ValidationError if bad."""
    if shape is None:
        return {}
    values = _read_structure(shape, "", form)
    faults = list(_check(shape, values, ""))
    if faults:
        s = "s" if len(faults) > 1 else ""
        raise errors.validation_error(
            f"{len(faults)} validation error{s} detected: " + "; ".join(faults))
    return values


def _read_structure(shape, prefix, form):
    dot = f"{prefix}." if prefix else ""
    values = {name: _read(member, dot + _wire_name(name, member), form)
              for name, member in shape.members.items()}
    return {name: v for name, v in values.items() if v is not None}


def _wire_name(name, shape):
    return shape.serialization.get("name", name)


def _read(shape, name, form):
    """None if there is nothing of that name."""
    if shape.type_name == "structure":
        return _read_structure(shape, name, form) or None
    if shape.type_name == "list":
        return _read_list(shape, name, form)
    if name not in form:
        return None
    return _read_scalar(shape, name, form[name])


def _read_list(shape, name, form):
    items = []
    while True:
        item = _read(shape.member, f"{name}.member.{len(items) + 1}", form)
        if item is None:
            return items or None
        items.append(item)


def _read_scalar(shape, name, text):
    if shape.type_name == "integer":
        if not re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
            raise errors.malformed_input(f"{name} is not an integer")
        return int(text)
    if shape.type_name == "boolean":
        if text not in ("true", "false"):
            raise errors.malformed_input(f"{name} is not a boolean")
        return text == "true"
    return text


def _check(shape, value, at):
    """Yield the text of each constraint that a value fails."""
    if shape.type_name == "structure":
        yield from _check_structure(shape, value, at)
        return
    if shape.type_name == "list":
        for i, item in enumerate(value):
            yield from _check(shape.member, item, f"{at}.{i + 1}.member")
    for constraint in _failed(shape, value):
        yield (f"Value '{value}' at '{at}' failed to satisfy constraint: "
               f"Member must {constraint}")


def _check_structure(shape, value, at):
    dot = f"{at}." if at else ""
    for name, member in shape.members.items():
        where = dot + name[0].lower() + name[1:]
        if name in value:
            yield from _check(member, value[name], where)
        elif name in shape.required_members:
            yield (f"Value null at '{where}' failed to satisfy constraint: "
                   "Member must not be null")


def _failed(shape, value):
    measure = "value" if shape.type_name == "integer" else "length"
    size = value if shape.type_name == "integer" else len(str(value))
    if shape.type_name == "list":
        size = len(value)
    limits = shape.metadata
    if "enum" in limits and value not in limits["enum"]:
        yield f"satisfy enum value set: [{', '.join(limits['enum'])}]"
    if "min" in limits and size < limits["min"]:
        yield f"have {measure} greater than or equal to {limits['min']}"
    if "max" in limits and size > limits["max"]:
        yield f"have {measure} less than or equal to {limits['max']}"
    if "pattern" in limits and not _matches(limits["pattern"], value):
        yield f"satisfy regular expression pattern: {limits['pattern']}"


def _matches(pattern, text):
    """Whether a Java pattern fits; there, \\w and \\d are ASCII."""
    flags = 0 if r"\p{" in pattern else re.ASCII
    for java, python in ((r"\p{L}", r"\w"), (r"\p{Z}", r"\s"),
                         (r"\p{N}", r"\d")):
        pattern = pattern.replace(java, python)
    return re.fullmatch(pattern, text, flags) is not None
