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
        try bench.setups.load(invoices.map(\.tenantID))
        let customers = try Customers(bench.connection).profiles(
            invoices.compactMap { invoice in
                invoice.customerNumber.map {
                    Customers.Key(tenantID: invoice.tenantID, number: $0)
                }
            })
        let known = invoices.map { customer(of: $0, customers) }
        // The address as it is now goes before the one that came with the invoice: a mended one is
        // used by the next dispatch.
        let recipients = zip(invoices, known).map { $1?.email ?? $0.recipient }
        let suppressed = try Suppressions(bench.connection).active(
            among: recipients.compactMap { $0?.lowercased() }, provider: bench.providerName)
        var subjects = try zip(invoices, known).map { invoice, customer in
            let recipient = customer?.email ?? invoice.recipient
            let setup = bench.setups[invoice.tenantID]
            return DispatchSubject(
                tenantID: invoice.tenantID, invoiceID: invoice.invoiceID,
                invoice: invoice.invoice, origin: invoice.origin,
                createdBy: actor ?? invoice.createdBy,
                recipient: recipient, plan: invoice.planKey.flatMap { setup?.plans[$0] },
                form: setup?.forms[invoice.invoice.type], replyTo: setup?.profile.replyTo,
                attachments: invoice.attachments,
                unreadableAttachments: try bench.proofs.unreadable(
                    invoice.attachments, tenantID: invoice.tenantID),
                setupFaults: bench.setups.faults(of: invoice.tenantID),
                document: isDrawnAnew ? nil : invoice.document, ehf: invoice.ehf,
                content: { file in
                    try Files(bench.connection)
                        .content(tenantID: invoice.tenantID, sha256: file.sha256)
                },
                isSuppressed: suppressed.contains(recipient?.lowercased() ?? ""),
                resendOf: predecessor?.dispatchID, rootID: predecessor?.rootID,
                // Who sends it again has decided: where nobody can be asked, it goes.
                doubt: try bench.lostDeeds.doubt(
                    tenantID: invoice.tenantID, datedOn: invoice.invoice.issueDate,
                    policy: predecessor == nil ? .park : .resend),
                customer: customer?.customer.party)
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
        let now = bench.now
        try Files(bench.connection).insert(composed.flatMap(\.files))
        try DocumentTable(bench.connection).insert(composed.flatMap(\.documents), now: now)
        try Dispatches(bench.connection).insert(composed.map(\.new), now: now)
        let failed = composed.map(\.new).filter { new in
            if case .faults = new.content { true } else { false }
        }.map { ($0.tenantID, $0.dispatchID) }
        let notifications = Notifications(bench.connection)
        _ = try notifications.ring(failed, kind: .failed, now: now)
        _ = try notifications.openTodos(failed, now: now)
        return composed
    }

    private func customer(
        of invoice: InvoiceReader.Whole, _ customers: [Customers.Key: Customers.Profile]
    ) -> Customers.Profile? {
        invoice.customerNumber.flatMap {
            customers[Customers.Key(tenantID: invoice.tenantID, number: $0)]
        }
    }
}
