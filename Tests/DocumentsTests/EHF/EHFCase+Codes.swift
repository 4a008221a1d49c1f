import Invoicing

extension EHFCase {
    static let codes: [EHFCase] = [
        EHFCase("PEPPOL-EN16931-P0100") { $0.typeCode = "130" },
        EHFCase("PEPPOL-EN16931-P0101", of: EHFSample.invoice(.creditNote)) {
            $0.typeCode = "261"
        },
        EHFCase("BR-CL-04") { $0.currency = CurrencyCode(rawValue: "XYZ") },
        EHFCase("BR-CL-05") {
            $0.taxCurrency = CurrencyCode(rawValue: "XYZ")
            $0.taxCurrencyVATTotal = Money(hundredths: 1)
        },
        EHFCase("BR-CL-06") { $0.taxPointCode = "99" },
        EHFCase("BR-CL-07") { $0.references.invoicedObject = Identifier("1", scheme: "?") },
        EHFCase("BR-CL-10") { $0.buyer.identifiers = [Identifier("1", scheme: "?")] },
        EHFCase("BR-CL-11") { $0.buyer.organisationNumber = Identifier("1", scheme: "?") },
        EHFCase("BR-CL-13") { $0.lines[0].classifications = [Identifier("1", scheme: "??:1")] },
        EHFCase("BR-CL-14") { $0.buyer.address.country = "XX" },
        EHFCase("BR-CL-15") { $0.lines[0].originCountry = "XX" },
        EHFCase("BR-CL-16") { $0.payment.meansCode = "999" },
        EHFCase("BR-CL-17") { $0.addSubtotal("X") },
        EHFCase("BR-CL-18") {
            $0.lines.append(EHFSample.emptyLine(VATCategory(code: "X", rate: .zero)))
        },
        EHFCase("BR-CL-21") { $0.lines[0].standardItemNumber = Identifier("1", scheme: "?") },
        EHFCase("BR-CL-22", of: sample(.exempt)) {
            $0.vatBreakdown[0].exemptionReasonCode = "VATEX-NO"
        },
        EHFCase("BR-CL-23") { $0.lines[0].unit = "stk" },
        EHFCase("PEPPOL-EN16931-CL008") { $0.buyer.endpoint = Identifier("1", scheme: "AS") },
        EHFCase("BR-CL-26") {
            $0.delivery = InvoiceDelivery(location: Identifier("1", scheme: "?"))
        },
    ]
}
