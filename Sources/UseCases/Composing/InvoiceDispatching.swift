import Dispatching
import FoundationEssentials
import Invoicing
import Postgres
import Store

/// Makes dispatches of invoices that exist: automatic ones, resends, and what has been mended.
struct InvoiceDispatching {
    let dispatching: DispatchingContext

    /// What is to go out of an invoice.
    struct Order: Hashable {
        var tenantID: Int64
        var invoiceID: UUID
        /// The address, in lower case, that a copy went to, which is to go again; nil for the
        /// document itself, with the copies that nobody has been sent.
        var copyKey: String?

        init(_ key: (tenantID: Int64, invoiceID: UUID), copyKey: String? = nil) {
            (tenantID, invoiceID) = key
            self.copyKey = copyKey
        }
    }

    /// A dispatch that another follows.
    struct Predecessor {
        var dispatchID: UUID
        var rootID: UUID
    }

    /// An order with the subjects of its dispatches, the document's own before its copies'.
    private struct Draft {
        var order: Order
        var subjects: [DispatchSubject]
    }

    /// What these orders would come to now; nothing is written, and what can't be read is left out.
    ///
    /// What was drawn once is sent as it was, unless it is to be drawn anew for somebody to see. A
    /// copy whose address is no longer the customer's goes to one that has got none; to nobody, and
    /// it comes to nothing, where there is none such.
    func compose(
        _ orders: [Order], after predecessor: Predecessor? = nil, by actor: String? = nil,
        isDrawnAnew: Bool = false
    ) throws -> [(order: Order, dispatches: [ComposedDispatch])] {
        var drafts = try drafts(orders) { subject in
            subject.createdBy = actor ?? subject.createdBy
            subject.resendOf = predecessor?.dispatchID
            subject.rootID = predecessor?.rootID
            // Who sends it again has decided: where nobody can be asked, it goes.
            if predecessor != nil { subject.doubt?.policy = .resend }
            if isDrawnAnew { subject.document = nil }
        }
        try takePlaces(&drafts)
        return try drafts.map { draft in
            guard let first = draft.subjects.first else { return (draft.order, []) }
            return (
                draft.order,
                try dispatching.composer.compose(
                    first, copies: Array(draft.subjects.dropFirst()), now: dispatching.now)
            )
        }
    }

    /// Makes their dispatches, and tells of those that failed.
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

    /// The subjects of orders; `adapt` is done to the first of each.
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
    private func takePlaces(_ drafts: inout [Draft]) throws {
        var open = drafts.indices.flatMap { draft in
            drafts[draft].subjects.indices.map { (draft: draft, subject: $0) }
        }
        while !open.isEmpty {
            let taken = try Dispatches(dispatching.connection).known(
                open.compactMap { place in
                    let subject = drafts[place.draft].subjects[place.subject]
                    return subject.dispatchID.map { (subject.tenantID, $0) }
                })
            open = open.filter { place in
                drafts[place.draft].subjects[place.subject].dispatchID.map(taken.contains) ?? false
            }
            for place in open { drafts[place.draft].subjects[place.subject].place += 1 }
        }
    }
}
