import Dispatching
import FoundationEssentials
import Invoicing
import Postgres
import Store

/// Creates dispatches of existing invoices: automatic ones, resends, and checks of resolved faults.
struct InvoiceDispatching {
    let dispatching: DispatchingContext

    /// Which dispatch of an invoice is to be created.
    struct Order: Hashable {
        var tenantID: Int64
        var invoiceID: UUID
        /// The address, in lower case, of a copy that is to be sent again; nil for the document
        /// itself, with the copies that have not been sent.
        var copyKey: String?

        init(_ key: (tenantID: Int64, invoiceID: UUID), copyKey: String? = nil) {
            (tenantID, invoiceID) = key
            self.copyKey = copyKey
        }
    }

    /// The dispatch that another one repeats.
    struct Predecessor {
        var dispatchID: UUID
        var rootID: UUID
    }

    /// An order with the subjects of its dispatches, the document's before its copies'.
    private struct Draft {
        var order: Order
        var subjects: [DispatchSubject]
    }

    /// Composes these orders as of now; nothing is written, and what can't be read is left out.
    ///
    /// A document that was rendered before is sent unchanged, unless it is to be rendered anew for
    /// display. A copy whose address is no longer the customer's goes to a recipient that has had
    /// none; if there is none, it is left out.
    func compose(
        _ orders: [Order], after predecessor: Predecessor? = nil, by actor: String? = nil,
        isDrawnAnew: Bool = false
    ) throws -> [(order: Order, dispatches: [ComposedDispatch])] {
        var drafts = try drafts(orders) { subject in
            subject.createdBy = actor ?? subject.createdBy
            subject.resendOf = predecessor?.dispatchID
            subject.rootID = predecessor?.rootID
            // A resend is a person's decision: if nobody can be queried, it goes.
            if predecessor != nil { subject.doubt?.policy = .resend }
            if isDrawnAnew { subject.document = nil }
        }
        try assignPlaces(&drafts)
        return try drafts.map { draft in
            guard let first = draft.subjects.first else { return (draft.order, []) }
            return (
                draft.order,
                try dispatching.composer.compose(
                    first, copies: Array(draft.subjects.dropFirst()), now: dispatching.now)
            )
        }
    }

    /// Creates the dispatches of orders, and notifies users of those that failed.
    ///
    /// To be called in a transaction.
    @discardableResult
    func dispatch(
        _ orders: [Order], after predecessor: Predecessor? = nil, by actor: String? = nil
    ) throws -> [ComposedDispatch] {
        let composed = try compose(orders, after: predecessor, by: actor).flatMap(\.dispatches)
        try DispatchWriter(connection: dispatching.connection, now: dispatching.now).write(composed)
        return composed
    }

    /// The subjects of orders; `adapt` is applied to the first of each.
    private func drafts(
        _ orders: [Order], adapt: (inout DispatchSubject) -> Void
    ) throws -> [Draft] {
        let keys = Set(orders.map { Order(($0.tenantID, $0.invoiceID)) })
            .map { (tenantID: $0.tenantID, invoiceID: $0.invoiceID) }
        let invoices = try InvoiceReader(dispatching.connection).read(keys)
        let subjects = try DispatchSubjects(
            customers: invoices.compactMap { invoice in
                invoice.customerNumber.map {
                    Customers.Key(tenantID: invoice.tenantID, number: $0)
                }
            },
            tenants: invoices.map(\.tenantID), addresses: invoices.compactMap(\.recipient),
            dispatching: dispatching)
        let sent = try Dispatches(dispatching.connection).copyKeys(ofInvoices: keys)
        let byInvoice = Dictionary(grouping: invoices) {
            Order(($0.tenantID, $0.invoiceID))
        }
        return try orders.compactMap { order in
            guard let invoice = byInvoice[Order((order.tenantID, order.invoiceID))]?.first
            else { return nil }
            let main = try subjects.subject(
                of: invoice,
                doubt: try dispatching.lostSubmissions.doubt(
                    tenantID: invoice.tenantID, datedOn: invoice.invoice.issueDate))
            let copies = subjects.copies(of: invoice, like: main)
            let unsent = copies.filter {
                !sent[invoice.invoiceID, default: []].contains($0.recipientKey)
            }
            var chosen = [main] + unsent
            if let key = order.copyKey {
                chosen = [copies.first { $0.recipientKey == key } ?? unsent.first]
                    .compactMap(\.self)
            }
            if !chosen.isEmpty { adapt(&chosen[0]) }
            return Draft(order: order, subjects: chosen)
        }
    }

