import Invoicing

extension EHFRules {
    /// References, supporting documents, and what UBL allows of parties.
    static let references: [EHFRule] = [
        EHFRule("BR-52", "A supporting document has no id", "Give it one, as its file's name") {
            $0.supportingDocuments.contains { isBlank($0.id) }
        },
        EHFRule("BR-55", "The invoice that it corrects has no number", "State the number") {
            $0.references.precedingInvoices.contains { isBlank($0.number) }
        },
        EHFRule(
            "UBL-SR-16", "The buyer has several identifiers",
            "Keep one beside its organisation number"
        ) { $0.buyer.identifiers.filter { !isBlank($0.value) }.count > 1 },
        EHFRule(
            "UBL-SR-19", "The payee has the seller's name",
            "Name another payee than the seller, or none"
        ) { !isBlank($0.payee?.name) && $0.payee?.name == $0.seller.name },
        EHFRule(
            "UBL-SR-20", "The payee has several identifiers",
            "Keep one beside its organisation number"
        ) { ($0.payee?.identifiers ?? []).filter { !isBlank($0.value) && !isSEPA($0) }.count > 1 },
        EHFRule("UBL-DT-06", "An embedded file has no type", "State it, as application/pdf") {
            $0.supportingDocuments.contains { $0.fileName != nil && isBlank($0.contentType) }
        },
        EHFRule("UBL-DT-07", "An embedded file has no name", "Name it") {
            $0.supportingDocuments.contains { $0.fileName.map(isBlank) ?? false }
        },
        .codes(
            "PEPPOL-EN16931-CL001", "the type of an embedded file",
            "Embed PDF, PNG, JPEG, CSV or a spreadsheet", of: EHFCodes.fileTypes
        ) { $0.supportingDocuments.filter { $0.fileName != nil }.map(\.contentType) },
    ]
}
