/* SPDX-License-Identifier: MIT */
#include "host/import/sink/otpauth_words.h"

#include <inttypes.h>
#include <stdio.h>

/* What can be said without looking at the rest of the fault. */
static const char *const plain_words[] = {
    [FOB_OTPAUTH_RIGHT] = "",
    [FOB_OTPAUTH_EMPTY] = "it is empty",
    [FOB_OTPAUTH_MIGRATION] = "it is an export of Google Authenticator, which "
                              "may hold several accounts",
    [FOB_OTPAUTH_MICROSOFT] =
        "it is a link for Microsoft Authenticator alone, without a secret",
    [FOB_OTPAUTH_OTHER_APP] =
        "it is a link for another app alone, without a secret",
    [FOB_OTPAUTH_PASSKEY] =
        "it is the code of a passkey or security key, without a secret",
    [FOB_OTPAUTH_WEB] = "it is a web link, without a secret",
    [FOB_OTPAUTH_BARE] = "it is a bare secret, not a URI",
    [FOB_OTPAUTH_OTHER] = "it does not begin with otpauth://",
    [FOB_OTPAUTH_LINES] =
        "it goes on in another line, which may be something else",
    [FOB_OTPAUTH_TWO] = "another URI stands in it",
    [FOB_OTPAUTH_STEAM] = "its codes are Steam's, which fob does not make",
    [FOB_OTPAUTH_MOTP] = "its codes are mOTP's, which fob does not make",
    [FOB_OTPAUTH_YANDEX] = "its codes are Yandex's, which fob does not make",
    [FOB_OTPAUTH_ENCODER] = "its codes are written by an encoder that fob does "
                            "not know",
    [FOB_OTPAUTH_TYPE] = "its type is neither totp nor hotp",
    [FOB_OTPAUTH_SHAPE] = "there is no // after otpauth:",
    [FOB_OTPAUTH_NO_LABEL] = "it names no account",
    [FOB_OTPAUTH_NO_SECRET] = "it has no secret",
    [FOB_OTPAUTH_ALGORITHM] =
        "its algorithm is none of SHA1, SHA256 and SHA512",
    [FOB_OTPAUTH_WEAK] = "its secret is shorter than 80 bits",
};

static const char *const part_names[] = {
    [FOB_OTPAUTH_PART_SECRET] = "secret",
    [FOB_OTPAUTH_PART_ISSUER] = "issuer",
    [FOB_OTPAUTH_PART_ALGORITHM] = "algorithm",
    [FOB_OTPAUTH_PART_DIGITS] = "digits",
    [FOB_OTPAUTH_PART_PERIOD] = "period",
    [FOB_OTPAUTH_PART_COUNTER] = "counter",
    [FOB_OTPAUTH_PART_ENCODER] = "encoder",
    [FOB_OTPAUTH_PART_STEAM] = "steam mark",
    [FOB_OTPAUTH_PART_LABEL] = "label",
    [FOB_OTPAUTH_PART_WHOLE] = "URI",
};

/* `of` stands behind the number of a character, `whole` for all of it. */
static void put_base32(const struct fob_base32_fault *fault, const char *of,
                       const char *whole,
                       char words[static FOB_OTPAUTH_WORDS_MAX])
{
    static const char *const kinds[] = {
        [FOB_BASE32_DIGIT] = "is 0, 1, 8 or 9, which base32 has not",
        [FOB_BASE32_PADDING] = "follows a =, which ends base32",
        [FOB_BASE32_SIGN] = "is none of base32's A to Z and 2 to 7",
        [FOB_BASE32_FOREIGN] = "is not ASCII, even if it looks so",
        [FOB_BASE32_BYTE] = "is not UTF-8",
    };

    if (fault->wrong == FOB_BASE32_EMPTY)
        snprintf(words, FOB_OTPAUTH_WORDS_MAX, "%s is empty", whole);
    else if (fault->wrong == FOB_BASE32_LENGTH)
        snprintf(words, FOB_OTPAUTH_WORDS_MAX,
                 "%s has %zu characters: one is missing, or one too many",
                 whole, fault->place);
    else
        snprintf(words, FOB_OTPAUTH_WORDS_MAX, "character %zu%s %s",
                 fault->place, of, kinds[fault->wrong]);
}

