import Invoicing

extension Words {
    func lineTable(of invoice: Invoice) -> LineTable {
        LineTable(
            description: texts.description, quantity: texts.quantity,
            unitPrice: texts.unitPrice, vat: texts.vat,
            amount: "\(texts.amount) (\(invoice.currency.rawValue))",
            rows: invoice.lines.map(row), broughtForward: texts.broughtForward,
            carriedForward: texts.carriedForward, formats: formats)
    }

    private func row(_ line: InvoiceLine) -> LineRow {
        var price = formats.price(line.unitPrice)
        if let base = line.priceBaseQuantity, base != .one {
            price += " / \(formats.quantity(base))"
        }
        return LineRow(
            name: line.name.nonEmpty ?? line.id, details: details(of: line),
            quantity: formats.quantity(line.quantity),
            unit: UnitTexts.text(line.unit, quantity: line.quantity, formats.language),
            unitPrice: price,
            vat: rate(of: line.vat), amount: formats.amount(line.netAmount),
            money: line.netAmount)
    }

    private func details(of item: InvoiceLine) -> [String] {
        let number = line(item.sellerItemNumber).map { "\(texts.itemNumber) \($0)" }
        let period = item.period.map(formats.period)
        let description = item.description.flatMap(\.nonEmpty)
        return [description == item.name ? nil : description, item.note.flatMap(\.nonEmpty)]
            .compactMap(\.self)
            + item.properties.compactMap { property in
                line(property.value).map { "\(SingleLine(property.name).text): \($0)" }
            }
            + [[number, period].compactMap(\.self).joined(separator: "  ·  ").nonEmpty]
            .compactMap(\.self)
            + item.allowances.map(allowanceText)
    }

    private func allowanceText(_ allowance: AllowanceCharge) -> String {
        "\(label(of: allowance)): \(formats.amount(allowance.signedAmount))"
    }

    /// `Rabatt 10 %`, or the reason that was given.
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
