/* SPDX-License-Identifier: MIT */
#include "host/config/credential_process.h"

#include "host/base/text.h"
#include "host/config/words.h"
#include "src/bytes.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 16 };

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

/* Of a command's options, those whose value is a word of its own. */
static bool has_value(const char *option)
{
    static const char *const valued[] = {"--format", "--duration", "--min-ttl",
                                         "--region", "--profile"};
    const char *letter = option[1] == '-' ? NULL : strchr(option + 1, 'd');

    for (size_t i = 0; i < sizeof(valued) / sizeof(valued[0]); i++)
        if (strcmp(option, valued[i]) == 0)
            return true;
    return letter != NULL && letter[1] == '\0';
}

/* Of the words behind fob's name: what its credentials are for, or NULL. */
static const char *find_profile(char *const *words, int count)
{
    static const char named[] = "--profile";
    const char *profile = NULL;
    bool is_command = false, is_option = true;

    for (int i = 0; i < count; i++) {
        const char *word = words[i];

        if (is_option && word[0] == '-' && word[1] != '\0') {
            if (strcmp(word, named) == 0 && i + 1 < count)
                profile = words[i + 1];
            else if (strncmp(word, named, strlen(named)) == 0 &&
                     word[strlen(named)] == '=')
                profile = word + sizeof(named);
            is_option = strcmp(word, "--") != 0;
            i += is_option && has_value(word);
        } else if (!is_command) {
            is_command = strcmp(word, "credentials") == 0;
            if (!is_command)
                return NULL;
        } else {
            profile = word;
        }
    }
    return is_command ? profile : NULL;
}

/* In a copy of the line, which is taken apart; "" is no profile's name. */
static const char *find_in_line(char *copy)
{
    char *words[WORDS_MAX];
    int count = copy != NULL ? words_split(copy, words, WORDS_MAX) : 0;
    bool is_own = count >= 2 && count <= WORDS_MAX && is_fob(words[0]);
    const char *found = is_own ? find_profile(words + 1, count - 1) : NULL;

    return found != NULL && found[0] != '\0' ? found : NULL;
}

bool fob_credential_process_read(const char *line, char *profile, size_t cap)
{
    char *copy = strdup(line);
    const char *found = find_in_line(copy);
    bool is_own = found != NULL && fob_text_copy(profile, cap, found) == FOB_OK;

    if (!is_own)
        profile[0] = '\0';
    free(copy);
    return is_own;
}

bool fob_credential_process_is_own(const char *line, const char *profile)
{
    char *copy = strdup(line);
    const char *found = find_in_line(copy);
    bool is_own =
        found != NULL && (profile == NULL || strcmp(found, profile) == 0);

    free(copy);
    return is_own;
}
