import Invoicing

extension Words {
    /// The table with the columns of a form, without those that are empty in every line.
    ///
    /// Two are shown whatever the form says (bokføringsforskriften § 5-1-1): the VAT rate of each
    /// line, where there are several rates, and the unit, where not everything is counted in
    /// pieces.
    func lineTable(
        of invoice: Invoice, columns: FormColumns, hiding hidden: HiddenBlocks
    ) -> LineTable {
        let columns = shown(columns, of: invoice)
        let headings = columns.enumerated().map { index, column in
            (column, columns.isUnitOfQuantity(at: index) ? "" : heading(of: column, invoice))
        }
        return LineTable(
            columns: columns, headings: Dictionary(uniqueKeysWithValues: headings),
            rows: invoice.lines.map { row($0, columns) },
            carried: hidden.contains(.carriedTotals)
                ? nil : CarriedTexts(forward: texts.carriedForward, brought: texts.broughtForward),
            formats: formats)
    }

    private func shown(_ columns: FormColumns, of invoice: Invoice) -> [FormColumn] {
        var shown = columns.list.filter { column in
            switch column {
            case .itemNumber: invoice.lines.contains { line($0.sellerItemNumber) != nil }
            case .discount: invoice.lines.contains { $0.allowances.contains { !$0.isCharge } }
            default: true
            }
        }
        if !shown.contains(.vatRate), Set(invoice.lines.map(\.vat)).count > 1 {
            shown.insert(.vatRate, at: shown.count - 1)
        }
        if !shown.contains(.unit), !invoice.lines.allSatisfy({ UnitTexts.isPiece($0.unit) }),
            let quantity = shown.firstIndex(of: .quantity)
        {
            shown.insert(.unit, at: quantity + 1)
        }
        return shown
    }

    private func heading(of column: FormColumn, _ invoice: Invoice) -> String {
        switch column {
        case .itemNumber: texts.itemNumber
        case .description: texts.description
        case .quantity: texts.quantity
        case .unit: texts.unit
        case .unitPrice: texts.unitPrice
        case .discount: texts.allowance
        case .vatRate: texts.vat
        case .amount: "\(texts.amount) (\(invoice.currency.rawValue))"
        }
    }

    private func row(_ item: InvoiceLine, _ columns: [FormColumn]) -> LineRow {
        let cells = columns.filter { $0 != .description }.map { ($0, cell(of: $0, item)) }
        return LineRow(
            name: item.name.nonEmpty ?? item.id, details: details(of: item, columns),
            cells: Dictionary(uniqueKeysWithValues: cells), money: item.netAmount)
    }

    private func cell(of column: FormColumn, _ item: InvoiceLine) -> String {
        switch column {
        case .itemNumber: line(item.sellerItemNumber) ?? ""
        case .description: ""
        case .quantity: formats.quantity(item.quantity)
        case .unit: UnitTexts.text(item.unit, quantity: item.quantity, formats.language)
        case .unitPrice: price(of: item)
        case .discount: discount(of: item)
        case .vatRate: rate(of: item.vat)
        case .amount: formats.amount(item.netAmount)
        }
    }

    private func price(of item: InvoiceLine) -> String {
        let price = formats.price(item.unitPrice)
        guard let base = item.priceBaseQuantity, base != .one else { return price }
        return "\(price) / \(formats.quantity(base))"
    }

    /// `10 %` where the discount is a single percentage, else the total discount.
    private func discount(of item: InvoiceLine) -> String {
        let discounts = item.allowances.filter { !$0.isCharge }
        guard !discounts.isEmpty else { return "" }
        if discounts.count == 1, let percent = discounts[0].percent {
            return formats.percent(percent)
        }
        return formats.amount(discounts.map(\.signedAmount).sum())
    }

    private func details(of item: InvoiceLine, _ columns: [FormColumn]) -> [String] {
        let number =
            columns.contains(.itemNumber)
            ? nil : line(item.sellerItemNumber).map { "\(texts.itemNumber) \($0)" }
        let period = item.period.map(formats.period) ?? item.openPeriod.map(formats.period)
        let description = item.description.flatMap(\.nonEmpty)
        return [description == item.name ? nil : description, item.note.flatMap(\.nonEmpty)]
            .compactMap(\.self)
            + item.properties.compactMap { property in
                line(property.value).map { "\(SingleLine(property.name).text): \($0)" }
            }
            + [[number, period].compactMap(\.self).joined(separator: "  ·  ").nonEmpty]
            .compactMap(\.self)
            + (columns.contains(.discount) && isDiscountAlone(item)
                ? [] : item.allowances.map(allowanceText))
    }

    /// Whether the discount column says everything.
    private func isDiscountAlone(_ item: InvoiceLine) -> Bool {
        guard let discount = item.allowances.first, item.allowances.count == 1 else { return false }
        return !discount.isCharge && line(discount.reason) ?? texts.allowance == texts.allowance
    }

    private func allowanceText(_ allowance: AllowanceCharge) -> String {
        "\(label(of: allowance)): \(formats.amount(allowance.signedAmount))"
    }

    /// `Rabatt 10 %`, or the stated reason.
    func label(of allowance: AllowanceCharge) -> String {
        let name =
            line(allowance.reason) ?? (allowance.isCharge ? texts.charge : texts.allowance)
        guard let percent = allowance.percent else { return name }
        return "\(name) \(formats.percent(percent))"
    }

    /// `25 %`; a dash outside the Act, where there is no rate.
    func rate(of category: VATCategory) -> String {
        category.rate.map(formats.percent) ?? "\u{2013}"
    }
}

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

    /// The name of a category without VAT; nil for those with a rate.
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

    /// Whether it is to be paid: a negative invoice owes the customer money, as a credit note does.
    func isToBePaid(_ invoice: Invoice) -> Bool {
        invoice.type == .invoice && invoice.totals.payable > .zero
    }

    private func payableLabel(of invoice: Invoice) -> String {
        invoice.type == .invoice && invoice.totals.payable >= .zero
            ? texts.payable : texts.credited
    }

    /// A credit note shows the amount without its sign, since a credited minus would be confusing.
    private func payableAmount(of invoice: Invoice) -> Money {
        invoice.type == .invoice && invoice.totals.payable < .zero
            ? -invoice.totals.payable : invoice.totals.payable
    }

    private func total(_ label: String, _ money: Money, _ role: Total.Role = .part) -> Total {
        Total(label: label, value: formats.amount(money), role: role)
    }

    /// The statement that the law requires for reverse charge, and the invoice's own reasons for
    /// charging no VAT (BT-120).
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
