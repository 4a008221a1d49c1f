/// Base64 as XML Schema has it (RFC 4648 § 4, white space between): strict, and in one pass.
enum Base64 {
    /// The bytes; nil where the text holds anything else, or is padded wrongly.
    static func decoded(_ text: String.UTF8View) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3 + 3)
        var group: UInt32 = 0
        var count = 0
        var padding = 0
        for byte in text where !TextBytes.isSpace(byte) {
            if byte == UInt8(ascii: "=") {
                padding += 1
                count += 1
                continue
            }
            guard padding == 0, let value = value(of: byte) else { return nil }
            group = group << 6 | value
            count += 1
            guard count.isMultiple(of: 4) else { continue }
            bytes.append(narrowed(group >> 16))
            bytes.append(narrowed(group >> 8))
            bytes.append(narrowed(group))
            group = 0
        }
        guard count.isMultiple(of: 4) else { return nil }
        switch padding {
        case 0: return bytes
        case 1: return bytes + [narrowed(group >> 10), narrowed(group >> 2)]
        case 2: return bytes + [narrowed(group >> 4)]
        default: return nil
        }
    }

    private static func narrowed(_ group: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: group)
    }

    private static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
