/// Base64 (RFC 4648 § 4) at the pace of memory: a document goes out with every message.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The two letters for each twelve bits.
    private static let pairs: [(UInt8, UInt8)] = (0..<4096).map {
        (alphabet[$0 >> 6], alphabet[$0 & 63])
    }

    static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
        let whole = bytes.count / 3 * 3
        text.append(addingCapacity: whole / 3 * 4) { span in
            span.withUnsafeMutableBufferPointer { room, count in
                encode(bytes, whole, into: room)
                count += whole / 3 * 4
            }
        }
        switch bytes.count - whole {
        case 1:
            let (first, second) = pairs[Int(bytes[whole]) << 4]
            text += [first, second, UInt8(ascii: "="), UInt8(ascii: "=")]
        case 2:
            let bits = Int(bytes[whole]) << 16 | Int(bytes[whole + 1]) << 8
            let (first, second) = pairs[bits >> 12]
            text += [first, second, pairs[bits & 4095].0, UInt8(ascii: "=")]
        default: break
        }
    }

    private static func encode(
        _ bytes: [UInt8], _ count: Int, into room: UnsafeMutableBufferPointer<UInt8>
    ) {
        bytes.withUnsafeBufferPointer { bytes in
            pairs.withUnsafeBufferPointer { pairs in
                var place = 0
                for index in stride(from: 0, to: count, by: 3) {
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
