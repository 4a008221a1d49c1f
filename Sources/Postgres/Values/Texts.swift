/// Text, and whatever else PostgreSQL sends as its characters.
extension String: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .text }
    package static var arrayOID: PostgresOID { PostgresOID(1009) }

    /// PostgreSQL holds no NUL in text: it is left out, as the one character that never was text.
    package func encode(into bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: utf8)
        guard bytes[start...].contains(0) else { return }
        bytes.replaceSubrange(start..., with: utf8.filter { $0 != 0 })
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        switch oid {
        case .text, .varchar, .bpchar, .name, .unknown, .json:
            self.init(decoding: bytes, as: UTF8.self)
        case .jsonb where bytes.first == JSONText.version:
            self.init(decoding: bytes.dropFirst(), as: UTF8.self)
        default: return nil
        }
    }
}
