/* SPDX-License-Identifier: MIT */
/*
 * What fob and fob-agent say to each other: the numbers of docs/protocol.md,
 * section "agent".  Add, never renumber.
 *
 * A client sends a request; the agent answers with any number of notes,
 * progress lines and questions and ends with FOB_REPLY_OK or FOB_REPLY_ERROR;
 * the connection may then be used for the next one.
 */
#ifndef FOB_HOST_WIRE_PROTOCOL_H
#define FOB_HOST_WIRE_PROTOCOL_H

#include "host/wire/requests.h"

enum {
    FOB_PROTOCOL_VERSION = 1,
    FOB_MESSAGE_MAX = 65 << 20, /* bytes after the length word: a file of 64 MiB
                                   and what comes with it */
    FOB_NAME_MAX = 255,         /* bytes of an account's or profile's name */
};

#define FOB_REQUEST_NUMBER(number, name, function, is_remote, fields, reply)   \
    FOB_REQUEST_##name = (number),

enum fob_message_type {
    FOB_REQUEST_ANSWER = 0x40,  /* DATA FILE?: to the question just asked */
    FOB_REQUEST_DECLINE = 0x41, /* nobody can be asked */

    FOB_REPLY_OK = 0x80,       /* as requests.h has it */
    FOB_REPLY_ERROR = 0x81,    /* STATUS TEXT HINT? */
    FOB_REPLY_NOTE = 0x82,     /* TEXT: to stderr, unless -q */
    FOB_REPLY_PROGRESS = 0x83, /* TEXT: to a terminal, overwritten later */
    FOB_REPLY_QUESTION = 0x84, /* QUESTION TEXT */

    FOB_REQUESTS(FOB_REQUEST_NUMBER)
};

/* Kinds of question: which of its sources a client may answer from. */
enum fob_question {
    FOB_QUESTION_PASSPHRASE = 1,      /* opens the vault */
    FOB_QUESTION_NEW_PASSPHRASE = 2,  /* makes one: a terminal asks twice */
    FOB_QUESTION_IMPORT_PASSWORD = 3, /* opens a foreign file */
    FOB_QUESTION_CONFIRM = 4,         /* "yes" or anything else */
    FOB_QUESTION_TOKEN = 5,           /* opens a token */
    FOB_QUESTION_NEW_TOKEN = 6,       /* is to open it: asked for twice */
    FOB_QUESTION_LINE = 7,            /* a line of text that is no secret */
    FOB_QUESTION_CODE = 8,            /* six digits of an authenticator */
    FOB_QUESTION_NEW_BACKUP = 16,   /* a passphrase for one: asked for twice */
    FOB_QUESTION_BACKUP_CODE = 17,  /* opens one: shown as it is typed */
    FOB_QUESTION_BACKUP = 18,       /* a passphrase that opens one */
    FOB_QUESTION_TOKEN_PERSON = 24, /* opens a token, and no file's answer */
    FOB_QUESTION_NEW_EXPORT = 28,   /* a password for a file: asked for twice */
};

/* Fields.  Texts are UTF-8 without NUL; numbers are 8 bytes, big-endian;
 * flags are numbers, set when not 0. */
enum fob_tag {
    FOB_TAG_NAME = 0x01,
    FOB_TAG_NEW_NAME = 0x02,
    FOB_TAG_ISSUER = 0x03,
    FOB_TAG_LABEL = 0x04,
    FOB_TAG_URI = 0x05,    /* secret */
    FOB_TAG_SECRET = 0x06, /* secret; base32 text */
    FOB_TAG_TYPE = 0x07,   /* "totp" or "hotp" */
    FOB_TAG_HASH = 0x08,   /* "SHA1", "SHA256", "SHA512" */
    FOB_TAG_DIGITS = 0x09, /* number */
    FOB_TAG_PERIOD = 0x0a, /* number, s */
    FOB_TAG_COUNTER = 0x0b,
    FOB_TAG_CODE = 0x0c,        /* text */
    FOB_TAG_CODE_2 = 0x0d,      /* text: the second of a pair */
    FOB_TAG_TIME = 0x0e,        /* number, Unix s */
    FOB_TAG_NEXT = 0x0f,        /* flag */
    FOB_TAG_FORCE = 0x10,       /* flag */
    FOB_TAG_PLACE = 0x11,       /* "vault" or a token's serial */
    FOB_TAG_SERIAL = 0x12,      /* ARN of an MFA device */
    FOB_TAG_CREATED = 0x13,     /* number, Unix s */
    FOB_TAG_DATA = 0x14,        /* bytes */
    FOB_TAG_PATH = 0x15,        /* absolute path */
    FOB_TAG_DEVICE = 0x16,      /* name of an MFA device, or its ARN */
    FOB_TAG_ACCOUNT = 0x17,     /* name of an account of the vault */
    FOB_TAG_ADD = 0x18,         /* flag: a device besides the profile's */
    FOB_TAG_TRUST_CLOCK = 0x19, /* flag: a person's word that an endpoint's
                                   clock may be a day off and more */

