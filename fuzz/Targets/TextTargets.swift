@testable import Bounces
@testable import Documents
@testable import Import
@testable import Invoicing
@testable import Providers
@testable import Runtime
@testable import Transport
import ArgumentParser
import Dispatching
import FoundationEssentials
import Wire

extension FuzzTarget {
    /// E-mail addresses, alone and among other words.
    static let addresses = FuzzTarget("addresses", bytesMax: 8 << 10) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        for word in [text] + EmailAddress.list(text) {
            guard let address = EmailAddress(word) else { continue }
            try check(address)
        }
        let found = AddressScan.addresses(in: text)
        try hold(found.count <= AddressScan.addressesMax, "at most so many addresses")
        for address in found { try check(address) }
        for word in AddressScan.candidates(in: text) {
            try hold(AddressTag.peeled(word).utf8.count <= word.utf8.count * 2, "peeled is less")
            // What no command can hold is refused.
            if let smtp = try? SMTPAddress(word) {
                try hold(
                    !smtp.text.unicodeScalars.contains {
                        $0.value < 0x21 || "<>".contains(Character($0))
                    },
                    "an address is one word: \(smtp.text)")
            }
        }
        let masked = EmailAddress.masking(text)
        for address in AddressScan.addresses(in: masked) where address.text.utf8.first != 0xE2 {
            try hold(address.text.contains("•"), "\(address.text) is masked")
        }
        try checkHeaderText(text)
    }

    private static func check(_ address: EmailAddress) throws {
        try same(EmailAddress(address.text), address, "an address is read as it is written")
        try hold(
            address.text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
                && !address.text.contains { "<>()[],;:\\\"".contains($0) },
            "nothing in an address ends it")
        try hold(EmailAddress(address.key) != nil, "a key is an address")
        try hold(!address.domain.isEmpty, "an address has a domain")
    }

    /// What a person is called, before an address in a header.
    private static func checkHeaderText(_ text: String) throws {
        guard let address = EmailAddress("a@fjord.example") else { return }
        let field = Mailbox(name: text, address: address).headerText
        try hold(
            !field.unicodeScalars.contains { $0.properties.generalCategory == .control },
            "a mailbox is one line")
        _ = EncodedWord.decoded(text)
        try checkLine(cleaned(text), max: 500, "a cleaned text")
        try same(
            text.escapingInvisibles.escapingInvisibles, text.escapingInvisibles, "printable is so")
    }

    /// Amounts, dates, account and other numbers as people write them, one each line.
    static let numbers = FuzzTarget("numbers", bytesMax: 4 << 10, budget: .file) { bytes in
        for line in bytes.split(separator: 0x0A).prefix(50) {
            let text = String(decoding: line, as: UTF8.self)
            try checkWritten(text, FixedDecimal.init)
            try checkWritten(text, Money.init)
            try checkWritten(text, CivilDate.init)
            try checkWritten(text, KID.init) { $0.text }
            try checkWritten(text, IBAN.init) { $0.text }
            try checkWritten(text, AccountNumber.init) { $0.digits }
            try checkWritten(text, OrganisationNumber.init) { $0.digits }
            if let number = UBLNumber(text)?.rounded {
                try checkWritten("\(number)", FixedDecimal.init)
            }
            if let seconds = DurationText.seconds(text) {
                try same(DurationText.seconds(DurationText.text(seconds)), seconds, "a duration")
            }
            for date in [HeaderDate.imap(text), HeaderDate.http(text), PostmarkTime.date(text)] {
                try hold(date?.timeIntervalSince1970.isFinite ?? true, "a date is an instant")
            }
            _ = WaitWords.seconds(in: text, now: someDay)
            for kind in kinds { try check(text, as: kind) }
        }
    }

    /// Throws where a value is another once it is written and read again.
    private static func checkWritten<Value: Equatable>(
        _ text: String, _ read: (String) -> Value?, _ write: (Value) -> String = { "\($0)" }
    ) throws {
        guard let value = read(text) else { return }
        try same(read(write(value)), value, "\(text) is read as it is written")
    }

    /// All that a column may be whose value reads again as itself.
    private static let kinds: [ValueKind] = [
        .key, .line, .text, .integer(0...365), .decimal, .percent, .date, .month, .boolean,
        .choice(["advance", "arrears"]), .colour, .unit, .mediaType, .country, .currency,
        .language, .email, .organisationNumber, .accountNumber, .iban, .bic, .endpoint, .file,
    ]

    private static func check(_ text: String, as kind: ValueKind) throws {
        let text = trimmed(text)
        guard !text.isEmpty else { return }
        for lists in [ValueKind.delays, .addresses, .formColumns, .formBlocks] {
            // Their values are PostgreSQL's, and not read again.
            _ = try? lists.value(of: text)
        }
        guard let value = try? kind.value(of: text) else { return }
        try same(try? kind.value(of: value), value, "\(kind) \(text) is read as it is written")
    }
}

extension FuzzTarget {
    /// A server's words: as a line of `budstikke classify`, or in four lines of codes and names and
    /// the words behind them.
    static let classifier = FuzzTarget("classifier") { bytes in
        // Most bytes are no JSON, and then are the other form.
        let request = try? JSONDecoder().decode(ClassifyRequest.self, from: Data(bytes))
        let evidence = request?.evidence ?? BounceEvidence(lines: bytes)
        let classification = Classifier().classify(evidence)
        try classification.checkSound()
        try same(Classifier().classify(evidence), classification, "the same twice")
        let answer = ClassifyAnswer(classification)
        let written = try JSONEncoder().encode(answer)
        try same(
            try JSONDecoder().decode(ClassifyAnswer.self, from: written), answer,
            "an answer is read as it was written")
    }
}

extension BounceEvidence {
    /// `550`, `5.1.1`, `sendgrid`, `bounce`, each on its line, empty for none; then the words.
    fileprivate init(lines bytes: [UInt8]) {
        let lines = bytes.split(
            separator: 0x0A, maxSplits: 4, omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        func line(_ index: Int) -> String? {
            lines.indices.contains(index) && !lines[index].isEmpty ? lines[index] : nil
        }
        self.init(
            replyCode: line(0).flatMap { Int($0) }, enhancedCode: line(1),
            text: line(4) ?? "", provider: line(2), type: line(3))
    }
}

extension FuzzTarget {
    /// The file of settings.
    static let settings = FuzzTarget("settings", bytesMax: 16 << 10, budget: .file) { bytes in
        do {
            let file = try SettingsFile.parse(
                SmallFile(bytes: bytes, mode: 0o600, owner: 0), path: "budstikke.yaml")
            let settings = try Settings.load(
                options: GlobalOptions.parse([]), environment: [:], file: file)
            try hold(
                settings.send.leaseSeconds > settings.provider.account.timeoutSeconds,
                "no request outlives its claim")
        } catch let error as ConfigurationError {
            try same(
                error.description.escapingInvisibles, error.description, "a fault is one safe line")
            try hold(error.description.utf8.count <= 4_000, "a fault is short")
        }
    }
}
