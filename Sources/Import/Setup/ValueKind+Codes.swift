import EHF
import Invoicing
import Wire

extension ValueKind {
    /// A code of a published list.
    static func code(
        _ text: String, of codes: Set<String>, _ name: String, example: String
    ) throws(ValueFault) -> String {
        guard !codes.contains(text) else { return text }
        let capitals = text.uppercased()
        let advice = codes.contains(capitals) ? "Write \(capitals)" : "Write one, as \(example)"
        throw ValueFault("is no \(name)", advice)
    }

    static func colour(_ text: String) throws(ValueFault) -> String {
        guard text.utf8.count == 7, text.hasPrefix("#"),
            text.dropFirst().allSatisfy({ $0.isASCII && $0.isHexDigit })
        else {
            throw ValueFault("is no colour", "Write # and six hexadecimal digits: #1f3a5f")
        }
        return text.lowercased()
    }

    /// Two or three upper-case letters and digits; not checked against the thousands of codes.
    static func unit(_ text: String) throws(ValueFault) -> String {
        guard (2...3).contains(text.utf8.count), text.utf8.allSatisfy(isCapitalOrDigit) else {
            throw ValueFault(
                "is no unit code of UN/ECE Recommendation 20",
                "Write EA for pieces, HUR for hours, DAY for days, MON for months")
        }
        return text
    }

    /// Type and subtype as in RFC 6838 § 4.2, without parameters.
    static func mediaType(_ text: String) throws(ValueFault) -> String {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isName = { (part: Substring) in
            (1...127).contains(part.utf8.count)
                && part.allSatisfy {
                    $0.isASCII && ($0.isLetter || $0.isNumber || "!#$&-^_.+".contains($0))
                }
        }
        guard parts.count == 2, parts.allSatisfy(isName) else {
            throw ValueFault("is no media type", "Write it as application/pdf")
        }
        return text.lowercased()
    }

    static func email(_ text: String) throws(ValueFault) -> String {
        guard EmailAddress(text) != nil else {
            throw ValueFault(
                "is no e-mail address that mail can be sent to",
                "Write it as name@domain.no, one address only")
        }
        return text
    }

    static func addresses(_ text: String) throws(ValueFault) -> String {
        let addresses = EmailAddress.list(text)
        guard addresses.count <= SetupLimits.copiesMax else {
            throw ValueFault(
                "names \(addresses.count) addresses, and \(SetupLimits.copiesMax) are the most",
                "Write the rest in customer_recipients")
        }
        let quoted = addresses.map { address in
            "\"\(address.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        }
        return "{\(quoted.joined(separator: ","))}"
    }

    static func accountNumber(_ text: String) throws(ValueFault) -> String {
        guard let number = AccountNumber(text) else {
            throw ValueFault(
                "is no account number: eleven digits, the last a check digit",
                "Write it as the bank does, 1234.56.78903")
        }
        return number.digits
    }

    static func iban(_ text: String) throws(ValueFault) -> String {
        guard let iban = IBAN(text) else {
            throw ValueFault("is no IBAN: its check digits are not right", "Copy it from the bank")
        }
        return iban.text
    }

    /// ISO 9362: eight or eleven upper-case letters and digits.
    static func bic(_ text: String) throws(ValueFault) -> String {
        guard [8, 11].contains(text.utf8.count), text.utf8.prefix(6).allSatisfy(isCapital),
            text.utf8.allSatisfy(isCapitalOrDigit)
        else { throw ValueFault("is no BIC", "Write eight or eleven capitals, as DNBANOKK") }
        return text
    }

    /// A scheme from Peppol's list of electronic addresses, a colon, and the address.
    static func endpoint(_ text: String) throws(ValueFault) -> String {
        guard text.utf8.count <= SetupLimits.keyCharactersMax,
            let endpoint = Identifier(endpoint: text), endpoint.isOfPeppol
        else {
            throw ValueFault(
                "is no electronic address with its scheme",
                "Write the scheme of Peppol's list first, as 0192:987654325")
        }
        guard endpoint.scheme != "0192" || OrganisationNumber(endpoint.value) != nil else {
            throw ValueFault(
                "is no organisation number, as addresses of scheme 0192 are",
                "See Brønnøysundregistrene for the right one")
        }
        return endpoint.endpointText
    }

    private static func isCapital(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    private static func isCapitalOrDigit(_ byte: UInt8) -> Bool {
        isCapital(byte) || TextBytes.isDigit(byte)
    }
}
