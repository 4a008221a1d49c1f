import Wire
import Crypto
package import FoundationEssentials
package import Bounces

/// What came back and nobody could read, kept so that a person sees it and a better reader can.
package struct UnreadReport: Hashable, Sendable {
    /// So much is kept of it; what stands first says most.
    package static let bytesMax = 64 << 10
    /// So much is shown of it.
    static let beginningCharactersMax = 500

    /// A hash of all its bytes, so that it is kept once however often it is read.
    package var key: String
    /// The source it was read from, as `mailbox`.
    package var source: String
    /// Where it lies there, as `uid 17`; empty where a source has no places.
    package var place: String
    /// When it came; nil where it does not say.
    package var cameAt: Date?
    package var reason: String
    /// The dispatch that it names.
    package var tenantID: Int64?
    package var dispatchID: UUID?
    package var origin: EventOrigin
    /// The beginning of its bytes, as they came.
    package var bytes: [UInt8]
    package var isCut: Bool

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

    /// One that was kept, whose key is of all that it was.
    package init(
        key: String, source: String, cameAt: Date?, reason: String, origin: EventOrigin,
        bytes: [UInt8]
    ) {
        self.init(source: source, cameAt: cameAt, reason: reason, origin: origin, bytes: bytes)
        self.key = key
    }

    /// 128 bits of SHA-256, in hexadecimal.
    package static func key(of bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).prefix(16)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// Its first lines on one, without what a terminal or a database would not bear.
    package var beginning: String {
        let text = String(decoding: bytes.prefix(4 * Self.beginningCharactersMax), as: UTF8.self)
        let scalars = text.unicodeScalars.map { $0.isUnsafe ? " " : $0 }
        let line = scalars.prefix(Self.beginningCharactersMax)
            .split(separator: " ").map { String(String.UnicodeScalarView($0)) }
        return line.joined(separator: " ")
    }
}
