/* SPDX-License-Identifier: MIT */
/* The session credentials in a reply, under the names that SDKs read. */
#ifndef FOB_HOST_CLI_CALL_SDK_SESSION_H
#define FOB_HOST_CLI_CALL_SDK_SESSION_H

#include "host/cli/call/command.h"
#include "host/cli/ui/json.h"

/* Ask for a session of the call's profile, whose name is *profile.  The options
 * of the three commands that do so. */
struct sdk_session_options {
    int duration;
    int min_ttl;
    int wait;
    int fresh;
    int code;
};
FOB_MUST_CHECK enum fob_status
sdk_session_fetch(struct command_call *call,
                  const struct sdk_session_options *options,
                  const char **profile);

/* Put those of the options that the command has, an index of -1 being none,
 * into call->request. */
FOB_MUST_CHECK enum fob_status
sdk_session_put_options(struct command_call *call,
                        const struct sdk_session_options *options);

/* After a call that failed: where every code is spent, the next step is the
 * same command, and waits. */
void sdk_session_hint_wait(struct command_call *call, const char *profile);

/* A note when the session of call->reply, which is `profile`'s, ends sooner
 * than was asked for. */
void sdk_session_note_end(struct command_call *call,
                          const struct sdk_session_options *options,
                          const char *profile);

/* A variable and its value; `value` is a view of the reply, or of `time`. */
struct sdk_session_variable {
    const char *name;
    enum fob_tag tag;
    const void *value;
    size_t len;
    char time[24];
};

/* Which variable says what of a reply; a NULL name ends. */
struct sdk_session_name {
    const char *name;
    enum fob_tag tag;
};

/* The credentials themselves, and where they are to be had. */
extern const struct sdk_session_name sdk_session_names[];
extern const struct sdk_session_name sdk_session_endpoint_names[];

/* Names that SDKs would prefer to the variables above, NULL-ended. */
extern const char *const sdk_session_rivals[];
extern const char *const sdk_session_endpoint_rivals[];

/* Go through the variables that the reply sets in an environment: start with
 * the first of `names`, go on until false.  A region is left out when a
 * person has set one, unless --region was given. */
bool sdk_session_next(const struct command_call *call,
                      const struct sdk_session_name **at,
                      struct sdk_session_variable *variable);

/* The members that SDKs know credentials by. */
void sdk_session_put_members(const struct command_call *call,
                             struct json *json);

#endif
