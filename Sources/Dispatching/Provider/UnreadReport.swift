package import Bounces
import Crypto
package import FoundationEssentials
import Wire

/// A report that could not be parsed, kept for a person to see and for a better parser to read.
package struct UnreadReport: Hashable, Sendable {
    /// How much of it is kept; the beginning says the most.
    package static let bytesMax = 64 << 10
    /// How much of it is shown.
    static let beginningCharactersMax = 500

    /// A hash of all its bytes, so that it is stored once however often it is read.
    package var key: String
    /// The source that it came from, as `mailbox`.
    package var source: String
    /// Where it is in the source, as `uid 17`; empty where the source has no positions.
    package var place: String
    /// When it arrived; nil where it does not say.
    package var cameAt: Date?
    /// Why it could not be parsed, for operators.
    package var reason: String
    /// The tenant of the dispatch that it names; nil for none.
    package var tenantID: Int64?
    /// The dispatch that it names; nil for none.
    package var dispatchID: UUID?
    /// Whose account or mailbox it came from.
    package var origin: EventOrigin
    /// The beginning of its bytes, unchanged.
    package var bytes: [UInt8]
    /// Whether there were more than `bytesMax`.
    package var isCut: Bool

    /// Keeps the first `bytesMax` of the bytes; the key is the hash of all of them.
    package init(
        source: String, place: String = "", cameAt: Date? = nil, reason: String,
        tenantID: Int64? = nil, dispatchID: UUID? = nil, origin: EventOrigin, bytes: [UInt8]
    ) {
        key = Self.key(of: bytes)
        self.source = source
        self.place = place
        self.cameAt = cameAt
        self.reason = reason
        self.tenantID = tenantID
        self.dispatchID = dispatchID
        self.origin = origin
        self.bytes = Array(bytes.prefix(Self.bytesMax))
        isCut = bytes.count > Self.bytesMax
    }

    /// A stored one, whose key is the hash of the complete report.
    package init(
        key: String, source: String, cameAt: Date?, reason: String, origin: EventOrigin,
        bytes: [UInt8]
    ) {
        self.init(source: source, cameAt: cameAt, reason: reason, origin: origin, bytes: bytes)
        self.key = key
    }

    /// 128 bits of SHA-256 in hexadecimal.
    package static func key(of bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).prefix(16)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// Its first lines joined, without characters that are unsafe in a terminal or the database.
    package var beginning: String {
        let text = String(decoding: bytes.prefix(4 * Self.beginningCharactersMax), as: UTF8.self)
        let scalars = text.unicodeScalars.map { $0.isUnsafe ? " " : $0 }
        let line = scalars.prefix(Self.beginningCharactersMax)
            .split(separator: " ").map { String(String.UnicodeScalarView($0)) }
        return line.joined(separator: " ")
    }
}
