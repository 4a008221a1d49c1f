import Invoicing

/// Invoices as a night has them: one seller and its items, another buyer and other amounts each.
enum SampleInvoice {
    private static let items = [
        "Løpende regnskapsføring", "Lønnskjøring", "Årsoppgjør, delbetaling",
        "Programvare for fakturering", "Kursmateriell, trykt og elektronisk", "Reise til Bodø",
        "Rådgivning om omorganisering av virksomheten og overgang til nytt fakturasystem",
        "Serviceavtale", "Lagerleie", "Support utenom arbeidstid",
    ]
    private static let places = [
        ("9008", "Tromsø"), ("8006", "Bodø"), ("7010", "Trondheim"), ("5003", "Bergen"),
    ]

    static func make(number: Int, lines count: Int) -> Invoice {
        let lines = (0..<count).map { line($0, of: number) }
        let net = lines.map(\.netAmount).sum()
        let vat = net.percent(FixedDecimal(25))
        let place = places[number % places.count]
        return Invoice(
            type: .invoice, number: String(10_042 + number),
            issueDate: CivilDate("2026-11-24") ?? CivilDate(daysSinceEpoch: 0),
            dueDate: CivilDate("2026-12-08"), seller: seller,
            buyer: Party(
                name: "Ærfuglen Kafé \(number) AS",
                organisationNumber: Identifier("988077917", scheme: "0192"),
                address: Address(
                    street: "Sjøgata \(number)", postalCode: place.0, city: place.1,
                    country: "NO")),
            references: References(
                buyerReference: "Jørn Håkonsen", purchaseOrder: "B-\(7_000 + number)"),
            payment: Payment(
                meansCode: "30", reference: String(101_000_000_428 + number * 10),
                accounts: [PaymentAccount(number: "86011117947")]),
            lines: lines,
            vatBreakdown: [
                VATSubtotal(
                    category: .standard(FixedDecimal(25)), taxableAmount: net, taxAmount: vat)
            ],
            totals: InvoiceTotals(
                lineTotal: net, taxExclusive: net, vatTotal: vat, taxInclusive: net + vat,
                payable: net + vat))
    }

    private static func line(_ index: Int, of number: Int) -> InvoiceLine {
        let quantity = FixedDecimal(millionths: Int64(1 + (number * 7 + index * 3) % 40) * 500_000)
        let price = FixedDecimal(
            millionths: Int64(120 + (number * 131 + index * 977) % 4_000) * 1_000_000
                + Int64(number % 4) * 250_000)
        return InvoiceLine(
            id: String(index + 1), name: items[(number + index) % items.count],
            quantity: quantity, unit: index.isMultiple(of: 2) ? "HUR" : "EA", unitPrice: price,
            vat: .standard(FixedDecimal(25)), netAmount: Money(quantity: quantity, price: price))
    }

    private static let seller = Party(
        name: "Nordlys Regnskap AS",
        organisationNumber: Identifier("123456785", scheme: "0192"),
        vatNumber: "NO123456785MVA", taxRegistration: "Foretaksregisteret",
        address: Address(
            street: "Storgata 12", postalCode: "9008", city: "Tromsø", country: "NO"),
        contact: Contact(
            name: "Åse Bjørnstad", telephone: "77 00 00 00", email: "post@nordlys.example"))

    /// What the other programs are given, as strings.
    struct Plain: Codable {
        var number: String
        var buyer: [String]
        var lines: [[String]]
        var net: String
        var vat: String
        var payable: String
        var kid: String

        init(_ invoice: Invoice) {
            number = invoice.number
            let address = invoice.buyer.address
            buyer = [
                invoice.buyer.name, address.street ?? "",
                "\(address.postalCode ?? "") \(address.city ?? "")",
            ]
            lines = invoice.lines.map {
                [
                    $0.name, "\($0.quantity)", $0.unit == "HUR" ? "timer" : "stk",
                    "\($0.unitPrice)", "25 %", "\($0.netAmount)",
                ]
            }
            net = "\(invoice.totals.taxExclusive)"
            vat = "\(invoice.totals.vatTotal)"
            payable = "\(invoice.totals.payable)"
            kid = invoice.payment.reference ?? ""
        }
    }
}
