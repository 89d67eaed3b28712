/* SPDX-License-Identifier: MIT */
#include "host/agent/doctor/doctor_online.h"

#include "host/agent/codes/ledger_file.h"
#include "host/agent/iam/device_list.h"
#include "host/agent/state/session_cache.h"
#include "host/agent/state/state_file.h"
#include "host/base/shell_line.h"
#include "host/base/text.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LEFT_S = 60, NAMES_MAX = 240 };

bool doctor_online_has_session(const struct doctor_online_user *user,
                               struct session *session)
{
    const char *serial = user->chain->serial;
    const struct session_key key = {.access_key_id = user->key->id,
                                    .serial = serial == NULL ? "" : serial,
                                    .role = "",
                                    .endpoint = user->sts};

    return serial != NULL && session_cache_get(user->doctor->request->agent,
                                               &key, LEFT_S, session) == FOB_OK;
}

static void word_use(const struct fob_iam_last_used *used, char *text,
                     size_t cap)
{
    char when[FOB_TEXT_TIME_LEN + 1];

    if (used->used_s == 0) {
        (void)!fob_text_copy(text, cap, "never used yet, as IAM knows");
        return;
    }
    fob_text_time(used->used_s, when);
    snprintf(text, cap, "last used at %s for %.60s in %.60s", when,
             used->service, used->region);
}

static void look_at_key(const struct doctor_online_user *user,
                        struct iam_session *client)
{
    struct doctor *doctor = user->doctor;
    struct iam_request asked = {.action = FOB_IAM_GET_ACCESS_KEY_LAST_USED};
    struct aws_call_reply reply = {0};
    struct fob_iam_last_used used;
    char text[256];
    enum fob_status status;

    asked.params.value[FOB_IAM_ACCESS_KEY_ID] = user->key->id;
    status = iam_session_call(client, &asked, &reply);
    if (status == FOB_OK)
        status = fob_iam_last_used_reply(&reply.exchange, &used,
                                         &doctor->request->error);
    if (status == FOB_OK) {
        word_use(&used, text, sizeof(text));
        doctor_report(doctor, DOCTOR_OK, "online", "", "the key %s: %s",
                      user->key->id, text);
    } else
        doctor_report_missed(doctor, "the last use of the key", user->key->id);
    aws_call_reply_free(&reply);
}

/* --- the device ------------------------------------------------------------*/

struct search {
    const char *serial;
    int64_t enabled_s;
    bool is_found;
    char others[NAMES_MAX];
};

static bool match_device(void *context, const struct fob_iam_device *device)
{
    struct search *search = context;
    size_t len = strlen(search->others);

    if (strcmp(device->serial, search->serial) == 0) {
        search->is_found = true;
        search->enabled_s = device->enabled_s;
        return false;
    }
    if (len + strlen(device->serial) + 3 < sizeof(search->others))
        snprintf(search->others + len, sizeof(search->others) - len, "%s%s",
                 len == 0 ? "" : ", ", device->serial);
    return true;
}

static void tell_device(const struct doctor_online_user *user,
                        const struct search *search, const char *name)
{
    const char *profile = profile_chain_base(user->chain)->name;
    char hint[FOB_ERROR_HINT_MAX + 1], when[FOB_TEXT_TIME_LEN + 1];

    if (search->is_found) {
        fob_text_time(search->enabled_s, when);
        doctor_report(user->doctor, DOCTOR_OK, "online", "",
                      "the device %s is there, enabled at %s", search->serial,
                      when);
        return;
    }
    if (fob_shell_line(hint, sizeof(hint), "fob devices --profile %s",
                       profile) != FOB_OK)
        hint[0] = '\0';
    doctor_report(user->doctor, DOCTOR_PROBLEM, "online", hint,
                  "user %s has no device %s; of it AWS knows %s", name,
                  search->serial,
                  search->others[0] == '\0' ? "none" : search->others);
}

static void look_at_device(const struct doctor_online_user *user,
                           struct iam_session *client)
{
    struct search search = {.serial = user->chain->serial};
    const struct device_list_visit visit = {match_device, &search};
    const char *name = client->user.name;

    if (device_list_of_user(client, name, &visit) == FOB_OK)
        tell_device(user, &search, name);
    else
        doctor_report_missed(user->doctor, "the device", name);
}

/* As the ledger has it, which is not made for being looked at. */
static void look_at_ledger(const struct doctor_online_user *user)
{
    const char *serial = user->chain->serial;
    char path[FOB_PATH_MAX], when[FOB_TEXT_TIME_LEN + 1];
    struct ledger_file file;
    struct fob_error ignored;

    if (state_file_path("devices", serial, path, &ignored) != FOB_OK ||
        access(path, R_OK) != 0 ||
        ledger_file_open(&file, serial, 0, &ignored) != FOB_OK) {
        doctor_report(user->doctor, DOCTOR_NOTE, "online", "",
                      "no code of %s was sent from this machine, as far as its "
                      "ledger can be read",
                      serial);
        return;
    }
    if (file.ledger.check_count > 0) {
        fob_text_time(file.ledger.checks[file.ledger.check_count - 1], when);
        doctor_report(
            user->doctor, DOCTOR_OK, "online", "",
            "a code of %s was last sent at %s, %u in this window of 3 "
            "minutes",
            serial, when,
            fob_ledger_checks_in_window(&file.ledger, time(NULL)));
    }
    ledger_file_close(&file);
}

void doctor_online_look_at_user(const struct doctor_online_user *user)
{
    struct doctor *doctor = user->doctor;
    const struct profile *base = profile_chain_base(user->chain);
    struct iam_session client = {.request = doctor->request};

    if (iam_session_open(doctor->request, base->name, &client) == FOB_OK) {
        client.never_mints = true;
        (void)doctor_online_has_session(user, &client.session);
        look_at_key(user, &client);
        if (user->chain->serial != NULL)
            look_at_device(user, &client);
    } else
        doctor_report_missed(doctor, "the user", base->name);
    iam_session_close(&client);
    if (user->chain->serial != NULL)
        look_at_ledger(user);
}
