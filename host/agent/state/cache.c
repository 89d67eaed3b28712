/* SPDX-License-Identifier: MIT */
#include "host/agent/state/cache.h"

#include "host/agent/state/state_file.h"

#include <errno.h>
#include <unistd.h>

static const char folder_name[] = "sessions";

enum fob_status cache_get(struct fob_agent *agent, const char *name,
                          struct fob_secret *content)
{
    char path[FOB_PATH_MAX];
    struct fob_error ignored;
    enum fob_status status = state_file_path(folder_name, name, path, &ignored);

    if (status == FOB_OK)
        status = sealed_file_read(agent, path, name, content);
    return status == FOB_OK || status == FOB_E_NO_MEMORY ? status
                                                         : FOB_E_NOT_FOUND;
}

enum fob_status cache_put(struct fob_agent *agent, const char *name,
                          const struct fob_secret *content,
                          struct fob_error *error)
{
    char path[FOB_PATH_MAX];
    enum fob_status status = state_file_make(folder_name, name, path, error);

    if (status == FOB_OK)
        status = sealed_file_write(agent, path, name, content, error);
    return status;
}

void cache_keep(struct fob_request *request, const char *name,
                const struct fob_secret *content)
{
    struct fob_error ignored;

    if (cache_put(request->agent, name, content, &ignored) != FOB_OK)
        request_progress(request, "%s", ignored.text);
}

void cache_drop(const char *name)
{
    char path[FOB_PATH_MAX];
    struct fob_error ignored;

    if (state_file_path(folder_name, name, path, &ignored) == FOB_OK)
        (void)!unlink(path);
}

struct visit {
    struct fob_agent *agent;
    void (*call)(void *context, const char *name,
                 const struct fob_secret *content);
    void *context;
};

static void visit_file(void *context, const char *path)
{
    const struct visit *visit = context;
    char name[CACHE_NAME_MAX + 1];
    struct fob_secret content = {0};

    if (sealed_file_open(visit->agent, path, name, &content) == FOB_OK)
        visit->call(visit->context, name, &content);
    fob_secret_free(&content);
}

enum fob_status cache_each(struct fob_agent *agent,
                           void (*visit)(void *context, const char *name,
                                         const struct fob_secret *content),
                           void *context, struct fob_error *error)
{
    struct visit each = {.agent = agent, .call = visit, .context = context};

    return state_file_each(folder_name, visit_file, &each, error);
}

static void remove_file(void *context, const char *path)
{
    int *fault = context;

    if (unlink(path) != 0 && errno != ENOENT)
        *fault = errno;
}

enum fob_status cache_clear(struct fob_error *error)
{
    int fault = 0;
    enum fob_status status =
        state_file_each(folder_name, remove_file, &fault, error);

    if (status == FOB_OK && fault != 0) {
        errno = fault;
        status = fob_error_errno(error, FOB_E_IO,
                                 "a cached session cannot be removed");
    }
    return status;
}
