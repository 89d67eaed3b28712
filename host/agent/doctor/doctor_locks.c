/* SPDX-License-Identifier: MIT */
/* Locks die with their holder, so one that is never free has a holder that
 * hangs. */
#include "host/agent/doctor/doctor.h"

#include "host/agent/state/state_file.h"
#include "host/base/file.h"
#include "host/base/text.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATIENCE_MS = 5000 };

/* Of an flock, as proc_locks(5) tells it; 0 when nobody does. */
static unsigned long find_holder(const char *path)
{
    FILE *locks = fopen("/proc/locks", "re");
    unsigned long found = 0, pid, inode;
    struct stat info;
    char line[256];

    if (locks == NULL)
        return 0;
    if (stat(path, &info) == 0)
        while (found == 0 && fgets(line, sizeof(line), locks) != NULL)
            if (sscanf(line, "%*d: FLOCK %*s %*s %lu %*x:%*x:%lu", &pid,
                       &inode) == 2 &&
                inode == info.st_ino)
                found = pid;
    fclose(locks);
    return found;
}

static void check_lock(struct doctor *doctor, enum doctor_level level,
                       const char *path)
{
    char hint[FOB_ERROR_HINT_MAX + 1] = "";
    struct fob_error error;
    enum fob_status status;
    unsigned long holder;
    int lock;

    if (access(path, F_OK) != 0)
        return;
    status = fob_file_lock(path, PATIENCE_MS, &lock, &error);
    if (status == FOB_OK) {
        close(lock);
        return;
    }
    /* That it cannot be written is told of its folder: doctor_files.c. */
    if (status != FOB_E_BUSY)
        return;
    holder = find_holder(path);
    if (holder != 0)
        snprintf(hint, sizeof(hint), "if process %lu hangs: kill %lu", holder,
                 holder);
    doctor_report(doctor, level, "locks", hint,
                  "the lock %s has not been free for %d s", path,
                  PATIENCE_MS / 1000);
}

/* Held for as long as a call to AWS takes. */
static void check_short(void *context, const char *path)
{
    if (state_file_is_lock(path))
        check_lock(context, DOCTOR_PROBLEM, path);
}

/* Held for as long as a person takes, with a finger or at the console. */
static void check_long(void *context, const char *path)
{
    if (state_file_is_lock(path))
        check_lock(context, DOCTOR_NOTE, path);
}

static void check_folder(struct doctor *doctor, const char *folder,
                         void (*check)(void *context, const char *path))
{
    struct fob_error error = {0};

    if (state_file_each(folder, check, doctor, &error) != FOB_OK)
        doctor_report_error(doctor, "locks", &error);
}

void doctor_check_locks(struct doctor *doctor)
{
    char place[FOB_PATH_MAX], path[FOB_PATH_MAX];
    struct fob_error ignored;

    if (fob_path_get(FOB_PATH_VAULT, place, &ignored) == FOB_OK &&
        fob_text_format(path, sizeof(path), "%s.lock", place) == FOB_OK)
        check_lock(doctor, DOCTOR_PROBLEM, path);
    if (state_file_folder("config.lock", path, &ignored) == FOB_OK)
        check_lock(doctor, DOCTOR_PROBLEM, path);
    check_folder(doctor, "devices", check_short);
    check_folder(doctor, "locks", check_short);
    check_folder(doctor, "journal", check_long);
    check_folder(doctor, "tokens", check_long);
}
