import Dispatching
import Foundation
import Invoicing
import Postgres
import Runtime
import Store
import TestSupport

@testable import UseCases

/// What people do by the operator's command; who does it is kari.
extension TestCompany {
    @discardableResult
    func cancel(
        _ name: String, reason: String = "", tenant: Int64? = nil, isDryRun: Bool = false
    ) -> Outcome {
        run(Options(tenant: tenant, isDryRun: isDryRun)) { connection, context, outcome in
            outcome.lines.append(
                try CancelDispatch(connection: connection, context: context)
                    .run(name, actor: "kari", reason: reason))
            return nil
        }
    }

    @discardableResult
    func control(
        _ tenant: Int64, _ change: ControlTenant.Change, reason: String = "test",
        isDryRun: Bool = false
    ) -> Outcome {
        run(Options(tenant: tenant, isDryRun: isDryRun)) { connection, context, outcome in
            outcome.lines = try ControlTenant(connection: connection, context: context)
                .run(change, tenantID: tenant, actor: "kari", reason: reason)
            return nil
        }
    }

    /// What is sent again: an invoice by its number, a dispatch by its id, or many.
    enum Resent {
        case invoice(String), dispatch(String), allResolved, allFailed(reason: String)
    }

    @discardableResult
    func resend(
        _ what: Resent, reason: String = "", tenant: Int64? = nil, isDryRun: Bool = false
    ) -> Outcome {
        run(Options(tenant: tenant, isDryRun: isDryRun), isMarked: true) {
            connection, context, outcome in
            let resend = try ResendInvoices(
                connection: connection, context: context, terms: terms)
            let answers =
                switch what {
                case .invoice(let number):
                    try resend.invoice(number, actor: "kari", reason: reason)
                case .dispatch(let name):
                    [try resend.dispatch(name, actor: "kari", reason: reason)]
                case .allResolved: try resend.allResolved(actor: "kari", reason: reason)
                case .allFailed(let why):
                    try resend.allFailed(reason: why, since: nil, actor: "kari")
                }
            outcome.lines = answers.map { "\($0.number): \($0.text)" }
            let failed = answers.count { !$0.isQueued }
            return RunSummary(
                job: "resend", counts: [("queued", answers.count - failed)], failed: failed)
        }
    }

    @discardableResult
    func lift(_ address: String, reason: String, isDryRun: Bool = false) throws -> Outcome {
        run(Options(isDryRun: isDryRun)) { connection, context, outcome in
            let answer = try LiftBlock(
                connection: connection, provider: provider, context: context
            ).run(address, actor: "kari", reason: reason)
            outcome.lines = answer.lines + answer.held.map { "held: \($0.dispatchID)" }
            return answer.isLifted
                ? nil : RunSummary(job: "lift", counts: [], failed: 1)
        }
    }

    @discardableResult
    func recover(
        lostSince day: String? = nil, isWhole: Bool = false, reason: String = "",
        isDryRun: Bool = false
    ) -> Outcome {
        run(Options(isDryRun: isDryRun)) { connection, context, _ in
            try RecoverDatabase(
                connection: connection, context: context,
                options: RecoverDatabase.Options(
                    lostSince: day.map(Self.noon), isWhole: isWhole)
            ).run(actor: "kari", reason: reason)
        }
    }

    /// Lets history go; each line is a table, how many rows were emptied and how many deleted.
    @discardableResult
    func prune(
        on day: String? = nil, tenant: Int64? = nil, isDryRun: Bool = false,
        role: String = "budstikke_pruner"
    ) -> Outcome {
        run(Options(day: day, tenant: tenant, isDryRun: isDryRun), role: role) {
            connection, context, outcome in
            let (listing, summary) = try PruneHistory(connection: connection, context: context)
                .run(actor: "kari", reason: "")
            outcome.lines = listing.rows.map { row in
                row.dropLast().map { $0.words() }.joined(separator: " ")
            }
            return summary
        }
    }

    /// Erases a customer of the first tenant; the first line is whether anything was there.
    @discardableResult
    func erase(
        _ number: String, on day: String? = nil, isDryRun: Bool = false,
        role: String = "budstikke_pruner"
    ) -> Outcome {
        run(Options(day: day, tenant: 1, isDryRun: isDryRun), role: role) {
            connection, context, outcome in
            let answer = try EraseCustomer(connection: connection, context: context)
                .run(number, tenantID: 1, actor: "kari", reason: "bedt om")
            outcome.lines = ["\(answer.isChanged)"] + answer.kept.map(\.words)
            return nil
        }
    }

    func why(_ name: String, on day: String? = nil) -> String {
        run(Options(day: day)) { connection, context, outcome in
            outcome.lines = try ExplainWhy(
                connection: connection, context: context, language: .nb
            ).lines(about: name)
            return nil
        }.text
    }

    /// A tab of the dispatch list, each row as `key=cell …`.
    func list(_ name: String, tenant: Int64? = nil) throws -> [String] {
        guard let tab = DispatchLists.Tab(rawValue: name) else {
            throw UsageError("there is no tab \(name)")
        }
        return try rows(tenant: tenant) {
            try DispatchLists(connection: $0, context: $1).tab(
                tab, userKey: nil, invoiceNumber: nil, withReports: false)
        }
    }

    func todos() throws -> [String] {
        try rows {
            try PeopleLists(connection: $0, context: $1).todos(userKey: nil, withClosed: false)
        }
    }

    private func rows(
        tenant: Int64? = nil, _ listing: (Connection, RunContext) throws -> Listing
    ) throws -> [String] {
        let listing = try listing(connection, context(Options(tenant: tenant)))
        return listing.rows.map { row in
            zip(listing.keys, row).map { "\($0)=\($1.words())" }.joined(separator: " ")
        }
    }

    // MARK: Outbox and preview

    /// Hands over what waits for a channel, into a folder of the company's.
    @discardableResult
    func takeOutbox(
        _ channel: Channel, into name: String = "outbox", isDryRun: Bool = false
    ) -> Outcome {
        run(Options(isDryRun: isDryRun)) { connection, context, _ in
            try Installation.checkInstallation(connection, settings: settings)
            let mark = try SenderMark.open(connection, context: context)
            defer { mark.keep() }
            let taken = try TakeOutbox(
                connection: connection, context: context, mark: mark, channel: channel,
                folder: folder.appending(path: name).path()
            ).run()
            return RunSummary(job: "outbox", counts: [("taken", taken)], failed: 0)
        }
    }

    /// Writes down that a dispatch was delivered, or why it was refused.
    @discardableResult
    func answerOutbox(_ name: String, refusal: String? = nil) -> Outcome {
        run { connection, context, _ in
            try RecordOutboxAnswer(connection: connection, context: context)
                .run(name, refusal: refusal, actor: "kari")
            return nil
        }
    }

    func names(in folderName: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: folder.appending(path: folderName).path()
        ).sorted()
    }

    /// What is asked for a preview.
    enum Shown {
        case invoice(String), newest, period(Int, of: String)
    }

    func preview(
        _ what: Shown, template: String? = nil, tenant: Int64 = 1
    ) throws -> PreviewDispatch.Preview {
        let preview = PreviewDispatch(
            connection: connection, context: context(Options(tenant: tenant)),
            terms: try terms, template: template)
        let shown =
            switch what {
            case .invoice(let number): try preview.invoice(number)
            case .newest: try preview.newest()
            case .period(let period, let agreement): try preview.period(period, of: agreement)
            }
        guard let first = shown.first else { throw UsageError("nothing is shown") }
        return first
    }
}
