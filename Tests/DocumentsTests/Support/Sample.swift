import Invoicing

/// Invoices with sensible defaults: a test names only what it is about.
enum Sample {
    static let seller = Party(
        name: "Nordlys Regnskap AS", organisationNumber: Identifier("123456785", scheme: "0192"),
        vatNumber: "NO123456785MVA", taxRegistration: "Foretaksregisteret",
        address: Address(
            street: "Storgata 12", postalCode: "9008", city: "Tromsø", country: "NO"),
        contact: Contact(
            name: "Åse Bjørnstad", telephone: "77 00 00 00", email: "post@nordlys.example"))

    static let buyer = Party(
        name: "Ærfuglen Kafé og Gjestehus AS",
        organisationNumber: Identifier("988077917", scheme: "0192"),
        address: Address(
            street: "Sjøgata 4", postalCode: "8006", city: "Bodø", country: "NO"))

    static func line(
        _ id: Int, name: String = "Løpende regnskapsføring", description: String? = nil,
        quantity: FixedDecimal = FixedDecimal(millionths: 7_500_000), unit: String = "HUR",
        price: FixedDecimal = FixedDecimal(1_250),
        vat: VATCategory = VATCategory(code: "S", rate: FixedDecimal(25))
    ) -> InvoiceLine {
        InvoiceLine(
            id: String(id), name: name, description: description, quantity: quantity,
            unit: unit, unitPrice: price, vat: vat,
            netAmount: Money(quantity: quantity, price: price))
    }

    static func invoice(
        type: DocumentType = .invoice, number: String = "10042", seller: Party = seller,
        buyer: Party = buyer, currency: CurrencyCode = .nok, references: References? = nil,
        notes: [String] = [], payment: Payment? = nil, lines: [InvoiceLine] = eightLines,
        allowances: [AllowanceCharge] = [], rounding: Money = .zero, prepaid: Money = .zero
    ) -> Invoice {
        let vat = breakdown(lines, allowances)
        let lineTotal = lines.map(\.netAmount).sum()
        let exclusive = lineTotal + allowances.map(\.signedAmount).sum()
        let vatTotal = vat.map(\.taxAmount).sum()
        let totals = InvoiceTotals(
            lineTotal: lineTotal,
            allowanceTotal: allowances.filter { !$0.isCharge }.map(\.amount).sum(),
            chargeTotal: allowances.filter(\.isCharge).map(\.amount).sum(),
            taxExclusive: exclusive, vatTotal: vatTotal, taxInclusive: exclusive + vatTotal,
            prepaid: prepaid, rounding: rounding,
            payable: exclusive + vatTotal - prepaid + rounding)
        return Invoice(
            type: type, number: number, issueDate: day("2026-11-24"),
            dueDate: type == .invoice ? day("2026-12-08") : nil,
            period: DatePeriod(start: day("2026-11-01"), end: day("2026-11-30")),
            currency: currency, seller: seller, buyer: buyer,
            references: references
                ?? References(buyerReference: "Jørn Håkonsen", purchaseOrder: "B-7781"),
            notes: notes,
            payment: payment
                ?? Payment(
                    meansCode: "30", reference: "10100000042 8".filter { $0 != " " },
                    accounts: [PaymentAccount(number: "86011117947")]),
            lines: lines, allowances: allowances, vatBreakdown: vat, totals: totals)
    }

    static let eightLines: [InvoiceLine] = [
        line(1, description: "November, inkludert avstemming av bank og reskontro"),
        line(
            2, name: "Lønnskjøring", quantity: FixedDecimal(12), unit: "EA",
            price: FixedDecimal(185)),
        line(3, name: "Årsoppgjør, delbetaling", quantity: .one, price: FixedDecimal(4_800)),
        line(
            4, name: "Programvare for fakturering", quantity: .one, unit: "MON",
            price: FixedDecimal(millionths: 349_500_000)),
        line(
            5, name: "Kursmateriell", quantity: FixedDecimal(3), unit: "EA",
            price: FixedDecimal(120), vat: VATCategory(code: "S", rate: FixedDecimal(15))),
        line(
            6, name: "Reise til Bodø", quantity: .one, unit: "EA", price: FixedDecimal(1_640),
            vat: VATCategory(code: "S", rate: FixedDecimal(12))),
        line(
            7, name: "Gebyr til Brønnøysundregistrene", quantity: .one, unit: "EA",
            price: FixedDecimal(2_228), vat: VATCategory(code: "O", rate: nil)),
        line(
            8,
            name: "Rådgivning om omorganisering av virksomheten og overgang til nytt"
                + " fakturasystem", quantity: FixedDecimal(millionths: 2_250_000)),
    ]

    static func lines(_ count: Int) -> [InvoiceLine] {
        (1...count).map { line($0, name: "Oppdrag nr. \($0)") }
    }

    static let form = FormTemplate(name: "Standard")

    static func day(_ text: String) -> CivilDate {
        guard let date = CivilDate(text) else { preconditionFailure("no day: \(text)") }
        return date
    }

    private static func breakdown(
        _ lines: [InvoiceLine], _ allowances: [AllowanceCharge]
    ) -> [VATSubtotal] {
        var bases: [(category: VATCategory, amount: Money)] = []
        for (category, amount) in lines.map({ ($0.vat, $0.netAmount) })
            + allowances.compactMap({ one in one.vat.map { ($0, one.signedAmount) } })
        {
            if let index = bases.firstIndex(where: { $0.category == category }) {
                bases[index].amount = bases[index].amount + amount
            } else {
                bases.append((category, amount))
            }
        }
        return bases.map { category, amount in
            VATSubtotal(
                category: category, taxableAmount: amount,
                taxAmount: amount.percent(category.rate ?? .zero))
        }
    }
}
