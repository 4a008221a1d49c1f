// sink - an e-mail provider that takes every message and keeps none: the least that a server does.
//
// usage: sink            prints the port that it listens on (loopback), and serves until killed
//
// One thread over epoll, HTTP/1.1 with connections kept. Answers what SendGrid answers to a message
// that it takes: 202, no body, an X-Message-Id.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 4096, HEAD_MAX = 16384 };

struct connection {
    char head[HEAD_MAX];
    size_t head_length;
    long body_left;
    int in_body;
};

static struct connection *connections[CONNECTIONS_MAX];
static unsigned long taken;

static void answer(int socket_) {
    char text[256];
    int length = snprintf(
        text, sizeof text, "HTTP/1.1 202 Accepted\r\nX-Message-Id: sink-%lu\r\nContent-Length: 0\r\n\r\n",
        ++taken);
    if (write(socket_, text, (size_t)length) != length) perror("sink: write");
}

static long content_length(const char *head) {
    const char *field = strcasestr(head, "\r\ncontent-length:");
    return field ? atol(field + 17) : 0;
}

// Takes what has come; false at the end of the connection.
static int serve(int socket_, struct connection *it) {
    static char scratch[1 << 18];
    for (;;) {
        ssize_t count = recv(socket_, scratch, sizeof scratch, MSG_DONTWAIT);
        if (count == 0) return 0;
        if (count < 0) return 1;
        for (ssize_t at = 0; at < count;) {
            if (it->in_body) {
                long part = count - at < it->body_left ? count - at : it->body_left;
                it->body_left -= part;
                at += part;
            } else {
                if (it->head_length + 1 >= HEAD_MAX) return 0;
                it->head[it->head_length++] = scratch[at++];
                it->head[it->head_length] = 0;
                if (it->head_length < 4 || memcmp(it->head + it->head_length - 4, "\r\n\r\n", 4)) continue;
                it->body_left = content_length(it->head);
                if (strcasestr(it->head, "\r\nexpect: 100-continue")) {
                    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
                    if (write(socket_, go_on, sizeof go_on - 1) < 0) return 0;
                }
                it->in_body = 1;
                it->head_length = 0;
            }
            if (it->in_body && it->body_left == 0) {
                it->in_body = 0;
                answer(socket_);
            }
        }
    }
}

int main(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), poll_ = epoll_create1(0), yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 512)
        || getsockname(listener, (struct sockaddr *)&address, &size)) {
        perror("sink");
        return 69;
    }
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, ready[256];
    epoll_ctl(poll_, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int count = epoll_wait(poll_, ready, 256, -1);
        for (int i = 0; i < count; i++) {
            int socket_ = ready[i].data.fd;
            if (socket_ == listener) {
                int new_ = accept(listener, NULL, NULL);
                if (new_ < 0 || new_ >= CONNECTIONS_MAX) { close(new_); continue; }
                setsockopt(new_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                connections[new_] = calloc(1, sizeof(struct connection));
                event = (struct epoll_event){.events = EPOLLIN, .data.fd = new_};
                epoll_ctl(poll_, EPOLL_CTL_ADD, new_, &event);
            } else if (!serve(socket_, connections[socket_])) {
                free(connections[socket_]);
                connections[socket_] = NULL;
                close(socket_);
            }
        }
    }
}
