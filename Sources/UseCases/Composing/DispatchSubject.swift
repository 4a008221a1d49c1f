import Dispatching
import EHF
import FoundationEssentials
import Invoicing
import Postgres
import Store

/// An invoice that is to be dispatched, with all that decides whether and how.
struct DispatchSubject {
    var tenantID: Int64
    var invoiceID: UUID
    var invoice: Invoice
    /// What the ids of its dispatches are made from.
    var origin: DispatchIdentity.Origin
    /// How many dispatches of it to the same recipient could go out before.
    var place = 0
    var createdBy: String
    var role = Dispatches.Role.main
    var recipient: String?
    /// As the e-mail names it.
    var recipientName: String?
    var plan: SendPlan?
    var form: Forms.Keyed?
    var replyTo: String?
    var attachments: [StoredFile]
    var unreadableAttachments: [String] = []
    /// What can't be read of its tenant's set-up.
    var setupFaults: [Fault] = []
    /// The document, where it was drawn before: a resend sends the same bytes.
    var document: StoredFile?
    /// The same for its EHF.
    var ehf: StoredFile?
    /// Reads an attachment, where it has to stand within the document.
    var content: (StoredFile) throws -> [UInt8]?
    var isSuppressed: Bool
    var resendOf: UUID? = nil
    var rootID: UUID? = nil
    /// It may have been sent before, in a time that the database has lost.
    var doubt: Dispatches.Doubt? = nil
    /// The buyer as its register has it now, where the invoice is older; nil for none.
    var customer: Party? = nil

    /// How it goes out: the first step of its plan by which the customer can be reached.
    var step: SendPlanStep? {
        plan?.firstStep(by: usableChannels)
    }

    var usableChannels: Set<Channel> {
        guard role == .main else { return [.email] }
        return postalAddress == nil
            ? invoice.usableChannels : invoice.usableChannels.union([.print])
    }

    /// Where it goes as a letter; nil where that can't be said.
    var postalAddress: PostalAddress? {
        customer.flatMap(PostalAddress.init) ?? PostalAddress(invoice.buyer)
    }

    /// Where it goes, as an e-mail provider, an access point or a postman reads it.
    var address: String? {
        switch step?.channel {
        case .ehf: invoice.ehfReceiver.map(EHFDraft.address)
        case .print: postalAddress?.line
        case .email, nil: recipient
        }
    }

    /// By which spellings of an address are one.
    var recipientKey: String { recipient?.lowercased() ?? "" }

    /// What can't be read, and of a letter also what is no PDF, since it can't be printed.
    var unfitAttachments: [String] {
        guard step?.channel == .print else { return unreadableAttachments }
        let unprintable = attachments.filter {
            !$0.contentType.lowercased().hasPrefix("application/pdf")
        }.map(\.fileName)
        return unreadableAttachments
            + unprintable.filter { !unreadableAttachments.contains($0) }
    }

    /// The id of its dispatch, where it can go out.
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

/// What a subject became: a dispatch, and what is to be kept with it.
struct ComposedDispatch {
    var new: Dispatches.New
    /// The bytes and the documents that are new.
    var files: [Files.New]
    var documents: [DocumentTable.New]
    var faults: [Fault]
    /// The document, new or as it was before; nil where it can't be drawn.
    var document: StoredFile?

    /// Whether copies of it may go out: it goes itself, or only its recipient keeps it from going.
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
