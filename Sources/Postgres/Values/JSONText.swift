/// JSON in the form of its text: a parameter of type jsonb.
///
/// The server checks it, and refuses what is not JSON. A column of json or jsonb is read as String.
package struct JSONText: Hashable, Sendable, PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .jsonb }
    package static var arrayOID: PostgresOID { PostgresOID(3807) }

    /// The binary form of jsonb begins with the number of its format (jsonb_send).
    static let version: UInt8 = 1

    package var text: String

    package init(_ text: String) {
        self.text = text
    }

    package func encode(into bytes: inout [UInt8]) {
        bytes.append(Self.version)
        text.encode(into: &bytes)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard oid == .jsonb || oid == .json, let text = String(postgres: bytes, oid: oid)
        else { return nil }
        self.init(text)
    }
}
