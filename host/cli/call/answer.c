/* SPDX-License-Identifier: MIT */
#include "host/cli/call/answer.h"

#include "host/base/text.h"
#include "host/cli/call/new_passphrase.h"
#include "host/cli/call/own_settings.h"
#include "host/cli/ui/input.h"
#include "host/cli/ui/pinentry.h"
#include "host/cli/ui/tty.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PASSPHRASE_MAX = 4096, STATUS_WAIT_MS = 2000 };

/* The program that asks, or "" for the terminal. */
static enum fob_status find_pinentry(struct command_call *call,
                                     char program[static FOB_PATH_MAX])
{
    struct fob_settings settings;
    enum fob_status status = own_settings_load(&settings, &call->error);

    program[0] = '\0';
    if (status != FOB_OK)
        return status;
    return fob_text_copy(program, FOB_PATH_MAX, settings.pinentry);
}

static enum fob_status word_typed(struct command_call *call,
                                  enum fob_status status)
{
    if (status == FOB_E_TOO_LONG)
        return fob_error_set(&call->error, status,
                             "more than %d bytes were typed", TTY_ANSWER_MAX);
    return status == FOB_OK ? FOB_OK : FOB_E_NOBODY;
}

static enum fob_status ask_once(struct command_call *call, const char *program,
                                const char *text, struct fob_secret *answer)
{
    char prompt[FOB_ERROR_TEXT_MAX + 1];

    if (program[0] != '\0')
        return pinentry_ask(program, "passphrase", text, answer, &call->error);
    if (fob_text_format(prompt, sizeof(prompt), "%s: ", text) != FOB_OK)
        return FOB_E_NOBODY;
    return word_typed(call, tty_ask(prompt, false, answer));
}

/* Of what programs call many times at once.  Who is asked again to prove who
 * he is, is asked of an open vault, too. */
static bool wants_open_vault(const struct fob_message *request)
{
    return request->type == FOB_REQUEST_CREDENTIALS ||
           request->type == FOB_REQUEST_CODE ||
           request->type == FOB_REQUEST_PAIR ||
           request->type == FOB_REQUEST_LOGIN ||
           request->type == FOB_REQUEST_UNLOCK;
}

/* Whether another command has opened the vault meanwhile; a private agent's
 * nobody else can. */
static bool is_open_now(void *context)
{
    const struct command_call *call = context;
    struct fob_client client = {.fd = -1};
    struct fob_message request = {0}, reply = {0};
    struct fob_error ignored;
    bool is_open = false;

    if (call->client.private_pid != 0 || !wants_open_vault(&call->request))
        return false;
    fob_message_start(&request, FOB_REQUEST_STATUS);
    if (fob_client_open(&client, call->client.callbacks, false, &ignored) ==
        FOB_OK) {
        client.timeout_ms = STATUS_WAIT_MS;
        is_open =
            fob_client_call(&client, &request, &reply, &ignored) == FOB_OK &&
            fob_message_number(&reply, FOB_TAG_LOCKED, 1) == 0;
    }
    fob_client_close(&client);
    fob_message_free(&request);
    fob_message_free(&reply);
    return is_open;
}

/* Of several commands at one terminal the first asks for all. */
static enum fob_status ask_vault(struct command_call *call, const char *text,
                                 struct fob_secret *answer)
{
    char program[FOB_PATH_MAX], prompt[FOB_ERROR_TEXT_MAX + 3];
    enum fob_status status = find_pinentry(call, program);

    if (status != FOB_OK)
        return status;
    if (program[0] != '\0')
        return pinentry_ask(program, "passphrase", text, answer, &call->error);
    if (fob_text_format(prompt, sizeof(prompt), "%s: ", text) != FOB_OK)
        return FOB_E_NOBODY;
    return word_typed(call, tty_ask_unless(prompt, is_open_now, call, answer));
}

static bool is_new(enum fob_question question)
{
    return question == FOB_QUESTION_NEW_PASSPHRASE ||
           question == FOB_QUESTION_NEW_TOKEN ||
           question == FOB_QUESTION_NEW_BACKUP ||
           question == FOB_QUESTION_NEW_EXPORT;
}

static enum fob_status ask_person(struct command_call *call,
                                  enum fob_question question, const char *text,
                                  struct fob_secret *answer)
{
    char program[FOB_PATH_MAX];
    enum fob_status status = find_pinentry(call, program);

    if (status != FOB_OK)
        return status;
    return is_new(question)
               ? new_passphrase_ask(call, program, question, text, answer)
               : ask_once(call, program, text, answer);
}

static enum fob_status ask_yes(const char *text, struct fob_secret *answer)
{
    char prompt[FOB_ERROR_TEXT_MAX + 1];

