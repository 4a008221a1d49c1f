// submit - bare libcurl: the same body posted so many times over one multi handle, and no more.
//
// usage: submit URL MAILS BYTES CONNECTIONS      prints the seconds that it took, and its CPU seconds
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static size_t ignore(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes;
    (void)context;
    return size * count;
}

static double now(void) {
    struct timespec time_;
    clock_gettime(CLOCK_MONOTONIC, &time_);
    return (double)time_.tv_sec + (double)time_.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc != 5) return 64;
    long mails = atol(argv[2]), bytes = atol(argv[3]), width = atol(argv[4]), begun = 0, ended = 0;
    char *body = malloc((size_t)bytes);
    memset(body, 'a', (size_t)bytes);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM *multi = curl_multi_init();
    struct curl_slist *fields = curl_slist_append(NULL, "Content-Type: application/json");
    fields = curl_slist_append(fields, "Authorization: Bearer key");
    fields = curl_slist_append(fields, "Expect:");
    curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, width);
    double start = now();
    for (; begun < width && begun < mails; begun++) {
        CURL *easy = curl_easy_init();
        curl_easy_setopt(easy, CURLOPT_URL, argv[1]);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fields);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, bytes);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_multi_add_handle(multi, easy);
    }
    while (ended < mails) {
        int running = 0, left = 0;
        curl_multi_perform(multi, &running);
        for (CURLMsg *message; (message = curl_multi_info_read(multi, &left));) {
            CURL *easy = message->easy_handle;
            long status = 0;
            curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
            if (status != 202) {
                fprintf(stderr, "submit: status %ld, %s\n", status, curl_easy_strerror(message->data.result));
                return 69;
            }
            ended++;
            curl_multi_remove_handle(multi, easy);
            if (begun < mails) {
                begun++;
                curl_multi_add_handle(multi, easy);
            }
        }
        if (ended < mails) curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    double seconds = now() - start;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf(
        "%.3f %.3f\n", seconds,
        (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6);
    return 0;
}
