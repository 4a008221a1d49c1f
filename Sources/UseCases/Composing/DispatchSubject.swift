import Dispatching
import EHF
import FoundationEssentials
import Invoicing
import Postgres
import Store

/// An invoice to be dispatched, with everything that determines whether and how.
struct DispatchSubject {
    var tenantID: Int64
    var invoiceID: UUID
    var invoice: Invoice
    /// The source of its dispatches' ids.
    var origin: DispatchIdentity.Origin
    /// How many earlier dispatches of it to the same recipient may have gone out.
    var place = 0
    var createdBy: String
    var role = Dispatches.Role.main
    var recipient: String?
    /// The recipient's name in the e-mail.
    var recipientName: String?
    var plan: SendPlan?
    var form: Forms.Keyed?
    var replyTo: String?
    var attachments: [StoredFile]
    var unreadableAttachments: [String] = []
    /// Faults in its tenant's set-up that could not be read.
    var setupFaults: [Fault] = []
    /// The stored document of an earlier dispatch: a resend sends the same bytes.
    var document: StoredFile?
    /// The same for the EHF.
    var ehf: StoredFile?
    /// Reads an attachment that has to be embedded in the document.
    var content: (StoredFile) throws -> [UInt8]?
    var isSuppressed: Bool
    var resendOf: UUID? = nil
    var rootID: UUID? = nil
    /// Set where it may have been sent before, in a time that the database has lost.
    var doubt: Dispatches.Doubt? = nil
    /// The buyer's current data where the invoice is older; nil for none.
    var customer: Party? = nil

    /// How it goes out: the first step of its plan that can reach the customer; nil for none.
    var step: SendPlanStep? {
        plan?.firstStep(by: usableChannels)
    }

    var usableChannels: Set<Channel> {
        guard role == .main else { return [.email] }
        return postalAddress == nil
            ? invoice.usableChannels : invoice.usableChannels.union([.print])
    }

    /// The address of a letter; nil where it is incomplete.
    var postalAddress: PostalAddress? {
        customer.flatMap(PostalAddress.init) ?? PostalAddress(invoice.buyer)
    }

    /// The address in the form used by its channel: e-mail address, EHF receiver or postal address.
    var address: String? {
        switch step?.channel {
        case .ehf: invoice.ehfReceiver.map(EHFDraft.address)
        case .print: postalAddress?.line
        case .email, nil: recipient
        }
    }

    /// Addresses with the same key count as the same.
    var recipientKey: String { recipient?.lowercased() ?? "" }

    /// Attachments that can't be read, and for a letter also those that are no PDF and can't be
    /// printed.
    var unfitAttachments: [String] {
        guard step?.channel == .print else { return unreadableAttachments }
        let unprintable = attachments.filter {
            !$0.contentType.lowercased().hasPrefix("application/pdf")
        }.map(\.fileName)
        return unreadableAttachments
            + unprintable.filter { !unreadableAttachments.contains($0) }
    }

    /// The id of its dispatch; nil where it can't go out.
    var dispatchID: UUID? {
        address.map {
            DispatchIdentity.dispatch(
                tenantID: tenantID, origin: origin, recipient: $0, place: place)
        }
    }

    var language: Language {
        form?.form.language ?? .nb
    }
}

/// A composed dispatch, and what is to be stored with it.
struct ComposedDispatch {
    var new: Dispatches.New
    /// Contents and documents that are not stored yet.
    var files: [Files.New]
    var documents: [DocumentTable.New]
    var faults: [Fault]
    /// The document, new or stored before; nil where it can't be rendered.
    var document: StoredFile?

    /// Whether copies may be sent: it is sent itself, or only its recipient prevents that.
    var allowsCopies: Bool {
        switch new.content {
        case .message, .outbox, .letter: true
        case .faults(let faults, _): faults.allSatisfy(\.code.isOfRecipient)
        case .stopped: false
        }
    }

    var isFailed: Bool {
        if case .faults = new.content { true } else { false }
    }

    var isForOutbox: Bool {
        switch new.content {
        case .outbox, .letter: true
        case .message, .faults, .stopped: false
        }
    }

    var isLetter: Bool {
        if case .letter = new.content { true } else { false }
    }
}

/// Everything that determines whether and how a batch of invoices goes out, read at once: the only
/// code that creates subjects, for the night, automatic dispatches, resends, forecasts and
/// previews.
struct DispatchSubjects {
    private let dispatching: DispatchingContext
    private let customers: [Customers.Key: Customers.Profile]
    private let suppressed: Set<String>

    /// Reads these customers and their tenants' set-up, and which addresses are suppressed, both
    /// customers' and those supplied with invoices.
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

    /// The dispatch of an invoice to its main recipient.
    ///
    /// The customer's current address takes precedence over the one supplied with the invoice, so
    /// that a correction applies to the next dispatch.
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

    /// An invoice without a plan uses its tenant's only one.
    private func plan(
        of invoice: InvoiceReader.Whole, _ setup: TenantSetups.Setup?
    ) -> SendPlan? {
        guard invoice.planKey == nil, case .document = invoice.origin, setup?.plans.count == 1
        else { return invoice.planKey.flatMap { setup?.plans[$0] } }
        return setup?.plans.values.first
    }

    /// The dispatches of an invoice's copies, to the customer's current recipients.
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
