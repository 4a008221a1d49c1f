import Dispatching
import FoundationEssentials
import Invoicing
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
    var recipient: String?
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
    var resendOf: UUID?
    var rootID: UUID?
    /// It may have been sent before, in a time that the database has lost.
    var doubt: Dispatches.Doubt?

    /// How it goes out: the first step of its plan by which the customer can be reached.
    var step: SendPlanStep? {
        plan?.firstStep(by: invoice.usableChannels)
    }

    /// Where it goes, as an e-mail provider or an access point writes it.
    var address: String? {
        step?.channel == .ehf ? invoice.ehfReceiver.map(EHFDraft.address) : recipient
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

    var isForOutbox: Bool {
        if case .outbox = new.content { true } else { false }
    }
}
