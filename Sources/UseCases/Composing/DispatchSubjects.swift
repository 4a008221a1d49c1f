import Dispatching
import FoundationEssentials
import Invoicing
import Postgres
import Store

/// What decides whether and how a batch of invoices goes out, read at once: the only code that
/// makes subjects, for the night, automatic dispatches, resends, forecasts and previews.
struct DispatchSubjects {
    private let dispatching: DispatchingContext
    private let customers: [Customers.Key: Customers.Profile]
    private let suppressed: Set<String>

    /// Reads these customers and their tenants' set-ups, and which of all addresses are suppressed:
    /// theirs, and those that came with invoices.
    init(
        customers keys: [Customers.Key], tenants: [Int64], addresses: [String] = [],
        dispatching: DispatchingContext
    ) throws {
        self.dispatching = dispatching
        try dispatching.setups.load(tenants)
        customers = try Customers(dispatching.connection).profiles(keys)
        suppressed = try Suppressions(dispatching.connection).active(
            among: (customers.values.flatMap(\.addresses) + addresses).map { $0.lowercased() },
            provider: dispatching.providerName)
    }

    func customer(_ number: String, of tenantID: Int64) -> Customers.Profile? {
        customers[Customers.Key(tenantID: tenantID, number: number)]
    }

    /// The invoice on its way to its recipient.
    ///
    /// The address as it is now goes before the one that came with the invoice: a mended one is
    /// used by the next dispatch.
    func subject(of invoice: InvoiceReader.Whole, doubt: Dispatches.Doubt?) throws
        -> DispatchSubject
    {
        let (tenantID, files) = (invoice.tenantID, invoice.attachments)
        let customer = invoice.customerNumber.flatMap { self.customer($0, of: tenantID) }
        let recipient = customer?.email ?? invoice.recipient
        let setup = dispatching.setups[tenantID]
        let connection = dispatching.connection
        return DispatchSubject(
            tenantID: tenantID, invoiceID: invoice.invoiceID, invoice: invoice.invoice,
            origin: invoice.origin, createdBy: invoice.createdBy, recipient: recipient,
            recipientName: invoice.invoice.buyer.name,
            plan: plan(of: invoice, setup),
            form: setup?.forms[invoice.invoice.type], replyTo: setup?.profile.replyTo,
            attachments: files,
            unreadableAttachments: try dispatching.proofs.unreadable(files, tenantID: tenantID),
            setupFaults: dispatching.setups.faults(of: tenantID),
            document: invoice.document, ehf: invoice.ehf,
            content: { try Files(connection).content(tenantID: tenantID, sha256: $0.sha256) },
            isSuppressed: suppressed.contains(recipient?.lowercased() ?? ""),
            doubt: doubt, customer: customer?.customer.party)
    }

    /// An invoice that came without a plan goes by the only one that its tenant has.
    private func plan(
        of invoice: InvoiceReader.Whole, _ setup: TenantSetups.Setup?
    ) -> SendPlan? {
        guard invoice.planKey == nil, case .document = invoice.origin, setup?.plans.count == 1
        else { return invoice.planKey.flatMap { setup?.plans[$0] } }
        return setup?.plans.values.first
    }

    /// The copies of an invoice on its way to them, as the customer wants them now.
    func copies(of invoice: InvoiceReader.Whole, like main: DispatchSubject) -> [DispatchSubject] {
        let customer = invoice.customerNumber.flatMap { self.customer($0, of: invoice.tenantID) }
        let hasDocument = main.step?.channel == .email ? main.recipient : nil
        return (customer?.copies ?? []).distinct(from: hasDocument).map { copy in
            var subject = main
            subject.role = .copy
            subject.recipient = copy.address
            subject.recipientName = copy.name
            subject.plan = main.plan?.ofCopies
            subject.isSuppressed = suppressed.contains(copy.key)
            (subject.resendOf, subject.rootID) = (nil, nil)
            return subject
        }
    }
}

extension Customers.Profile {
    fileprivate var addresses: [String] { [email].compactMap(\.self) + copies.map(\.address) }
}
