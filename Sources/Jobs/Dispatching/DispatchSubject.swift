import FoundationEssentials
import Invoicing
import Store

/// An invoice that is to be dispatched, with all that decides whether and how.
struct DispatchSubject {
    var tenantID: Int64
    var invoiceID: UUID
    var invoice: Invoice
    var createdBy: String
    var recipient: String?
    var plan: SendPlan?
    var form: Forms.Keyed?
    var replyTo: String?
    var attachments: [StoredFile]
    var unreadableAttachments: [String] = []
    /// The document, where it was drawn before: a resend sends the same bytes.
    var document: StoredFile?
    var isSuppressed: Bool
    var resendOf: UUID?
    var rootID: UUID?

    var language: Language {
        form?.form.language ?? .nb
    }
}

/// What a subject became: a dispatch, and what is to be kept with it.
struct ComposedDispatch {
    var new: Dispatches.New
    var file: Files.New?
    var document: DocumentTable.New?
    var faults: [Fault]
}
