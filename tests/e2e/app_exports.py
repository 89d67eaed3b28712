# SPDX-License-Identifier: MIT
"""Write an export of each app, plain and sealed, into the working folder; the
account of export N has the N-th key of exports.py and is called APP:N."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/vectors"))
import apps_support as apps  # noqa: E402
from import_support import Account  # noqa: E402

HOTP, TOTP, PASSWORD = 1, 2, "open sesame"


def account(app, number, hashed=1, digits=6, period=30):
    return Account(app, str(number), bytes(number ^ i for i in range(20)),
                   TOTP, hashed, digits, period, 0)


def write(name, value):
    if not isinstance(value, bytes):
        value = json.dumps(value).encode()
    with open(name, "wb") as file:
        file.write(value)


STEAM = account("Steam", 99)._replace(digits=5)
write("1.2fas", apps.twofas([
    apps.twofas_service(account("2FAS", 1, hashed=2, digits=8)),
    apps.twofas_service(STEAM, tokenType="STEAM")]))
write("2.2fas", apps.twofas_sealed(
    [apps.twofas_service(account("2FAS", 2, period=60))], PASSWORD))
write("3.json", [apps.andotp_entry(account("andOTP", 3, hashed=3))])
write("4.json.aes", apps.andotp_sealed(
    [apps.andotp_entry(account("andOTP", 4, digits=8))], PASSWORD, 150001))
write("5.json.aes", apps.andotp_sealed_old(
    [apps.andotp_entry(account("andOTP", 5))], PASSWORD))
write("6.json", apps.freeotp(
    [apps.freeotp_token(account("FreeOTP", 6, hashed=2))]))
write("7.json", [apps.raivo(account("Raivo", 7, digits=8))])
write("8.json", apps.lastpass(
    [apps.lastpass_account(account("LastPass", 8, period=60))]))
write("9.json", [apps.duo(account("", 9)._replace(label="Duo:9")),
                 apps.duo(account("", 10)._replace(type=HOTP, counter=5,
                                                   label="Duo:10"))])
write("newer.2fas", apps.twofas([], 5))
write("photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99))
write("vault.kdbx", bytes.fromhex("03d9a29a67fb4bb5") + bytes(99))