    /// Gives each the first place whose id is free.
    private func assignPlaces(_ drafts: inout [Draft]) throws {
        var open = drafts.indices.flatMap { draft in
            drafts[draft].subjects.indices.map { (draft: draft, subject: $0) }
        }
        while !open.isEmpty {
            let taken = try Dispatches(dispatching.connection).known(
                open.compactMap { place in
                    let subject = drafts[place.draft].subjects[place.subject]
                    return subject.dispatchID.map { DispatchKey(subject.tenantID, $0) }
                })
            open = open.filter { place in
                drafts[place.draft].subjects[place.subject].dispatchID.map(taken.contains) ?? false
            }
            for place in open { drafts[place.draft].subjects[place.subject].place += 1 }
        }
    }
}

/// Writes dispatches of invoices with everything that belongs to them, and notifies users of those
/// that failed: the only code that does, for the night, automatic dispatches and resends.
///
/// To be called in a transaction, after their invoices have been written.
struct DispatchWriter {
    let connection: Connection
    let now: Date

    func write(_ composed: [ComposedDispatch]) throws {
        try Files(connection).insert(composed.flatMap(\.files))
        try DocumentTable(connection).insert(composed.flatMap(\.documents), now: now)
        try Dispatches(connection).insert(composed.map(\.new), now: now)
        let failed = composed.filter(\.isFailed).map {
            DispatchKey($0.new.tenantID, $0.new.dispatchID)
        }
        let notifications = Notifications(connection)
        _ = try notifications.notify(failed, kind: .failed, now: now)
        _ = try notifications.openTodos(failed, now: now)
    }
}

/// Dispatches that may have been sent before, under the same id, in a time that the database has
/// lost.
///
/// After a recovery, a document dated on or before that day but created only now is looked up
/// before it is sent. If nothing was lost recently, there is no look-up.
final class LostSubmissions {
    private let connection: Connection
    private let recovery: Recoveries.Recovery?
    private var days: [Int64: CivilDate] = [:]

    init(_ connection: Connection, now: Date) throws {
        self.connection = connection
        recovery = try Recoveries(connection).recent(now: now)
    }

    /// The doubt for a dispatch of a document with this date; nil where it can't have been sent.
    ///
    /// `policy` applies where the provider can't be queried, or no longer has the data.
    func doubt(
        tenantID: Int64, datedOn date: CivilDate, policy: InDoubtPolicy = .park
    ) throws -> Dispatches.Doubt? {
        guard let recovery, let day = try day(of: tenantID), date <= day else { return nil }
        return Dispatches.Doubt(lost: recovery.lost, policy: policy)
    }

    /// The same for an e-mail to a user, which has no date: for the next few days.
    ///
    /// It is sent if nobody can be queried: a user notified twice is better than one not notified.
    func doubtOfReport(now: Date) -> Dispatches.Doubt? {
        guard let recovery, now < recovery.recoveredAt + Self.reportSeconds else { return nil }
        return Dispatches.Doubt(lost: recovery.lost, policy: .resend)
    }

    private static let reportSeconds = 2.0 * 86_400

    /// The date of the recovery in the tenant's time zone.
    private func day(of tenantID: Int64) throws -> CivilDate? {
        if let known = days[tenantID] { return known }
        guard let recovery else { return nil }
        let day = try Recoveries(connection).days(
            of: recovery.recoveredAt, tenants: [tenantID])[tenantID]
        days[tenantID] = day
        return day
    }
}
