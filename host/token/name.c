/* SPDX-License-Identifier: MIT */
/* What an account is called on a token. */
#include "host/base/text.h"
#include "host/token/token.h"
#include "src/sha256.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { DIGEST_LEN = 4, ASIDE_LEN = 4, PERIOD_DIGITS_MAX = 5 };

/* Back to where a character of UTF-8 begins. */
static void cut_text(char *text, size_t max)
{
    size_t len = strlen(text);

    if (len <= max)
        return;
    while (max > 0 && ((unsigned char)text[max] & 0xc0) == 0x80)
        max--;
    text[max] = '\0';
}

static bool begins_with_period(const char *name)
{
    size_t digits = strspn(name, "0123456789");

    return digits > 0 && name[digits] == '/';
}

struct parts {
    char period[12]; /* "PERIOD/", or "" */
    char rest[FOB_ISSUER_MAX + FOB_LABEL_MAX + 2];
};

/* A period of 30 s goes without saying, unless the name says another. */
static void make_parts(const struct fob_account *account, struct parts *parts)
{
    *parts = (struct parts){.period = ""};
    snprintf(parts->rest, sizeof(parts->rest), "%s%s%s", account->issuer,
             account->issuer[0] == '\0' ? "" : ":", account->label);
    if (account->type == FOB_TOTP &&
        (account->period_s != FOB_PERIOD_S_DEFAULT ||
         begins_with_period(parts->rest)))
        snprintf(parts->period, sizeof(parts->period), "%u/",
                 (unsigned)account->period_s);
}

static bool has_room(const struct parts *parts)
{
    return strlen(parts->period) + strlen(parts->rest) <= FOB_TOKEN_NAME_MAX;
}

/* What is cut says what it was cut from. */
static void end_with_digest(struct parts *parts, const char *label)
{
    uint8_t digest[FOB_SHA256_LEN];
    struct fob_digest whole;
    char hex[2 * DIGEST_LEN + 1];

    fob_digest_init(&whole, &fob_sha256);
    fob_digest_update(&whole, parts->rest, strlen(parts->rest));
    fob_digest_final(&whole, digest);
    fob_text_hex(digest, DIGEST_LEN, hex);
    snprintf(parts->rest, sizeof(parts->rest), "%s", label);
    cut_text(parts->rest, FOB_TOKEN_NAME_MAX - strlen(parts->period) -
                              strlen("~") - strlen(hex));
    snprintf(parts->rest + strlen(parts->rest), 2 + sizeof(hex), "~%s", hex);
}

void fob_token_name(const struct fob_account *account,
                    char name[static FOB_TOKEN_NAME_MAX + 1])
{
    struct parts parts;

    make_parts(account, &parts);
    if (!has_room(&parts))
        end_with_digest(&parts, account->label);
    snprintf(name, FOB_TOKEN_NAME_MAX + 1, "%s%s", parts.period, parts.rest);
}

void fob_token_name_of_old(const struct fob_account *account,
                           char name[static FOB_TOKEN_NAME_MAX + 1])
{
    struct parts parts;

    make_parts(account, &parts);
    if (!has_room(&parts))
        snprintf(parts.rest, sizeof(parts.rest), "%s", account->label);
    cut_text(parts.rest, FOB_TOKEN_NAME_MAX - strlen(parts.period));
    snprintf(name, FOB_TOKEN_NAME_MAX + 1, "%s%s", parts.period, parts.rest);
}

void fob_token_name_aside(const char *name,
                          char aside[static FOB_TOKEN_NAME_MAX + 1])
{
    uint8_t random[ASIDE_LEN] = {0};
    char hex[2 * ASIDE_LEN + 1];

    (void)!getrandom(random, sizeof(random), 0);
    fob_text_hex(random, sizeof(random), hex);
    snprintf(aside, FOB_TOKEN_NAME_MAX + 1, "%s", name);
    cut_text(aside, FOB_TOKEN_NAME_MAX - strlen("~old-") - strlen(hex));
    snprintf(aside + strlen(aside), sizeof("~old-") + strlen(hex), "~old-%s",
             hex);
}

/* The period that a name says, and what stands after it. */
static const char *take_period(const char *name, uint32_t *period_s)
{
    char *end;
    unsigned long period;

    *period_s = FOB_PERIOD_S_DEFAULT;
    if (!begins_with_period(name) || strcspn(name, "/") > PERIOD_DIGITS_MAX)
        return name;
    period = strtoul(name, &end, 10);
    if (period == 0 || period > FOB_PERIOD_S_MAX || end[1] == '\0')
        return name;
    *period_s = (uint32_t)period;
    return end + 1;
}

enum fob_status fob_token_read_name(const char *name,
                                    struct fob_account *account)
{
    const char *rest = name, *colon;
    enum fob_status status;
    size_t len;

    account->period_s = 0;
    if (account->type == FOB_TOTP)
        rest = take_period(name, &account->period_s);
    colon = strchr(rest, ':');
    len = colon == NULL || colon == rest || colon[1] == '\0'
              ? 0
              : (size_t)(colon - rest);
    if (len >= sizeof(account->issuer))
        return FOB_E_TOO_LONG;
    memcpy(account->issuer, rest, len);
    account->issuer[len] = '\0';
    status = fob_text_copy(account->label, sizeof(account->label),
                           len == 0 ? rest : colon + 1);
    return status;
}
