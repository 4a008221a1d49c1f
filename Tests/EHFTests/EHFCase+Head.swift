import Invoicing
import TestSupport

extension EHFCase {
    private static let reversed = DatePeriod(
        start: EHFSample.day("2026-11-30"), end: EHFSample.day("2026-11-01"))
    private static let november = DatePeriod(
        start: EHFSample.day("2026-11-01"), end: EHFSample.day("2026-11-30"))
    private static let oslo = Address(country: "NO")

    static let content: [EHFCase] = [
        EHFCase("BR-02") { $0.number = " " },
        EHFCase("BR-05") { $0.currency = CurrencyCode(rawValue: "") },
        EHFCase("BR-16", also: ["BR-CO-18"], of: EHFSample.invoice(lines: [])) { _ in },
        EHFCase("BR-29") { $0.period = reversed },
        EHFCase("BR-53") { $0.taxCurrency = CurrencyCode(rawValue: "EUR") },
        EHFCase("BR-CO-03") {
            $0.taxPointDate = $0.issueDate
            $0.taxPointCode = "35"
        },
        EHFCase("BR-CO-25") { $0.dueDate = nil },
        EHFCase("BR-CL-08") { $0.notes = ["#XYZ#Takk"] },
        EHFCase("PEPPOL-EN16931-R003") { $0.references.buyerReference = nil },
        EHFCase("PEPPOL-EN16931-R005") {
            $0.taxCurrency = .nok
            $0.taxCurrencyVATTotal = $0.totals.vatTotal
        },
        EHFCase("PEPPOL-EN16931-R055") {
            $0.taxCurrency = CurrencyCode(rawValue: "EUR")
            $0.taxCurrencyVATTotal = Money(hundredths: -1)
        },
    ]

    static let parties: [EHFCase] = [
        EHFCase("BR-06") { $0.seller.name = "" },
        EHFCase("BR-07") { $0.buyer.name = "" },
        EHFCase("BR-09") { $0.seller.address.country = "" },
        EHFCase("BR-11") { $0.buyer.address.country = "" },
        EHFCase("BR-17") {
            $0.seller.tradingName = "Fjordvik"
            $0.payee = Party(name: "Fjordvik")
        },
        EHFCase("BR-18") {
            $0.taxRepresentative = Party(name: "", vatNumber: "NO999999999MVA", address: oslo)
        },
        EHFCase("BR-20") {
            $0.taxRepresentative = Party(
                name: "A", vatNumber: "NO999999999MVA", address: Address(city: "Oslo", country: ""))
        },
        EHFCase("BR-56") { $0.taxRepresentative = Party(name: "A", address: oslo) },
        EHFCase("BR-57") {
            $0.delivery = InvoiceDelivery(address: Address(city: "Oslo", country: ""))
        },
        EHFCase("BR-62") { $0.seller.endpoint?.scheme = nil },
        EHFCase("BR-63") { $0.buyer.endpoint?.scheme = nil },
        EHFCase("BR-CO-09") { $0.buyer.vatNumber = "987654325" },
        EHFCase("BR-CO-26") {
            $0.seller.vatNumber = nil
            $0.seller.organisationNumber = nil
        },
        EHFCase("PEPPOL-EN16931-R010") {
            $0.buyer.endpoint = nil
            $0.buyer.organisationNumber = nil
        },
        EHFCase("PEPPOL-EN16931-R020") {
            $0.seller.endpoint = nil
            $0.seller.organisationNumber = nil
        },
        EHFCase("NO-R-001") { $0.seller.vatNumber = "NO123456780MVA" },
        EHFCase("NO-R-002") { $0.seller.taxRegistration = nil },
    ]

