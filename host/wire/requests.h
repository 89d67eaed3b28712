/* SPDX-License-Identifier: MIT */
/*
 * The requests that fob makes of fob-agent: the one list of them, from which
 * come their numbers (protocol.h), their functions and the agent's table of
 * them (host/agent/serve), and what may come by the forwarded socket.  The
 * table in docs/protocol.md repeats it, and a lint test holds the two to each
 * other.
 *
 * X(number, name, function, is_remote, fields, fields of the reply): `?` marks
 * a field that may be missing, `*` one that may repeat.  Add, never renumber.
 */
#ifndef FOB_HOST_WIRE_REQUESTS_H
#define FOB_HOST_WIRE_REQUESTS_H

/* clang-format off */
#define FOB_REQUESTS(X)                                                       \
    X(0x01, STATUS, status, true,                                             \
      "ENV*",                                                                 \
      "VERSION PID LOCKED SWAPPABLE CONNECTIONS LOCKS_AT? RECORD*: TIME "     \
      "PATH TYPE NAME? RESULT NUMBER (what far sides asked for, the newest "  \
      "first)")                                                               \
    X(0x02, UNLOCK, unlock, false,                                            \
      "ENV*",                                                                 \
      "LOCKS_AT?")                                                            \
    X(0x03, LOCK, lock, false,                                                \
      "ALL?",                                                                 \
      "")                                                                     \
    X(0x04, STOP, stop, false,                                                \
      "",                                                                     \
      "")                                                                     \
    X(0x05, FORWARD, forward, false,                                          \
      "PATH PROFILE? ACCOUNT? (lists of names) CONFIRM? ENV*",                \
      "")                                                                     \
    X(0x10, ADD, add, false,                                                  \
      "NAME? (URI, SECRET, or EXISTING and TOKEN) SERIAL? FORCE? TOKEN? "     \
      "UNTOUCHED? PROFILE? "                                                  \
      "(which must be there) TRUST_CLOCK? ENV*",                              \
      "NAME ISSUER")                                                          \
    X(0x11, CODE, code, true,                                                 \
      "NAME (or a profile) TIME? NEXT? ENV*",                                 \
      "CODE NAME TIME? (when the code ends) DURATION? (seconds until "        \
      "then)")                                                                \
    X(0x12, PAIR, pair, true,                                                 \
      "NAME (or a profile) ENV*",                                             \
      "CODE CODE_2 NAME")                                                     \
    X(0x13, LIST, list, true,                                                 \
      "",                                                                     \
      "RECORD*: NAME ISSUER LABEL TYPE HASH DIGITS (PERIOD or COUNTER) "      \
      "PLACE SERIAL? CREATED")                                                \
    X(0x14, RENAME, rename, false,                                            \
      "NAME NEW_NAME",                                                        \
      "")                                                                     \
    X(0x15, REMOVE, remove, false,                                            \
      "NAME FORCE? ENV*",                                                     \
      "")                                                                     \
    X(0x16, EXPORT, export, false,                                            \
      "NAME PROOF?",                                                          \
      "NAME URI, after a question")                                           \
    X(0x17, IMPORT, import, false,                                            \
      "(FILE_NAME? TYPE? (\"picture\") DATA)* FORCE? LIST?",                  \
      "RECORD*: NAME RESULT STATUS OLD_NAME? ISSUER? LABEL? PLACE? "          \
      "FILE_NAME? WHERE REASON? OTHER_NAME? MOVED?")                          \
    X(0x18, EXPORT_MANY, export_many, false,                                  \
      "TYPE (\"otpauth\", \"google\", \"aegis\") NAME* (none: all there are) "  \
      "EACH? URI_MAX? PROOF?",                                                \
      "RECORD*: NAME RESULT (\"exported\", \"left out\") STATUS REASON? (URI "  \
      "or NUMBER)? (of its code, from 1) URI* (of google's codes, in their "  \
      "order) DATA? (aegis's file), after a question")                        \
    X(0x20, KEYS_IMPORT, keys_import, false,                                  \
      "PROFILE ENV*",                                                         \
      "PROFILE ACCESS_KEY_ID PATH?")                                          \
    X(0x21, KEYS_LIST, keys_list, false,                                      \
      "",                                                                     \
      "RECORD*: PROFILE ACCESS_KEY_ID CREATED USER? PATH?")                   \
    X(0x22, KEYS_REMOVE, keys_remove, false,                                  \
      "PROFILE (or an access key's id) ENV*",                                 \
      "")                                                                     \
    X(0x23, KEYS_ROTATE, keys_rotate, false,                                  \
      "PROFILE FORCE? CODE? TRUST_CLOCK? ENV*",                               \
      "PROFILE ACCESS_KEY_ID")                                                \
    X(0x24, KEYS_ADD, keys_add, false,                                        \
      "PROFILE DATA (an access key, in any words) ENV*",                      \
      "PROFILE ACCESS_KEY_ID PATH? (of the file that has it as a new one)")   \
    X(0x25, KEYS_EXPORT, keys_export, false,                                  \
      "PROFILE (or an access key's id) PROOF? ENV*",                          \
      "PROFILE ACCESS_KEY_ID SECRET_KEY, after a question")                   \
    X(0x26, KEYS_MIGRATE, keys_migrate, false,                                \
      "RECORD*: PROFILE DATA (as aws-vault keeps it) ENV*",                   \
      "RECORD*: PROFILE ACCESS_KEY_ID? RESULT STATUS")                        \
    X(0x28, ENROLL, enroll, false,                                            \
      "PROFILE DEVICE? USER? NAME? ACCOUNT? FORCE? ADD? TOKEN? "              \
      "REPLACE_PHONE? CODE? TRUST_CLOCK? ENV*",                               \
      "SERIAL PROFILE NAME? USER?")                                           \
    X(0x29, DEVICES, devices, false,                                          \
      "PROFILE CODE? TRUST_CLOCK? ENV*",                                      \
      "RECORD*: SERIAL CREATED? NAME? PLACE? PROFILE?")                       \
    X(0x2a, RESYNC, resync, false,                                            \
      "PROFILE DEVICE? TRUST_CLOCK? ENV*",                                    \
      "SERIAL PROFILE NAME? USER?")                                           \
    X(0x2b, REPLACE, replace, false,                                          \
      "PROFILE DEVICE? NAME? TOKEN? TRUST_CLOCK? ENV*",                       \
      "as RESYNC, the new device")                                            \
    X(0x2c, UNENROLL, unenroll, false,                                        \
      "PROFILE DEVICE? CODE? TRUST_CLOCK? ENV*",                              \
      "SERIAL PROFILE")                                                       \
    X(0x30, CREDENTIALS, credentials, true,                                   \
      "PROFILE? DURATION? MIN_TTL? WAIT? FRESH? CODE? TRUST_CLOCK? ENV*",     \
      "ACCESS_KEY_ID SECRET_KEY SESSION_TOKEN EXPIRATION SERIAL PROFILE "     \
      "ACCOUNT_ID? DURATION? (seconds until it ends, by AWS's clock) "        \
      "WANTED? (seconds asked for, when it has less) REGION?")                \
    X(0x31, SESSIONS, sessions, true,                                         \
      "",                                                                     \
      "RECORD*: PROFILE ACCESS_KEY_ID SERIAL EXPIRATION ACCOUNT_ID?")         \
    X(0x32, SESSIONS_CLEAR, sessions_clear, false,                            \
      "PROFILE? (only its sessions) ENV*",                                    \
      "NUMBER? (of the profile's)")                                           \
    X(0x38, VAULT_STATUS, vault_status, false,                                \
      "",                                                                     \
      "PATH NUMBER (generation) RECORD*: NUMBER (from 1) TYPE")               \
    X(0x39, VAULT_PASSPHRASE, vault_passphrase, false,                        \
      "PROOF?",                                                               \
      "")                                                                     \
    X(0x3a, VAULT_KEY_FILE, vault_key_file, false,                            \
      "DATA (its content) PROOF?",                                            \
      "")                                                                     \
    X(0x3b, VAULT_SLOT_REMOVE, vault_slot_remove, false,                      \
      "NUMBER PROOF?",                                                        \
      "")                                                                     \
    X(0x3c, BACKUP, backup, false,                                            \
      "GUESSABLE? PROOF? ENV*",                                               \
      "DATA CODE? RECORD*: (NAME PLACE) or (ACCESS_KEY_ID PROFILE), after a " \
      "question")                                                             \
    X(0x3d, RESTORE, restore, false,                                          \
      "DATA ENV*",                                                            \
      "RECORD*: TYPE (\"account\", \"key\" or \"unknown\") RESULT OLD_NAME? "   \
      "and (NAME PLACE) or (ACCESS_KEY_ID PROFILE), after a question")        \
    X(0x50, TOKEN_LIST, token_list, false,                                    \
      "ENV*",                                                                 \
      "RECORD*: TOKEN TRANSPORT STATE ID? VERSION? ACCOUNTS? ROOM? PRINTED?")              \
    X(0x51, TOKEN_INFO, token_info, false,                                    \
      "TOKEN? ENV*",                                                          \
      "TOKEN TRANSPORT STATE, of our own also VERSION ACCOUNTS ROOM TRIES "   \
      "DAMAGED UPTIME USES WEAR REPAIRS and, when its log can be read, "      \
      "NUMBER (of codes not asked for) RECORD*: NUMBER NAME (TIME or "        \
      "COUNTER) TOUCHED")                                                     \
    X(0x52, TOKEN_INIT, token_init, false,                                    \
      "TOKEN? UNSEALED? ENV*",                                                \
      "TOKEN")                                                                \
    X(0x53, TOKEN_UNLOCK, token_unlock, false,                                \
      "TOKEN? ENV*",                                                          \
      "")                                                                     \
    X(0x54, TOKEN_PASSWORD, token_password, false,                            \
      "TOKEN? UNSEALED? ENV*",                                                \
      "")                                                                     \
    X(0x55, TOKEN_RESET, token_reset, false,                                  \
      "TOKEN? FORCE? ENV*",                                                   \
      "")                                                                     \
    X(0x56, TOKEN_IDENTIFY, token_identify, false,                            \
      "TOKEN? ENV*",                                                          \
      "")                                                                     \
    X(0x57, TOKEN_TIME, token_time, false,                                    \
      "NAME ENV*",                                                            \
      "")                                                                     \
    X(0x58, TOKEN_LOADER, token_loader, false,                                \
      "TOKEN? VERSION? FORCE? ENV*",                                          \
      "TOKEN")                                                                \
    X(0x59, TOKEN_LOCK, token_lock, false,                                    \
      "TOKEN? ENV*",                                                          \
      "")                                                                     \
    X(0x5a, TOKEN_ACCOUNTS, token_accounts, false,                            \
      "TOKEN? ENV*",                                                          \
      "RECORD*: EXISTING TYPE HASH PERIOD? DIGITS? UNTOUCHED? NAME? (in the " \
      "vault)")                                                               \
    X(0x70, DOCTOR, doctor, false,                                            \
      "ONLINE? PROFILE? TRUST_CLOCK? ENV*",                                   \
      "STATUS? (of a question that failed) RECORD*: NAME (of the check) "     \
      "RESULT (\"ok\", \"note\", \"problem\") TEXT HINT?")                    \
    X(0x71, LOGIN, login, false,                                              \
      "PROFILE? URI? (the destination) DURATION? WAIT? FRESH? CODE? "         \
      "TRUST_CLOCK? ENV*",                                                    \
      "URI")                                                                  \
    X(0x72, PROFILES, profiles, false,                                        \
      "PROFILE? (only it) PEEK? ENV*",                                        \
      "LOCKED RECORD*: PROFILE REGION? ACCOUNT_ID? (USER or ROLE)? IDENTITY? " \
      "SERIAL? PLACE? (\"elsewhere\": no account has the seed) NAME? (of the " \
      "account) EXPIRATION? (of its last session)")
/* clang-format on */

#endif
