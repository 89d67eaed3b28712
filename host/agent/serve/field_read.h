/* SPDX-License-Identifier: MIT */
/* The fields of a request, as the rooms below want them: checked, and as
 * arguments. */
#ifndef FOB_HOST_AGENT_SERVE_FIELD_READ_H
#define FOB_HOST_AGENT_SERVE_FIELD_READ_H

#include "host/agent/codes/typed_code.h"
#include "host/agent/request/request.h"

/* The text of a field that must be there; FOB_E_USAGE, with the error set,
 * otherwise. */
FOB_MUST_CHECK enum fob_status field_read_text(struct fob_request *request,
                                               enum fob_tag tag,
                                               const char *what, char *text,
                                               size_t cap);

/* The same of one that may be missing: "" then. */
FOB_MUST_CHECK enum fob_status field_read_optional(struct fob_request *request,
                                                   enum fob_tag tag,
                                                   const char *what, char *text,
                                                   size_t cap);

/* The name of a profile; "": the one of the caller's environment. */
FOB_MUST_CHECK enum fob_status
field_read_profile(struct fob_request *request,
                   char name[static FOB_NAME_MAX + 1]);

/* The bytes of a field into the empty `bytes`, which stays so when there is
 * none. */
FOB_MUST_CHECK enum fob_status field_read_bytes(struct fob_request *request,
                                                enum fob_tag tag,
                                                struct fob_secret *bytes);

/* The code that the request brings along, if any, into the empty `typed`;
 * FOB_E_SYNTAX, with the error set, for what is none. */
FOB_MUST_CHECK enum fob_status field_read_code(struct fob_request *request,
                                               struct typed_code *typed);

bool field_read_flag(const struct fob_request *request, enum fob_tag tag);

/* Whether there is such a field. */
bool field_read_has(const struct fob_request *request, enum fob_tag tag);

#endif
