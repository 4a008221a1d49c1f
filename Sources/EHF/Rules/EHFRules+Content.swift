import Invoicing

extension EHFRules {
    /// The header of a document.
    static let content: [EHFRule] = [
        EHFRule("BR-02", "The invoice has no number", "Give it one") { isBlank($0.number) },
        EHFRule("BR-05", "The invoice has no currency", "State one, as NOK") {
            isBlank($0.currency.rawValue)
        },
        EHFRule("BR-16", "The invoice has no line", "Add what is invoiced") { $0.lines.isEmpty },
        EHFRule(
            "BR-29", "The invoiced period ends before it starts", "Correct the period"
        ) { isReversed($0.period) },
        EHFRule(
            "BR-53", "The VAT in the accounting currency is not stated",
            "Reckon the VAT in that currency, or leave the currency out"
        ) { $0.taxCurrency != nil && $0.taxCurrencyVATTotal == nil },
        EHFRule(
            "BR-CO-03", "The day of supply is stated both as a day and as a code",
            "Keep one of them"
        ) { $0.taxPointDate != nil && !isBlank($0.taxPointCode) },
        EHFRule(
            "BR-CO-25", "There is something to pay, and neither due date nor payment terms",
            "Set a due date"
        ) {
            $0.type == .invoice && $0.totals.payable > .zero && $0.dueDate == nil
                && isBlank($0.payment.terms)
        },
        EHFRule(
            "BR-CL-08", "A note has three letters between number signs that mean no subject",
            "Write the note without number signs"
        ) { !$0.notes.allSatisfy(hasKnownSubject) },
        EHFRule(
            "PEPPOL-EN16931-R003", "There is neither a buyer's reference nor an order number",
            "Ask the customer for its reference, and set it on the customer or the agreement"
        ) {
            [$0.references.buyerReference, $0.references.purchaseOrder, $0.references.salesOrder]
                .allSatisfy(isBlank)
        },
        EHFRule(
            "PEPPOL-EN16931-R005", "The accounting currency is the invoice's own",
            "Leave the accounting currency out"
        ) { $0.taxCurrency == $0.currency },
        EHFRule(
            "PEPPOL-EN16931-R055", "The VAT in the two currencies has different signs",
            "Reckon the VAT in the accounting currency anew"
        ) { invoice in
            guard invoice.taxCurrency != nil, let other = invoice.taxCurrencyVATTotal else {
                return false
            }
            let vat = invoice.totals.vatTotal
            return (vat > .zero && other < .zero) || (vat < .zero && other > .zero)
        },
    ]

    static func isReversed(_ period: DatePeriod?) -> Bool {
        period.map { $0.end < $0.start } ?? false
    }

    /// The subject is between the first two number signs, and has three letters.
    private static func hasKnownSubject(_ note: String) -> Bool {
        let parts = note.split(separator: "#", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].unicodeScalars.count == 3 else { return true }
        return EHFCodes.noteSubjects.contains(String(parts[1]))
    }
}

