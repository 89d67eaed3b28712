/* SPDX-License-Identifier: MIT */
/* Changes at AWS that a run began and did not finish. */
#include "host/agent/doctor/doctor.h"

#include "host/agent/iam/journal_entry.h"
#include "host/agent/state/sealed_file.h"
#include "host/agent/state/state_file.h"
#include "host/base/shell_line.h"
#include "host/base/text.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WHAT_MAX = 2 * FOB_ACCOUNT_ARN_MAX + 64 };

static void word_devices(const struct journal_entry *entry,
                         char text[static WHAT_MAX])
{
    if (entry->created[0] == '\0')
        snprintf(text, WHAT_MAX, "removing the device %s", entry->deleted);
    else if (entry->deleted[0] == '\0')
        snprintf(text, WHAT_MAX, "enrolling the device %s", entry->created);
    else
        snprintf(text, WHAT_MAX, "putting the device %s in the place of %s",
                 entry->created, entry->deleted);
}

/* The command that goes on from there; with a user who need not be the
 * profile's own. */
static enum fob_status word_command(const struct journal_entry *entry,
                                    char hint[FOB_ERROR_HINT_MAX + 1])
{
    const char *verb = entry->created[0] == '\0'   ? "unenroll"
                       : entry->deleted[0] != '\0' ? "replace"
                                                   : "enroll";

    if (entry->kind == JOURNAL_KEY)
        return fob_shell_line(hint, FOB_ERROR_HINT_MAX + 1,
                              "fob keys rotate %s", entry->profile);
    if (entry->sets_profile || strcmp(verb, "enroll") != 0)
        return fob_shell_line(hint, FOB_ERROR_HINT_MAX + 1,
                              "fob %s --profile %s", verb, entry->profile);
    return fob_shell_line(hint, FOB_ERROR_HINT_MAX + 1,
                          "fob enroll --profile %s --user %s", entry->profile,
                          entry->user);
}

static void tell_entry(struct doctor *doctor, const struct journal_entry *entry)
{
    char hint[FOB_ERROR_HINT_MAX + 1], what[WHAT_MAX];

    if (entry->kind == JOURNAL_KEY)
        snprintf(what, sizeof(what), "rotating the access key %s",
                 entry->key_id);
    else
        word_devices(entry, what);
    if (word_command(entry, hint) != FOB_OK)
        (void)!fob_text_copy(hint, sizeof(hint), "fob doctor --help");
    doctor_report(doctor, DOCTOR_PROBLEM, "journal", hint,
                  "%s for user %s was begun and not finished", what,
                  entry->user);
}

static void tell_unread(struct doctor *doctor, const char *path,
                        enum fob_status status)
{
    char hint[FOB_ERROR_HINT_MAX + 1];

    if (status == FOB_E_LOCKED) {
        doctor_report(doctor, DOCTOR_PROBLEM, "journal", "fob unlock",
                      "a change at AWS was begun and not finished; which, can "
                      "be told with the vault unlocked");
        return;
    }
    if (fob_shell_line(hint, sizeof(hint), "look at fob devices, then rm %s",
                       path) != FOB_OK)
        (void)!fob_text_copy(hint, sizeof(hint),
                             "look at fob devices, then remove it");
    doctor_report(doctor, DOCTOR_PROBLEM, "journal", hint,
                  "the journal of an unfinished change cannot be read: %s",
                  path);
}

/* Whoever has the lock is at work on it. */
static bool is_at_work(const char *path)
{
    struct fob_error ignored;
    int lock;

    if (state_file_lock(path, 0, &lock, &ignored) != FOB_OK)
        return true;
    close(lock);
    return false;
}

static void check_entry(void *context, const char *path)
{
    struct doctor *doctor = context;
    char name[SEALED_NAME_MAX + 1];
    struct fob_secret content = {0};
    struct journal_entry entry;
    enum fob_status status;

    if (state_file_is_lock(path) || is_at_work(path))
        return;
    status = sealed_file_open(doctor->request->agent, path, name, &content);
    if (status == FOB_OK)
        status = journal_entry_decode(content.data, content.len, &entry);
    fob_secret_free(&content);
    if (status == FOB_OK)
        tell_entry(doctor, &entry);
    else if (status != FOB_E_NOT_FOUND)
        tell_unread(doctor, path, status);
}

void doctor_check_journal(struct doctor *doctor)
{
    struct fob_error error = {0};

    if (state_file_each("journal", check_entry, doctor, &error) != FOB_OK)
        doctor_report_error(doctor, "journal", &error);
}
