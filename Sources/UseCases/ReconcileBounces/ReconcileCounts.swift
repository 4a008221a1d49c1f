import Runtime

/// What a reconciliation did; all but the events read is zero when there was nothing new.
struct ReconcileCounts {
    var read = 0
    /// What nobody could read, and how many of that are kept anew.
    var unreadable = 0
    var unread = 0
    /// What is known and tells of no delivery.
    var ignored = 0
    var stored = 0
    var orphans = 0
    var delivered = 0
    var softBounced = 0
    var hardBounced = 0
    var blocked = 0
    var retries = 0
    var otherChanges = 0
    var notifications = 0
    var todosOpened = 0
    var todosClosed = 0
    var suppressions = 0

    mutating func add(_ other: ReconcileCounts) throws {
        read += other.read
        unreadable += other.unreadable
        unread += other.unread
        ignored += other.ignored
        stored += other.stored
        orphans += other.orphans
        delivered += other.delivered
        softBounced += other.softBounced
        hardBounced += other.hardBounced
        blocked += other.blocked
        retries += other.retries
        otherChanges += other.otherChanges
        notifications += other.notifications
        todosOpened += other.todosOpened
        todosClosed += other.todosClosed
        suppressions += other.suppressions
    }

    /// How many dispatches changed.
    var changed: Int {
        delivered + softBounced + hardBounced + blocked + retries + otherChanges
    }

    func summary(isDryRun: Bool) -> RunSummary {
        RunSummary(
            job: "reconcile-bounces",
            counts: [
                ("events_read", read), ("rows_unreadable", unreadable), ("unread_new", unread),
                ("ignored", ignored), ("events_new", stored),
                ("orphans_new", orphans), ("changed", changed), ("delivered", delivered),
                ("soft_bounced", softBounced), ("hard_bounced", hardBounced),
                ("blocked", blocked), ("retries", retries), ("notifications", notifications),
                ("todos_opened", todosOpened), ("todos_closed", todosClosed),
                ("suppressions", suppressions),
            ],
            failed: 0, notes: isDryRun ? ["dry run: nothing was changed"] : [])
    }
}
