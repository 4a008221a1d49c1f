/// The codes that big hosts write into their words, beside or instead of an enhanced code.
///
/// They count where no phrase is known: the words go before them, they before the enhanced code,
/// since a host is more exact in its own code than in the standard one.
enum HostCodes {
    /// The longest is `OFR005_104`.
    private static let lengths = 4...10

    /// The reason of the first code in a text that is known, and the code.
    static func find(in text: String) -> (reason: BounceReason, code: String)? {
        var text = text
        return text.withUTF8 { bytes in
            let bytes = bytes.prefix(ClassifierText.bytesMax)
            var start = bytes.startIndex
            for end in bytes.startIndex...bytes.endIndex {
                if end < bytes.endIndex, isPart(bytes[end]) { continue }
                if lengths.contains(end - start), isLetter(bytes[start]) {
                    let code = String(decoding: bytes[start..<end], as: UTF8.self)
                    if let reason = reason(of: code) { return (reason, code) }
                }
                start = end + 1
            }
            return nil
        }
    }

    private static func reason(of code: String) -> BounceReason? {
        if let reason = known[code] { return reason }
        guard code.hasPrefix("OFR") || code.hasPrefix("LPN"),
            let number = code.split(separator: "_").last.flatMap({ Int($0) })
        else { return nil }
        return french[number]
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        isLetter(byte) || byte.digit != nil
            || [UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "-")].contains(byte)
    }

    /// All these codes are written in capitals.
    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    private static let known: [String: BounceReason] = [
        // Outlook.com (sendersupport.olc.protection.outlook.com/pm/troubleshooting): the name space
        // of a dynamic or open host, its reputation, its network on the block list.
        "DY-001": .ipBlocked, "DY-002": .ipBlocked, "OU-001": .ipBlocked, "OU-002": .ipBlocked,
        "SC-001": .badReputation, "SC-002": .badReputation, "SC-003": .badReputation,
        "SC-004": .badReputation, "S3140": .ipBlocked, "S3150": .ipBlocked, "S77719": .ipBlocked,
        // Yahoo and AOL (senders.yahooinc.com/smtp-error-codes): volume or complaints.
        "TSS04": .badReputation, "TSS05": .badReputation, "TSS06": .badReputation,
        "TSS07": .badReputation, "TSS09": .badReputation, "TSS11": .badReputation,
        "TS01": .badReputation, "TS02": .badReputation, "TS03": .badReputation,
        // AOL's older ones: complaints about the host, a link in the content.
        "RLY:B1": .badReputation, "CON:B1": .ipBlocked, "HVU:B1": .spamContent,
        // iCloud (support.apple.com/102322), whose "local policy" is its filter of content.
        "CS01": .spamContent, "CS02": .spamContent, "HM08": .spamContent,
    ]

    /// Orange and La Poste share a numbering behind their prefix (postmaster.orange.fr;
    /// postmastery.com/laposte-net-postmaster-smtp-error-codes-lpn).
    private static let french: [Int: BounceReason] = [
        102: .ipBlocked, 104: .tooManyConnections, 402: .authFailure, 405: .senderRejected,
        416: .userUnknown, 417: .mailboxFull, 503: .badReputation, 506: .spamContent,
        510: .spamContent, 517: .authFailure,
    ]
}
