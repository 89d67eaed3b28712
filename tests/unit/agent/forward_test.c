/* SPDX-License-Identifier: MIT */
/* The sockets that are made to be forwarded: who may be asked, what is left
 * behind, and what an end ends. */
#include "host/agent/request/agent.h"

#include "host/base/text.h"
#include "tests/lib/tap.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static struct fob_agent agent;
static struct forward_rules rules;
static struct fob_error error;
static char folder[] = "/tmp/fob-forward-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[FORWARD_PATH_MAX + 1];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static enum fob_status open_at(const char *name, int person, uint64_t *id)
{
    const struct forward_wish wish = {path_of(name), &rules, person};

    return forward_open(&agent, &wish, id, &error);
}

static bool is_there(const char *name)
{
    struct stat info;

    return lstat(path_of(name), &info) == 0;
}

/* What the server does in its loop. */
static size_t count_listeners(void)
{
    size_t count = 0;
    uint64_t id;

    for (size_t i = 1; i < FORWARD_MAX; i++)
        count += forward_listener(&agent, i, &id) >= 0;
    return count;
}

static void test_life(void)
{
    struct forward_rules got;
    char path[FORWARD_PATH_MAX + 1];
    struct stat info;
    uint64_t id, other;

    rules.confirm = FOB_REMOTE_CONFIRM_DESKTOP;
    tap_ok(open_at("a", 5, &id) == FOB_OK && count_listeners() == 1,
           "one more socket is listened at");
    tap_ok(lstat(path_of("a"), &info) == 0 && (info.st_mode & 0777) == 0600,
           "it is private");
    tap_ok(forward_find(&agent, id, &got, path) &&
               got.confirm == FOB_REMOTE_CONFIRM_DESKTOP,
           "with its rules");
    tap_ok(open_at("a", 6, &other) == FOB_E_EXISTS && is_there("a"),
           "no second one at its path");
    forward_end(&agent, id);
    tap_ok(!is_there("a") && !forward_find(&agent, id, &got, path),
           "after its end there is neither path nor rule");
    tap_ok(count_listeners() == 0, "nor a socket");
    tap_ok(open_at("a", 5, &other) == FOB_OK && other != id,
           "the next one is another");
    forward_end(&agent, other);
    tap_ok(count_listeners() == 0, "and ends");
}

static void test_left_over(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    uint64_t id;

    if (fob_text_copy(address.sun_path, sizeof(address.sun_path),
                      path_of("old")) != FOB_OK ||
        bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0)
        abort();
    close(fd);
    tap_ok(open_at("old", 5, &id) == FOB_OK,
           "a socket with nobody behind it makes way");
    forward_end(&agent, id);
    fd = open(path_of("file"), O_CREAT | O_WRONLY, 0600);
    close(fd);
    tap_ok(open_at("file", 5, &id) == FOB_E_EXISTS && is_there("file"),
           "a file does not");
    unlink(path_of("file"));
    tap_ok(open_at("none/x", 5, &id) == FOB_E_FAILED,
           "a folder that is not there is a fault");
    count_listeners();
}

static void test_room(void)
{
    uint64_t ids[FORWARD_MAX], extra;
    char name[8];
    bool is_good = true;

    for (int i = 0; i < FORWARD_MAX - 1; i++) {
        snprintf(name, sizeof(name), "%d", i);
        is_good &= open_at(name, 10 + i, &ids[i]) == FOB_OK;
    }
    tap_ok(is_good && count_listeners() == FORWARD_MAX - 1,
           "so many there are");
    tap_ok(open_at("more", 30, &extra) == FOB_E_BUSY && !is_there("more"),
           "and no more, which leaves nothing behind");
    forward_unlink_all(&agent);
    tap_ok(!is_there("0") && !is_there("6"), "no path outlives the agent");
    for (int i = 0; i < FORWARD_MAX - 1; i++)
        forward_end(&agent, ids[i]);
    tap_ok(count_listeners() == 0, "all end");
}

static void test_person(void)
{
    uint64_t one, two;

    tap_ok(forward_take_person(&agent, FORWARD_REMOTE) == -1,
           "nobody is there to be asked");
    if (open_at("one", 5, &one) != FOB_OK || open_at("two", 6, &two) != FOB_OK)
        abort();
    tap_ok(forward_take_person(&agent, one) == 5, "each has its own person");
    tap_ok(forward_take_person(&agent, one) == -1, "who is asked one thing");
    tap_ok(forward_take_person(&agent, FORWARD_REMOTE) == 6,
           "remote.sock has the latest");
    forward_give_back(&agent, 5, true);
    tap_ok(forward_is_late(&agent, one) && !forward_is_late(&agent, two) &&
               forward_take_person(&agent, one) == -1,
           "with an answer to come nothing else is asked");
    forward_give_back(&agent, 5, false);
    tap_ok(!forward_is_late(&agent, one) &&
               forward_take_person(&agent, one) == 5,
           "when it has come, it is");
    forward_give_back(&agent, 5, true);
    forward_end(&agent, one);
    tap_ok(true, "an answer that never comes holds no end up");
    forward_give_back(&agent, 6, false);
    forward_end(&agent, two);
    count_listeners();
}

static void test_pause(void)
{
    uint64_t id;

    if (open_at("one", 5, &id) != FOB_OK)
        abort();
    forward_pause(&agent, id, 60000);
    tap_ok(forward_is_paused(&agent, id) &&
               !forward_is_paused(&agent, FORWARD_REMOTE),
           "a no is for one socket");
    forward_pause(&agent, FORWARD_REMOTE, 60000);
    tap_ok(forward_is_paused(&agent, FORWARD_REMOTE), "also for remote.sock");
    forward_pause(&agent, FORWARD_REMOTE, -1);
    tap_ok(!forward_is_paused(&agent, FORWARD_REMOTE), "for a while");
    forward_end(&agent, id);
    tap_ok(!forward_is_paused(&agent, id + 100), "of others nothing is known");
    count_listeners();
}

int main(void)
{
    if (mkdtemp(folder) == NULL)
        return 1;
    umask(0077);
    agent_init(&agent, true);
    test_life();
    test_left_over();
    test_room();
    test_person();
    test_pause();
    rmdir(folder);
    return tap_done();
}
