extension LegalContent {
    /// What the invoice lacks beside what its parties do; nil for nothing.
    static func invoiceFault(_ invoice: Invoice) -> Fault? {
        guard isNorwegian(invoice.seller) else { return nil }
        let missing: [Trilingual?] = [
            isBlank(invoice.number) ? LegalTexts.number : nil,
            nature(of: invoice), credited(by: invoice),
            hasTime(invoice)
                ? nil : LegalTexts.timeOfDelivery,
            lacksDueDate(invoice) ? LegalTexts.dueDate : nil,
            lacksVATInKroner(invoice) ? LegalTexts.vatInKroner(invoice.currency) : nil,
        ]
        return fault(.invoiceIncomplete, missing.compactMap(\.self))
    }

    private static func nature(of invoice: Invoice) -> Trilingual? {
        guard !invoice.lines.isEmpty else { return LegalTexts.lines }
        let nameless = invoice.lines.filter { isBlank($0.name) && isBlank($0.description) }
        guard !nameless.isEmpty else { return nil }
        let numbers = nameless.prefix(10).map(\.id).joined(separator: ", ")
        return LegalTexts.description(ofLines: numbers)
    }

    /// A credit note says what it corrects: an invoice, or else a period, or in words.
    private static func credited(by invoice: Invoice) -> Trilingual? {
        guard invoice.type == .creditNote, invoice.references.precedingInvoices.isEmpty,
            !hasPeriod(invoice), invoice.notes.allSatisfy(isBlank)
        else { return nil }
        return LegalTexts.credited
    }

    private static func hasTime(_ invoice: Invoice) -> Bool {
        hasPeriod(invoice) || invoice.delivery?.date != nil || invoice.taxPointDate != nil
    }

    private static func hasPeriod(_ invoice: Invoice) -> Bool {
        invoice.period != nil || invoice.openPeriod != nil
            || invoice.lines.contains { $0.period != nil || $0.openPeriod != nil }
    }

    private static func lacksDueDate(_ invoice: Invoice) -> Bool {
        invoice.type == .invoice && invoice.totals.payable > .zero && invoice.dueDate == nil
            && isBlank(invoice.payment.terms)
    }

    private static func lacksVATInKroner(_ invoice: Invoice) -> Bool {
        guard invoice.currency != .nok, invoice.totals.vatTotal != .zero else { return false }
        return invoice.taxCurrency != .nok || invoice.taxCurrencyVATTotal == nil
    }

    /// Whether it is stated where it was delivered; else it is where the customer is.
    static func hasPlace(_ delivery: InvoiceDelivery?) -> Bool {
        guard let delivery else { return false }
        return !isBlank(delivery.name) || !isBlank(delivery.location?.value)
            || delivery.address.map { hasAddress($0) || !isBlank($0.country) } ?? false
    }
}