extension EHFRules {
    /// Codes of published lists.
    ///
    /// Where Peppol's list is a subset of EN 16931's, the rule is Peppol's.
    static let codes: [EHFRule] = [
        .codes("PEPPOL-EN16931-P0100", "an invoice", "Use 380", of: EHFCodes.invoiceTypes) {
            $0.type == .invoice ? [$0.typeCode] : []
        },
        .codes(
            "PEPPOL-EN16931-P0101", "a credit note", "Use 381", of: EHFCodes.creditNoteTypes
        ) { $0.type == .creditNote ? [$0.typeCode] : [] },
        .codes("BR-CL-04", "a currency", currency, of: EHFCodes.currencies) {
            [$0.currency.rawValue]
        },
        .codes("BR-CL-05", "a currency", currency, of: EHFCodes.currencies) {
            [$0.taxCurrency?.rawValue]
        },
        .codes("BR-CL-06", "a day of supply", "Use 3, 35 or 432", of: EHFCodes.taxPoints) {
            [$0.taxPointCode]
        },
        .codes("BR-CL-07", "an invoiced object", "Correct it", of: EHFCodes.objectSchemes) {
            ([$0.references.invoicedObject] + $0.lines.map(\.invoicedObject)).map { $0?.scheme }
        },
        .codes("BR-CL-10", "an identifier", scheme, of: EHFCodes.partySchemes) { invoice in
            [invoice.seller, invoice.buyer, invoice.payee].compactMap(\.self)
                .flatMap(\.identifiers).filter { !isSEPA($0) }.map(\.scheme)
        },
        .codes("BR-CL-11", "a company's number", scheme, of: EHFCodes.partySchemes) { invoice in
            [invoice.seller, invoice.buyer, invoice.payee].map { $0?.organisationNumber?.scheme }
        },
        .codes(
            "BR-CL-13", "a list of items", "Use STI for UNSPSC", of: EHFCodes.classificationLists
        ) { invoice in
            invoice.lines.flatMap(\.classifications).map { code in
                code.scheme?.split(separator: ":", maxSplits: 1).first.map(String.init)
            }
        },
        .codes("BR-CL-14", "a country", "Use ISO 3166's, as NO", of: EHFCodes.countries) {
            [
                $0.seller.address.country, $0.buyer.address.country,
                $0.taxRepresentative?.address.country, $0.delivery?.address?.country,
            ]
        },
        .codes("BR-CL-15", "a country of origin", "Use ISO 3166's", of: EHFCodes.countries) {
            $0.lines.map(\.originCountry)
        },
        .codes("BR-CL-16", "a way to pay", "Use 30 for a transfer", of: EHFCodes.paymentMeans) {
            $0.payment.means.map(\.code)
        },
        .codes("BR-CL-17", "a VAT category", category, of: EHFCodes.vatCategories) { invoice in
            invoice.vatBreakdown.map(\.category.code) + invoice.allowances.map { $0.vat?.code }
        },
        .codes("BR-CL-18", "a VAT category", category, of: EHFCodes.vatCategories) {
            $0.lines.map(\.vat.code)
        },
        .codes("BR-CL-19", "an allowance", reason, of: EHFCodes.allowanceReasons) { invoice in
            (invoice.allowances + invoice.lineAllowances).filter { !$0.isCharge }.map(\.reasonCode)
        },
        .codes("BR-CL-20", "a charge", reason, of: EHFCodes.chargeReasons) { invoice in
            (invoice.allowances + invoice.lineAllowances).filter(\.isCharge).map(\.reasonCode)
        },
        .codes("BR-CL-21", "an item's number", scheme, of: EHFCodes.partySchemes) {
            $0.lines.map { $0.standardItemNumber?.scheme }
        },
        .codes(
            "BR-CL-22", "there being no VAT", "Use VATEX codes, or words only",
            of: EHFCodes.exemptions
        ) { $0.vatBreakdown.map { $0.exemptionReasonCode?.uppercased() } },
        .codes(
            "BR-CL-23", "a unit", "Use UN/ECE's, as EA for pieces, HUR for hours, MON for months",
            of: EHFCodes.units
        ) { $0.lines.map(\.unit) },
        .codes(
            "PEPPOL-EN16931-CL008", "an electronic address", scheme, of: EHFCodes.endpointSchemes
        ) {
            [$0.seller.endpoint?.scheme, $0.buyer.endpoint?.scheme]
        },
        .codes("BR-CL-26", "a place of delivery", scheme, of: EHFCodes.partySchemes) {
            [$0.delivery?.location?.scheme]
        },
    ]

    private static let currency = "Use ISO 4217's, as NOK"
    private static let category = "Use S, Z, E, AE, K, G or O"
    private static let reason = "Say the reason in words, without a code"
    private static let scheme = "Correct it: 0192 is Norwegian organisation numbers, 0088 GLN"
}

extension EHFRules {
    /// References, supporting documents, and UBL's limits for parties.
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
