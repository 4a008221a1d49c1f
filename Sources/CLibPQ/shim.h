#pragma once
#include <libpq-fe.h>

// Swift imports macros of numbers and strings only; libpq names the fields of an error by
// characters, so they are declared again as constants.
static const int budstikke_diag_sqlstate = PG_DIAG_SQLSTATE;
static const int budstikke_diag_message = PG_DIAG_MESSAGE_PRIMARY;
static const int budstikke_diag_detail = PG_DIAG_MESSAGE_DETAIL;
static const int budstikke_diag_hint = PG_DIAG_MESSAGE_HINT;
static const int budstikke_diag_table = PG_DIAG_TABLE_NAME;
static const int budstikke_diag_column = PG_DIAG_COLUMN_NAME;
static const int budstikke_diag_constraint = PG_DIAG_CONSTRAINT_NAME;
static const int budstikke_diag_context = PG_DIAG_CONTEXT;
static const int budstikke_diag_source_function = PG_DIAG_SOURCE_FUNCTION;

// libpq prints a notice to standard error unless told otherwise. Its receiver is a function
// pointer that Swift could form only with `PGresult` in sight of its callers.
static inline void budstikke_drop_notice(void *context, const PGresult *result) {
    (void)context;
    (void)result;
}

static inline void budstikke_silence_notices(PGconn *connection) {
    PQsetNoticeReceiver(connection, budstikke_drop_notice, 0);
}
