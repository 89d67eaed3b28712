/* SPDX-License-Identifier: MIT */
/* What a command of fob is, and one call of it. */
#ifndef FOB_HOST_CLI_CALL_COMMAND_H
#define FOB_HOST_CLI_CALL_COMMAND_H

#include "host/base/error.h"
#include "host/cli/call/limits.h"
#include "host/cli/ui/output.h"
#include "host/cli/ui/ui.h"
#include "host/client/client.h"

#include <limits.h>

enum {
    COMMAND_OPTIONS_MAX = 8,
    COMMAND_ANY = INT_MAX,    /* operands without an upper limit */
    COMMAND_OPTIONAL = 0x100, /* of a verb: one more, or not */
};

struct command_option {
    const char *name;  /* without the dashes */
    const char *value; /* what it takes, such as "FILE"; NULL: nothing */
    const char *help;
};

struct command_call;

struct command {
    const char *name;
    const char *synopsis;                 /* what follows the name */
    const char *summary;                  /* one line, no full stop */
    const struct command_option *options; /* a NULL name ends; may be NULL */
    int operands_min;
    int operands_max;
    /* Fills call->output, or words call->error and returns its status. */
    enum fob_status (*run)(struct command_call *call);
};

struct command_call {
    const struct command *command;
    /* By an option's index: its value, "" for one without, NULL: absent. */
    const char *option[COMMAND_OPTIONS_MAX];
    char **operand; /* ends with NULL */
    int operand_count;
    int operands_ahead; /* of "--"; -1 when there was none */
    struct ui ui;
    struct limits limits;     /* the caller's */
    struct fob_client client; /* see exchange.h */
    struct fob_message request;
    struct fob_message reply;
    struct output output; /* stdout, written when the command succeeded */
    struct fob_error error;
    bool is_unattended;        /* nobody is asked, no file is read for it */
    const char *password_file; /* answers FOB_QUESTION_IMPORT_PASSWORD */
    int exit_status;           /* when not the status's own */
};

extern const struct command command_add, command_agent, command_code,
    command_completion, command_credentials, command_devices, command_doctor,
    command_enroll, command_env, command_exec, command_export, command_import,
    command_keys, command_list, command_lock, command_login, command_pair,
    command_remove, command_rename, command_replace, command_resync,
    command_sessions, command_setup, command_token, command_unenroll,
    command_unlock, command_vault, command_watch;

/* All of them, NULL-ended, and the one of a name, or NULL. */
extern const struct command *const command_table[];
const struct command *command_find(const char *name);

/* A fault of the command line, pointing at the command's help. */
__attribute__((format(printf, 2, 3))) enum fob_status
command_usage(struct command_call *call, const char *format, ...);

/* Commands with verbs, such as `fob keys list`: a table that a NULL name
 * ends. */
struct command_verb {
    const char *name;
    int operands; /* after the verb; or'ed with COMMAND_OPTIONAL */
    enum fob_status (*run)(struct command_call *call);
};

/* Run the verb that operand 0 names; it then finds its own operands from
 * call->operand[1] on. */
FOB_MUST_CHECK enum fob_status
command_run_verb(struct command_call *call, const struct command_verb *verbs);

/* Append the reply's field `tag`, called `what` when it is missing. */
FOB_MUST_CHECK enum fob_status command_put_field(struct command_call *call,
                                                 enum fob_tag tag,
                                                 const char *what);

#endif
