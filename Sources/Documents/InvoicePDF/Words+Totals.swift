import Invoicing

extension Words {
    func vatTable(of invoice: Invoice) -> VATTable {
        VATTable(
            heading: texts.vatSummary, rate: texts.vatRate, base: texts.vatBase,
            vat: texts.vat,
            rows: invoice.vatBreakdown.map { subtotal in
                let rate = subtotal.category.rate.map(formats.percent)
                let name = categoryName(subtotal.category.code)
                return VATTable.Row(
                    rate: [rate, name].compactMap(\.self).joined(separator: "  "),
                    base: formats.amount(subtotal.taxableAmount),
                    vat: formats.amount(subtotal.taxAmount))
            })
    }

    /// What a category without VAT is called; nil for those with a rate.
    private func categoryName(_ code: String) -> String? {
        switch code {
        case "AE": texts.reverseCharged
        case "Z": texts.zeroRated
        case "E": texts.exempt
        case "K": texts.intraCommunity
        case "G": texts.export
        case "O": texts.outsideScope
        default: nil
        }
    }

    func totals(of invoice: Invoice) -> [Total] {
        let totals = invoice.totals
        var rows: [Total] = []
        if !invoice.allowances.isEmpty {
            rows.append(total(texts.lineTotal, totals.lineTotal))
            rows += invoice.allowances.map { total(label(of: $0), $0.signedAmount) }
        }
        rows.append(total(texts.taxExclusive, totals.taxExclusive, .net))
        rows.append(total(texts.vatTotal, totals.vatTotal, .vat))
        if totals.prepaid != .zero || totals.rounding != .zero {
            rows.append(total(texts.taxInclusive, totals.taxInclusive))
        }
        if totals.prepaid != .zero { rows.append(total(texts.prepaid, -totals.prepaid)) }
        if totals.rounding != .zero { rows.append(total(texts.rounding, totals.rounding)) }
        rows.append(
            Total(
                label: payableLabel(of: invoice),
                value: formats.amount(payableAmount(of: invoice), in: invoice.currency),
                role: .payable))
        if let currency = invoice.taxCurrency, currency != invoice.currency,
            let amount = invoice.taxCurrencyVATTotal
        {
            rows.append(
                Total(
                    label: "\(texts.vatIn) \(currency.rawValue)", value: formats.amount(amount),
                    remark: invoice.taxCurrencyRate.map(remark)))
        }
        return rows
    }

    private func remark(on rate: ExchangeRate) -> String {
        let source = [line(rate.source), formats.date(rate.date)].compactMap(\.self)
        return "\(texts.exchangeRate) \(formats.rate(rate)), \(source.joined(separator: " "))"
    }

    /// A negative invoice owes the customer money, as a credit note does.
    func isToBePaid(_ invoice: Invoice) -> Bool {
        invoice.type == .invoice && invoice.totals.payable > .zero
    }

    private func payableLabel(of invoice: Invoice) -> String {
        invoice.type == .invoice && invoice.totals.payable >= .zero
            ? texts.payable : texts.credited
    }

    /// Said of what is credited, minus a minus is confusing: the amount stands as it is owed.
    private func payableAmount(of invoice: Invoice) -> Money {
        invoice.type == .invoice && invoice.totals.payable < .zero
            ? -invoice.totals.payable : invoice.totals.payable
    }

    private func total(_ label: String, _ money: Money, _ role: Total.Role = .part) -> Total {
        Total(label: label, value: formats.amount(money), role: role)
    }

    /// The statement that the law asks for under reverse charge, and the reasons that the invoice
    /// itself gives for charging no VAT (BT-120).
    ///
    /// Source: bokføringsforskriften § 5-1-1 no. 7.
    func notices(of invoice: Invoice) -> [String] {
        var notices: [String] = []
        for subtotal in invoice.vatBreakdown {
            if subtotal.category.code == "AE" { notices.append(texts.reverseCharge) }
            if let reason = line(subtotal.exemptionReason) { notices.append(reason) }
        }
        return notices.reduce(into: []) { kept, notice in
            if !kept.contains(notice) { kept.append(notice) }
        }
    }
}
