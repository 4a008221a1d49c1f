import Invoicing
import TestSupport

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

    static let partyNumbers: [EHFCase] = [
        number("PEPPOL-COMMON-R040", "7080000000004", "0088"),
        number("PEPPOL-COMMON-R041", "987654321", "0192"),
        number("PEPPOL-COMMON-R042", "DK1234567", "0184"),
        number("PEPPOL-COMMON-R043", "0202239950", "0208"),
        number("PEPPOL-COMMON-R049", "556703748", "0007"),
        number("PEPPOL-COMMON-R050", "51824753557", "0151"),
        number("PEPPOL-COMMON-R052", "DK12345678", "0096"),
        number("PEPPOL-COMMON-R053", "12345678", "0198"),
        number("PEPPOL-COMMON-R054", "1234567", "0106"),
        number("PEPPOL-COMMON-R055", "1234567890", "0190"),
        number("PEPPOL-COMMON-R056-1", "NL123456789", "9944"),
        EHFCase("PEPPOL-COMMON-R056-2") { $0.buyer.vatNumber = "NL12345678B90" },
        number("PEPPOL-COMMON-R057", "12345678901", "0217"),
    ]

    private static func number(_ rule: String, _ number: String, _ scheme: String) -> EHFCase {
        EHFCase(rule) {
            // Not every scheme is one of electronic addresses, and 9944 is one of those alone.
            guard scheme.hasPrefix("0") else {
                $0.buyer.endpoint = Identifier(number, scheme: scheme)
                return
            }
            $0.buyer.organisationNumber = Identifier(number, scheme: scheme)
        }
    }
}
