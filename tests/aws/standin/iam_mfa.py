# SPDX-License-Identifier: MIT
"""IAM's actions on virtual MFA devices."""
from . import errors, qr
from .iam import page, require_mfa_for_own, target_user

DEVICES_PER_USER = 8
BAD_PAIR = "Authentication code for device is not valid."


def create_virtual_mfa_device(world, caller, params):
    account = caller.principal.account
    name, path = params["VirtualMFADeviceName"], params.get("Path", "/")
    if account.arn("iam", f"mfa{path}{name}") in account.devices:
        raise errors.entity_exists(
            "MFADevice entity at the same path and name already exists.")
    device = world.add_device(account, name, path)
    device.tags = params.get("Tags", [])
    return {"VirtualMFADevice": {
        "SerialNumber": device.arn,
        "Base32StringSeed": qr.base32(device.seed).encode(),
        "QRCodePNG": qr.png(qr.uri(device)),
        "Tags": device.tags or None}}


def enable_mfa_device(world, caller, params):
    user = target_user(caller, params)
    require_mfa_for_own(caller, user)
    device = _find_device(caller, params)
    if device.user is not None:
        raise errors.entity_exists("MFA Device is already in use.")
    if len(user.devices) >= DEVICES_PER_USER:
        raise errors.limit_exceeded(
            f"Cannot exceed quota for MFADevicesPerUser: {DEVICES_PER_USER}")
    _accept_pair(world, device, params)
    world.bind_device(device, user)


def resync_mfa_device(world, caller, params):
    user = target_user(caller, params)
    device = _find_users_device(caller, user, params)
    _accept_pair(world, device, params)
    world.verifier.publish(device)


def deactivate_mfa_device(world, caller, params):
    user = target_user(caller, params)
    device = _find_users_device(caller, user, params)
    require_mfa_for_own(caller, user)
    world.bind_device(device, None)


def delete_virtual_mfa_device(world, caller, params):
    device = _find_device(caller, params)
    if device.user is not None:
        raise errors.delete_conflict(
            "MFA VirtualDevice in use. Must deactivate first.")
    world.remove_device(device)


def list_mfa_devices(world, caller, params):
    user = target_user(caller, params)
    devices, more = page(user.devices, params)
    return {"MFADevices": [
        {"UserName": user.name or "root", "SerialNumber": d.arn,
         "EnableDate": d.enabled} for d in devices], **more}


def list_virtual_mfa_devices(world, caller, params):
    status = params.get("AssignmentStatus", "Any")
    devices = [d for d in caller.principal.account.devices.values()
               if status == "Any" or (status == "Assigned") == bool(d.user)]
    devices, more = page(devices, params)
    return {"VirtualMFADevices": [_describe(d) for d in devices], **more}


def _describe(device):
    about = {"SerialNumber": device.arn, "Tags": device.tags or None}
    if device.user is not None:
        user = device.user
        about["EnableDate"] = device.enabled
        about["User"] = {"Path": user.path, "UserName": user.name or "",
                         "UserId": user.id, "Arn": user.arn,
                         "CreateDate": user.created}
    return about


def _find_device(caller, params):
    serial = params["SerialNumber"]
    device = caller.principal.account.devices.get(serial)
    if device is None:
        raise errors.no_such_entity(
            f"VirtualMFADevice with serial number {serial} does not exist.")
    return device


def _find_users_device(caller, user, params):
    device = _find_device(caller, params)
    if device.user is not user:
        raise errors.no_such_entity("MFA Device invalid for user.")
    return device


def _accept_pair(world, device, params):
    if not device.accept_pair(params["AuthenticationCode1"],
                              params["AuthenticationCode2"],
                              world.clock.now()):
        raise errors.invalid_authentication_code(BAD_PAIR)


ACTIONS = {
    "CreateVirtualMFADevice": create_virtual_mfa_device,
    "DeactivateMFADevice": deactivate_mfa_device,
    "DeleteVirtualMFADevice": delete_virtual_mfa_device,
    "EnableMFADevice": enable_mfa_device,
    "ListMFADevices": list_mfa_devices,
    "ListVirtualMFADevices": list_virtual_mfa_devices,
    "ResyncMFADevice": resync_mfa_device,
}
