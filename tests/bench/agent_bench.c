/* SPDX-License-Identifier: MIT */
/*
 * agent_bench SOCKET CLIENTS REQUESTS <REQUEST
 *
 * So many clients, each with a connection of its own, ask the same again and
 * again, each as soon as it has its answer, until all have asked REQUESTS
 * times together.  Request and answer begin with four bytes of length, as the
 * messages of ssh's agent and of fob's do.  Prints requests a second, and of
 * the times that answers took, in seconds, the median, 99 of 100 and the last.
 */
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { CLIENTS_MAX = 256, MESSAGE_MAX = 1 << 16, LENGTH_LEN = 4 };

static uint8_t request[MESSAGE_MAX];
static size_t request_len;

struct client {
    double asked_s;
    size_t have; /* of the answer */
    uint8_t answer[MESSAGE_MAX];
};

static struct client clients[CLIENTS_MAX];
static struct pollfd waits[CLIENTS_MAX];

_Noreturn static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static double now_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (strlen(path) >= sizeof(address.sun_path))
        errno = ENAMETOOLONG;
    else
        memcpy(address.sun_path, path, strlen(path) + 1);
    if (fd < 0 || address.sun_path[0] == '\0' ||
        connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0)
        fail(path);
    return fd;
}

static void ask(size_t i)
{
    clients[i].have = 0;
    clients[i].asked_s = now_s();
    if (send(waits[i].fd, request, request_len, MSG_NOSIGNAL) !=
        (ssize_t)request_len)
        fail("send");
}

/* Whether the answer is whole. */
static bool take(size_t i)
{
    struct client *client = &clients[i];
    ssize_t got = read(waits[i].fd, client->answer + client->have,
                       MESSAGE_MAX - client->have);
    const uint8_t *at = client->answer;

    if (got <= 0)
        fail("the agent hung up");
    client->have += (size_t)got;
    return client->have >= LENGTH_LEN &&
           client->have - LENGTH_LEN ==
               ((size_t)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3]);
}

static int compare(const void *a, const void *b)
{
    const double *one = a, *other = b;

    return (*one > *other) - (*one < *other);
}

static void report(double *times_s, size_t count, double whole_s)
{
    qsort(times_s, count, sizeof(*times_s), compare);
    printf("%.0f %.9f %.9f %.9f\n", (double)count / whole_s, times_s[count / 2],
           times_s[count - 1 - count / 100], times_s[count - 1]);
}

static void run(size_t client_count, size_t count, double *times_s)
{
    size_t asked = 0, done = 0;

    for (; asked < client_count && asked < count; asked++)
        ask(asked);
    while (done < count) {
        if (poll(waits, client_count, 10000) <= 0)
            fail("no answer");
        for (size_t i = 0; i < client_count; i++) {
            if (waits[i].revents == 0 || !take(i))
                continue;
            times_s[done++] = now_s() - clients[i].asked_s;
            if (asked < count) {
                asked++;
                ask(i);
            }
        }
    }
}

int main(int argc, char **argv)
{
    size_t client_count = argc == 4 ? strtoul(argv[2], NULL, 10) : 0;
    size_t count = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
    double *times_s = calloc(count + 1, sizeof(*times_s)), start_s;

    request_len = fread(request, 1, sizeof(request), stdin);
    if (client_count == 0 || client_count > CLIENTS_MAX || count == 0 ||
        times_s == NULL || request_len < LENGTH_LEN)
        return 2;
    for (size_t i = 0; i < client_count; i++)
        waits[i] = (struct pollfd){.fd = connect_to(argv[1]), .events = POLLIN};
    start_s = now_s();
    run(client_count, count, times_s);
    report(times_s, count, now_s() - start_s);
    free(times_s);
    return 0;
}
