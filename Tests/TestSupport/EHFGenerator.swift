package import Invoicing

/// Makes invoices of every sort out of a seed, each of which breaks no rule.
package struct EHFGenerator {
    private var numbers: SeededNumbers

    package init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
    }

    package mutating func next(below limit: UInt64) -> UInt64 {
        numbers.next() % limit
    }

    package mutating func happens(in outOf: UInt64) -> Bool {
        next(below: outOf) == 0
    }

    package mutating func maybe<Value>(_ value: Value) -> Value? {
        happens(in: 2) ? value : nil
    }

    package mutating func invoice() -> Invoice {
        let type: DocumentType = happens(in: 3) ? .creditNote : .invoice
        let categories = self.categories()
        var lines = (1...(1 + next(below: 8))).map { line(Int($0), categories) }
        let allowances = (0..<next(below: 4)).map { _ in allowance(categories) }
        for index in lines.indices where happens(in: 3) {
            lines[index].allowances = (0...next(below: 2)).map { _ in lineAllowance() }
            lines[index].netAmount += lines[index].allowances.map(\.signedAmount).sum()
        }
        var invoice = EHFSample.invoice(type, lines: lines, allowances: allowances)
        let sum = invoice.totals.taxInclusive
        let prepaid = happens(in: 3) ? Money(hundredths: 1_234) : .zero
        let rounding =
            happens(in: 2) ? (sum - prepaid).roundedToUnit - (sum - prepaid) : .zero
        invoice.addUp(prepaid: prepaid, rounding: rounding)
        addParties(to: &invoice, categories)
        addReferences(to: &invoice)
        addPayment(to: &invoice)
        addCurrency(to: &invoice)
        return invoice
    }

    /// Outside the Act stands alone (BR-O-11).
    private mutating func categories() -> [VATCategory] {
        guard !happens(in: 8) else { return [.outsideScope] }
        let all: [VATCategory] = [
            .standard(25), .standard(15), .standard(12), .standard(EHFSample.number("11.11")),
            .zeroRated, .exempt, .reverseCharge, .export, VATCategory(code: "K", rate: .zero),
        ]
        return (0...next(below: 3)).map { _ in all[Int(next(below: UInt64(all.count)))] }
    }

    private mutating func line(_ number: Int, _ categories: [VATCategory]) -> InvoiceLine {
        let quantity = FixedDecimal(millionths: Int64(next(below: 200_000_000)) - 50_000_000)
        let price = FixedDecimal(millionths: Int64(next(below: 5_000_000_000)))
        var line = EHFSample.line(
            "\(number)", quantity: quantity, price: price,
            vat: categories[Int(next(below: UInt64(categories.count)))])
        if happens(in: 4) {
            line.priceBaseQuantity = 100
            line.netAmount = Money(quantity: quantity, price: price, per: 100)
        }
        if happens(in: 4) {
            line.grossPrice = FixedDecimal(millionths: price.millionths + 7_500_000)
            line.priceDiscount = FixedDecimal(millionths: 7_500_000)
        }
        line.name = maybe("Æøå & \"søm\" <1>") ?? line.name
        line.description = maybe("Første\nandre linje")
        line.note = maybe("Merknad")
        line.period = maybe(
            DatePeriod(start: EHFSample.day("2026-11-02"), end: EHFSample.day("2026-11-20")))
        if line.period == nil { line.openPeriod = maybe(.from(EHFSample.day("2026-11-02"))) }
        line.orderLine = maybe("7")
        line.accountingCost = maybe("6300")
        line.invoicedObject = maybe(Identifier("MÅLER-1", scheme: maybe("AVE")))
        line.sellerItemNumber = maybe("V-1")
        line.buyerItemNumber = maybe("K-1")
        line.standardItemNumber = maybe(Identifier("07038010000065", scheme: "0160"))
        line.classifications = [maybe(Identifier("76111501", scheme: "STI:19.05"))].compactMap(
            \.self)
        line.originCountry = maybe("SE")
        line.properties = [maybe(ItemProperty(name: "Farge", value: "Blå"))].compactMap(\.self)
        line.unit = maybe("MON") ?? "EA"
        return line
    }

    private mutating func lineAllowance() -> AllowanceCharge {
        let isCharge = happens(in: 2)
        guard happens(in: 2) else {
            let amount = Money(hundredths: Int64(next(below: 5_000)))
            return AllowanceCharge(isCharge: isCharge, amount: amount, reason: "Avtalt <&>")
        }
        let base = Money(hundredths: Int64(next(below: 100_000)))
        let percent = FixedDecimal(millionths: Int64(next(below: 30_000_000)))
        return AllowanceCharge(
            isCharge: isCharge, amount: base.percent(percent), baseAmount: base, percent: percent,
            reasonCode: isCharge ? "FC" : "95")
    }

    private mutating func allowance(_ categories: [VATCategory]) -> AllowanceCharge {
        let isCharge = happens(in: 2)
        let base = Money(hundredths: Int64(next(below: 100_000)))
        let percent = FixedDecimal(millionths: Int64(next(below: 30_000_000)))
        let isShare = happens(in: 2)
        return AllowanceCharge(
            isCharge: isCharge, amount: base.percent(percent), baseAmount: isShare ? base : nil,
            percent: isShare ? percent : nil, reason: "Frakt",
            reasonCode: isCharge ? maybe("FC") : maybe("95"),
            vat: categories[Int(next(below: UInt64(categories.count)))])
    }

    private mutating func addParties(to invoice: inout Invoice, _ categories: [VATCategory]) {
        let isOutside = categories == [.outsideScope]
        invoice.buyer.vatNumber = isOutside ? nil : "NO987654325MVA"
        if isOutside { invoice.seller.vatNumber = nil }
        invoice.seller.tradingName = maybe("Fjordvik")
        invoice.seller.identifiers = [maybe(Identifier("7080000000005", scheme: "0088"))]
            .compactMap(\.self)
        if happens(in: 4) { addForeignBuyer(to: &invoice, isOutside: isOutside) }
        invoice.buyer.contact = maybe(Contact(name: "Per", email: "per@solsida.test"))
        invoice.buyer.address.line = maybe("Inngang B")
        invoice.payee = maybe(
            Party(
                name: "Faktoring AS", organisationNumber: Identifier("999999999", scheme: "0192")))
        if !isOutside, happens(in: 3) {
            invoice.taxRepresentative = Party(
                name: "Avgift AS", vatNumber: "NO999999999MVA", address: Address(country: "NO"))
        }
        let needsDelivery = categories.contains { $0.code == "K" }
        guard needsDelivery || happens(in: 2) else { return }
        invoice.delivery = InvoiceDelivery(
            date: CivilDate("2026-11-20"),
            location: maybe(Identifier("7080000000005", scheme: "0088")),
            name: maybe("Lageret"), address: Address(street: "Kaien 2", country: "SE"))
    }

    private mutating func addForeignBuyer(to invoice: inout Invoice, isOutside: Bool) {
        let buyers = [
            ("SE", "5567037485", "0007", "SE556703748501"),
            ("DK", "DK12345678", "0184", "DK12345678"),
            ("DE", "DE123456789", "9930", "DE123456789"),
            ("FI", "003712345678", "0216", "FI12345678"),
        ]
        let (country, number, scheme, vatNumber) = buyers[Int(next(below: UInt64(buyers.count)))]
        let isRegister = scheme != "9930"
        invoice.buyer = Party(
            name: "Søm & Garn",
            organisationNumber: Identifier(number, scheme: isRegister ? scheme : nil),
            vatNumber: isOutside ? nil : vatNumber, endpoint: Identifier(number, scheme: scheme),
            address: Address(
                street: "Storgatan 1", postalCode: maybe("111 22"), city: "Byen",
                subdivision: maybe("Len"), country: country))
    }

    private mutating func addReferences(to invoice: inout Invoice) {
        invoice.notes = [maybe("Takk for handelen")].compactMap(\.self)
        if happens(in: 3) {
            invoice.taxPointDate = CivilDate("2026-11-20")
        } else {
            invoice.taxPointCode = maybe("35")
        }
        invoice.period = maybe(
            DatePeriod(start: EHFSample.day("2026-11-01"), end: EHFSample.day("2026-11-30")))
        if invoice.period == nil { invoice.openPeriod = maybe(.until(EHFSample.day("2026-11-30"))) }
        let isByOrder = happens(in: 3)
        invoice.references = References(
            buyerReference: isByOrder ? nil : "Avdeling 7",
            purchaseOrder: isByOrder ? "B-2" : maybe("B-1"), salesOrder: maybe("S-1"),
            contract: maybe("K-1"), project: maybe("P-1"), despatchAdvice: maybe("D-1"),
            receivingAdvice: maybe("M-1"), tenderOrLot: maybe("T-1"),
            invoicedObject: maybe(Identifier("A-1", scheme: maybe("ABT"))),
            accountingCost: maybe("4000"),
            precedingInvoices: [
                maybe(
                    PrecedingInvoice(number: "10041", issueDate: maybe(EHFSample.day("2026-11-01")))
                )
            ]
            .compactMap(\.self))
        invoice.supportingDocuments = [
            maybe(
                SupportingDocument(
                    id: "Timeliste", description: maybe("Timer"),
                    location: "https://fjordvik.test/t")),
            maybe(
                SupportingDocument(
                    id: "Bilag", fileName: "Bilag ø.pdf", contentType: "application/pdf")),
        ].compactMap(\.self)
    }

    private mutating func addPayment(to invoice: inout Invoice) {
        invoice.payment.terms = maybe("14 dager")
        switch next(below: 5) {
        case 0:
            invoice.payment.accounts.append(
                PaymentAccount(number: "NO9386011117947", name: "Fjordvik", bic: "DNBANOKK"))
        case 1:
            invoice.payment.meansCode = "49"
            invoice.payment.accounts = []
            invoice.payment.mandate = DirectDebitMandate(
                reference: "AG-1", debitedAccount: "86011117947")
        case 2:
            invoice.payment.meansCode = "48"
            invoice.payment.meansText = "Kort"
            invoice.payment.accounts = []
            invoice.payment.card = PaymentCard(
                number: "1234", network: "VISA", holder: maybe("Per"))
        case 3: invoice.payment = Payment()
        default: invoice.payment.meansCode = "31"
        }
        if invoice.type == .creditNote, invoice.payment.meansCode != nil {
            invoice.dueDate = maybe(EHFSample.day("2026-12-08"))
        }
    }

    private mutating func addCurrency(to invoice: inout Invoice) {
        guard happens(in: 3) else { return }
        invoice.currency = CurrencyCode(rawValue: "EUR")
        invoice.taxCurrency = .nok
        invoice.taxCurrencyVATTotal = Money(hundredths: invoice.totals.vatTotal.hundredths * 11)
    }
}
