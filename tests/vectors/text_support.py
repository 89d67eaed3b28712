# SPDX-License-Identifier: MIT
"""Texts that otpauth URIs stand in, as password managers and people write
them: CSV by Python's csv, XML by its ElementTree."""
import csv
import io
import urllib.parse
import xml.etree.ElementTree as ET

import apps_support as apps


def uri(account, label=None, **more):
    """As most apps write it."""
    label = label or f"{account.issuer}:{account.label}"
    query = {"secret": apps.base32(account.secret), "issuer": account.issuer,
             "algorithm": apps.HASHES[account.hash],
             "digits": account.digits, "period": account.period, **more}
    return (f"otpauth://{apps.TYPES[account.type].lower()}/"
            f"{urllib.parse.quote(label)}?"
            + urllib.parse.urlencode(query, quote_via=urllib.parse.quote))


def table(columns, rows, **dialect):
    out = io.StringIO()
    writer = csv.writer(out, **dialect)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


BITWARDEN = ["folder", "favorite", "type", "name", "notes", "fields",
             "reprompt", "login_uri", "login_username", "login_password",
             "login_totp"]
KEEPASSXC = ["Group", "Title", "Username", "Password", "URL", "Notes", "TOTP",
             "Icon", "Last Modified", "Created"]
ONE_PASSWORD = ["Title", "Url", "Username", "Password", "OTPAuth", "Favorite",
                "Archived", "Tags", "Notes"]
APPLE = ["Title", "URL", "Username", "Password", "Notes", "OTPAuth"]
PROTON_PASS = ["type", "name", "url", "email", "username", "password", "note",
               "totp", "createTime", "modifyTime"]
LASTPASS = ["url", "username", "password", "totp", "extra", "name", "grouping",
            "fav"]


def row(columns, **values):
    """What is not said is a password's or a note's: of no matter."""
    said = {key.replace("_", " "): value for key, value in values.items()}
    return [said.get(name.lower().replace("login_", ""),
                     "p,a\"ss" if "assword" in name else "")
            for name in columns]


# --- KeePass ------------------------------------------------------------------
def strings(entry, values):
    for key, value in values.items():
        string = ET.SubElement(entry, "String")
        ET.SubElement(string, "Key").text = key
        ET.SubElement(string, "Value", ProtectInMemory="True").text = value


def keepass_entry(group, history=(), uuid="ZW50cnk=", **values):
    entry = ET.SubElement(group, "Entry")
    ET.SubElement(entry, "UUID").text = uuid
    strings(entry, {key.replace("__", " ").replace("_", "-"): value
                    for key, value in values.items()})
    past = ET.SubElement(entry, "History")
    for values in history:
        keepass_entry(past, **values)
    return entry


def keepass(entries, binned=()):
    """Entries in a group, and what lies in the recycle bin."""
    root = ET.Element("KeePassFile")
    meta = ET.SubElement(root, "Meta")
    ET.SubElement(meta, "Generator").text = "KeePassXC"
    ET.SubElement(meta, "RecycleBinUUID").text = "YmluYmluYmluYmluYg=="
    group = ET.SubElement(ET.SubElement(root, "Root"), "Group")
    ET.SubElement(group, "UUID").text = "cm9vdA=="
    bin_group = ET.SubElement(group, "Group")
    ET.SubElement(bin_group, "UUID").text = "YmluYmluYmluYmluYg=="
    for entry in binned:
        keepass_entry(bin_group, **entry)
    for entry in entries:
        keepass_entry(group, **entry)
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            "<!-- <Entry> -->\n" + ET.tostring(root, encoding="unicode"))


def stratum_html(uris):
    """A page as Stratum makes: a table, each URI as a picture and as text,
    where its ampersands are not escaped."""
    rows = "".join(f"<tr>\n<td>AWS</td><td><code>{u}</code></td>"
                   "<td><img src='data:image/png;base64,iVBORw0='></td></tr>\n"
                   for u in uris)
    return ("<!doctype html>\n<html><head><title>Backup</title></head>\n"
            f"<body><table>\n{rows}</table></body></html>\n")
