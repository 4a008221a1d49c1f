import Glibc

/// Reads JSON (RFC 8259) and skims over long strings.
///
/// A request is mostly one Base64 attachment. The reader finds the end of such a string with
/// `memchr` and keeps only its length, so that the price of a request is that of its other bytes.
/// What it keeps is checked; what it elides is not, save for where it ends.
struct JSONReader {
    /// How deep lists and objects may nest: far deeper than any request, far less than the stack.
    static let depthMax = 64

    private let bytes: UnsafeRawBufferPointer
    private let textBytesMax: Int
    private var position = 0

    private init(bytes: UnsafeRawBufferPointer, textBytesMax: Int) {
        self.bytes = bytes
        self.textBytesMax = textBytesMax
    }

    /// Reads one value that fills `bytes`; strings over `textBytesMax` bytes are elided.
    static func read(
        _ bytes: UnsafeRawBufferPointer, textBytesMax: Int = .max
    ) throws(JSONError) -> JSONValue {
        var reader = JSONReader(bytes: bytes, textBytesMax: textBytesMax)
        let value = try reader.readValue(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw JSONError(position: reader.position) }
        return value
    }

    /// Reads one value that fills `bytes`.
    static func read(_ bytes: some Sequence<UInt8>) throws -> JSONValue {
        try Array(bytes).withUnsafeBytes { try read($0) }
    }

    private mutating func readValue(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < Self.depthMax else { throw JSONError(position: position) }
        skipSpace()
        switch peek() {
        case UInt8(ascii: "{"): return try readObject(depth: depth)
        case UInt8(ascii: "["): return try readList(depth: depth)
        case UInt8(ascii: "\""): return try readText()
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        default: return try readNumber()
        }
    }

    private mutating func readObject(depth: Int) throws(JSONError) -> JSONValue {
        var members: [JSONValue.Member] = []
        position += 1
        if try readEnd(UInt8(ascii: "}")) { return .object([]) }
        while true {
            skipSpace()
            guard peek() == UInt8(ascii: "\""), case .text(let name) = try readText() else {
                throw JSONError(position: position)
            }
            try expect(UInt8(ascii: ":"))
            members.append(.init(name: name, value: try readValue(depth: depth + 1)))
            if try readEnd(UInt8(ascii: "}"), after: UInt8(ascii: ",")) { return .object(members) }
        }
    }

    private mutating func readList(depth: Int) throws(JSONError) -> JSONValue {
        var values: [JSONValue] = []
        position += 1
        if try readEnd(UInt8(ascii: "]")) { return .list([]) }
        while true {
            values.append(try readValue(depth: depth + 1))
            if try readEnd(UInt8(ascii: "]"), after: UInt8(ascii: ",")) { return .list(values) }
        }
    }

    /// Reads a string from its opening quote to its closing one.
    private mutating func readText() throws(JSONError) -> JSONValue {
        let start = position + 1
        let end = try closingQuote(from: start)
        position = end + 1
        guard end - start <= textBytesMax else { return .elided(byteCount: end - start) }
        return .text(try JSONEscapes.decode(bytes[start..<end], at: start))
    }

    /// Finds the quote that is not escaped: an even number of backslashes stands before it.
    private func closingQuote(from start: Int) throws(JSONError) -> Int {
        var search = start
        while search < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + search, Int32(UInt8(ascii: "\"")), bytes.count - search)
        {
            let quote = UnsafeRawPointer(found) - base
            var backslashes = 0
            while quote - backslashes > start,
                bytes[quote - backslashes - 1] == UInt8(ascii: "\\")
            {
                backslashes += 1
            }
            if backslashes.isMultiple(of: 2) { return quote }
            search = quote + 1
        }
        throw JSONError(position: bytes.count)
    }

    private mutating func readNumber() throws(JSONError) -> JSONValue {
        let start = position
        let signs = "+-.eE".utf8
        while let byte = peek(),
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || signs.contains(byte)
        {
            position += 1
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let isWellFormed =
            digits.first?.isNumber == true && digits.last?.isNumber == true
            && (digits.first != "0" || digits.dropFirst().first?.isNumber != true)
        guard isWellFormed else { throw JSONError(position: start) }
        if let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text) else { throw JSONError(position: start) }
        return .number(number)
    }

    private mutating func readWord(
        _ word: StaticString, _ value: JSONValue
    ) throws(JSONError) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount {
            guard peek() == word.utf8Start[offset] else { throw JSONError(position: position) }
            position += 1
        }
        return value
    }

    /// Whether the list or object ends here; if not, `separator` must stand here, if one is given.
    private mutating func readEnd(
        _ end: UInt8, after separator: UInt8? = nil
    ) throws(JSONError) -> Bool {
        skipSpace()
        if peek() == end {
            position += 1
            return true
        }
        if let separator { try expect(separator) }
        return false
    }

    private mutating func expect(_ byte: UInt8) throws(JSONError) {
        skipSpace()
        guard peek() == byte else { throw JSONError(position: position) }
        position += 1
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }
}

/// Text that is not JSON, and the byte at which that shows.
struct JSONError: Error, Hashable, CustomStringConvertible {
    var position: Int

    var description: String {
        "not JSON: byte \(position)"
    }
}
