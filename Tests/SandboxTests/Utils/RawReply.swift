/// An HTTP answer as it came.
struct RawReply: Sendable {
    var status: Int
    /// Names in small letters.
    var headers: [String: String]
    var body: [UInt8]

    /// Reads an answer; nil while it is not whole, unless nothing more will come.
    init?(_ bytes: [UInt8], isAtEnd: Bool) {
        let blank = Array("\r\n\r\n".utf8)
        guard let end = bytes.firstRange(of: blank) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(
            separator: "\r\n")
        status = lines.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
        headers = Dictionary(
            lines.dropFirst().map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return (parts[0].lowercased(), String(parts[1].drop { $0 == " " }))
            }, uniquingKeysWith: { first, _ in first })
        let rest = bytes[end.upperBound...]
        if headers["transfer-encoding"] == "chunked" {
            guard isAtEnd || rest.suffix(5).elementsEqual("0\r\n\r\n".utf8) else { return nil }
            body = Self.dechunk(rest)
        } else {
            let length = headers["content-length"].flatMap { Int($0) } ?? 0
            guard isAtEnd || rest.count >= length else { return nil }
            body = Array(rest.prefix(length))
        }
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    private static func dechunk(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var body: [UInt8] = []
        var rest = bytes
        while let line = rest.firstRange(of: Array("\r\n".utf8)) {
            let digits = String(decoding: rest[..<line.lowerBound], as: UTF8.self)
            guard let count = Int(digits, radix: 16), count > 0 else { break }
            body += rest[line.upperBound...].prefix(count)
            rest = rest[line.upperBound...].dropFirst(count + 2)
        }
        return body
    }
}
