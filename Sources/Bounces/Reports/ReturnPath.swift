package import Wire

/// The address that bounces come back to, with a mark of its own for each message (VERP).
///
/// `bounces@eksempel.no` becomes `bounces+1a-1u7q…@eksempel.no`, so that even a server that answers
/// in nothing but prose says which message it means: by where it sends the answer.
package struct ReturnPath {
    package let key: MarkKey
    private let local: String
    private let domain: String

    /// An address that can't carry a mark, and why.
    package struct Refusal: Error, Hashable {
        package let reason: String
    }

    /// Room for any mark within the 64 bytes that a local part may have (RFC 5321 § 4.5.3.1.1).
    static let localBytesMax = 10
    /// No mark is longer.
    private static let markBytesMax = 64

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

    /// The return path that a mark, as `key` writes it, is put into.
    package func address(_ mark: String) -> String {
        "\(local)+\(mark)@\(domain)"
    }

    /// The mark that a text is: that of a header, or of an envelope id.
    package func mark(_ text: some StringProtocol) -> VERPToken? {
        key.mark(text)
    }

    /// The mark in an address of ours; nil in any other.
    ///
    /// Servers on the way put tags of their own around it (`prvs=…=`, `SRS0=…=`), the latter with
    /// a domain of theirs: what we signed is ours whatever stands around it.
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

    /// The first mark in a mail that nobody could read, wherever it stands: one that we signed goes
    /// before one that is not signed.
    ///
    /// Work grows with the bytes alone: a mark has a length that it can't exceed.
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
