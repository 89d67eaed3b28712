# SPDX-License-Identifier: MIT
"""A local STS and IAM that behaves as AWS was seen to behave."""
