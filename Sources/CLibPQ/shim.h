#pragma once
#include <libpq-fe.h>

// Swift imports numeric and string macros only; libpq names the fields of an error by characters.
static const int budstikke_diag_sqlstate = PG_DIAG_SQLSTATE;
static const int budstikke_diag_message = PG_DIAG_MESSAGE_PRIMARY;
static const int budstikke_diag_detail = PG_DIAG_MESSAGE_DETAIL;
static const int budstikke_diag_hint = PG_DIAG_MESSAGE_HINT;
static const int budstikke_diag_table = PG_DIAG_TABLE_NAME;
static const int budstikke_diag_column = PG_DIAG_COLUMN_NAME;
static const int budstikke_diag_constraint = PG_DIAG_CONSTRAINT_NAME;

// A notice must not reach standard error by itself: libpq prints it there unless told otherwise.
static inline void budstikke_silence_notice(void *context, const PGresult *result) {
    (void)context;
    (void)result;
}

static inline void budstikke_silence_notices(PGconn *connection) {
    PQsetNoticeReceiver(connection, budstikke_silence_notice, 0);
}
