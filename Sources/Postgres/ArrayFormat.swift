// The binary form of an array (array_send in PostgreSQL's arrayfuncs.c): the number of dimensions,
// whether there are NULLs, the type of the elements, for each dimension its length and its lower
// bound, then each element's length and bytes; a length of −1 is NULL.

extension [UInt8] {
    /// Appends the header of a one-dimensional array, or of an empty one.
    mutating func appendArrayHeader(of type: PostgresOID, count: Int, hasNull: Bool) {
        appendBigEndian(Int32(count == 0 ? 0 : 1))
        appendBigEndian(Int32(hasNull ? 1 : 0))
        appendBigEndian(type.rawValue)
        guard count > 0 else { return }
        // No array of the server's has this many elements; a larger one is refused before it is
        // sent.
        appendBigEndian(Int32(clamping: count))
        appendBigEndian(Int32(1))
    }

    /// Appends a value with its length before it, or −1 for NULL: in arrays and in COPY alike.
    mutating func appendLengthAndBytes<T: PostgresEncodable>(of value: T?) {
        guard let value else {
            appendBigEndian(Int32(-1))
            return
        }
        let start = count
        appendBigEndian(Int32(0))
        value.encode(into: &self)
        setBigEndian(Int32(clamping: count - start - 4), at: start)
    }
}

/// Reads the elements of a one-dimensional array, and stops early where the bytes are cut short.
struct ArrayReader: Sequence, IteratorProtocol {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 20
    private var left: Int
    let elementOID: PostgresOID
    let count: Int

    /// Nil where the header is cut short, or the array has more than one dimension.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let dimensions = bytes.bigEndian(Int32.self),
            let elementOID = bytes.bigEndian(UInt32.self, at: 8), (0...1).contains(dimensions)
        else { return nil }
        self.bytes = bytes
        self.elementOID = PostgresOID(elementOID)
        guard dimensions == 1 else {
            (count, left) = (0, 0)
            return
        }
        // Each element takes four bytes at least: a count beyond that is not an array's.
        guard let count = bytes.bigEndian(Int32.self, at: 12),
            (0...bytes.count / 4).contains(Int(count))
        else { return nil }
        (self.count, left) = (Int(count), Int(count))
    }

    /// The bytes of the next element; the inner nil is NULL.
    mutating func next() -> UnsafeRawBufferPointer?? {
        guard left > 0, let length = bytes.bigEndian(Int32.self, at: offset) else { return nil }
        left -= 1
        offset += 4
        guard length >= 0 else { return .some(nil) }
        guard bytes.count - offset >= Int(length) else { return nil }
        defer { offset += Int(length) }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + Int(length)])
    }
}

extension [UInt8] {
    /// Appends an integer in network order.
    package mutating func appendBigEndian<T: FixedWidthInteger>(_ value: T) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    /// Overwrites an integer in network order.
    mutating func setBigEndian<T: FixedWidthInteger>(_ value: T, at index: Int) {
        Swift.withUnsafeBytes(of: value.bigEndian) { bytes in
            for (offset, byte) in bytes.enumerated() { self[index + offset] = byte }
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The integer at an offset, in network order; nil where the bytes do not reach that far.
    package func bigEndian<T: FixedWidthInteger>(_ type: T.Type, at offset: Int = 0) -> T? {
        guard offset >= 0, count >= offset + MemoryLayout<T>.size else { return nil }
        return T(bigEndian: loadUnaligned(fromByteOffset: offset, as: T.self))
    }
}

/// Passes C strings as an array of pointers that ends with a null pointer; a nil string becomes a
/// null pointer.
///
/// No string may hold a NUL, which would end it early; the caller makes sure of that.
func withCStrings<T>(
    _ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T
) -> T {
    var offsets: [Int?] = []
    var characters: [CChar] = []
    for string in strings {
        offsets.append(string.map { _ in characters.count })
        if let string { characters += string.utf8CString }
    }
    offsets.append(nil)
    return characters.withUnsafeBufferPointer { buffer in
        let pointers = offsets.map { offset in
            offset.flatMap { offset in buffer.baseAddress.map { $0 + offset } }
        }
        return pointers.withUnsafeBufferPointer { pointers in
            guard let base = pointers.baseAddress else { preconditionFailure("never empty") }
            return body(base)
        }
    }
}
