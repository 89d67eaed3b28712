/* SPDX-License-Identifier: MIT */
#include "host/cli/helper/flash.h"

#include "host/base/child.h"
#include "host/base/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LINES_MAX = 1 << 20,
    LINE_LEN_MAX = 1023,
    TIMEOUT_MS = 10 * 60 * 1000, /* 480 sectors of a slow chip, twice */
    BAR_WIDTH = 30,
    WORDS_MAX = 9,
    WAIT_LEN = 12,
};

/* --- lines ----------------------------------------------------------------*/

/* "progress STEP DONE TOTAL" */
static void hear_progress(struct flash_listener *listener, const char *rest)
{
    static const char full[BAR_WIDTH + 1] = "##############################";
    static const char empty[BAR_WIDTH + 1] = "..............................";
    char step[16], line[128];
    unsigned done, total;
    int marks;

    if (sscanf(rest, "%15s %7u %7u", step, &done, &total) != 3 || total == 0 ||
        done > total)
        return;
    marks = (int)(BAR_WIDTH * done / total);
    snprintf(line, sizeof(line), "%-8s [%.*s%.*s] %3u %%", step, marks, full,
             BAR_WIDTH - marks, empty, 100 * done / total);
    ui_progress(listener->ui, line);
}

/* "fault STATUS TEXT".  A status that no failure has is none. */
static void hear_fault(struct flash_listener *listener, const char *rest)
{
    char *end;
    unsigned long status = strtoul(rest, &end, 16);

    if (*end != ' ' || status < FOB_E_FAILED || status > FOB_E_DUPLICATE)
        return;
    fob_error_set(&listener->fault, (enum fob_status)status, "%s", end + 1);
}

static void hear_hint(struct flash_listener *listener, const char *rest)
{
    fob_error_advise(&listener->fault, rest);
}

static void keep_fact(char fact[FLASH_FACT_MAX + 1], const char *rest)
{
    snprintf(fact, FLASH_FACT_MAX + 1, "%s", rest);
}

static void hear_place(struct flash_listener *listener, const char *rest)
{
    keep_fact(listener->facts.place, rest);
}

static void hear_file(struct flash_listener *listener, const char *rest)
{
    keep_fact(listener->facts.file, rest);
}

static void hear_leave(struct flash_listener *listener, const char *rest)
{
    keep_fact(listener->facts.leave, rest);
}

static void hear_before(struct flash_listener *listener, const char *rest)
{
    keep_fact(listener->facts.before, rest);
}

static void hear_version(struct flash_listener *listener, const char *rest)
{
    keep_fact(listener->facts.version, rest);
}

static void hear_serial(struct flash_listener *listener, const char *rest)
{
    keep_fact(listener->facts.serial, rest);
}

static void hear_line(struct flash_listener *listener, const char *line)
{
    static const struct {
        const char *word;
        void (*hear)(struct flash_listener *, const char *);
    } words[] = {
        {"progress ", hear_progress}, {"place ", hear_place},
        {"file ", hear_file},         {"leave ", hear_leave},
        {"before ", hear_before},     {"version ", hear_version},
        {"serial ", hear_serial},     {"fault ", hear_fault},
        {"hint ", hear_hint},
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t len = strlen(words[i].word);

        if (strncmp(line, words[i].word, len) == 0)
            words[i].hear(listener, line + len);
    }
}

void flash_hear(void *context, const struct fob_secret *output)
{
    struct flash_listener *listener = context;
    const uint8_t *at, *end;

    while (listener->heard < output->len) {
        char line[LINE_LEN_MAX + 1];

        at = output->data + listener->heard;
        end = memchr(at, '\n', output->len - listener->heard);
        if (end == NULL)
            return;
        snprintf(line, sizeof(line), "%.*s", (int)(end - at), (const char *)at);
        hear_line(listener, line);
        listener->heard += (size_t)(end - at) + 1;
    }
}

/* --- the process ----------------------------------------------------------*/

static enum fob_status fail_unanswered(struct fob_error *error)
{
    fob_error_set(error, FOB_E_FAILED, "fob-flash ended without an answer");
    fob_error_hint(error, "plug the board in again with BOOTSEL held, then "
                          "run the command again");
    return FOB_E_FAILED;
}

/* Words for what `job` names, behind the program's; NULL-ended. */
static void put_words(const struct flash_job *job, char wait[static WAIT_LEN],
                      const char *words[static WORDS_MAX])
{
    int count = 1;

    if (job->is_forced)
        words[count++] = "--force";
    if (job->bus != NULL) {
        words[count++] = "--bus";
        words[count++] = job->bus;
    }
    if (job->serial != NULL) {
        words[count++] = "--serial";
        words[count++] = job->serial;
    }
    if (job->wait_s > 0) {
        snprintf(wait, WAIT_LEN, "%d", job->wait_s);
        words[count++] = "--wait";
        words[count++] = wait;
    }
    words[count] = NULL;
}

static enum fob_status run_program(const struct flash_job *job,
                                   const char *program,
                                   struct flash_listener *listener,
                                   struct fob_error *error)
{
    const char *words[WORDS_MAX] = {program};
    char wait[WAIT_LEN];
    int exit_status;
    struct fob_secret output = {0};
    const struct fob_child child = {
        .argv = words,
        .envp = (const char *const *)environ,
        .input = job->file->len > 0 ? (const void *)job->file->data : "",
        .input_len = job->file->len,
        .output_max = LINES_MAX,
        .timeout_ms = TIMEOUT_MS,
        .hear = flash_hear,
        .context = listener,
    };
    enum fob_status status;

    put_words(job, wait, words);
    status = fob_child_run(&child, &output, &exit_status, error);
    fob_secret_free(&output);
    if (status != FOB_OK || exit_status == 0)
        return status;
    if (listener->fault.status == FOB_OK)
        return fail_unanswered(error);
    *error = listener->fault;
    return error->status;
}

enum fob_status flash_run(const struct flash_job *job, struct ui *ui,
                          struct flash_facts *facts, struct fob_error *error)
{
    struct flash_listener listener = {.ui = ui};
    char program[FOB_PATH_MAX];
    enum fob_status status = fob_path_program("fob-flash", program, error);

    if (status == FOB_OK)
        status = run_program(job, program, &listener, error);
    ui_progress_end(ui);
    *facts = listener.facts;
    return status;
}
