/// A company's set-up and its recurring invoices, as records by the keys that its files use.
///
/// What refers to another record does so by key; whether that record is there, in the same files
/// or stored already, is for whoever stores them to see.
package struct Setup: Hashable, Sendable {
    package var tenant: TenantRecord?
    package var users: [UserRecord] = []
    package var customers: [CustomerRecord] = []
    package var vatRates: [VATRateRecord] = []
    package var formTemplates: [FormTemplateRecord] = []
    package var formSetup: [FormSetupRecord] = []
    package var sendPlans: [SendPlanRecord] = []
    package var recurringInvoices: [RecurringInvoiceRecord] = []
    /// In the order of the file; an agreement's lines may stand apart.
    package var recurringInvoiceLines: [RecurringInvoiceLineRecord] = []
    /// In the order of the file, which is the order on the invoice.
    package var attachments: [AttachmentRecord] = []
    /// The kinds that a file was read for, so that none is told from not given.
    package var kinds: Set<SetupKind> = []
    /// Where the attachments lie.
    package var folder: SetupFolder?

    package init() {}

    /// The bytes of an attachment, which may have gone or grown since the set-up was read.
    package func content(of attachment: AttachmentRecord) throws(ImportFaults) -> [UInt8] {
        guard let folder else { return [] }
        do {
            return try folder.bytes(
                of: attachment.path, byteCountMax: SetupLimits.attachmentByteCountMax)
        } catch {
            throw ImportFaults([ImportFault(error, file: attachment.path)])
        }
    }
}
