/// A customer identification (KID): the number that matches a payment to its invoice.
///
/// Two to twenty-five characters, of a length fixed by the agreement with the bank, the last one a
/// check digit (Mastercard Payment Services, "KID": some banks require four or more).
package struct KID: Hashable, Sendable {
    /// Digits, the last character possibly `-`.
    package let text: String

    /// The number of characters that a KID may have.
    package static let lengths = 2...25

    /// Nil where the last character is right by neither MOD10 nor MOD11, or the length is wrong;
    /// spaces are ignored.
    package init?(_ text: String) {
        let text = CheckDigit.stripped(text)
        guard Self.isValid(text) else { return nil }
        self.text = text
    }

    fileprivate init(unchecked text: String) {
        self.text = text
    }

    /// Whether the text is a KID by the algorithm, or by either one where none is given.
    package static func isValid(_ text: String, by algorithm: KIDAlgorithm? = nil) -> Bool {
        let body = String(text.dropLast())
        guard lengths.contains(text.utf8.count), CheckDigit.isDigits(body), let last = text.last
        else { return false }
        let algorithms = algorithm.map { [$0] } ?? [.mod10, .mod11]
        return algorithms.contains { $0.checkCharacter(of: body) == last }
    }
}

/// How the last character of a KID is calculated.
package enum KIDAlgorithm: String, Codable, Sendable, CaseIterable {
    /// No KID: the payer states the invoice number.
    case noKID = "none"
    /// The Luhn check digit.
    case mod10
    /// Weights 2 to 7; where the check digit would be ten it is `-`, as in the banks' OCR
    /// agreements. An agreement that does not allow that must use MOD10, since invoice numbers have
    /// no gaps.
    case mod11

    /// The character to append to the digits; nil where there is no KID.
    func checkCharacter(of digits: String) -> Character? {
        switch self {
        case .noKID: nil
        case .mod10: Character(String(CheckDigit.mod10(digits)))
        case .mod11: CheckDigit.mod11(digits).map { Character(String($0)) } ?? "-"
        }
    }
}

/// A tenant's agreement with its bank: the parts of its KID and their lengths.
///
/// A KID is the customer number and the invoice number, each padded with zeros to its length, and
/// the check character. A length of 0 omits the part.
package struct KIDAgreement: Hashable, Codable, Sendable {
    package var algorithm: KIDAlgorithm
    /// The length of the customer number; 0 for none.
    package var customerDigits: Int
    /// The length of the invoice number; 0 for none.
    package var invoiceDigits: Int

    package init(algorithm: KIDAlgorithm, customerDigits: Int, invoiceDigits: Int) {
        self.algorithm = algorithm
        self.customerDigits = customerDigits
        self.invoiceDigits = invoiceDigits
    }

    /// For a tenant without an agreement.
    package static let noKID = KIDAgreement(algorithm: .noKID, customerDigits: 0, invoiceDigits: 0)

    /// The KID of an invoice; a nil success where the agreement has no KID.
    ///
    /// A number that does not fit is a fault and is never cut: two invoices would share a KID.
    package func kid(customer: String, invoice: Int64) -> Result<KID?, Fault> {
        guard algorithm != .noKID else { return .success(nil) }
        guard customerDigits >= 0, invoiceDigits >= 0,
            customerDigits <= KID.lengths.upperBound, invoiceDigits <= KID.lengths.upperBound,
            KID.lengths.contains(customerDigits + invoiceDigits + 1)
        else {
            return .failure(
                KIDTexts.badLength(customerDigits: customerDigits, invoiceDigits: invoiceDigits))
        }
        guard let customerPart = Self.padded(customer, to: customerDigits) else {
            return .failure(
                KIDTexts.customerNumber(String(customer.prefix(30)), digits: customerDigits))
        }
        guard let invoicePart = Self.padded(String(invoice), to: invoiceDigits) else {
            return .failure(
                KIDTexts.invoiceNumber(invoice, digits: invoiceDigits))
        }
        let body = customerPart + invoicePart
        return .success(
            algorithm.checkCharacter(of: body).map { KID(unchecked: body + String($0)) })
    }

    private static func padded(_ digits: String, to length: Int) -> String? {
        guard length > 0 else { return "" }
        guard CheckDigit.isDigits(digits), digits.utf8.count <= length else { return nil }
        return String(repeating: "0", count: length - digits.utf8.count) + digits
    }
}

/// Why a KID can't be formed: each text names the number that does not fit.
enum KIDTexts {
    static func badLength(customerDigits: Int, invoiceDigits: Int) -> Fault {
        let digits = "\(customerDigits) + \(invoiceDigits)"
        return Fault(
            .kidUnusable,
            Trilingual(
                nb: "KID-oppsettet har \(digits) siffer og et kontrollsiffer; en KID har 2 til 25",
                nn:
                    "KID-oppsettet har \(digits) siffer og eit kontrollsiffer; ein KID har 2 til 25",
                en: "KID agreement: \(digits) digits and a check digit"
                    + " is not a length of 2 to 25"))
    }

    static func customerNumber(_ number: String, digits: Int) -> Fault {
        Fault(
            .kidUnusable,
            Trilingual(
                nb: "kundenummeret \(number) har ikke plass i KID-oppsettets \(digits) siffer",
                nn: "kundenummeret \(number) har ikkje plass i dei \(digits) sifra i KID-oppsettet",
                en: "customer number \(number) does not fit the \(digits) digits of the KID"
                    + " agreement"))
    }

    static func invoiceNumber(_ number: Int64, digits: Int) -> Fault {
        Fault(
            .kidUnusable,
            Trilingual(
                nb: "fakturanummeret \(number) har ikke plass i KID-oppsettets \(digits) siffer",
                nn: "fakturanummeret \(number) har ikkje plass i dei \(digits) sifra i"
                    + " KID-oppsettet",
                en: "invoice number \(number) does not fit the \(digits) digits of the KID"
                    + " agreement"))
    }
}
