import Crypto
package import FoundationEssentials

/// Which attempt at which dispatch a mail was, as it stands in its return path, its header and its
/// envelope id.
package struct VERPToken: Hashable {
    package let tenantID: Int64
    package let dispatchID: UUID
    /// nil in a mark that is not signed: those of before marks were, which had no attempt.
    package let attempt: Int?

    package init(tenantID: Int64, dispatchID: UUID, attempt: Int?) {
        self.tenantID = tenantID
        self.dispatchID = dispatchID
        self.attempt = attempt
    }

    /// How far a mail is believed that holds this mark, or none.
    package static func origin(_ mark: VERPToken?) -> EventOrigin {
        guard let mark else { return .mail }
        return mark.attempt == nil ? .unsignedMail : .mail
    }
}

/// Signs marks, so that nobody else can make one up.
///
/// A mark is `tenant-dispatch-attempt-signature`, in the digits of RFC 4648 § 7 (0 to 9, a to v),
/// since a local part may lose its case on the way: `1a-1u7qql6pmd39uq6b5k04fk3l1o-1-8k2v0q1c`.
/// The signature is 40 bits of HMAC-SHA-256: whoever guesses needs a mail for each guess.
package struct MarkKey: Sendable {
    static let signatureBytes = 5

    private let key: SymmetricKey

    package init(_ bytes: [UInt8]) {
        key = SymmetricKey(data: bytes)
    }

    /// For who only measures: its marks are as long as any.
    package static let measuring = MarkKey(Array(repeating: 0, count: 32))

    package func text(_ mark: VERPToken) -> String {
        let body = Self.body(mark.tenantID, mark.dispatchID, attempt: mark.attempt ?? 1)
        return "\(body)-\(signature(of: body))"
    }

    /// The mark that a text is: one that we signed, or one of before marks were signed.
    package func mark(_ text: some StringProtocol) -> VERPToken? {
        guard text.utf8.count <= 100 else { return nil }
        let text = text.lowercased()
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return Self.unsigned(parts) }
        guard let tenantID = Int64(parts[0], radix: 32), tenantID >= 0,
            let dispatchID = Base32.uuid(parts[1]), let attempt = Int(parts[2], radix: 32),
            (1...ProviderEvent.attemptMax).contains(attempt)
        else { return nil }
        // The body is made anew, so that a mark has one spelling.
        let body = Self.body(tenantID, dispatchID, attempt: attempt)
        guard text == "\(body)-\(signature(of: body))" else { return nil }
        return VERPToken(tenantID: tenantID, dispatchID: dispatchID, attempt: attempt)
    }

    /// `42-0f8fad5bd9cb469fa16570867728950e`.
    private static func unsigned(_ parts: [Substring]) -> VERPToken? {
        guard parts.count == 2, let tenantID = Int64(parts[0]), parts[1].utf8.count == 32 else {
            return nil
        }
        var id = ""
        for (index, digit) in parts[1].enumerated() {
            if [8, 12, 16, 20].contains(index) { id.append("-") }
            id.append(digit)
        }
        return UUID(uuidString: id).map {
            VERPToken(tenantID: tenantID, dispatchID: $0, attempt: nil)
        }
    }

    private static func body(_ tenantID: Int64, _ dispatchID: UUID, attempt: Int) -> String {
        let id = withUnsafeBytes(of: dispatchID.uuid) { Base32.text(Array($0)) }
        return "\(String(tenantID, radix: 32))-\(id)-\(String(attempt, radix: 32))"
    }

    private func signature(of body: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("budstikke mark \(body)".utf8), using: key)
        return Base32.text(Array(code.prefix(Self.signatureBytes)))
    }
}

extension MarkKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "•••" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}

/// The digits of RFC 4648 § 7, in lower case and without padding.
private enum Base32 {
    private static let digits = Array("0123456789abcdefghijklmnopqrstuv".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var (buffer, bits) = (0, 0)
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(digits[buffer >> bits & 31])
            }
        }
        if bits > 0 { text.append(digits[buffer << (5 - bits) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// 26 digits; nil for any others.
    static func uuid(_ text: some StringProtocol) -> UUID? {
        guard text.utf8.count == 26 else { return nil }
        var bytes: [UInt8] = []
        var (buffer, bits) = (0, 0)
        for digit in text.utf8 {
            guard let value = digits.firstIndex(of: digit) else { return nil }
            buffer = (buffer << 5 | value) & 0xFFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        guard bytes.count == 16 else { return nil }
        return UUID(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14],
                bytes[15]
            ))
    }
}