    if (fob_text_format(prompt, sizeof(prompt), "%s [yes/no]: ", text) !=
        FOB_OK)
        return FOB_E_NOBODY;
    return tty_ask(prompt, true, answer);
}

static enum fob_status ask_line(const char *text, struct fob_secret *answer)
{
    char prompt[FOB_ERROR_TEXT_MAX + 3];

    if (fob_text_format(prompt, sizeof(prompt), "%s: ", text) != FOB_OK)
        return FOB_E_NOBODY;
    return tty_ask(prompt, true, answer);
}

/* It is good for a moment only: seen, it is typed right. */
static enum fob_status ask_code(struct command_call *call, const char *text,
                                struct fob_secret *answer)
{
    char program[FOB_PATH_MAX];
    enum fob_status status = find_pinentry(call, program);

    if (status != FOB_OK)
        return status;
    if (program[0] != '\0')
        return pinentry_ask(program, "code", text, answer, &call->error);
    return ask_line(text, answer);
}

static enum fob_status ask_file(struct command_call *call, const char *path,
                                const char *source, struct fob_secret *answer)
{
    enum fob_status status = input_read_trusted(
        path, PASSPHRASE_MAX, FOB_FILE_UNREACHED, answer, &call->error);

    if (status == FOB_OK)
        input_trim(answer);
    else if (call->error.hint[0] == '\0')
        fob_error_hint(&call->error, "%s names that file", source);
    return status;
}

/* A password of another program may come from its editor, with CR LF; fob's own
 * passphrases are all that stands before the newline. */
static enum fob_status ask_password_file(struct command_call *call,
                                         const char *path,
                                         struct fob_secret *answer)
{
    enum fob_status status = ask_file(call, path, "--password-file", answer);

    if (status == FOB_OK && answer->len > 0 &&
        answer->data[answer->len - 1] == '\r')
        answer->data[--answer->len] = '\0';
    return status;
}

/* Whoever writes it anew makes another answer of it: so the times of its
 * content and its status, and the length, are a part of what it is. */
static void note_source(const char *path, struct fob_client_source *source)
{
    struct stat file;

    source->is_file = true;
    if (stat(path, &file) != 0 || !S_ISREG(file.st_mode))
        return;
    (void)!fob_text_format(
        source->file, sizeof(source->file), "%jx:%jx:%jx:%jx.%lx:%jx.%lx",
        (uintmax_t)file.st_dev, (uintmax_t)file.st_ino, (uintmax_t)file.st_size,
        (uintmax_t)file.st_mtim.tv_sec, (unsigned long)file.st_mtim.tv_nsec,
        (uintmax_t)file.st_ctim.tv_sec, (unsigned long)file.st_ctim.tv_nsec);
}

static bool is_of_backup(enum fob_question question)
{
    return question == FOB_QUESTION_NEW_BACKUP ||
           question == FOB_QUESTION_BACKUP_CODE ||
           question == FOB_QUESTION_BACKUP;
}

static bool is_of_token(enum fob_question question)
{
    return question == FOB_QUESTION_TOKEN || question == FOB_QUESTION_NEW_TOKEN;
}

/* The file that answers, or NULL, and what names it. */
static const char *find_file(const struct command_call *call,
                             enum fob_question question, const char **source)
{
    const char *file;

    *source = "FOB_PASSPHRASE_FILE";
    if (is_of_token(question))
        *source = "FOB_TOKEN_PASSPHRASE_FILE";
    if (is_of_backup(question))
        *source = "FOB_BACKUP_CODE_FILE";
    file = getenv(*source);
    if (question == FOB_QUESTION_IMPORT_PASSWORD ||
        question == FOB_QUESTION_NEW_EXPORT) {
        *source = "--password-file";
        file = call->password_file;
    }
    if (question == FOB_QUESTION_TOKEN_PERSON)
        file = NULL;
    return file == NULL || file[0] == '\0' ? NULL : file;
}

enum fob_status answer_find(struct command_call *call,
                            enum fob_question question, const char *text,
                            struct fob_secret *answer,
                            struct fob_client_source *source)
{
    const char *named, *file = find_file(call, question, &named);

    ui_progress_end(&call->ui);
    if (question == FOB_QUESTION_CONFIRM)
        return ask_yes(text, answer);
    if (question == FOB_QUESTION_LINE)
        return ask_line(text, answer);
    if (question == FOB_QUESTION_CODE)
        return ask_code(call, text, answer);
    if (file != NULL) {
        note_source(file, source);
        if (file == call->password_file)
            return ask_password_file(call, file, answer);
        return ask_file(call, file, named, answer);
    }
    if (question == FOB_QUESTION_PASSPHRASE)
        return ask_vault(call, text, answer);
    if (question == FOB_QUESTION_BACKUP_CODE)
        return ask_line(text, answer);
    return ask_person(call, question, text, answer);
}
