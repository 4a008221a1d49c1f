package import Invoicing

/// Invoices for the tests of EHF: a small one that breaks no rule, and parts to put in it.
package enum EHFSample {
    package static func day(_ text: String) -> CivilDate {
        guard let day = CivilDate(text) else { preconditionFailure("not a date: \(text)") }
        return day
    }

    package static func number(_ text: String) -> FixedDecimal {
        guard let number = FixedDecimal(text) else { preconditionFailure("no number: \(text)") }
        return number
    }

    package static let seller = Party(
        name: "Fjordvik Renhold AS", organisationNumber: Identifier("123456785", scheme: "0192"),
        vatNumber: "NO123456785MVA", taxRegistration: "Foretaksregisteret", legalForm: "AS",
        endpoint: Identifier("123456785", scheme: "0192"),
        address: Address(
            street: "Brygga 3", postalCode: "6800", city: "Førde", country: "NO"),
        contact: Contact(name: "Åse Bø", telephone: "+47 57 00 00 00", email: "ase@fjordvik.test"))

    package static let buyer = Party(
        name: "Borettslaget Solsida", organisationNumber: Identifier("987654325", scheme: "0192"),
        endpoint: Identifier("987654325", scheme: "0192"),
        address: Address(street: "Solvegen 1", city: "Florø", country: "NO"))

    package static func line(
        _ id: String = "1", quantity: FixedDecimal = 4, price: FixedDecimal = 250,
        vat: VATCategory = .standard(25)
    ) -> InvoiceLine {
        InvoiceLine(
            id: id, name: "Vinduspuss", quantity: quantity, unit: "HUR", unitPrice: price,
            vat: vat, netAmount: Money(quantity: quantity, price: price))
    }

    /// With the sums of its lines and allowances, and a reason for each category without VAT.
    package static func invoice(
        _ type: DocumentType = .invoice, lines: [InvoiceLine] = [line()],
        allowances: [AllowanceCharge] = [], prepaid: Money = .zero, rounding: Money = .zero
    ) -> Invoice {
        var invoice = Invoice(
            type: type, number: "10042", issueDate: EHFSample.day("2026-11-24"), seller: seller,
            buyer: buyer,
            payment: Payment(
                meansCode: "30", reference: "10042000008",
                accounts: [PaymentAccount(number: "12345678903")]),
            lines: lines, allowances: allowances, vatBreakdown: [],
            totals: InvoiceTotals(
                lineTotal: .zero, taxExclusive: .zero, vatTotal: .zero, taxInclusive: .zero,
                payable: .zero))
        invoice.references.buyerReference = "Avdeling 7"
        if type == .invoice { invoice.dueDate = EHFSample.day("2026-12-08") }
        if type == .creditNote {
            invoice.references.precedingInvoices = [
                PrecedingInvoice(number: "10041", issueDate: EHFSample.day("2026-11-01"))
            ]
        }
        invoice.addUp(prepaid: prepaid, rounding: rounding)
        return invoice
    }
}

extension Invoice {
    /// Reckons breakdown and totals anew.
    package mutating func addUp(prepaid: Money = .zero, rounding: Money = .zero) {
        var taxable: [VATCategory: Money] = [:]
        for line in lines { taxable[line.vat, default: .zero] += line.netAmount }
        for allowance in allowances {
            if let vat = allowance.vat { taxable[vat, default: .zero] += allowance.signedAmount }
        }
        vatBreakdown = taxable.sorted { "\($0.key)" < "\($1.key)" }.map { category, amount in
            let isTaxed = ["S", "Z"].contains(category.code)
            return VATSubtotal(
                category: category, taxableAmount: amount,
                taxAmount: amount.percent(category.rate ?? .zero),
                exemptionReason: isTaxed ? nil : "Merverdiavgift ikke beregnet")
        }
        let off = allowances.filter { !$0.isCharge }.map(\.amount).sum()
        let on = allowances.filter(\.isCharge).map(\.amount).sum()
        let lineTotal = lines.map(\.netAmount).sum()
        let vat = vatBreakdown.map(\.taxAmount).sum()
        let exclusive = lineTotal - off + on
        totals = InvoiceTotals(
            lineTotal: lineTotal, allowanceTotal: off, chargeTotal: on, taxExclusive: exclusive,
            vatTotal: vat, taxInclusive: exclusive + vat, prepaid: prepaid, rounding: rounding,
            payable: exclusive + vat - prepaid + rounding)
    }

    package func with(_ change: (inout Invoice) -> Void) -> Invoice {
        var invoice = self
        change(&invoice)
        return invoice
    }
}