static void put_range(const struct fob_otpauth_fault *fault,
                      char words[static FOB_OTPAUTH_WORDS_MAX])
{
    if (fault->part == FOB_OTPAUTH_PART_COUNTER)
        snprintf(words, FOB_OTPAUTH_WORDS_MAX, "its counter is beyond 64 bits");
    else if (fault->part == FOB_OTPAUTH_PART_PERIOD)
        snprintf(words, FOB_OTPAUTH_WORDS_MAX,
                 "its period is %" PRIu64 " s, and fob serves 1 s to a day",
                 fault->number);
    else
        snprintf(words, FOB_OTPAUTH_WORDS_MAX,
                 "its codes have %" PRIu64 " digits, and fob makes %d to %d",
                 fault->number, FOB_DIGITS_MIN, FOB_DIGITS_MAX);
}

void fob_otpauth_words_put(const struct fob_otpauth_fault *fault,
                           char words[static FOB_OTPAUTH_WORDS_MAX])
{
    const char *part = part_names[fault->part];

    if (fault->wrong == FOB_OTPAUTH_SECRET)
        put_base32(&fault->secret, " of its secret", "its secret", words);
    else if (fault->wrong == FOB_OTPAUTH_RANGE)
        put_range(fault, words);
    else if (fault->wrong == FOB_OTPAUTH_TWICE)
        snprintf(words, FOB_OTPAUTH_WORDS_MAX, "it gives two values for its %s",
                 part);
    else if (fault->wrong == FOB_OTPAUTH_LONG)
        snprintf(words, FOB_OTPAUTH_WORDS_MAX, "its %s is too long", part);
    else if (fault->wrong == FOB_OTPAUTH_ESCAPE)
        snprintf(words, FOB_OTPAUTH_WORDS_MAX,
                 "its %s has a %% that stands for no character", part);
    else if (fault->wrong == FOB_OTPAUTH_NO_TEXT)
        snprintf(words, FOB_OTPAUTH_WORDS_MAX,
                 "its %s is not UTF-8, or holds a control character", part);
    else if (fault->wrong == FOB_OTPAUTH_NO_NUMBER)
        snprintf(words, FOB_OTPAUTH_WORDS_MAX, "its %s is no number", part);
    else
        snprintf(words, FOB_OTPAUTH_WORDS_MAX, "%s", plain_words[fault->wrong]);
}

void fob_otpauth_words_put_secret(const struct fob_base32_fault *fault,
                                  char words[static FOB_OTPAUTH_WORDS_MAX])
{
    put_base32(fault, "", "it", words);
}

void fob_otpauth_words_hint_secret(const struct fob_base32_fault *fault,
                                   struct fob_error *error)
{
    if (fault->wrong == FOB_BASE32_DIGIT)
        fob_error_advise(error,
                         "0 may be the letter O, 1 an I or L, 8 a B; if it is "
                         "hexadecimal: xxd -r -p | base32");
    else
        fob_error_advise(error, "copy the secret again, as the page shows it");
}

/* Links that only their own app follows: the page has another choice. */
static const char other_choice[] =
    "choose another authenticator app on that page, and take what it shows "
    "then";

void fob_otpauth_words_hint(const struct fob_otpauth_fault *fault,
                            struct fob_error *error)
{
    switch (fault->wrong) {
    case FOB_OTPAUTH_MIGRATION:
    case FOB_OTPAUTH_OTHER:
    case FOB_OTPAUTH_LINES:
    case FOB_OTPAUTH_TWO:
        fob_error_hint(error, "fob import -");
        break;
    case FOB_OTPAUTH_MICROSOFT:
    case FOB_OTPAUTH_OTHER_APP:
    case FOB_OTPAUTH_PASSKEY:
    case FOB_OTPAUTH_WEB:
        fob_error_advise(error, other_choice);
        break;
    case FOB_OTPAUTH_BARE:
        fob_error_hint(error, "fob add --secret - NAME");
        break;
    case FOB_OTPAUTH_NO_LABEL:
        fob_error_hint(error, "give the account a name: fob add --uri - NAME");
        break;
    case FOB_OTPAUTH_WEAK:
        fob_error_hint(error, "if it is right: fob add --force");
        break;
    case FOB_OTPAUTH_STEAM:
    case FOB_OTPAUTH_MOTP:
    case FOB_OTPAUTH_YANDEX:
    case FOB_OTPAUTH_ENCODER:
        fob_error_advise(error, "keep it in the app that it comes from");
        break;
    case FOB_OTPAUTH_SECRET:
        fob_otpauth_words_hint_secret(&fault->secret, error);
        break;
    default:
        fob_error_advise(error, "copy the whole URI again, or add its secret: "
                                "fob add --secret - NAME");
    }
}
