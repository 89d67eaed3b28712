/* SPDX-License-Identifier: MIT */
#include "host/config/credential_process.h"

#include "host/config/words.h"
#include "src/bytes.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 8 };

static bool is_plain(const char *word)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz"
                                "0123456789_./@%+=:,-";

    return word[0] != '\0' && word[strspn(word, plain)] == '\0';
}

static void put_word(struct fob_writer *line, const char *word)
{
    if (is_plain(word)) {
        fob_put_text(line, word);
        return;
    }
    fob_put_u8(line, '\'');
    for (; *word != '\0'; word++) {
        if (*word == '\'')
            fob_put_text(line, "'\\''");
        else
            fob_put_bytes(line, word, 1);
    }
    fob_put_u8(line, '\'');
}

enum fob_status fob_credential_process_format(const char *program,
                                              const char *profile, char *line,
                                              size_t cap)
{
    struct fob_writer writer;

    fob_writer_init(&writer, line, cap);
    put_word(&writer, program);
    fob_put_text(&writer,
                 profile[0] == '-' ? " credentials -- " : " credentials ");
    put_word(&writer, profile);
    fob_put_u8(&writer, '\0');
    if (writer.status != FOB_OK && cap > 0)
        line[0] = '\0';
    return writer.status;
}

static bool is_fob(const char *program)
{
    const char *slash = strrchr(program, '/');

    return strcmp(slash != NULL ? slash + 1 : program, "fob") == 0;
}

bool fob_credential_process_is_own(const char *line, const char *profile)
{
    char *words[WORDS_MAX], *copy = strdup(line);
    int count = copy != NULL ? words_split(copy, words, WORDS_MAX) : 0;
    bool is_own = count >= 3 && count <= WORDS_MAX && is_fob(words[0]) &&
                  strcmp(words[1], "credentials") == 0;

    if (is_own && profile != NULL)
        is_own = strcmp(words[count - 1], profile) == 0;
    free(copy);
    return is_own;
}
