# SPDX-License-Identifier: MIT
"""docs/vault-format.md in Python, from that page alone.

Run as a program it writes the files of tests/vectors/vault/ anew out of
vectors.json.
"""
import hashlib
import hmac
import json
import pathlib
import struct

FOLDER = pathlib.Path(__file__).resolve().parent / "vault"
MAGIC = b"\x89fobvlt\n"
PASSPHRASE, KEY_FILE = 1, 2

TEXT, BYTES = "text", "bytes"
FIELDS = {
    1: [("cache_key", BYTES)],
    2: [("name", TEXT), ("issuer", TEXT), ("label", TEXT), ("seed", BYTES),
        ("token", TEXT), ("type", 1), ("hash", 1), ("digits", 1),
        ("period", 4), ("counter", 8), ("created", -8), ("device", TEXT),
        ("user", TEXT), ("partition", TEXT), ("account_id", TEXT),
        ("offset", -4)],
    3: [("profile", TEXT), ("id", TEXT), ("secret", TEXT), ("created", -8),
        ("user_arn", TEXT)],
}


class Damaged(Exception):
    """The file is not what the page says."""


# --- RFC 8439 ---------------------------------------------------------------
def rotate(value, by):
    value &= 0xffffffff
    return (value << by | value >> (32 - by)) & 0xffffffff


def quarter(s, a, b, c, d):
    s[a] += s[b]
    s[d] = rotate(s[d] ^ s[a], 16)
    s[c] += s[d]
    s[b] = rotate(s[b] ^ s[c], 12)
    s[a] += s[b]
    s[d] = rotate(s[d] ^ s[a], 8)
    s[c] += s[d]
    s[b] = rotate(s[b] ^ s[c], 7)


def chacha20_block(key, counter, nonce):
    start = list(struct.unpack("<4I8II3I", b"expand 32-byte k" + key
                               + struct.pack("<I", counter) + nonce))
    s = start[:]
    for _ in range(10):
        for a, b, c, d in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14),
                           (3, 7, 11, 15), (0, 5, 10, 15), (1, 6, 11, 12),
                           (2, 7, 8, 13), (3, 4, 9, 14)):
            quarter(s, a, b, c, d)
    return struct.pack("<16I", *((x + y) & 0xffffffff
                                 for x, y in zip(s, start)))


