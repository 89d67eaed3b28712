/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/doctor_environment.h"

#include "host/base/file_trust.h"
#include "host/base/text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char unset[] =
    "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN "
    "AWS_SECURITY_TOKEN AWS_CREDENTIAL_EXPIRATION";

static const char *find_value(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && value[0] != '\0' ? value : NULL;
}

static const char *find_profile(void)
{
    const char *name = find_value("AWS_PROFILE");

    return name != NULL ? name : find_value("AWS_DEFAULT_PROFILE");
}

/* SDKs that ask for a key in the environment look at no profile then. */
static void check_session(const struct doctor_environment *to)
{
    const char *end = find_value("AWS_CREDENTIAL_EXPIRATION"),
               *profile = find_profile();
    char text[FOB_ERROR_TEXT_MAX + 1];
    int64_t end_s;

    if (end != NULL && fob_text_time_parse(end, &end_s) == FOB_OK &&
        end_s <= (int64_t)time(NULL))
        snprintf(
            text, sizeof(text),
            "the session in AWS_SESSION_TOKEN ended at %s, and SDKs take it "
            "before any profile",
            end);
    else if (profile != NULL)
        snprintf(text, sizeof(text),
                 "SDKs take the session in AWS_SESSION_TOKEN and never look at "
                 "the profile %s",
                 profile);
    else {
        to->put(to->context, "note",
                "a session is in AWS_SESSION_TOKEN: SDKs take it before any "
                "profile",
                "");
        return;
    }
    to->put(to->context, "problem", text, unset);
}

static void check_key(const struct doctor_environment *to)
{
    bool has_id = find_value("AWS_ACCESS_KEY_ID") != NULL;
    bool has_secret = find_value("AWS_SECRET_ACCESS_KEY") != NULL;

    if (has_id && has_secret && find_value("AWS_SESSION_TOKEN") != NULL)
        check_session(to);
    else if (has_id && has_secret)
        to->put(to->context, "problem",
                "a long-term key is in AWS_ACCESS_KEY_ID, for every program to "
                "read; SDKs prefer it to any profile",
                unset);
    else if (has_id || has_secret)
        to->put(to->context, "problem",
                has_id
                    ? "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is "
                      "not: SDKs give up on half a key"
                    : "AWS_SECRET_ACCESS_KEY is set and AWS_ACCESS_KEY_ID is "
                      "not: a secret in the environment that nothing uses",
                unset);
    else
        to->put(to->context, "ok",
                "no key or session in AWS_ACCESS_KEY_ID hides the profiles",
                "");
}

/* As it is opened when it answers; nothing of it is read. */
static void check_file(const struct doctor_environment *to,
                       const char *variable, const char *otherwise)
{
    const char *path = find_value(variable);
    char text[FOB_ERROR_TEXT_MAX + 1];
    struct fob_error error = {0};
    int fd;

    if (path == NULL)
        return;
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        fob_error_errno(&error, FOB_E_IO, "%s cannot be read", path);
    else if (fob_file_check_trust(fd, path, FOB_FILE_UNREACHED, &error) ==
             FOB_OK) {
        close(fd);
        return;
    }
    if (fd >= 0)
        close(fd);
    snprintf(text, sizeof(text), "%s names a file that answers nothing: %.400s",
             variable, error.text);
    to->put(to->context, "problem", text,
            error.hint[0] != '\0' ? error.hint : otherwise);
}

void doctor_environment_check(const struct doctor_environment *to)
{
    check_key(to);
    check_file(to, "FOB_PASSPHRASE_FILE", "unset FOB_PASSPHRASE_FILE");
    check_file(to, "FOB_TOKEN_PASSPHRASE_FILE",
               "unset FOB_TOKEN_PASSPHRASE_FILE");
}
