/* SPDX-License-Identifier: MIT */
#include "host/config/setting_command.h"

#include "host/base/text.h"
#include "host/config/words.h"

#include <string.h>

/* The mark that `text` begins with, or -1. */
static int find_mark(const char *text, const struct fob_setting_mark *marks)
{
    for (int i = 0; marks[i].text != NULL; i++)
        if (strncmp(text, marks[i].text, strlen(marks[i].text)) == 0)
            return i;
    return -1;
}

/* Append `word`, its marks replaced, and a NUL. */
static enum fob_status put_word(struct fob_setting_command *command,
                                const char *word,
                                const struct fob_setting_mark *marks)
{
    enum fob_status status = FOB_OK;

    while (status == FOB_OK && *word != '\0') {
        int mark = find_mark(word, marks);

        if (mark < 0) {
            status = fob_secret_append(&command->text, word++, 1);
            continue;
        }
        command->used |= 1U << mark;
        word += strlen(marks[mark].text);
        status = fob_secret_append(&command->text, marks[mark].value,
                                   strlen(marks[mark].value));
    }
    return status == FOB_OK ? fob_secret_append(&command->text, "", 1) : status;
}

/* The room moves as it grows: pointers are set once it is full. */
static void point_at_words(struct fob_setting_command *command)
{
    char *at = (char *)command->text.data;

    for (size_t i = 0; i < command->count; i++) {
        command->argv[i] = at;
        at += strlen(at) + 1;
    }
}

static int split_line(const char *line,
                      char text[static FOB_SETTING_COMMAND_MAX + 1],
                      char *words[static FOB_SETTING_WORDS_MAX])
{
    if (fob_text_copy(text, FOB_SETTING_COMMAND_MAX + 1, line) != FOB_OK)
        return -1;
    return words_split(text, words, FOB_SETTING_WORDS_MAX);
}

enum fob_status fob_setting_command_make(const char *line,
                                         const struct fob_setting_mark *marks,
                                         struct fob_setting_command *command)
{
    char text[FOB_SETTING_COMMAND_MAX + 1];
    char *words[FOB_SETTING_WORDS_MAX];
    int count = split_line(line, text, words);
    enum fob_status status = FOB_OK;

    *command = (struct fob_setting_command){0};
    if (count <= 0 || count > FOB_SETTING_WORDS_MAX || words[0][0] == '\0')
        return FOB_E_SYNTAX;
    for (int i = 0; i < count && status == FOB_OK; i++)
        status = put_word(command, words[i], marks);
    if (status != FOB_OK) {
        fob_setting_command_free(command);
        return status;
    }
    command->count = (size_t)count;
    point_at_words(command);
    return FOB_OK;
}

void fob_setting_command_free(struct fob_setting_command *command)
{
    fob_secret_free(&command->text);
    *command = (struct fob_setting_command){0};
}

bool fob_setting_command_is_good(const char *line,
                                 const struct fob_setting_mark *marks)
{
    char text[FOB_SETTING_COMMAND_MAX + 1];
    char *words[FOB_SETTING_WORDS_MAX];
    int count = split_line(line, text, words);
    size_t len;

    if (count <= 0 || count > FOB_SETTING_WORDS_MAX || words[0][0] == '\0')
        return false;
    for (; (line = strchr(line, '{')) != NULL; line++) {
        len = strspn(line + 1, "abcdefghijklmnopqrstuvwxyz_");
        if (len > 0 && line[len + 1] == '}' && find_mark(line, marks) < 0)
            return false;
    }
    return true;
}
