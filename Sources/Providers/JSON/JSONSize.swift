/// Counts the bytes that JSON would take, without making them.
struct JSONSize: JSONSink {
    private(set) var count = 0

    mutating func raw(_ json: StaticString) {
        count += json.utf8CodeUnitCount
    }

    mutating func string(_ text: String) {
        count += text.utf8.reduce(2) { $0 + jsonEscapeCount($1) }
    }

    mutating func base64(_ bytes: [UInt8]) {
        count += 2 + (bytes.count + 2) / 3 * 4
    }
}
