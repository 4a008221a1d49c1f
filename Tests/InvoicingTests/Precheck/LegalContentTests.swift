import Testing

@testable import Invoicing

extension Invoice {
    /// An invoice that lacks nothing the law asks for.
    static var lawful: Invoice {
        let amount = Money(hundredths: 100_00)
        let vat = Money(hundredths: 25_00)
        let category = VATCategory.standard(25)
        return Invoice(
            type: .invoice, number: "1", issueDate: day("2026-11-24"),
            dueDate: day("2026-12-08"),
            period: DatePeriod(start: day("2026-11-01"), end: day("2026-11-30")),
            seller: Party(
                name: "Nordlys Drift AS", organisationNumber: Identifier("123456785"),
                vatNumber: "NO123456785MVA", taxRegistration: "Foretaksregisteret",
                legalForm: "AS",
                address: Address(street: "Storgata 1", city: "Tromsø", country: "NO")),
            buyer: Party(
                name: "Kari Nordmann", organisationNumber: Identifier("987654325"),
                address: Address(city: "Bodø", country: "NO")),
            payment: Payment(accounts: [PaymentAccount(number: "12345678903")]),
            lines: [
                InvoiceLine(
                    id: "1", name: "Drift", quantity: 1, unitPrice: 100, vat: category,
                    netAmount: amount)
            ],
            vatBreakdown: [
                VATSubtotal(category: category, taxableAmount: amount, taxAmount: vat)
            ],
            totals: InvoiceTotals(
                lineTotal: amount, taxExclusive: amount, vatTotal: vat, taxInclusive: amount + vat,
                payable: amount + vat))
    }
}

@Suite struct LegalContentTests {
    private static func changed(_ change: (inout Invoice) -> Void) -> Invoice {
        var invoice = Invoice.lawful
        change(&invoice)
        return invoice
    }

    @Test func `a lawful invoice has no fault`() {
        #expect(LegalContent.faults(in: .lawful).isEmpty)
    }

    @Test(arguments: [
        (changed { $0.seller.name = " " }, FaultCode.sellerIncomplete, "name", "§ 5-1-2"),
        (
            changed { $0.seller.organisationNumber = Identifier("123456784") }, .sellerIncomplete,
            "organisation number", "§ 5-1-2"
        ),
        (changed { $0.seller.vatNumber = nil }, .sellerIncomplete, "MVA", "§ 5-1-2"),
        (changed { $0.seller.vatNumber = "123456785" }, .sellerIncomplete, "MVA", "§ 5-1-2"),
        (
            changed { $0.seller.taxRegistration = nil }, .sellerIncomplete, "Foretaksregisteret",
            "§ 10-2"
        ),
        (changed { $0.seller.address = Address() }, .sellerIncomplete, "address", "§ 10-2"),
        (changed { $0.payment.accounts = [] }, .sellerIncomplete, "account", "to pay to"),
        (
            changed { $0.payment.accounts[0].number = "12345678904" }, .sellerIncomplete,
            "12345678904", "account number"
        ),
        (changed { $0.buyer.name = "" }, .customerIncomplete, "name", "§ 5-1-2"),
        (
            changed {
                $0.buyer.address = Address()
                $0.buyer.organisationNumber = nil
            }, .customerIncomplete, "address or organisation number", "§ 5-1-2"
        ),
        (
            changed {
                $0.vatBreakdown[0].category = .reverseCharge
                $0.buyer.organisationNumber = nil
            }, .customerIncomplete, "organisation number", "§ 5-1-2"
        ),
        (
            changed { $0.buyer.address = Address() }, .customerIncomplete, "place of delivery",
            "§ 5-1-1 no. 4"
        ),
        (changed { $0.number = " " }, .invoiceIncomplete, "number", "§ 5-1-1 no. 1"),
        (changed { $0.lines = [] }, .invoiceIncomplete, "lines", "§ 5-1-1 no. 3"),
        (
            changed { $0.lines[0].name = "" }, .invoiceIncomplete, "description of line 1",
            "§ 5-1-1 no. 3"
        ),
        (
            changed { $0.period = nil }, .invoiceIncomplete, "day or period of delivery",
            "§ 5-1-1 no. 4"
        ),
        (changed { $0.dueDate = nil }, .invoiceIncomplete, "due date", "§ 5-1-1 no. 5"),
        (
            changed { $0.currency = CurrencyCode(rawValue: "EUR") }, .invoiceIncomplete,
            "VAT in NOK, since it is in EUR", "§ 5-1-1 no. 6"
        ),
        (
            changed {
                $0.type = .creditNote
                $0.period = nil
                $0.taxPointDate = day("2026-11-24")
            }, .invoiceIncomplete, "number of the invoice that it credits", "§ 5-1-1 no. 3"
        ),
    ])
    func `each lack is named with its paragraph`(
        invoice: Invoice, code: FaultCode, what: String, paragraph: String
    ) {
        let faults = LegalContent.faults(in: invoice)
        #expect(faults.map(\.code) == [code])
        #expect(faults[0].detail.contains(what) && faults[0].detail.contains(paragraph))
    }

    @Test(arguments: [
        changed { $0.buyer.address = Address(country: "NO") },
        changed {
            $0.buyer.address = Address()
            $0.delivery = InvoiceDelivery(name: "Lageret")
        },
        changed { $0.buyer.organisationNumber = nil },
        changed {
            $0.period = nil
            $0.openPeriod = .from(day("2026-11-01"))
        },
        changed {
            $0.period = nil
            $0.lines[0].period = DatePeriod(start: day("2026-11-01"), end: day("2026-11-30"))
        },
        changed {
            $0.dueDate = nil
            $0.payment.terms = "Netto 14 dager"
        },
        changed {
            $0.currency = CurrencyCode(rawValue: "EUR")
            $0.taxCurrency = .nok
            $0.taxCurrencyVATTotal = Money(hundredths: 290_00)
        },
        changed {
            $0.type = .creditNote
            $0.references.precedingInvoices = [PrecedingInvoice(number: "7")]
        },
        changed {
            $0.seller.vatNumber = nil
            $0.vatBreakdown[0].taxAmount = .zero
        },
        changed {
            $0.seller.legalForm = "ENK"
            $0.seller.taxRegistration = nil
        },
        changed {
            $0.type = .creditNote
            $0.payment.accounts = []
        },
        changed { $0.payment.accounts[0].number = "NO93 8601 1117 947" },
        changed {
            $0.seller = Party(name: "Main Ltd.", address: Address(country: "GB"))
            $0.payment.accounts = [PaymentAccount(number: "IBAN32423940")]
        },
    ])
    func `what the law does not ask for is no fault`(invoice: Invoice) {
        #expect(LegalContent.faults(in: invoice).isEmpty)
    }

    @Test func `all lacks are named at once`() {
        let faults = LegalContent.faults(
            in: Self.changed {
                $0.seller = Party(name: "")
                $0.buyer = Party(name: "")
                $0.payment.accounts = []
            })
        #expect(faults.map(\.code) == [.sellerIncomplete, .customerIncomplete])
        #expect(faults[0].detail.components == 5)
        #expect(faults[1].detail.components == 2)
    }
}

extension String {
    fileprivate var components: Int {
        split(separator: "; ").count
    }
}
