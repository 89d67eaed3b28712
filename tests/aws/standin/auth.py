# SPDX-License-Identifier: MIT
"""Who sent a request: the key or session behind a valid signature."""
import re

from . import errors, places, sigv4

def authenticate(world, request, service):
    """The AccessKey or Session that signed, or the refusal AWS gives."""
    auth = sigv4.parse(request.headers.get("Authorization"))
    credential = _find(world, auth.key_id)
    partition = credential.principal.account.partition
    place = places.find(request.headers.get("Host", "").lower())
    # A partition knows no other one's keys.
    if place is not None and place[0] != partition:
        raise errors.invalid_client_token()
    if request.headers.get("X-Amz-Security-Token") != credential.token:
        raise errors.invalid_client_token()
    now = world.clock.now()
    sigv4.check_time(request.headers, now)
    sigv4.check_scope(auth, request.headers["X-Amz-Date"], service,
                      _regions(service, partition, place))
    sigv4.check_signature(request, auth, credential.secret)
    if credential.is_session and now >= credential.expires:
        raise errors.expired_token(
            "The security token included in the request is expired")
    if service == "sts" and auth.region in world.settings.disabled_regions:
        raise errors.region_disabled(
            f"STS is not activated in this region for account:"
            f"{credential.principal.account.id}. Your account administrator "
            "can activate STS in this region using the IAM Console.")
    if not credential.is_session:
        credential.last_used = (now, service, auth.region)
    return credential


def _find(world, key_id):
    key = world.keys.get(key_id)
    if key is not None:
        if key.status == "Active" and world.clock.elapsed() >= key.valid_from:
            return key
    elif key_id in world.sessions:
        return world.sessions[key_id]
    raise errors.invalid_client_token()


def _regions(service, partition, place):
    """What may be signed for: at an endpoint of AWS's own, its region."""
    if place is not None:
        return re.compile(re.escape(place[1]))
    if service == "iam":
        return re.compile(re.escape(places.PARTITIONS[partition].iam_region))
    return re.compile(places.PARTITIONS[partition].regions)
