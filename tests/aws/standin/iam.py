# SPDX-License-Identifier: MIT
"""What the actions of Identity and Access Management share."""
import base64

from . import errors

PAGE = 100
MFA_NEEDED = ("To complete this action, please ensure that you are "
              "authenticated with an MFA device that is enabled for this "
              "user.")


def require_iam(caller):
    """Sessions without MFA, and federated users, have no way into IAM."""
    kind = caller.principal.kind
    no_mfa = caller.is_session and not caller.mfa
    if kind == "federated" or kind == "user" and no_mfa:
        raise errors.invalid_client_token()


def require_mfa_for_own(caller, user):
    """A user with a device changes the own ones in an MFA session only."""
    if caller.principal is user and user.devices and not caller.mfa:
        raise errors.access_denied(MFA_NEEDED)


def target_user(caller, params):
    """The user named, by default the caller."""
    name = params.get("UserName")
    if name is not None:
        user = caller.principal.account.users.get(name)
        if user is None:
            raise errors.no_such_entity(
                f"The user with name {name} cannot be found.")
        return user
    if caller.principal.kind != "user":
        raise errors.validation_error(
            "Must specify userName when calling with non-User credentials")
    return caller.principal


def page(items, params):
    """The items from Marker on, and the members that tell of the rest."""
    first = _read_marker(params.get("Marker"))
    last = first + params.get("MaxItems", PAGE)
    more = {"IsTruncated": last < len(items)}
    if more["IsTruncated"]:
        more["Marker"] = base64.b64encode(b"from:%d" % last).decode()
    return items[first:last], more


def _read_marker(marker):
    if marker is None:
        return 0
    try:
        text = base64.b64decode(marker, validate=True).decode("ascii")
        return int(text.removeprefix("from:"))
    except ValueError:
        raise errors.validation_error("Invalid Marker.") from None
