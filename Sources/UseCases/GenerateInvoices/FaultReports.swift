import Dispatching
import Documents
import FoundationEssentials
import Invoicing
import Postgres
import Runtime
import Store
import Wire

/// Tells creating users by e-mail what stopped and what is mended: one e-mail a user and run.
///
/// The e-mails go through the same queue as invoices. A user whose address is none, or is
/// suppressed, still has the bell and the to-do list; no e-mail is ever written about an e-mail.
struct FaultReports {
    static let linesMax = 10_000

    let dispatching: DispatchingContext

    func run(_ counts: inout GenerateCounts) throws {
        counts.add(try dispatching.transactionWithoutClash { try report() })
    }

    private struct UserKey: Hashable {
        var tenantID: Int64
        var key: String
    }

    private func report() throws -> GenerateCounts {
        let faults = DispatchFaults(dispatching.connection)
        let lines = try faults.unreported(
            tenantID: dispatching.context.tenantID, limit: Self.linesMax)
        guard !lines.isEmpty else { return GenerateCounts() }
        let emails = try emails(lines, occasion: .run, purpose: .faultReport)
        let unwritten = try insert(emails)
        // Whose e-mail can't be written is told when it can.
        try faults.markReported(
            lines.filter { line in
                !unwritten.contains {
                    $0.tenantID == line.tenantID && $0.createdBy == line.userKey
                }
            }, now: dispatching.now)
        var counts = GenerateCounts()
        counts.reports = emails.count - unwritten.count
        counts.errors = unwritten.count
        return counts
    }

    /// Writes the e-mails, to be called in a transaction.
    /// - Returns: those that the database does not take.
    func insert(_ emails: [Dispatches.New]) throws -> [Dispatches.New] {
        try dispatching.containing(emails) { emails in
            try Dispatches(dispatching.connection).insert(emails, now: dispatching.now)
            return []
        } otherwise: { email, _ in
            [email]
        }.flatMap(\.self)
    }

    /// One e-mail for each user whose dispatches these lines are about.
    func emails(
        _ lines: [DispatchFaults.Reportable], occasion: FaultReportEmail.Occasion,
        purpose: Dispatches.Purpose
    ) throws -> [Dispatches.New] {
        let tenants = Array(Set(lines.map(\.tenantID)))
        try dispatching.setups.load(tenants)
        let users = Dictionary(
            try Users(dispatching.connection).all(tenants).map {
                (UserKey(tenantID: $0.tenantID, key: $0.key), $0)
            }, uniquingKeysWith: { first, _ in first })
        let byUser = Dictionary(grouping: lines) {
            UserKey(tenantID: $0.tenantID, key: $0.userKey)
        }
        return try byUser.compactMap { key, lines in
            try users[key].flatMap { try dispatch(to: $0, lines, occasion, purpose) }
        }
    }

    private func dispatch(
        to user: Users.User, _ lines: [DispatchFaults.Reportable],
        _ occasion: FaultReportEmail.Occasion, _ purpose: Dispatches.Purpose
    ) throws -> Dispatches.New? {
        guard let address = EmailAddress(user.email),
            let setup = dispatching.setups[user.tenantID]
        else { return nil }
        let email = FaultReportEmail.compose(
            items: items(lines.filter { $0.sequel == nil }),
            mended: items(lines.filter { $0.sequel != nil }), occasion: occasion,
            tenant: setup.profile.seller.party.name, userName: user.name,
            language: user.language)
        return try .report(
            email, to: user, address: address, purpose: purpose, dispatching: dispatching)
    }

    private func items(_ lines: [DispatchFaults.Reportable]) -> [FaultReportItem] {
        let byDispatch = Dictionary(grouping: lines, by: \.dispatchID)
        let order = lines.map(\.dispatchID).reduce(into: [UUID]()) { order, id in
            if order.last != id { order.append(id) }
        }
        return order.compactMap { id in
            guard let lines = byDispatch[id], let first = lines.first else { return nil }
            let subject: FaultReportItem.Subject =
                if let number = first.invoiceNumber {
                    .document(first.documentType ?? .invoice, number: number)
                } else {
                    .agreement(number: first.recurringNumber ?? "")
                }
            return FaultReportItem(
                subject, customer: first.buyerName ?? "", copyTo: first.copyTo,
                faults: first.sequel == nil ? lines.map(\.fault) : [],
                sequel: first.sequel.map(FaultReportItem.Sequel.init) ?? .toSend)
        }
    }
}

extension Dispatches.New {
    /// An e-mail to a user about its dispatches.
    static func report(
        _ email: EmailContent, to user: Users.User, address: EmailAddress,
        purpose: Dispatches.Purpose, dispatching: DispatchingContext
    ) throws -> Dispatches.New {
        let dispatchID = try freeID(
            of: email, to: user, address: address, purpose: purpose, dispatching.connection)
        return Dispatches.New(
            tenantID: user.tenantID, dispatchID: dispatchID, purpose: purpose,
            documentType: "report", createdBy: user.key, recipient: address.text,
            runAt: dispatching.now,
            content: .message(
                Dispatches.Message(
                    messageID: dispatching.sender.messageID(of: dispatchID), fromName: "Budstikke",
                    fromAddress: dispatching.sender.address.text, replyTo: nil, toName: user.name,
                    subject: email.subject, text: email.text, html: email.html, files: [])),
            doubt: dispatching.lostSubmissions.doubtOfReport(now: dispatching.now))
    }

    private static func freeID(
        of email: EmailContent, to user: Users.User, address: EmailAddress,
        purpose: Dispatches.Purpose, _ connection: Connection
    ) throws -> UUID {
        var place = 0
        while true {
            let id = DispatchIdentity.report(
                tenantID: user.tenantID, purpose: purpose.rawValue, userKey: user.key,
                recipient: address.text, text: email.text, place: place)
            guard try Dispatches(connection).known([(user.tenantID, id)]).contains(id) else {
                return id
            }
            place += 1
        }
    }
}

extension FaultReportItem.Sequel {
    fileprivate init(_ sequel: DispatchFaults.Sequel) {
        self =
            switch sequel {
            case .toSend: .toSend
            case .made: .made
            case .passedOver: .passedOver
            }
    }
}
