import Wire
import Bounces
import Dispatching
import Documents
import Foundation
import Invoicing
import Logging
import Postgres
import Runtime
import Store
import TestSupport
import Testing

@testable import UseCases
@testable import Providers

/// What comes back to a bounce mailbox counts as far as it is about what we sent.
struct EvidenceTests {
    @Test func `a forward that fails leaves the invoice delivered, and is told in the message`()
        throws
    {
        let world = try BounceWorld()
        let sent = try world.send(to: "faktura@kunde.test")
        let path = world.returnPath(sent)
        let mails = [
            BounceWorld.delivered(sent, to: path),
            BounceWorld.report(
                to: path, about: "privat@annet.test", "failed", "5.1.1", "550 5.1.1 User unknown"),
        ]
        for order in [mails, mails.reversed(), mails] {
            try world.reconcile(order)
            #expect(
                try world.invoices.get().outcome(sent)
                    == "delivered Delivered; a forward to another address failed")
        }
        #expect(
            try world.invoices.get().lines(
                """
                SELECT concat_ws(' ', subject, attempt_number) AS line FROM delivery_event
                ORDER BY 1
                """
            ) == ["attempt 1", "other_recipient 1"])
        #expect(try world.invoices.get().lines("SELECT kind AS line FROM notification") == [])
        let why = try #require(
            OutcomeExplanation.of(
                state: .sent, delivery: .delivered,
                reason: world.invoices.get().lines("SELECT reason AS line FROM dispatch").first,
                message: "", language: .nb))
        #expect(why.summary.contains("videresendingen"))
    }

    @Test func `a member of an alias that is dead is no bounce of the alias`() throws {
        let world = try BounceWorld()
        let sent = try world.send(to: "alle@kunde.test")
        try world.reconcile([
            BounceWorld.report(
                to: world.returnPath(sent), about: "ola@kunde.test", "failed", "5.2.2",
                "552 5.2.2 Mailbox full")
        ])
        #expect(
            try world.invoices.get().outcome(sent) == "unknown A forward to another address failed")
        #expect(try world.invoices.get().lines("SELECT state AS line FROM dispatch") == ["sent"])
    }

    @Test func `a bounce behind a delivery is told as what it is`() throws {
        let world = try BounceWorld()
        let sent = try world.send(to: "faktura@kunde.test")
        let path = world.returnPath(sent)
        try world.reconcile([
            BounceWorld.delivered(sent, to: path),
            BounceWorld.report(
                to: path, about: sent.recipient, "failed", "5.1.1", "550 User unknown"),
        ])
        #expect(
            try world.invoices.get().outcome(sent)
                == "hard_bounced Hard-bounce: User unknown (after it was delivered)")
        let why = try #require(
            OutcomeExplanation.of(
                state: .sent, delivery: .hardBounced, reason: "user_unknown",
                message: "Hard-bounce: User unknown (after it was delivered)", language: .en))
        #expect(why.summary.contains("took the e-mail first"))
    }

    @Test func `what names only an address is listed, and neither suppresses nor changes anything`()
        throws
    {
        let world = try BounceWorld()
        let sent = try world.send(to: "faktura@kunde.test")
        try world.reconcile([BounceWorld.delivered(sent, to: world.returnPath(sent))])
        let forged = world.path.address(
            MarkKey(Array(repeating: 1, count: 32)).text(
                VERPToken(tenantID: 1, dispatchID: sent.id, attempt: 1)))
        let unsigned = "1-\(sent.id.uuidString.lowercased().filter { $0 != "-" })"
        let strangers = [
            BounceWorld.complaint(
                of: sent.recipient, header: "Message-ID: <newsletter-1@eksempel.no>"),
            BounceWorld.complaint(of: sent.recipient, header: "X: y"),
            BounceWorld.complaint(of: sent.recipient, header: "X-Budstikke-Dispatch: \(unsigned)"),
            BounceWorld.report(
                to: BounceWorld.address, about: sent.recipient, "failed", "5.1.1",
                "550 User unknown"),
            BounceWorld.report(
                to: forged, about: sent.recipient, "failed", "5.1.1", "550 User unknown"),
            BounceWorld.report(
                to: "bounces+\(unsigned)@eksempel.no", about: sent.recipient, "failed", "5.1.1",
                "550 User unknown"),
        ]
        try world.reconcile(strangers)
        try world.reconcile(strangers.reversed())
        let invoices = try world.invoices.get()
        #expect(try invoices.outcome(sent) == "delivered Delivered")
        #expect(try invoices.lines("SELECT address AS line FROM suppression") == [])
        #expect(
            try invoices.lines(
                """
                SELECT format('%s %s %s', subject, attribution, count(*)) AS line
                FROM delivery_event WHERE tenant_id = 0 GROUP BY subject, attribution
                """) == ["address none 6"])
        var settings = Settings()
        settings.provider.vendor = .success(.test(.smtp))
        let listing = try DispatchLists(
            connection: invoices.connection,
            context: RunContext(settings: settings, log: Logger(label: "test"))
        ).tab(.orphans, userKey: nil, invoiceNumber: nil, withReports: false)
        #expect(listing.rows.count == 6)
        #expect(listing.rows.contains { $0.contains(.text("only an address")) })
    }

    @Test(arguments: ["mark", "message", "path"])
    func `a complaint that holds something of ours blocks and suppresses`(_ what: String) throws {
        let world = try BounceWorld()
        let sent = try world.send(to: "faktura@kunde.test")
        let header =
            switch what {
            case "mark": "X-Budstikke-Dispatch: \(world.mark(sent))"
            case "message": "Message-ID: \(sent.messageID)"
            default: "Return-Path: <\(world.returnPath(sent))>"
            }
        try world.reconcile([BounceWorld.complaint(of: "9f86d0@kunde.test", header: header)])
        let invoices = try world.invoices.get()
        #expect(try invoices.outcome(sent) == "blocked Email was blocked")
        #expect(
            try invoices.lines("SELECT concat_ws(' ', list, address) AS line FROM suppression")
                == ["complaints faktura@kunde.test"])
    }

    @Test func `a late soft bounce of the first attempt does not beat the second's delivery`()
        throws
    {
        let world = try BounceWorld()
        let sent = try world.send(to: "faktura@kunde.test", attempts: 2)
        let copy = "Message-ID: \(sent.messageID)"
        try world.reconcile([
            BounceWorld.delivered(sent, to: world.returnPath(sent, attempt: 2)),
            BounceWorld.report(
                to: world.returnPath(sent, attempt: 1), about: sent.recipient, "failed", "4.2.2",
                "452 4.2.2 Mailbox full", header: copy),
            // Nothing but the Message-ID, which both attempts share.
            BounceWorld.report(
                to: BounceWorld.address, about: sent.recipient, "failed", "4.2.2",
                "452 4.2.2 Mailbox full", header: copy),
        ])
        let invoices = try world.invoices.get()
        #expect(try invoices.outcome(sent) == "delivered Delivered")
        #expect(
            try invoices.lines(
                """
                SELECT concat_ws(' ', subject, attempt_number) AS line FROM delivery_event
                ORDER BY 1
                """
            ) == ["attempt 1", "attempt 2", "message 2"])
    }

    @Test func `an unsigned mark is believed of what was sent before, and for ninety days`() throws
    {
        let world = try BounceWorld()
        let sent = try world.send(to: "faktura@kunde.test")
        let old = "bounces+1-\(sent.id.uuidString.lowercased().filter { $0 != "-" })@eksempel.no"
        let mail = BounceWorld.report(
            to: old, about: sent.recipient, "failed", "5.1.1", "550 User unknown")
        let invoices = try world.invoices.get()
        // The invoice was sent an hour ago: marks have been signed for half an hour, or so long
        // that complaints no longer come.
        for (madeAt, outcome) in [
            (Date.now - 100 * 86_400, "unknown"),
            (Date.now - 1_800, "hard_bounced Hard-bounce: User unknown"),
        ] {
            _ = try invoices.connection.execute("UPDATE mark_key SET made_at = \(madeAt)")
            if madeAt < .now - 86_400 {
                _ = try invoices.connection.execute(
                    "UPDATE dispatch SET created_at = \(madeAt - 60)")
            }
            try world.reconcile([mail])
            #expect(try invoices.outcome(sent) == outcome)
            _ = try invoices.connection.execute("DELETE FROM delivery_event")
        }
    }

    @Test(
        .enabled(
            if: ReferenceData.has("cases/mail"), "BUDSTIKKE_REFERENCE_DATA has no cases/mail"))
    func `the mails that others sent in come to what they must`() throws {
        let world = try BounceWorld()
        let invoices = try world.invoices.get()
        func become(_ files: [String]) throws -> String {
            let sent = try world.send(to: "\(files[0].prefix(3))@kunde.test")
            let mails = try files.map { file in
                let url = try #require(ReferenceData.url("cases/mail/\(file).eml"))
                return try String(contentsOf: url, encoding: .utf8)
                    .replacing("@RCPT@", with: sent.recipient)
                    .replacing("@MID@", with: sent.messageID)
                    .replacing("@VERP@", with: world.returnPath(sent))
                    .replacing("@MARK@", with: world.mark(sent))
                    .replacing("@N@", with: "\(sent.id)")
            }
            try world.reconcile(mails)
            return try invoices.outcome(sent)
        }
        #expect(
            try become(["12a-forward-delivered", "12b-forward-fails"])
                == "delivered Delivered; a forward to another address failed")
        #expect(try become(["14-complaint-of-a-newsletter"]) == "unknown")
        #expect(try become(["15-complaint-forged"]) == "unknown")
        #expect(
            try become(["20a-delivered", "20b-stray-report-with-nothing-of-ours"])
                == "delivered Delivered")
        #expect(try invoices.lines("SELECT address AS line FROM suppression") == [])
        #expect(
            try become(["21-prvs-tag-no-copy"]) == "unknown A forward to another address failed")
        #expect(
            try invoices.lines(
                """
                SELECT count(*)::text AS line FROM delivery_event
                WHERE tenant_id = 0 AND subject = 'address'
                """) == ["3"])
    }
}
