/* SPDX-License-Identifier: MIT */
/*
 * The agent's requests, one function each; docs/protocol.md says what they
 * take and give.  Each fills request->reply, or words request->error and
 * returns its status.
 */
#ifndef FOB_HOST_AGENT_SERVE_HANDLERS_H
#define FOB_HOST_AGENT_SERVE_HANDLERS_H

#include "host/agent/request/request.h"

/* serve_agent.c */
FOB_MUST_CHECK enum fob_status serve_status(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_unlock(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_lock(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_stop(struct fob_request *request);

/* serve_add.c */
FOB_MUST_CHECK enum fob_status serve_add(struct fob_request *request);

/* serve_accounts.c */
FOB_MUST_CHECK enum fob_status serve_list(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_rename(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_remove(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_export(struct fob_request *request);

/* serve_codes.c */
FOB_MUST_CHECK enum fob_status serve_code(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_pair(struct fob_request *request);

/* serve_import.c */
FOB_MUST_CHECK enum fob_status serve_import(struct fob_request *request);

/* serve_keys.c */
FOB_MUST_CHECK enum fob_status serve_keys_import(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_keys_list(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_keys_remove(struct fob_request *request);

/* serve_rotate.c */
FOB_MUST_CHECK enum fob_status serve_keys_rotate(struct fob_request *request);

/* serve_enroll.c */
FOB_MUST_CHECK enum fob_status serve_enroll(struct fob_request *request);

/* serve_devices.c */
FOB_MUST_CHECK enum fob_status serve_devices(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_resync(struct fob_request *request);

/* serve_replace.c, serve_unenroll.c */
FOB_MUST_CHECK enum fob_status serve_replace(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_unenroll(struct fob_request *request);

/* serve_sessions.c */
FOB_MUST_CHECK enum fob_status serve_credentials(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_sessions(struct fob_request *request);
FOB_MUST_CHECK enum fob_status
serve_sessions_clear(struct fob_request *request);

/* serve_token.c */
FOB_MUST_CHECK enum fob_status serve_token_list(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_token_info(struct fob_request *request);
FOB_MUST_CHECK enum fob_status
serve_token_identify(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_token_loader(struct fob_request *request);

/* serve_token_setup.c */
FOB_MUST_CHECK enum fob_status serve_token_init(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_token_unlock(struct fob_request *request);
FOB_MUST_CHECK enum fob_status
serve_token_password(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_token_reset(struct fob_request *request);
FOB_MUST_CHECK enum fob_status serve_token_time(struct fob_request *request);

/* serve_vault.c */
FOB_MUST_CHECK enum fob_status serve_vault_status(struct fob_request *request);
FOB_MUST_CHECK enum fob_status
serve_vault_passphrase(struct fob_request *request);
FOB_MUST_CHECK enum fob_status
serve_vault_key_file(struct fob_request *request);
FOB_MUST_CHECK enum fob_status
serve_vault_slot_remove(struct fob_request *request);

/* serve_login.c */
FOB_MUST_CHECK enum fob_status serve_login(struct fob_request *request);

/* serve_doctor.c */
FOB_MUST_CHECK enum fob_status serve_doctor(struct fob_request *request);

#endif
