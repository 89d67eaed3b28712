/* SPDX-License-Identifier: MIT */
/* Programs that fob starts: its own, and those that the AWS files name. */
#include "host/agent/doctor/doctor.h"

#include "host/base/shell_line.h"
#include "host/base/text.h"
#include "host/config/credential_process.h"
#include "host/config/words.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COMMAND_MAX = 2048 };

void doctor_check_programs(struct doctor *doctor)
{
    static const struct {
        const char *name, *use;
    } programs[] = {{"fob-net", "which speaks to AWS"},
                    {"fob-qr", "which reads and shows QR codes"},
                    {"fob-flash", "which writes a token's firmware"}};
    char path[FOB_PATH_MAX];
    struct fob_error error;

    for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
        if (fob_path_program(programs[i].name, path, &error) != FOB_OK)
            doctor_report(doctor, DOCTOR_PROBLEM, "programs", error.hint,
                          "%s, %s", error.text, programs[i].use);
}

static bool is_program(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISREG(info.st_mode) &&
           access(path, X_OK) == 0;
}

/* As execvp looks for it. */
static bool is_on_path(const char *folders, const char *name)
{
    char path[FOB_PATH_MAX];

    while (folders != NULL) {
        size_t len = strcspn(folders, ":");

        if (len > 0 &&
            fob_text_format(path, sizeof(path), "%.*s/%s", (int)len, folders,
                            name) == FOB_OK &&
            is_program(path))
            return true;
        folders = folders[len] == ':' ? folders + len + 1 : NULL;
    }
    return false;
}

/* The first word, if it is one that can be looked for without a shell. */
static const char *find_word(const char *command, char room[static COMMAND_MAX])
{
    char *words[1];

    if (fob_text_copy(room, COMMAND_MAX, command) != FOB_OK ||
        words_split(room, words, 1) < 1)
        return NULL;
    return strpbrk(command, "`;|&<>(\n") == NULL &&
                   strpbrk(words[0], "$=*?[") == NULL
               ? words[0]
               : NULL;
}

static bool can_run(const struct doctor *doctor, const char *word)
{
    const char *const *env = doctor->profile.env;
    const char *home = fob_profile_env(env, "HOME");
    const char *folders = fob_profile_env(env, "PATH");
    char path[FOB_PATH_MAX];

    if (strncmp(word, "~/", 2) == 0 && home != NULL)
        return fob_text_format(path, sizeof(path), "%s%s", home, word + 1) !=
                   FOB_OK ||
               is_program(path);
    if (word[0] == '/')
        return is_program(word);
    /* Relative to a folder that is not known here. */
    return strchr(word, '/') != NULL || folders == NULL ||
           is_on_path(folders, word);
}

void doctor_check_command(struct doctor *doctor, const char *key)
{
    const struct fob_profile *found = &doctor->profile.found;
    const char *command = fob_profile_get(found, key), *word;
    char room[COMMAND_MAX], hint[FOB_ERROR_HINT_MAX + 1];
    bool is_own;

    if (command == NULL || command[0] == '\0')
        return;
    is_own = fob_credential_process_is_own(command, NULL);
    word = find_word(command, room);
    if (word == NULL || can_run(doctor, word))
        return;
    if (!is_own || fob_shell_line(hint, sizeof(hint), "fob setup %s",
                                  found->name) != FOB_OK)
        (void)!fob_text_format(hint, sizeof(hint), "install it, or mend the %s",
                               key);
    doctor_report(doctor, DOCTOR_PROBLEM, "profiles", hint,
                  "the %s of profile %s runs %s, which is not there or cannot "
                  "be run",
                  key, found->name, word);
}
