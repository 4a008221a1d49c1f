import Bounces
import Dispatching
import Invoicing
import Postgres
import Runtime
import Synchronization
import TestSupport
import Testing

/// Reconciling with a provider that answers badly: what became of the mail comes out the same, and
/// any window may be read again.
struct ReconcileTests {
    private static let deliveries = [
        "A1 delivered", "A2 hard_bounced", "A3 blocked", "A4 blocked", "A5 hard_bounced",
        "A6 delivered",
    ]

    private static func sent() throws -> TestCompany {
        let company = try TestCompany(
            "ok-1@kunde.test", "unknown-2@kunde.test", "spam-3@kunde.test",
            "blocked-4@kunde.test", "invalid-5@kunde.test", "deferred-6@kunde.test")
        company.generate()
        company.send()
        return company
    }

    private static func outcome(_ company: TestCompany) throws -> [String] {
        try company.lines(
            """
            SELECT i.recurring_invoice_number || ' ' || d.delivery AS line FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            ORDER BY 1
            """)
    }

    private static func expectOutcome(_ company: TestCompany) throws {
        #expect(company.reconcile().isDone)
        #expect(try outcome(company) == deliveries)
        for until in [nil, "2027-01-01"] {
            let before = try company.contents(except: ["poll_cursor"])
            let again = company.reconcile(since: "2026-01-01", until: until)
            #expect(again.counts["changed"] == 0 && again.counts["events_new"] == 0, "\(again)")
            #expect(try company.contents(except: ["poll_cursor"]) == before)
        }
        #expect(try company.broken() == [])
    }

    @Test func `an answer that can't be read changes nothing, and the next run mends it`() throws {
        let company = try Self.sent()
        company.provider.answerPolls { _ in
            throw ProviderError.unreadable(provider: "stub", reason: "half of it")
        }
        let before = try company.contents()
        let run = company.reconcile()
        #expect(run.exit == .unavailable && run.error.contains("nothing was lost"), "\(run)")
        #expect(try company.contents() == before)
        company.provider.behave()
        try Self.expectOutcome(company)
    }

    @Test func `doubled answers come to the same`() throws {
        let company = try Self.sent()
        company.provider.answerPolls { $0 + $0.reversed() }
        try Self.expectOutcome(company)
    }

    @Test func `events that come late are taken when they come`() throws {
        let company = try Self.sent()
        company.provider.answerPolls { $0.filter { $0.kind == .bounced } }
        company.reconcile()
        #expect(try Self.outcome(company)[0] == "A1 unknown")
        company.provider.behave()
        try Self.expectOutcome(company)
    }

    @Test func `a dry run reads, says what it would do, and changes nothing`() throws {
        let company = try Self.sent()
        let before = try company.contents()
        let run = company.reconcile(isDryRun: true)
        #expect(run.isDone && run.counts["changed"] == 6, "\(run)")
        #expect(try company.contents() == before)
        try Self.expectOutcome(company)
    }

    @Test func `an event of an unanswered submission finds it by our own id, and once`() throws {
        let company = try TestCompany(recipients: (1...6).map { "ok-\($0)@kunde.test" })
        company.generate()
        let silent = Mutex(2)
        company.provider.answer { [provider = company.provider] in
            let taken = provider.take($0)
            let isSilent = silent.withLock { left in
                left -= 1
                return left >= 0
            }
            return isSilent ? .inDoubt(reason: "no answer") : taken
        }
        company.send()
        // Of what was not answered the provider's own id is not known.
        company.reconcile()
        let attributions = try company.lines(
            """
            SELECT concat_ws(' ', attribution, count(*)) AS line FROM delivery_event
            GROUP BY attribution ORDER BY 1
            """)
        #expect(attributions == ["own_id 6"])
        #expect(try company.lines("SELECT DISTINCT state AS line FROM dispatch") == ["sent"])
        #expect(company.reconcile(since: "2026-01-01").counts["changed"] == 0)
    }
}

/// What the classifier was unsure of is listed for people, and history is judged again after its
/// rules have changed.
struct ReviewTests {
    private static func settled() throws -> TestCompany {
        let company = try TestCompany(
            "ok-1@kunde.test", "unknown-2@kunde.test", "unknown-3@kunde.test")
        company.generate()
        company.send()
        company.reconcile()
        return company
    }

    private static func outcome(_ company: TestCompany) throws -> [String] {
        try company.lines("SELECT recipient || ' ' || delivery AS line FROM dispatch ORDER BY 1")
    }

    @Test func `what would change is shown, then changed, and then nothing is left`() throws {
        let company = try Self.settled()
        let before = try Self.outcome(company)
        // As an older classifier would have judged it: a full mailbox, which is soft.
        try company.connection.run(
            script: """
                UPDATE delivery_event SET class = 'soft', reason = 'mailbox_full'
                WHERE class = 'hard'
                """)
        let shown = company.reclassify(isDryRun: true)
        #expect(shown.counts["judged_otherwise"] == 2, "\(shown)")
        #expect(
            try company.count(
                "SELECT count(*) AS count FROM delivery_event WHERE class = 'soft'") == 2)
        #expect(company.reclassify().isDone)
        #expect(try Self.outcome(company) == before)
        #expect(company.reclassify().counts["judged_otherwise"] == 0)
        #expect(try company.broken() == [])
    }

    @Test func `a bounce that was judged on little is listed until it is judged better`() throws {
        let company = try Self.settled()
        #expect(try company.list("review") == [])
        // As a classifier would have judged it that knows fewer words.
        try company.connection.run(
            script: """
                UPDATE delivery_event SET class = 'soft', reason = 'undetermined',
                    confidence = 0.25, evidence = 'none'
                WHERE recipient_key = 'unknown-2@kunde.test'
                """)
        let added = try company.list("review")
        #expect(added.count == 1)
        #expect(
            added.first?.contains("class=soft") == true
                && added.first?.contains("confidence=0.25") == true, "\(added)")
        company.reclassify()
        #expect(try company.list("review") == [])

        try company.connection.run(
            script: """
                UPDATE delivery_event
                SET confidence = 0.25, text = '550 <ola.nordmann@kunde.test>: no'
                WHERE class = 'hard'
                """)
        let masked = try company.list("review")
        #expect(masked.contains { $0.contains("<o•••@kunde.test>: no") }, "\(masked)")
        #expect(!masked.contains { $0.contains("nordmann") })
    }

    @Test func `what is for review is read off its index, and the index is of just that`() throws {
        let company = try TestCompany()
        let connection = company.connection
        try connection.run(script: "SET enable_seqscan = off; SET enable_bitmapscan = off")
        let plan: [String] = try connection.rows(
            """
            EXPLAIN SELECT event_key FROM delivery_event
            WHERE class IS NOT NULL AND confidence < 0.7
            ORDER BY occurred_at DESC, tenant_id, provider, event_key LIMIT 100
            """
        ) { try $0["QUERY PLAN"] }
        #expect(plan.contains { $0.contains("delivery_event_for_review") }, "\(plan)")
        #expect(!plan.contains { $0.contains("Sort") }, "\(plan)")
        let bound: String? = try connection.first(
            """
            SELECT pg_get_expr(indpred, indrelid) AS bound FROM pg_index
            WHERE indexrelid = 'delivery_event_for_review'::regclass
            """
        ) { try $0["bound"] }
        #expect(bound?.contains("\(BounceClassification.reviewBelow)") == true)
    }
}
