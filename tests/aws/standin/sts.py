# SPDX-License-Identifier: MIT
"""The Security Token Service: who may mint which session."""
from . import errors, mfa
from .state import Principal

SESSION_S = 43200
ROOT_SESSION_S = 3600
CHAINED_S = 3600
ROLE_S = 3600

HALF_MFA = ("MultiFactorAuthentication failed, must provide both MFA serial "
            "number and one time pass code.")


def get_session_token(world, caller, params):
    _require_long_term(caller, "GetSessionToken")
    has_mfa = _verify_code(world, caller, params)
    duration_s = params.get("DurationSeconds", SESSION_S)
    if caller.principal.is_root:
        duration_s = min(duration_s, ROOT_SESSION_S)
    session = world.add_session(caller.principal, duration_s, has_mfa,
                                mfa_at=world.clock.now() if has_mfa else None)
    return {"Credentials": _credentials(session)}


def get_caller_identity(world, caller, params):
    who = caller.principal
    return {"UserId": who.id, "Account": who.account.id, "Arn": who.arn}


def get_access_key_info(world, caller, params):
    # Of STS, a session may call AssumeRole and GetCallerIdentity only.
    if caller.principal.kind != "role":
        _require_long_term(caller, "GetAccessKeyInfo")
    key_id = params["AccessKeyId"]
    known = world.keys.get(key_id) or world.sessions.get(key_id)
    if known is None:
        raise errors.validation_error("Access key not found")
    return {"Account": known.principal.account.id}


def get_federation_token(world, caller, params):
    _require_long_term(caller, "GetFederationToken")
    _check_policy(params)
    account, name = caller.principal.account, params["Name"]
    arn = account.arn("sts", f"federated-user/{name}")
    who = Principal(account, arn, f"{account.id}:{name}", "federated")
    duration_s = params.get("DurationSeconds", SESSION_S)
    session = world.add_session(who, duration_s, mfa=False)
    return {"Credentials": _credentials(session), "PackedPolicySize": 0,
            "FederatedUser": {"FederatedUserId": who.id, "Arn": arn}}


def assume_role(world, caller, params):
    _check_policy(params)
    now = world.clock.now()
    mfa_at = now if _verify_code(world, caller, params) else caller.mfa_at
    has_mfa = mfa_at is not None
    mfa_age_s = now - mfa_at if has_mfa else None
    role = _assumable_role(world, caller, params, mfa_age_s)
    duration_s = _role_duration(caller, role, params)
    name = params["RoleSessionName"]
    arn = role.account.arn("sts", f"assumed-role/{role.name}/{name}")
    who = Principal(role.account, arn, f"{role.id}:{name}", "role", role.arn)
    session = world.add_session(who, duration_s, has_mfa, caller.is_session,
                                mfa_at)
    return {"Credentials": _credentials(session),
            "AssumedRoleUser": {"AssumedRoleId": who.id, "Arn": arn},
            "SourceIdentity": params.get("SourceIdentity")}


def _credentials(session):
    return {"AccessKeyId": session.id, "SecretAccessKey": session.secret,
            "SessionToken": session.token, "Expiration": session.expires}


def _require_long_term(caller, action):
    if caller.is_session:
        raise errors.access_denied(
            f"Cannot call {action} with session credentials")


def _verify_code(world, caller, params):
    """Whether the request carried a code, which then was right."""
    given = {"SerialNumber", "TokenCode"} & params.keys()
    if not given:
        return False
    if len(given) == 1:
        raise errors.access_denied(HALF_MFA)
    # Not for root: see the rules of MFA-protected API access.
    if caller.principal.is_root:
        raise errors.access_denied(mfa.UNABLE)
    world.verifier.verify(params["SerialNumber"], params["TokenCode"],
                          caller.principal)
    return True


def _too_old(role, mfa_age_s):
    """A policy's NumericLessThan is not met by a key that is not there."""
    return role.mfa_age_s is not None and (mfa_age_s is None or
                                           mfa_age_s >= role.mfa_age_s)


def _assumable_role(world, caller, params, mfa_age_s):
    who = caller.principal
    if who.is_root:
        raise errors.access_denied("Roles may not be assumed by root accounts.")
    role = world.find_role(params["RoleArn"])
    refused = (role is None
               or who.kind == "federated"
               or not role.trusts(who)
               or role.require_mfa and mfa_age_s is None
               or _too_old(role, mfa_age_s)
               or role.external_id not in (None, params.get("ExternalId")))
    if refused:
        raise errors.access_denied(
            f"User: {who.arn} is not authorized to perform: sts:AssumeRole "
            f"on resource: {params['RoleArn']}")
    return role


def _role_duration(caller, role, params):
    duration_s = params.get("DurationSeconds", ROLE_S)
    if caller.is_session and duration_s > CHAINED_S:
        raise errors.validation_error(
            "The requested DurationSeconds exceeds the 1 hour session limit "
            "for roles assumed by role chaining")
    if duration_s > role.max_session_s:
        raise errors.validation_error(
            "The requested DurationSeconds exceeds the MaxSessionDuration "
            "set for this role.")
    return duration_s


def _check_policy(params):
    """As much of a policy as matters here: that it is a JSON object."""
    policy = params.get("Policy", "{}").strip()
    if not (policy.startswith("{") and policy.endswith("}")):
        raise errors.malformed_policy("This policy contains invalid Json")


ACTIONS = {
    "AssumeRole": assume_role,
    "GetAccessKeyInfo": get_access_key_info,
    "GetCallerIdentity": get_caller_identity,
    "GetFederationToken": get_federation_token,
    "GetSessionToken": get_session_token,
}
