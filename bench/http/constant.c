/*
 * bench/http/constant.c -- the same constant answered through http/ and by libmicrohttpd alone.
 *
 *     http_constant ours|log|bare [WORKERS]
 *
 * Prints its port and serves until its input ends.  "ours" suspends each request and replies from a
 * worker, without the access log; "log" is the same with the log (on standard error); "bare" is
 * libmicrohttpd with the same two loops, replying in its callback: what no server built on it can
 * pass.  bench/http/run drives it.
 */
#include "http/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <unistd.h>

#define ANSWER ((size_t)10 << 10) /* about a list of 25 tasks */

static char answer[ANSWER];

static void
handle(void *arg, xj_call *call)
{
    (void)arg;
    xj_call_reply(call, &(xj_reply){.status = 200,
                                    .content_type = "application/json",
                                    .body = xj_str_of(answer, ANSWER)});
}

static enum MHD_Result
handle_bare(void *arg, struct MHD_Connection *connection, const char *url, const char *method,
            const char *version, const char *upload, size_t *upload_size, void **state)
{
    struct MHD_Response *response;
    enum MHD_Result queued;

    (void)arg;
    (void)url;
    (void)method;
    (void)version;
    (void)upload;
    (void)upload_size;
    if (*state == NULL) {
        *state = answer;
        return MHD_YES;
    }
    response = MHD_create_response_from_buffer(ANSWER, answer, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(response, "Content-Type", "application/json");
    queued = MHD_queue_response(connection, 200, response);
    MHD_destroy_response(response);
    return queued;
}

static void
wait_for_end(int port)
{
    char c;

    printf("%d\n", port);
    fflush(stdout);
    while (read(STDIN_FILENO, &c, 1) > 0)
        continue;
}

static int
serve_ours(int workers, bool log)
{
    xj_pool *pool = xj_pool_root();
    xj_http *http;
    xj_error *err = xj_http_start(
        &http, &(xj_http_options){.workers = workers, .no_access_log = !log, .handle = handle},
        pool);

    if (err != NULL) {
        fprintf(stderr, "%s\n", xj_error_message(err));
        xj_error_clear(err);
        return 1;
    }
    wait_for_end(xj_http_port(http));
    xj_http_stop(http, 5);
    xj_pool_destroy(pool);
    return 0;
}

static int
serve_bare(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, handle_bare, NULL, MHD_OPTION_SOCK_ADDR,
        (struct sockaddr *)&address, MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_END);

    if (daemon == NULL)
        return 1;
    wait_for_end(MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    MHD_stop_daemon(daemon);
    return 0;
}

int
main(int argc, char **argv)
{
    const char *which = argc > 1 ? argv[1] : "ours";
    int64_t workers = 0;
    int status;

    for (size_t i = 0; i < ANSWER; i++)
        answer[i] = (char)('a' + i % 26);
    if (argc > 2 && !xj_str_int(&workers, xj_str_c(argv[2])))
        return 2;
    xj_mem_start();
    status = strcmp(which, "bare") == 0 ? serve_bare()
                                        : serve_ours((int)workers, strcmp(which, "log") == 0);
    xj_mem_stop();
    return status;
}
