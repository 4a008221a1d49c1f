/// What the counts of a summary are called for people.
enum SummaryWords {
    /// A count in words: `1 invoice`, `3 not delivered for now`.
    ///
    /// A count that has no words of its own is called by its name.
    static func phrase(_ name: String, _ count: Int) -> String {
        guard let words = words[name] else {
            return "\(count) \(name.replacing("_", with: " "))"
        }
        return "\(count) \(count == 1 ? words.one : words.many)"
    }

    /// By name: what one is called, and what several are.
    static let words: [String: (one: String, many: String)] = [
        "applied": same("applied"),
        "approvals_asked": ("tenant to be approved", "tenants to be approved"),
        "blocked": same("blocked"),
        "broken": same("broken"),
        "cancelled": same("cancelled"),
        "changed": ("dispatch changed", "dispatches changed"),
        "checks": ("check", "checks"),
        "delivered": same("delivered"),
        "dispatches": ("dispatch", "dispatches"),
        "doubts_absent": ("doubt that was not sent", "doubts that were not sent"),
        "doubts_found": ("doubt that was sent", "doubts that were sent"),
        "doubts_parked": ("doubt for a person", "doubts for a person"),
        "doubts_unanswered": ("doubt unanswered", "doubts unanswered"),
        "errors": ("error", "errors"),
        "events_new": ("event new", "events new"),
        "events_read": ("event read", "events read"),
        "failed": same("failed"),
        "faults": ("fault", "faults"),
        "files": ("file", "files"),
        "forecasts": ("warning e-mail", "warning e-mails"),
        "given_up": same("given up"),
        "held": same("held for their tenants"),
        "hard_bounced": ("hard bounce", "hard bounces"),
        "ignored": ("event ignored", "events ignored"),
        "in_doubt": same("in doubt"),
        "invoices": ("invoice", "invoices"),
        "judged_otherwise": same("judged otherwise"),
        "known_invoices": ("invoice known before", "invoices known before"),
        "lost_leases": ("lease lost", "leases lost"),
        "mended": same("mended"),
        "not_queued": same("not queued"),
        "notifications": ("notification", "notifications"),
        "orphans_new": ("orphan new", "orphans new"),
        "overdue_by_law": same("later than the law allows"),
        "parked": same("for a person"),
        "periods_skipped": ("period skipped", "periods skipped"),
        "postponed": same("postponed"),
        "previews": ("preview", "previews"),
        "price_notices_asked": ("price notice asked for", "price notices asked for"),
        "queued": same("queued"),
        "refused": same("refused"),
        "released": same("given back"),
        "remarks": ("remark", "remarks"),
        "reports": ("report e-mail", "report e-mails"),
        "reports_read": ("report read", "reports read"),
        "retries": ("further attempt", "further attempts"),
        "rows": ("row", "rows"),
        "rows_unreadable": ("report unreadable", "reports unreadable"),
        "sent": same("sent"),
        "soft_bounced": ("soft bounce", "soft bounces"),
        "stopped": same("stopped"),
        "stopped_by_plan": same("stopped by their send plan"),
        "suppressed": same("not sent, since blocked"),
        "suppressions": ("suppression", "suppressions"),
        "taken": same("taken"),
        "to_be_asked": same("to be asked about"),
        "todos_closed": ("to-do closed", "to-dos closed"),
        "todos_opened": ("to-do opened", "to-dos opened"),
        "unread_new": ("report unread", "reports unread"),
        "unsound_rows": ("unsound row", "unsound rows"),
        "will_fail": same("will fail"),
        "would_apply": same("would be applied"),
        "would_send": same("would be sent"),
        "year_ahead_by_law": same("further ahead than the law allows"),
    ]

    private static func same(_ words: String) -> (one: String, many: String) {
        (words, words)
    }
}