def chacha20(key, nonce, data):
    out = bytearray()
    for at in range(0, len(data), 64):
        block = chacha20_block(key, 1 + at // 64, nonce)
        out += bytes(x ^ y for x, y in zip(data[at:at + 64], block))
    return bytes(out)


def poly1305(key, data):
    r = int.from_bytes(key[:16], "little") & 0x0ffffffc0ffffffc0ffffffc0fffffff
    total = 0
    for at in range(0, len(data), 16):
        word = int.from_bytes(data[at:at + 16] + b"\1", "little")
        total = (total + word) * r % (2 ** 130 - 5)
    total += int.from_bytes(key[16:], "little")
    return (total % 2 ** 128).to_bytes(16, "little")


def aead_tag(key, nonce, head, sealed):
    def padded(data):
        return data + bytes(-len(data) % 16)

    return poly1305(chacha20_block(key, 0, nonce)[:32],
                    padded(head) + padded(sealed)
                    + struct.pack("<QQ", len(head), len(sealed)))


def aead_seal(key, head, plain, nonce=bytes(12)):
    sealed = chacha20(key, nonce, plain)
    return sealed + aead_tag(key, nonce, head, sealed)


def aead_open(key, head, sealed, nonce=bytes(12)):
    body, tag = sealed[:-16], sealed[-16:]
    if not hmac.compare_digest(tag, aead_tag(key, nonce, head, body)):
        raise Damaged("seal")
    return chacha20(key, nonce, body)


# --- RFC 5869 ---------------------------------------------------------------
def hkdf(secret, salt, info, length=32):
    pseudo = hmac.digest(salt, secret, "sha256")
    out, block, count = b"", b"", 0
    while len(out) < length:
        count += 1
        block = hmac.digest(pseudo, block + info + bytes([count]), "sha256")
        out += block
    return out[:length]


# --- slots ------------------------------------------------------------------
def wrapping_key(kind, content, secret):
    if kind == PASSPHRASE:
        log2_n, r, p, zero = content[:4]
        assert zero == 0
        return hashlib.scrypt(secret, salt=content[4:36], n=1 << log2_n, r=r,
                              p=p, maxmem=2 ** 31 - 1, dklen=32)
    return hkdf(secret, content[:32], b"fob vault key file 1")


def slot_open(kind, content, vault_id, secret):
    key = wrapping_key(kind, content, secret)
    head = vault_id + bytes([kind]) + content[:-48]
    return aead_open(key, head, content[-48:])


def slot_content(slot, vault_id, vault_key):
    """The content of a slot as vectors.json describes it."""
    if "content" in slot:
        return bytes.fromhex(slot["content"])
    head = bytes(slot.get("cost", [])) + bytes.fromhex(slot["salt"])
    secret = (slot["passphrase"].encode() if "passphrase" in slot
              else (FOLDER / slot["key_file"]).read_bytes())
    key = wrapping_key(slot["type"], head, secret)
    return head + aead_seal(key, vault_id + bytes([slot["type"]]) + head,
                            vault_key)


# --- records ----------------------------------------------------------------
def encode_value(kind, value):
    if kind == TEXT:
        return value.encode()
    if kind == BYTES:
        return bytes.fromhex(value)
    return value.to_bytes(abs(kind), "big", signed=kind < 0)


def decode_value(kind, value):
    if kind == TEXT:
        return value.decode()
    if kind == BYTES:
        return value.hex()
    if len(value) != abs(kind):
        raise Damaged("number")
    return int.from_bytes(value, "big", signed=kind < 0)


def encode_record(record):
    content = b""
    for tag, (name, kind) in enumerate(FIELDS.get(record["record"], []), 1):
        value = record.get(name, 0 if isinstance(kind, int) else "")
        if value != "":
            value = encode_value(kind, value)
            content += struct.pack(">BH", tag, len(value)) + value
    content += bytes.fromhex(record.get("unknown", ""))
    return struct.pack(">HI", record["record"], len(content)) + content


def decode_record(kind, content):
    record, unknown, at = {"record": kind}, b"", 0
    fields = FIELDS.get(kind, [])
    while kind in FIELDS and at < len(content):
        tag, length = struct.unpack_from(">BH", content, at)
        value = content[at + 3:at + 3 + length]
        if len(value) != length:
            raise Damaged("field")
        if 1 <= tag <= len(fields):
            name, form = fields[tag - 1]
            record[name] = decode_value(form, value)
        else:
            unknown += content[at:at + 3 + length]
        at += 3 + length
    if kind not in FIELDS:
        unknown = content
    if unknown:
        record["unknown"] = unknown.hex()
    return record


def decode_records(data):
    records, at = [], 0
    while at < len(data):
        kind, length = struct.unpack_from(">HI", data, at)
        content = data[at + 6:at + 6 + length]
        if len(content) != length:
            raise Damaged("record")
        records.append(decode_record(kind, content))
        at += 6 + length
    return records


# --- file -------------------------------------------------------------------
def sha256(data):
    return hashlib.sha256(data).digest()


def encode_header(vault, sealed_len):
    vault_id = bytes.fromhex(vault["id"])
    slots = b""
    for slot in vault["slots"]:
        content = slot_content(slot, vault_id, bytes.fromhex(vault["key"]))
        raw = struct.pack(">BBH", slot["type"], 0, len(content)) + content
        slots += raw + sha256(raw)[:8]
    header = MAGIC + struct.pack(">HHI", 1, 76 + len(slots) + 32, sealed_len)
    header += vault_id + struct.pack(">Q", vault["generation"])
    header += bytes.fromhex(vault["salt"])
    header += bytes([len(vault["slots"]), 0, 0, 0]) + slots
    return header + sha256(header)


def encode(vault):
    records = b"".join(encode_record(r) for r in vault["records"])
    header = encode_header(vault, len(records) + 16)
    key = hkdf(bytes.fromhex(vault["key"]), bytes.fromhex(vault["salt"]),
               b"fob vault contents 1")
    whole = header + aead_seal(key, header, records)
    return whole + sha256(whole)


def decode_slots(data, count):
    slots, at = [], 0
    for _ in range(count):
        kind, zero, length = struct.unpack_from(">BBH", data, at)
        content = data[at + 4:at + 4 + length]
        check = data[at + 4 + length:at + 12 + length]
        if zero or sha256(data[at:at + 4 + length])[:8] != check:
            raise Damaged("slot")
        slots.append((kind, content))
        at += 12 + length
    if at != len(data):
        raise Damaged("slots")
    return slots


def decode(data, kind, secret):
    """What is in a vault: generation, id, slots, records, and its key."""
    if data[:8] != MAGIC:
        raise Damaged("magic")
    version, header_len, sealed_len = struct.unpack_from(">HHI", data, 8)
    if version != 1 or len(data) != header_len + sealed_len + 32:
        raise Damaged("length")
    header, sealed = data[:header_len], data[header_len:-32]
    if sha256(header[:-32]) != header[-32:] or sha256(data[:-32]) != data[-32:]:
        raise Damaged("digest")
    vault_id, salt = header[16:32], header[40:72]
    slots = decode_slots(header[76:-32], header[72])
    for slot_kind, content in slots:
        if slot_kind != kind:
            continue
        try:
            vault_key = slot_open(kind, content, vault_id, secret)
            break
        except Damaged:
            continue
    else:
        raise Damaged("no slot opens")
    key = hkdf(vault_key, salt, b"fob vault contents 1")
    return {"id": vault_id.hex(), "key": vault_key.hex(), "salt": salt.hex(),
            "generation": int.from_bytes(header[32:40], "big"),
            "slots": [(k, c.hex()) for k, c in slots],
            "records": decode_records(aead_open(key, header, sealed))}


def vectors():
    return json.loads((FOLDER / "vectors.json").read_text())


if __name__ == "__main__":
    for file_name, described in vectors().items():
        (FOLDER / file_name).write_bytes(encode(described))
