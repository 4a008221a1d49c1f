import Crypto
package import FoundationEssentials
package import Wire

/// The attempt at a dispatch that a mail was, as encoded in its return path, its header and its
/// envelope id (variable envelope return path).
package struct VERPToken: Hashable {
    package let tenantID: Int64
    package let dispatchID: UUID
    /// Nil in an unsigned mark, from before marks were signed, which had no attempt.
    package let attempt: Int?

    package init(tenantID: Int64, dispatchID: UUID, attempt: Int?) {
        self.tenantID = tenantID
        self.dispatchID = dispatchID
        self.attempt = attempt
    }

    /// How far a mail with this mark, or without one, is trusted.
    package static func origin(_ mark: VERPToken?) -> EventOrigin {
        guard let mark else { return .mail }
        return mark.attempt == nil ? .unsignedMail : .mail
    }
}

/// Signs marks, so that nobody else can forge one.
///
/// A mark is `tenant-dispatch-attempt-signature`, in the digits of RFC 4648 § 7 (0 to 9, a to v),
/// since a local part may lose its case in transit: `1a-1u7qql6pmd39uq6b5k04fk3l1o-1-8k2v0q1c`. The
/// signature is 40 bits of HMAC-SHA-256: guessing takes a mail for each guess.
package struct MarkKey: Sendable {
    static let signatureBytes = 5

    private let key: SymmetricKey

    /// The bytes of the secret, of any length.
    package init(_ bytes: [UInt8]) {
        key = SymmetricKey(data: bytes)
    }

    /// For measuring only: its marks have the usual length.
    package static let measuring = MarkKey(Array(repeating: 0, count: 32))

    /// The signed mark as text for a return path.
    package func text(_ mark: VERPToken) -> String {
        let body = Self.body(mark.tenantID, mark.dispatchID, attempt: mark.attempt ?? 1)
        return "\(body)-\(signature(of: body))"
    }

    /// Parses a mark, a signed one of ours or one from before marks were signed; nil for anything
    /// else.
    package func mark(_ text: some StringProtocol) -> VERPToken? {
        guard text.utf8.count <= 100 else { return nil }
        let text = text.lowercased()
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return Self.unsigned(parts) }
        guard let tenantID = Int64(parts[0], radix: 32), tenantID >= 0,
            let dispatchID = Base32.uuid(parts[1]), let attempt = Int(parts[2], radix: 32),
            (1...ProviderEvent.attemptMax).contains(attempt)
        else { return nil }
        // The body is composed again, so that a mark has only one spelling.
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

    /// A UUID of 26 digits; nil for any others.
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

/// The address to which bounces are sent, with a mark for each message (VERP).
///
/// `bounces@eksempel.no` becomes `bounces+1a-1u7q…@eksempel.no`, so that even a server that answers
/// only in prose identifies the message, by the address to which it answers.
package struct ReturnPath {
    /// Signs the marks.
    package let key: MarkKey
    private let local: String
    private let domain: String

    /// Why an address can't carry a mark.
    package struct Refusal: Error, Hashable {
        /// What the address must be like, for operators.
        package let reason: String
    }

    /// Leaves room for any mark within the 64 bytes of a local part (RFC 5321 § 4.5.3.1.1).
    static let localBytesMax = 10
    /// No mark is longer.
    private static let markBytesMax = 64

    /// Throws where the address has no room for a mark.
    package init(_ address: EmailAddress, key: MarkKey) throws(Refusal) {
        self.key = key
        local = address.text.prefix { $0 != "@" }.lowercased()
        domain = address.domain.lowercased()
        guard local.utf8.count <= Self.localBytesMax, !local.contains("+") else {
            throw Refusal(
                reason: "the part before the @ may have \(Self.localBytesMax) characters and no +,"
                    + " since +, the tenant and the dispatch are put behind it")
        }
    }

    /// The return path with a mark in the form of `key`.
    package func address(_ mark: String) -> String {
        "\(local)+\(mark)@\(domain)"
    }

    /// The mark in the text of a header or of an envelope id; nil where it is not one.
    package func mark(_ text: some StringProtocol) -> VERPToken? {
        key.mark(text)
    }

    /// The mark in an address of ours; nil in any other.
    ///
    /// Servers in transit put tags of their own around it (`prvs=…=`, `SRS0=…=`), the latter with
    /// their own domain: a mark signed by us is ours whatever surrounds it.
    package func mark(in address: some StringProtocol) -> VERPToken? {
        let text = address.lowercased()
        guard let start = text.firstRange(of: "\(local)+"), let end = text.lastIndex(of: "@"),
            start.upperBound <= end,
            start.lowerBound == text.startIndex
                || text[text.index(before: start.lowerBound)] == "=",
            let mark = key.mark(text[start.upperBound..<end].prefix { $0 != "=" && $0 != "@" })
        else { return nil }
        let isOurs = text[end...] == "@\(domain)"
        return isOurs || mark.attempt != nil ? mark : nil
    }

    /// The first mark anywhere in a mail that could not be parsed: a signed one before an unsigned
    /// one.
    ///
    /// The work is linear in the bytes, since the length of a mark is limited.
    package func firstMark(in mail: [UInt8]) -> VERPToken? {
        let header = BounceMail.markHeader.lowercased()
        let openings = ["\(local)+", "\(header): "].map { Array($0.utf8) }
        let bytes = mail.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        var unsigned: VERPToken?
        for (index, byte) in bytes.enumerated() {
            for opening in openings where byte == opening[0] {
                guard bytes[index...].starts(with: opening) else { continue }
                let rest = bytes[(index + opening.count)...].prefix(Self.markBytesMax)
                let text = String(decoding: rest.prefix(while: Self.isOfMark), as: UTF8.self)
                guard let mark = key.mark(text) else { continue }
                if mark.attempt != nil { return mark }
                unsigned = unsigned ?? mark
            }
        }
        return unsigned
    }

    /// Digits, dashes, and letters in lower case.
    private static func isOfMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
