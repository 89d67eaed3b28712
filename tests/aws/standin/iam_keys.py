# SPDX-License-Identifier: MIT
"""IAM's actions on users, their access keys, and the account."""
from . import errors
from .iam import page, target_user

KEYS_PER_USER = 2


def get_user(world, caller, params):
    user = target_user(caller, params)
    return {"User": {"Path": user.path, "UserName": user.name,
                     "UserId": user.id, "Arn": user.arn,
                     "CreateDate": user.created}}


def create_access_key(world, caller, params):
    user = target_user(caller, params)
    if len(user.keys) >= KEYS_PER_USER:
        raise errors.limit_exceeded(
            f"Cannot exceed quota for AccessKeysPerUser: {KEYS_PER_USER}")
    key = world.add_key(user)
    return {"AccessKey": {**_describe(key), "SecretAccessKey": key.secret}}


def update_access_key(world, caller, params):
    _find_key(caller, params).status = params["Status"]


def delete_access_key(world, caller, params):
    world.remove_key(_find_key(caller, params))


def list_access_keys(world, caller, params):
    user = target_user(caller, params)
    keys, more = page(user.keys, params)
    return {"AccessKeyMetadata": [_describe(k) for k in keys], **more}


def get_access_key_last_used(world, caller, params):
    key = world.keys.get(params["AccessKeyId"])
    if key is None or key.principal.account is not caller.principal.account:
        raise errors.access_denied(
            f"User: {caller.principal.arn} is not authorized to perform: "
            "iam:GetAccessKeyLastUsed on resource: access key "
            f"{params['AccessKeyId']}")
    date, service, region = key.last_used or (None, "N/A", "N/A")
    return {"UserName": key.principal.name,
            "AccessKeyLastUsed": {"LastUsedDate": date, "ServiceName": service,
                                  "Region": region}}


def get_account_summary(world, caller, params):
    account = caller.principal.account
    in_use = sum(d.user is not None for d in account.devices.values())
    return {"SummaryMap": {
        "Users": len(account.users), "Roles": len(account.roles),
        "MFADevices": len(account.devices), "MFADevicesInUse": in_use,
        "AccountMFAEnabled": int(bool(account.root.devices)),
        "AccountAccessKeysPresent": int(bool(account.root.keys)),
        "AccessKeysPerUserQuota": KEYS_PER_USER}}


def _find_key(caller, params):
    user = target_user(caller, params)
    for key in user.keys:
        if key.id == params["AccessKeyId"]:
            return key
    raise errors.no_such_entity(
        f"The Access Key with id {params['AccessKeyId']} cannot be found.")


def _describe(key):
    return {"UserName": key.principal.name, "AccessKeyId": key.id,
            "Status": key.status, "CreateDate": key.created}


ACTIONS = {
    "CreateAccessKey": create_access_key,
    "DeleteAccessKey": delete_access_key,
    "GetAccessKeyLastUsed": get_access_key_last_used,
    "GetAccountSummary": get_account_summary,
    "GetUser": get_user,
    "ListAccessKeys": list_access_keys,
    "UpdateAccessKey": update_access_key,
}
