/// Base64 (RFC 4648 § 4), fast enough for a document in every message.
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The two characters for each value of twelve bits.
    private static let pairs: [(UInt8, UInt8)] = (0..<4096).map {
        (alphabet[$0 >> 6], alphabet[$0 & 63])
    }

    /// The six bits of each character; nil for a byte outside the alphabet.
    private static let values: [UInt32?] = (UInt8.min...UInt8.max).map { byte in
        alphabet.firstIndex(of: byte).map(UInt32.init)
    }

    private static let padding = UInt8(ascii: "=")

    /// The encoding as a single line, padded.
    package static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        append(bytes[...], to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the encoding to a text, as a single line.
    package static func append(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
        let whole = bytes.count / 3 * 3
        text.append(addingCapacity: whole / 3 * 4) { span in
            span.withUnsafeMutableBufferPointer { room, count in
                encode(bytes.prefix(whole), into: room)
                count += whole / 3 * 4
            }
        }
        let rest = Array(bytes.dropFirst(whole))
        switch rest.count {
        case 1:
            let (first, second) = pairs[Int(rest[0]) << 4]
            text += [first, second, padding, padding]
        case 2:
            let bits = Int(rest[0]) << 16 | Int(rest[1]) << 8
            let (first, second) = pairs[bits >> 12]
            text += [first, second, pairs[bits & 4095].0, padding]
        default: break
        }
    }

    private static func encode(
        _ bytes: ArraySlice<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
    ) {
        bytes.withUnsafeBufferPointer { bytes in
            pairs.withUnsafeBufferPointer { pairs in
                var place = 0
                for index in stride(from: 0, to: bytes.count, by: 3) {
                    let bits =
                        Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8
                        | Int(bytes[index + 2])
                    (room[place], room[place + 1]) = pairs[bits >> 12]
                    (room[place + 2], room[place + 3]) = pairs[bits & 4095]
                    place += 4
                }
            }
        }
    }
}

/// Base64 in lines of 76 characters, each ended by CRLF, as mail has it (RFC 2045 § 6.8).
extension Base64 {
    private static let lineBytes = 57

    /// The length in bytes of the encoded lines for a number of raw bytes, line ends included.
    package static func bytesInLines(_ count: Int) -> Int {
        (count + 2) / 3 * 4 + (count + lineBytes - 1) / lineBytes * 2
    }

    /// Appends the encoded lines to a text.
    package static func appendLines(_ bytes: [UInt8], to text: inout [UInt8]) {
        text.reserveCapacity(text.count + bytesInLines(bytes.count))
        for start in stride(from: 0, to: bytes.count, by: lineBytes) {
            append(bytes[start..<min(start + lineBytes, bytes.count)], to: &text)
            text += [0x0D, 0x0A]
        }
    }
}

/// Decoding.
extension Base64 {
    /// Decodes base64 as XML Schema allows it, with white space anywhere; nil where the text holds
    /// anything else or is padded wrongly.
    package static func strictlyDecoded(_ text: String.UTF8View) -> [UInt8]? {
        var bits = Bits(count: text.count)
        var letters = 0
        var paddings = 0
        for byte in text where !(byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D) {
            if byte == padding {
                paddings += 1
            } else {
                guard paddings == 0, let value = values[Int(byte)] else { return nil }
                bits.append(value)
                letters += 1
            }
        }
        guard (letters + paddings).isMultiple(of: 4), paddings <= 2 else { return nil }
        return bits.bytes
    }

    /// Decodes base64 as mail is read (RFC 2045 § 6.8): characters outside the alphabet are
    /// skipped, and the first padding character ends the text.
    package static func leniently(decoded text: ArraySlice<UInt8>) -> [UInt8] {
        var bits = Bits(count: text.count)
        for byte in text {
            if byte == padding { break }
            if let value = values[Int(byte)] { bits.append(value) }
        }
        return bits.bytes
    }

    /// Collects six bits at a time into whole bytes.
    private struct Bits {
        private(set) var bytes: [UInt8] = []
        private var buffer: UInt32 = 0
        private var width: UInt32 = 0

        init(count: Int) {
            bytes.reserveCapacity(count / 4 * 3 + 3)
        }

        mutating func append(_ value: UInt32) {
            buffer = buffer << 6 | value
            width += 6
            if width >= 8 {
                width -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> width))
            }
        }
    }
}
