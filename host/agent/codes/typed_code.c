/* SPDX-License-Identifier: MIT */
#include "host/agent/codes/typed_code.h"

#include "host/base/monotonic.h"
#include "host/base/text.h"
#include "src/digest.h"
#include "src/sha256.h"
#include "src/wipe.h"

#include <string.h>

/* AWS takes a code for two steps before and after its own. */
enum { QUESTIONS_MAX = 3, USED_MS = 180 * 1000 };

static void make_digest(const char *serial, const char *code,
                        uint8_t hash[static FOB_SHA256_LEN])
{
    struct fob_digest digest;

    fob_digest_init(&digest, &fob_sha256);
    fob_digest_update(&digest, serial, strlen(serial) + 1);
    fob_digest_update(&digest, code, strlen(code));
    fob_digest_final(&digest, hash);
}

void typed_code_note(struct fob_request *request, const char *serial,
                     const struct typed_code *typed)
{
    struct fob_agent *agent = request->agent;
    struct agent_typed entry = {.at_ms = fob_monotonic_ms()};

    make_digest(serial, typed->code, entry.digest);
    pthread_mutex_lock(&agent->mutex);
    agent->typed[agent->next_typed++ % AGENT_TYPED] = entry;
    pthread_mutex_unlock(&agent->mutex);
}

static bool is_used(struct fob_request *request, const char *serial,
                    const char *code)
{
    struct fob_agent *agent = request->agent;
    uint8_t hash[FOB_SHA256_LEN];
    int64_t now_ms = fob_monotonic_ms();
    bool is_found = false;

    make_digest(serial, code, hash);
    pthread_mutex_lock(&agent->mutex);
    for (size_t i = 0; i < AGENT_TYPED; i++)
        is_found = is_found ||
                   (agent->typed[i].at_ms > 0 &&
                    now_ms - agent->typed[i].at_ms < USED_MS &&
                    memcmp(agent->typed[i].digest, hash, sizeof(hash)) == 0);
    pthread_mutex_unlock(&agent->mutex);
    fob_wipe(hash, sizeof(hash));
    return is_found;
}

static enum fob_status report_nobody(struct fob_request *request,
                                     const struct typed_code_device *device)
{
    fob_error_set(&request->error, FOB_E_NOBODY,
                  "the vault has no seed for %s, and nobody can be asked for a "
                  "code of it",
                  device->serial);
    fob_error_hint(&request->error,
                   "run it at a terminal, or give six digits on stdin with "
                   "--code -, or if the device is lost: fob enroll --profile "
                   "%s",
                   device->profile);
    return FOB_E_NOBODY;
}

static enum fob_status ask_once(struct fob_request *request,
                                const struct typed_code_device *device,
                                const char *why, struct typed_code *typed)
{
    char text[FOB_ERROR_TEXT_MAX + 1];
    struct fob_secret answer = {0};
    enum fob_status status =
        fob_text_format(text, sizeof(text), "%sCode of MFA device %s (%s)", why,
                        device->serial, device->profile);

    typed->asked++;
    /* Those who wait hold no copies. */
    request_drop_view(request);
    if (status == FOB_OK)
        status = request_ask(request, FOB_QUESTION_CODE, text, &answer);
    if (status == FOB_OK &&
        !fob_six_digits(answer.data, answer.len, typed->code))
        status = FOB_E_SYNTAX;
    fob_secret_free(&answer);
    return status == FOB_E_NOBODY ? report_nobody(request, device) : status;
}

static enum fob_status ask_person(struct fob_request *request,
                                  const struct typed_code_device *device,
                                  struct typed_code *typed)
{
    const char *why =
        typed->was_refused ? "That code was wrong, or used before. " : "";
    enum fob_status status;

    while (typed->asked < QUESTIONS_MAX) {
        status = ask_once(request, device, why, typed);
        if (status == FOB_OK && !is_used(request, device->serial, typed->code))
            return FOB_OK;
        if (status != FOB_OK && status != FOB_E_SYNTAX)
            return status;
        why = status == FOB_OK ? "That code is used: wait for the next one. "
                               : "That is not six digits. ";
        typed_code_drop(typed);
    }
    fob_error_set(&request->error, FOB_E_SYNTAX,
                  "no code of %s was typed that could be used", device->serial);
    fob_error_hint(&request->error,
                   "if the device is lost: fob enroll --profile %s",
                   device->profile);
    return FOB_E_SYNTAX;
}

static enum fob_status take_given(struct fob_request *request,
                                  const struct typed_code_device *device,
                                  struct typed_code *typed)
{
    memcpy(typed->code, typed->given, sizeof(typed->code));
    fob_wipe(typed->given, sizeof(typed->given));
    /* Who pipes one in is asked nothing. */
    typed->asked = QUESTIONS_MAX;
    if (!is_used(request, device->serial, typed->code))
        return FOB_OK;
    typed_code_drop(typed);
    fob_error_set(&request->error, FOB_E_REFUSED,
                  "that code of %s has been used: each serves once",
                  device->serial);
    fob_error_hint(&request->error, "wait for the next code and try again");
    return FOB_E_REFUSED;
}

enum fob_status typed_code_get(struct fob_request *request,
                               const struct typed_code_device *device,
                               struct typed_code *typed)
{
    if (typed->code[0] != '\0')
        return FOB_OK;
    if (typed->given[0] != '\0')
        return take_given(request, device, typed);
    return ask_person(request, device, typed);
}

void typed_code_drop(struct typed_code *typed)
{
    fob_wipe(typed->code, sizeof(typed->code));
}

bool typed_code_may_ask(const struct typed_code *typed)
{
    return typed->asked < QUESTIONS_MAX;
}

void typed_code_free(struct typed_code *typed)
{
    fob_wipe(typed, sizeof(*typed));
}
