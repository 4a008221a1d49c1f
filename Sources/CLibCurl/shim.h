#pragma once
#include <curl/curl.h>

// Swift can't call C functions with variable arguments: each kind of argument that we pass to
// curl_easy_setopt, curl_multi_setopt and curl_easy_getinfo has a typed door here.

static inline CURLcode budstikke_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode budstikke_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

// libcurl copies the strings of all options that we set this way.
static inline CURLcode budstikke_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode budstikke_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode budstikke_set_list(
    CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

// Reading, writing and header callbacks share one signature.
typedef size_t (*budstikke_data_callback)(char *, size_t, size_t, void *);

static inline CURLcode budstikke_set_data_callback(
    CURL *easy, CURLoption option, budstikke_data_callback callback) {
    return curl_easy_setopt(easy, option, callback);
}

static inline CURLcode budstikke_set_seek_callback(CURL *easy, curl_seek_callback callback) {
    return curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, callback);
}

static inline CURLcode budstikke_set_prereq_callback(
    CURL *easy, curl_prereq_callback callback) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, callback);
}

static inline CURLMcode budstikke_set_multi_long(
    CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLcode budstikke_status(CURL *easy, long *status) {
    return curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, status);
}

static inline CURLcode budstikke_body_bytes_sent(CURL *easy, curl_off_t *count) {
    return curl_easy_getinfo(easy, CURLINFO_SIZE_UPLOAD_T, count);
}

static inline CURLcode budstikke_private(CURL *easy, void **value) {
    return curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)value);
}

static inline CURLcode budstikke_socket(CURL *easy, curl_socket_t *socket) {
    return curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, socket);
}

// A cast in C, which Swift does not import.
static const long budstikke_header_separate = CURLHEADER_SEPARATE;

// The result of a finished transfer lies in a union, which Swift reads less plainly.
static inline CURLcode budstikke_result(const CURLMsg *message) {
    return message->data.result;
}