    static let payment: [EHFCase] = [
        EHFCase("BR-49") {
            let account = $0.payment.accounts[0]
            $0.payment = Payment(further: [PaymentMeans(code: "", account: account)])
        },
        EHFCase("BR-50", also: ["BR-61"]) {
            $0.payment.accounts = [PaymentAccount(number: "", name: "Fjordvik")]
        },
        EHFCase("BR-51") {
            $0.payment = Payment(meansCode: "48", card: PaymentCard(number: "12345678901"))
        },
        EHFCase("BR-61") { $0.payment.accounts = [] },
        EHFCase("BR-66") {
            let card = PaymentCard(number: "1234")
            $0.payment = Payment(
                meansCode: "48", card: card, further: [PaymentMeans(code: "48", card: card)])
        },
        EHFCase("BR-67") {
            let mandate = DirectDebitMandate(reference: "A")
            $0.payment = Payment(
                meansCode: "49", mandate: mandate,
                further: [PaymentMeans(code: "49", mandate: mandate)])
        },
        EHFCase("PEPPOL-EN16931-R061") { $0.payment = Payment(meansCode: "49") },
        EHFCase("UBL-SR-29") {
            $0.seller.identifiers = ["A", "B"].map { Identifier($0, scheme: "SEPA") }
        },
        EHFCase("UBL-SR-44") { $0.payment.further = [more($0) { $0.reference = "2" }] },
        EHFCase("UBL-SR-46") {
            $0.payment.meansText = "Giro"
            $0.payment.further = [more($0) { $0.text = "Bank" }]
        },
        EHFCase("UBL-SR-47") { $0.payment.further = [more($0) { $0.code = "31" }] },
    ]

    private static func more(_ invoice: Invoice, _ change: (inout PaymentMeans) -> Void)
        -> PaymentMeans
    {
        var means = PaymentMeans(
            code: "30", reference: invoice.payment.reference,
            account: PaymentAccount(number: "86011117947"))
        change(&means)
        return means
    }

    static let references: [EHFCase] = [
        EHFCase("BR-52") {
            $0.supportingDocuments = [SupportingDocument(id: "", description: "Timer")]
        },
        EHFCase("BR-55") {
            $0.references.precedingInvoices = [
                PrecedingInvoice(number: "", issueDate: $0.issueDate)
            ]
        },
        EHFCase("UBL-SR-16") { $0.buyer.identifiers = [Identifier("1"), Identifier("2")] },
        EHFCase("UBL-SR-19") { $0.payee = Party(name: $0.seller.name) },
        EHFCase("UBL-SR-20") {
            $0.payee = Party(name: "A", identifiers: [Identifier("1"), Identifier("2")])
        },
        EHFCase("UBL-DT-06") {
            $0.supportingDocuments = [SupportingDocument(id: "A", fileName: "a.pdf")]
        },
        EHFCase("UBL-DT-07") {
            $0.supportingDocuments = [
                SupportingDocument(id: "A", fileName: " ", contentType: "application/pdf")
            ]
        },
        EHFCase("PEPPOL-EN16931-CL001") {
            $0.supportingDocuments = [
                SupportingDocument(id: "A", fileName: "a.zip", contentType: "application/zip")
            ]
        },
    ]

    static let lines: [EHFCase] = [
        EHFCase("BR-21") { $0.lines[0].id = "" },
        EHFCase("BR-23") { $0.lines[0].unit = "" },
        EHFCase("BR-25") { $0.lines[0].name = "" },
        EHFCase("BR-27") {
            $0.lines[0].unitPrice = FixedDecimal(-1)
            ($0.lines[0].grossPrice, $0.lines[0].priceDiscount) = (1, 2)
            $0.lines[0].netAmount = Money(hundredths: -400)
            $0.addUp()
        },
        EHFCase("BR-28") {
            ($0.lines[0].grossPrice, $0.lines[0].priceDiscount) = (
                FixedDecimal(-1), FixedDecimal(-251)
            )
        },
        EHFCase("BR-30") { $0.lines[0].period = reversed },
        EHFCase("BR-54") { $0.lines[0].properties = [ItemProperty(name: "Farge", value: "")] },
        EHFCase("BR-64") { $0.lines[0].standardItemNumber = Identifier("1") },
        EHFCase("BR-65") { $0.lines[0].classifications = [Identifier("1")] },
        EHFCase("BR-CO-04") {
            $0.lines.append(EHFSample.emptyLine(VATCategory(code: "", rate: .zero)))
        },
        EHFCase("PEPPOL-EN16931-R046") {
            ($0.lines[0].grossPrice, $0.lines[0].priceDiscount) = (300, 49)
        },
        EHFCase("PEPPOL-EN16931-R110") {
            $0.period = november
            $0.lines[0].openPeriod = .from(EHFSample.day("2026-10-31"))
        },
        EHFCase("PEPPOL-EN16931-R111") {
            $0.period = november
            $0.lines[0].openPeriod = .until(EHFSample.day("2026-12-01"))
        },
        EHFCase("PEPPOL-EN16931-R120") { $0.lines[0].unitPrice = EHFSample.number("250.0051") },
        EHFCase("PEPPOL-EN16931-R121") { $0.lines[0].priceBaseQuantity = .zero },
    ]
}
