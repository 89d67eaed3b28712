/* SPDX-License-Identifier: MIT */
#include "host/agent/state/printed_keys.h"

#include "host/agent/state/session_file.h"
#include "host/base/text.h"

#include <string.h>

static struct agent_printed *find_printed(struct fob_agent *agent,
                                          const char *name)
{
    for (size_t i = 0; i < AGENT_PRINTED; i++)
        if (strcmp(agent->printed[i].name, name) == 0)
            return &agent->printed[i];
    return NULL;
}

enum fob_status printed_keys_get(struct fob_agent *agent, const char *name,
                                 struct session *key)
{
    const struct agent_printed *printed;
    enum fob_status status = FOB_E_NOT_FOUND;

    pthread_mutex_lock(&agent->mutex);
    printed = find_printed(agent, name);
    if (printed != NULL)
        status = session_file_decode(&printed->content, key);
    pthread_mutex_unlock(&agent->mutex);
    return status;
}

void printed_keys_put(struct fob_agent *agent, const char *name,
                      const struct session *key)
{
    struct agent_printed *printed;
    struct fob_secret content = {0};

    if (session_file_encode(key, &content) != FOB_OK)
        return;
    pthread_mutex_lock(&agent->mutex);
    printed = find_printed(agent, name);
    if (printed == NULL)
        printed = &agent->printed[agent->next_printed++ % AGENT_PRINTED];
    fob_secret_free(&printed->content);
    printed->content = content;
    if (fob_text_copy(printed->name, sizeof(printed->name), name) != FOB_OK)
        fob_secret_free(&printed->content);
    pthread_mutex_unlock(&agent->mutex);
}
