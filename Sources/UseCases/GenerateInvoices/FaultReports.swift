import Dispatching
import Documents
import FoundationEssentials
import Invoicing
import Postgres
import Runtime
import Store
import Wire

/// Notifies creating users by e-mail of faults and resolved faults: one e-mail per user and run.
///
/// The e-mails use the same queue as invoices. A user with an invalid or suppressed address still
/// has the bell and the to-do list; no e-mail is ever sent about an e-mail.
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
        // A user whose e-mail can't be composed is notified when it can.
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
    /// - Returns: Those that the database rejects.
    func insert(_ emails: [Dispatches.New]) throws -> [Dispatches.New] {
        try dispatching.containing(emails) { emails in
            try Dispatches(dispatching.connection).insert(emails, now: dispatching.now)
            return []
        } otherwise: { email, _ in
            [email]
        }.flatMap(\.self)
    }

    /// One e-mail for each user whose dispatches these lines concern.
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
            resolved: items(lines.filter { $0.sequel != nil }), occasion: occasion,
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
    /// An e-mail to a user about their dispatches.
    static func report(
        _ email: EmailContent, to user: Users.User, address: EmailAddress,
        purpose: Dispatches.Purpose, dispatching: DispatchingContext
    ) throws -> Dispatches.New {
        let dispatchID = try freeID(
            of: email, to: user, address: address, purpose: purpose, dispatching.connection)
        return Dispatches.New(
            tenantID: user.tenantID, dispatchID: dispatchID, purpose: purpose,
            document: .report, createdBy: user.key, recipient: address.text,
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
            guard try Dispatches(connection).known([DispatchKey(user.tenantID, id)]).contains(id)
            else {
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

/// Rechecks dispatches that failed prechecks, and records resolved faults.
///
/// Nothing is sent by this: the user is notified, and creates the dispatch anew.
struct ResolvedFaults {
    static let batch = 200

    let dispatching: DispatchingContext

    func run(_ counts: inout GenerateCounts) throws {
        let faults = DispatchFaults(dispatching.connection)
        var position: DispatchKey?
        while !dispatching.context.stop.isRequested {
            let open = try faults.open(
                tenantID: dispatching.context.tenantID, after: position, limit: Self.batch)
            guard let last = open.last else { return }
            position = DispatchKey(last.tenantID, last.dispatchID)
            try dispatching.logos.prepare(Array(Set(open.map(\.tenantID))))
            guard !dispatching.context.stop.isRequested else { return }
            try dispatching.transaction { try recheckEach(open) }.forEach { counts.add($0) }
        }
    }

    /// A row that can't be read is an additional fault of its dispatch.
    private func recheckEach(_ open: [Dispatches.OfInvoice]) throws -> [GenerateCounts] {
        try dispatching.containing(open) { open in
            var counts = GenerateCounts()
            counts.mended = try recheck(open)
            return counts
        } otherwise: { dispatch, fault in
            try DispatchFaults(dispatching.connection).insert(
                [(dispatch.tenantID, dispatch.dispatchID, fault)], now: dispatching.now)
            var counts = GenerateCounts()
            counts.errors = 1
            return counts
        }
    }

    /// Composes a batch again, and keeps the faults that each dispatch still has.
    private func recheck(_ open: [Dispatches.OfInvoice]) throws -> Int {
        // Several dispatches of one invoice to one recipient have the same faults.
        let composed = try InvoiceDispatching(dispatching: dispatching).compose(
            Array(Set(open.map { InvoiceDispatching.Order($0) })))
        let faults = Dictionary(
            composed.map { ($0.order, $0.dispatches.first?.faults ?? []) }
        ) { first, _ in first }
        let rechecked = open.compactMap { dispatch in
            faults[InvoiceDispatching.Order(dispatch)].map { (dispatch, faults: $0) }
        }
        let store = DispatchFaults(dispatching.connection)
        try store.insert(
            rechecked.flatMap { dispatch, faults in
                faults.map { (dispatch.tenantID, dispatch.dispatchID, $0) }
            }, now: dispatching.now)
        return try store.markResolved(
            rechecked.map { ($0.tenantID, $0.dispatchID, $1.map(\.code)) }, now: dispatching.now)
    }
}

extension InvoiceDispatching.Order {
    /// The same dispatch again, to the same recipient.
    init(_ dispatch: Dispatches.OfInvoice) {
        self.init((dispatch.tenantID, dispatch.invoiceID), copyKey: dispatch.copyKey)
    }
}
