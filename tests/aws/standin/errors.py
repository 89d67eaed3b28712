# SPDX-License-Identifier: MIT
"""AWS's refusals: one constructor for each code, with its HTTP status."""


class AwsError(Exception):
    def __init__(self, code, status, message):
        super().__init__(message)
        self.code = code
        self.status = status
        self.message = message

    @property
    def fault(self):
        """Who is to blame: the <Type> of the XML."""
        return "Receiver" if self.status >= 500 else "Sender"


def _constructor(code, status):
    return lambda message: AwsError(code, status, message)


access_denied = _constructor("AccessDenied", 403)
delete_conflict = _constructor("DeleteConflict", 409)
entity_exists = _constructor("EntityAlreadyExists", 409)
expired_token = _constructor("ExpiredToken", 403)
incomplete_signature = _constructor("IncompleteSignature", 400)
invalid_action = _constructor("InvalidAction", 400)
invalid_authentication_code = _constructor("InvalidAuthenticationCode", 403)
invalid_request = _constructor("InvalidRequest", 400)
limit_exceeded = _constructor("LimitExceeded", 409)
malformed_input = _constructor("MalformedInput", 400)
malformed_policy = _constructor("MalformedPolicyDocument", 400)
missing_token = _constructor("MissingAuthenticationToken", 403)
no_such_entity = _constructor("NoSuchEntity", 404)
region_disabled = _constructor("RegionDisabledException", 403)
service_failure = _constructor("ServiceFailure", 500)
signature_mismatch = _constructor("SignatureDoesNotMatch", 403)
validation_error = _constructor("ValidationError", 400)


def invalid_client_token():
    return AwsError("InvalidClientTokenId", 403,
                    "The security token included in the request is invalid.")
