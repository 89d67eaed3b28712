# SPDX-License-Identifier: MIT
"""Write texts with otpauth URIs of many kinds into the working folder; the
account of the N-th key is called APP:N."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/vectors"))
import apps_support as apps  # noqa: E402
import text_support as texts  # noqa: E402
from import_support import Account  # noqa: E402


def key(number):
    return bytes(number ^ i for i in range(20))


def uri(app, number):
    return texts.uri(Account(app, str(number), key(number), 2, 1, 6, 30, 0))


def write(name, text):
    with open(name, "w") as file:
        file.write(text)


write("pass.txt", f"p4ssw0rd\nuser: me\n---\n{uri('Pass', 1)}\n")
columns = texts.BITWARDEN
write("bitwarden.csv", texts.table(columns, [
    texts.row(columns, name="AWS, prod", totp=uri("Bitwarden", 2),
              notes="one\ntwo"),
    texts.row(columns, name="Shop", username="me", totp=apps.base32(key(3))),
    texts.row(columns, name="Games", username="me",
              totp="steam://" + apps.base32(key(99)))]))
columns = texts.KEEPASSXC
write("keepassxc.csv", texts.table(columns, [
    texts.row(columns, title="AWS", totp=uri("KeePassXC", 4)),
    texts.row(columns, title="no codes")], quoting=1))
write("keepass.xml", texts.keepass([
    {"Title": "x", "otp": uri("KeePass", 5),
     "history": [{"Title": "x", "otp": uri("Gone", 7)}]},
    {"Title": "Plain", "UserName": "me",
     "TimeOtp_Secret_Base32": apps.base32(key(6))}]))
write("stratum.html", texts.stratum_html([uri("Stratum", 8)]))
write("cotp.json", json.dumps({"items": [uri("JSON", 9)]}))
