import Wire

/// Takes a transfer encoding off (RFC 2045 § 6); what is broken is taken as far as it goes.
enum TransferEncoding {
    static func decode(_ bytes: ArraySlice<UInt8>, _ encoding: String) -> [UInt8] {
        switch encoding {
        case "base64": Base64.leniently(decoded: bytes)
        case "quoted-printable": quotedPrintable(bytes)
        default: Array(bytes)
        }
    }

    private static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            guard byte == UInt8(ascii: "=") else {
                output.append(byte)
                index += 1
                continue
            }
            let rest = bytes[(index + 1)...]
            if let softBreak = softBreakLength(rest) {
                index += 1 + softBreak
            } else if let high = rest.first.flatMap(hex),
                let low = rest.dropFirst().first.flatMap(hex)
            {
                output.append(high << 4 | low)
                index += 3
            } else {
                output.append(byte)
                index += 1
            }
        }
        return output
    }

    private static func softBreakLength(_ rest: ArraySlice<UInt8>) -> Int? {
        if rest.starts(with: [0x0D, 0x0A]) { return 2 }
        return rest.isEmpty ? 0 : rest.first == 0x0A ? 1 : nil
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
