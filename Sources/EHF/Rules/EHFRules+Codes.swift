import Invoicing

extension EHFRules {
    /// Codes of published lists.
    ///
    /// Where Peppol's list is a part of EN 16931's, the rule is Peppol's.
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
