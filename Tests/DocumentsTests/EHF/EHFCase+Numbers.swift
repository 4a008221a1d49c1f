import Invoicing

extension EHFCase {
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