    FOB_TAG_PROFILE = 0x20,
    FOB_TAG_ENV = 0x21, /* "NAME=VALUE" of the caller, repeated */
    FOB_TAG_DURATION = 0x22,
    FOB_TAG_MIN_TTL = 0x23,
    FOB_TAG_WAIT = 0x24, /* flag */
    FOB_TAG_ALL = 0x25,  /* flag */
    FOB_TAG_ACCESS_KEY_ID = 0x26,
    FOB_TAG_SECRET_KEY = 0x27,    /* secret; of a session */
    FOB_TAG_SESSION_TOKEN = 0x28, /* secret */
    FOB_TAG_EXPIRATION = 0x29,    /* number, Unix s */
    FOB_TAG_ACCOUNT_ID = 0x2a,
    FOB_TAG_REGION = 0x2b,
    FOB_TAG_USER = 0x2c,

    FOB_TAG_STATUS = 0x30, /* number: enum fob_status */
    FOB_TAG_TEXT = 0x31,
    FOB_TAG_HINT = 0x32,
    FOB_TAG_QUESTION = 0x33, /* number: enum fob_question */
    FOB_TAG_RECORD = 0x34,   /* nested fields: one row of a listing */
    FOB_TAG_RESULT = 0x35,   /* text: what became of one imported account */
    FOB_TAG_NUMBER = 0x36,
    FOB_TAG_VERSION = 0x37, /* text: the agent's version */
    FOB_TAG_PID = 0x38,
    FOB_TAG_LOCKED = 0x39,      /* flag */
    FOB_TAG_SWAPPABLE = 0x3a,   /* flag: secrets could not be mlocked */
    FOB_TAG_LOCKS_AT = 0x3b,    /* number, Unix s; absent when never */
    FOB_TAG_CONNECTIONS = 0x3c, /* number */
    FOB_TAG_PROOF = 0x3e,   /* secret; bytes: a key file that opens the vault */
    FOB_TAG_CONFIRM = 0x3f, /* "no", "terminal", "pinentry", "desktop" */

    FOB_TAG_TOKEN = 0x60,     /* a token's serial */
    FOB_TAG_TRANSPORT = 0x61, /* "hid", "pcsc", "sim" */
    FOB_TAG_STATE = 0x62,     /* "open", "unlocked", "locked" ... */
    FOB_TAG_TRIES = 0x63,     /* number */
    FOB_TAG_ACCOUNTS = 0x64,  /* number, on the token */
    FOB_TAG_ROOM = 0x65,      /* number of accounts it can hold */
    FOB_TAG_DAMAGED = 0x66,   /* number of those that cannot be read */
    FOB_TAG_UPTIME = 0x67,    /* s */
    FOB_TAG_USES = 0x68,      /* number of codes since its reset */
    FOB_TAG_WEAR = 0x69,      /* number of flash sectors opened */
    FOB_TAG_REPAIRS = 0x6a,   /* number, after cuts of the power */
    FOB_TAG_TOUCHED = 0x6b,   /* flag */
    FOB_TAG_UNSEALED = 0x6c,  /* flag: no passphrase is wanted */
    FOB_TAG_UNTOUCHED = 0x6d, /* flag: codes need no touch */
    FOB_TAG_ID = 0x6e,        /* text: of a token's store, in hex */
    FOB_TAG_EXISTING = 0x6f,  /* text: the name of an account on a token */
    FOB_TAG_PRINTED = 0x8c,   /* number: on a YubiKey */
    FOB_TAG_FILE = 0x8b,      /* text: which file an answer is from; "": a
                                 pipe, which looks like any other */

    FOB_TAG_ROLE = 0x7a,     /* its ARN */
    FOB_TAG_IDENTITY = 0x7b, /* "role/NAME", "user/NAME" */
    FOB_TAG_PEEK = 0x7c,     /* flag: a locked vault stays locked */

    FOB_TAG_ONLINE = 0x80,        /* flag: AWS is asked, too */
    FOB_TAG_FRESH = 0x74,         /* flag: of a code that is new */
    FOB_TAG_REPLACE_PHONE = 0x76, /* flag: a device that a person has */
    FOB_TAG_WANTED = 0x75,        /* number, s: what was asked for, not given */

    FOB_TAG_GUESSABLE = 0x88, /* flag: under a passphrase, and no code */
    FOB_TAG_OLD_NAME = 0x89,  /* the name in a backup */

    FOB_TAG_FILE_NAME = 0x90, /* as a person gave it */
    FOB_TAG_WHERE = 0x91,     /* in a file: "line 3", "entry 3", "code 3" */
    FOB_TAG_REASON = 0x92,
    FOB_TAG_LIST = 0x93, /* flag: nothing is stored */

    FOB_TAG_EACH = 0x94,    /* number: accounts that a QR code may have */
    FOB_TAG_URI_MAX = 0x95, /* number: bytes that its text may have */

    FOB_TAG_OTHER_NAME = 0x98, /* flag: it is kept by another name */
    FOB_TAG_MOVED = 0x99,      /* flag: its counter goes on from the file's */
};

#endif
