// The binary form of an array (array_send in PostgreSQL's arrayfuncs.c): the number of dimensions,
// whether there are NULLs, the type of the elements, for each dimension its length and its lower
// bound, then each element's length and bytes; a length of −1 is NULL.

extension [UInt8] {
    mutating func appendArrayHeader(of type: PostgresOID, count: Int, hasNull: Bool) {
        appendBigEndian(Int32(count == 0 ? 0 : 1))
        appendBigEndian(Int32(hasNull ? 1 : 0))
        appendBigEndian(type.rawValue)
        guard count > 0 else { return }
        // No array of the server's has this many; a larger one is refused before it is sent.
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

/// Reads the elements of a one-dimensional array; ends early where the bytes do.
struct ArrayReader: Sequence, IteratorProtocol {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 20
    private var left: Int
    let elementOID: PostgresOID
    let count: Int

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
