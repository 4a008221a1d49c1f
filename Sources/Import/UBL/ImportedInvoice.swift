package import Invoicing

/// An invoice or credit note as it was read from a UBL file, with the files embedded in it.
package struct ImportedInvoice: Hashable, Sendable {
    package var invoice: Invoice
    /// BT-125, in the order of those supporting documents that have a file name, under the names
    /// that the file gives: whoever keeps them makes those safe.
    package var embedded: [Attachment]
    /// The buyer's address for e-mail: its contact's (BT-58), else an endpoint of scheme `EM`.
    ///
    /// Not proved: a bad one is found when the dispatch is prechecked, and its user is told.
    package var recipientEmail: String?
    /// BT-24, which rules the file says it follows.
    package var customizationID: String?
    /// BT-23, the business process.
    package var profileID: String?
    /// What the file holds and the invoice does not: nothing is lost in silence.
    package var remarks: [ImportFault]
}
