/// Text, and whatever else PostgreSQL sends as its characters.
extension String: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { PostgresOID(25) }
    package static var arrayOID: PostgresOID { PostgresOID(1009) }

    /// PostgreSQL holds no NUL in text: it is left out, as the one character that never was text.
    package func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: utf8.lazy.filter { $0 != 0 })
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        switch oid.rawValue {
        case 25, 1043, 1042, 19, 705, 114:  // text, varchar, bpchar, name, unknown, json
            self.init(decoding: bytes, as: UTF8.self)
        case JSONText.oid.rawValue where bytes.first == JSONText.version:
            self.init(decoding: bytes.dropFirst(), as: UTF8.self)
        default: return nil
        }
    }
}

/// A parameter of type jsonb.
package struct JSONText: Hashable, Sendable, PostgresEncodable {
    package static var oid: PostgresOID { PostgresOID(3802) }
    package static var arrayOID: PostgresOID { PostgresOID(3807) }

    /// jsonb's binary form begins with the number of its format.
    static let version: UInt8 = 1

    package var text: String

    package init(_ text: String) {
        self.text = text
    }

    package func encode(into bytes: inout [UInt8]) {
        bytes.append(Self.version)
        text.encode(into: &bytes)
    }
}

/// A bytea.
package struct PostgresBytes: Hashable, Sendable, PostgresEncodable {
    package static var oid: PostgresOID { PostgresOID(17) }
    package static var arrayOID: PostgresOID { PostgresOID(1001) }

    package var bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package func encode(into target: inout [UInt8]) {
        target.append(contentsOf: bytes)
    }
}

/// Bytes are a bytea; anything else is a one-dimensional array, in which NULL has no place.
extension Array: PostgresDecodable where Element: PostgresDecodable {
    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        if let content = Self.bytea(bytes, oid: oid) {
            self = content
            return
        }
        guard let dimensions = bytes.bigEndian(Int32.self),
            let elementOID = bytes.bigEndian(UInt32.self, at: 8)
        else { return nil }
        guard dimensions > 0 else {
            self = []
            return
        }
        guard dimensions == 1, let count = bytes.bigEndian(Int32.self, at: 12) else { return nil }
        self = []
        reserveCapacity(Int(count))
        var offset = 20
        for _ in 0..<count {
            guard let length = bytes.bigEndian(Int32.self, at: offset), length >= 0,
                bytes.count >= offset + 4 + Int(length),
                let element = Element(
                    postgres: UnsafeRawBufferPointer(
                        rebasing: bytes[offset + 4..<offset + 4 + Int(length)]),
                    oid: PostgresOID(elementOID))
            else { return nil }
            append(element)
            offset += 4 + Int(length)
        }
    }

    private static func bytea(_ bytes: UnsafeRawBufferPointer, oid: PostgresOID) -> [Element]? {
        // The types are the same: a cast with `as?` would go through a document byte by byte.
        guard oid == PostgresBytes.oid, Element.self == UInt8.self else { return nil }
        return unsafeBitCast([UInt8](bytes), to: [Element].self)
    }
}

/// A byte by itself is no type of PostgreSQL's: it stands here so that `[UInt8]` reads a bytea.
extension UInt8: PostgresDecodable {
    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        return nil
    }
}
