/* SPDX-License-Identifier: MIT */
/*
 * The sockets stand beside the vault.  Links to them in the runtime folder are
 * for what looks there: ssh configurations that forward remote.sock, and
 * programs that were started before the sockets moved.
 */
#ifndef FOB_HOST_AGENT_RUNTIME_LINKS_H
#define FOB_HOST_AGENT_RUNTIME_LINKS_H

/* In each runtime folder that is there and ours alone.  What is no link and
 * answers, such as a socket that ssh has put there, is left alone.  Nothing of
 * this is worth failing for. */
void runtime_links_make(void);

/* Those that lead here. */
void runtime_links_remove(void);

#endif
