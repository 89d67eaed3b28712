# SPDX-License-Identifier: MIT
"""XML as the Query services write it, from an output shape and a dict."""
import base64
from xml.sax.saxutils import escape

from .clock import iso8601


def success(operation, result, request_id):
    shape = operation.output_shape
    lines = []
    if shape is not None:
        wrapper = shape.serialization.get("resultWrapper",
                                          f"{operation.name}Result")
        lines += _element(wrapper, _structure(shape, result))
    lines += _element("ResponseMetadata", [f"<RequestId>{request_id}"
                                           "</RequestId>"])
    return _document(f"{operation.name}Response", _namespace(operation), lines)


def error(namespace, fault, request_id):
    lines = _element("Error", [f"<Type>{fault.fault}</Type>",
                               f"<Code>{fault.code}</Code>",
                               f"<Message>{escape(fault.message)}</Message>"])
    lines.append(f"<RequestId>{request_id}</RequestId>")
    return _document("ErrorResponse", namespace, lines)


def _namespace(operation):
    return operation.service_model.metadata["xmlNamespace"]


def _document(name, namespace, lines):
    body = "\n".join("  " + line for line in lines)
    return f'<{name} xmlns="{namespace}">\n{body}\n</{name}>\n'.encode()


def _element(name, inner):
    """Lines of an element around lines; one line around a text."""
    if isinstance(inner, str):
        return [f"<{name}>{escape(inner)}</{name}>"]
    if not inner:
        return [f"<{name}/>"]
    return [f"<{name}>", *("  " + line for line in inner), f"</{name}>"]


def _structure(shape, value):
    unknown = value.keys() - shape.members.keys()
    assert not unknown, f"not in the model: {unknown}"
    lines = []
    for name, member in shape.members.items():
        if value.get(name) is not None:
            lines += _element(name, _content(member, value[name]))
    return lines


def _content(shape, value):
    if shape.type_name == "structure":
        return _structure(shape, value)
    if shape.type_name == "list":
        return [line for item in value
                for line in _element("member", _content(shape.member, item))]
    if shape.type_name == "map":
        return [line for pair in value.items()
                for line in _element("entry", _entry(*pair))]
    return _scalar(shape, value)


def _entry(key, value):
    return [f"<key>{escape(key)}</key>", f"<value>{value}</value>"]


def _scalar(shape, value):
    if shape.type_name == "timestamp":
        return iso8601(value)
    if shape.type_name == "blob":
        return base64.b64encode(value).decode()
    if shape.type_name == "boolean":
        return "true" if value else "false"
    return str(value)
