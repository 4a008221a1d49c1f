import Dispatching
import FoundationEssentials
import Invoicing
import Postgres
import Store

/// Makes dispatches of invoices that exist: automatic ones, resends, and what has been mended.
struct InvoiceDispatching {
    let bench: Workbench

    /// A dispatch that another follows.
    struct Predecessor {
        var dispatchID: UUID
        var rootID: UUID
    }

    /// What these invoices would be dispatched as now; nothing is written.
    ///
    /// What was drawn once is sent as it was, unless it is to be drawn anew for somebody to see.
    func compose(
        _ keys: [(tenantID: Int64, invoiceID: UUID)], after predecessor: Predecessor? = nil,
        by actor: String? = nil, isDrawnAnew: Bool = false
    ) throws -> [ComposedDispatch] {
        let invoices = try InvoiceReader(bench.connection).read(keys)
        let surroundings = try DispatchSubjects(
            customers: invoices.compactMap { invoice in
                invoice.customerNumber.map {
                    Customers.Key(tenantID: invoice.tenantID, number: $0)
                }
            },
            tenants: invoices.map(\.tenantID), addresses: invoices.compactMap(\.recipient),
            bench: bench)
        var subjects = try invoices.map { invoice in
            var subject = try surroundings.subject(
                of: invoice,
                // Who sends it again has decided: where nobody can be asked, it goes.
                doubt: try bench.lostDeeds.doubt(
                    tenantID: invoice.tenantID, datedOn: invoice.invoice.issueDate,
                    policy: predecessor == nil ? .park : .resend))
            subject.createdBy = actor ?? subject.createdBy
            subject.resendOf = predecessor?.dispatchID
            subject.rootID = predecessor?.rootID
            if isDrawnAnew { subject.document = nil }
            return subject
        }
        try takePlaces(&subjects)
        return try subjects.map { try bench.composer.compose($0, now: bench.now) }
    }

    /// Gives each the first place whose id is free.
    private func takePlaces(_ subjects: inout [DispatchSubject]) throws {
        var open = Array(subjects.indices)
        while !open.isEmpty {
            let taken = try Dispatches(bench.connection).known(
                open.compactMap { index in
                    subjects[index].dispatchID.map { (subjects[index].tenantID, $0) }
                })
            open = open.filter { index in
                subjects[index].dispatchID.map(taken.contains) ?? false
            }
            for index in open { subjects[index].place += 1 }
        }
    }

    /// Makes their dispatches, and tells of those that failed.
    ///
    /// To be called in a transaction.
    @discardableResult
    func dispatch(
        _ keys: [(tenantID: Int64, invoiceID: UUID)], after predecessor: Predecessor? = nil,
        by actor: String? = nil
    ) throws -> [ComposedDispatch] {
        let composed = try compose(keys, after: predecessor, by: actor)
        try DispatchWriter(connection: bench.connection, now: bench.now).write(composed)
        return composed
    }
}
