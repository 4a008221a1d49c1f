/// A value to send to the server: its type, and its bytes in binary format; nil bytes are NULL.
package struct PostgresValue: Hashable, Sendable {
    package var oid: PostgresOID
    package var bytes: [UInt8]?

    package init(oid: PostgresOID, bytes: [UInt8]?) {
        self.oid = oid
        self.bytes = bytes
    }
}

/// A type that can be a parameter.
package protocol PostgresEncodable {
    /// The PostgreSQL type that the value is sent as.
    static var oid: PostgresOID { get }
    /// The PostgreSQL type of an array of such values.
    static var arrayOID: PostgresOID { get }

    /// Appends the value in PostgreSQL's binary format.
    func encode(into bytes: inout [UInt8])
}

extension PostgresValue {
    /// A value that is not NULL.
    package init<T: PostgresEncodable>(_ value: T) {
        var bytes: [UInt8] = []
        value.encode(into: &bytes)
        self.init(oid: T.oid, bytes: bytes)
    }

    /// A value, where nil is NULL.
    package init<T: PostgresEncodable>(_ value: T?) {
        guard let value else {
            self.init(oid: T.oid, bytes: nil)
            return
        }
        self.init(value)
    }

    /// A one-dimensional array, as `unnest` expects it.
    package init<T: PostgresEncodable>(_ values: [T]) {
        var bytes: [UInt8] = []
        bytes.appendArrayHeader(of: T.oid, count: values.count, hasNull: false)
        for value in values { bytes.appendLengthAndBytes(of: value) }
        self.init(oid: T.arrayOID, bytes: bytes)
    }

    /// A one-dimensional array, where nil elements are NULL.
    package init<T: PostgresEncodable>(_ values: [T?]) {
        var bytes: [UInt8] = []
        let hasNull = values.contains { $0 == nil }
        bytes.appendArrayHeader(of: T.oid, count: values.count, hasNull: hasNull)
        for value in values { bytes.appendLengthAndBytes(of: value) }
        self.init(oid: T.arrayOID, bytes: bytes)
    }
}

/// The parameters of a statement in the form that libpq expects: pointers, lengths, formats.
///
/// All bytes are in one buffer, which does not move while the pointers into it are in use.
struct Parameters {
    private var bytes: [CChar] = []
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []

    /// PostgreSQL accepts no value beyond 1 GB (its MaxAllocSize); more would overflow libpq's int.
    private static let bytesMax = 1 << 30
    /// The protocol counts parameters in 16 bits.
    private static let countMax = 65_535

    init(_ query: Query) throws(PostgresError) {
        try Self.check(query)
        let values = query.parameters
        bytes.reserveCapacity(values.reduce(1) { $0 + ($1.bytes?.count ?? 0) })
        for value in values {
            let content = value.bytes ?? []
            offsets.append(value.bytes == nil ? nil : bytes.count)
            lengths.append(Int32(content.count))
            content.withUnsafeBytes { bytes.append(contentsOf: $0.bindMemory(to: CChar.self)) }
        }
        // So that an empty last value has a pointer too: a null pointer would be NULL.
        bytes.append(0)
    }

    /// Throws where PostgreSQL can't accept the parameters.
    static func check(_ query: Query) throws(PostgresError) {
        let values = query.parameters
        guard values.count <= countMax else {
            throw PostgresError(
                .usage, "\(values.count) parameters, where \(countMax) are the most",
                sql: query.sql)
        }
        if let index = values.firstIndex(where: { ($0.bytes?.count ?? 0) >= bytesMax }) {
            throw PostgresError(
                .usage, "the parameter $\(index + 1) is beyond 1 GB, the most of a value",
                sql: query.sql)
        }
    }

    var count: Int32 {
        Int32(offsets.count)
    }

    var byteCount: Int {
        bytes.count
    }

    func withPointers<T>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> T
    ) -> T {
        // 1 is binary.
        let formats = [Int32](repeating: 1, count: offsets.count)
        return bytes.withUnsafeBufferPointer { buffer in
            let pointers = offsets.map { offset in
                offset.flatMap { offset in buffer.baseAddress.map { $0 + offset } }
            }
            return pointers.withUnsafeBufferPointer { pointers in
                body(pointers.baseAddress, lengths, formats)
            }
        }
    }
}

/// A type that a column can be read as.
package protocol PostgresDecodable {
    /// Reads a value in binary format, of the PostgreSQL type `oid`; nil where it does not fit this
    /// type.
    init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID)

    /// Reads a column as many values of this type: PostgreSQL's array of it, unless the type
    /// overrides that, as a byte does.
    static func many(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) -> [Self]?
}

extension PostgresDecodable {
    /// Reads a one-dimensional array; nil where an element is NULL or does not fit.
    package static func many(
        postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID
    ) -> [Self]? {
        guard let array = ArrayReader(bytes) else { return nil }
        var values: [Self] = []
        values.reserveCapacity(array.count)
        for element in array {
            guard let bytes = element, let value = Self(postgres: bytes, oid: array.elementOID)
            else { return nil }
            values.append(value)
        }
        return values.count == array.count ? values : nil
    }

    /// As `many`, for arrays with NULL elements.
    static func manyOptional(postgres bytes: UnsafeRawBufferPointer) -> [Self?]? {
        guard let array = ArrayReader(bytes) else { return nil }
        var values: [Self?] = []
        values.reserveCapacity(array.count)
        for element in array {
            guard let bytes = element else {
                values.append(nil)
                continue
            }
            guard let value = Self(postgres: bytes, oid: array.elementOID) else { return nil }
            values.append(value)
        }
        return values.count == array.count ? values : nil
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    /// Reads a column by the element's `many`.
    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard let values = Element.many(postgres: bytes, oid: oid) else { return nil }
        self = values
    }
}

/// PostgreSQL's number for a type (its pg_type.dat).
package struct PostgresOID: RawRepresentable, Hashable, Sendable {
    package var rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The type of a number that the server sent.
    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    static let bool = Self(16)
    static let bytea = Self(17)
    static let char = Self(18)
    static let name = Self(19)
    static let int8 = Self(20)
    static let int2 = Self(21)
    static let int4 = Self(23)
    static let text = Self(25)
    static let oid = Self(26)
    static let json = Self(114)
    static let float4 = Self(700)
    static let float8 = Self(701)
    static let unknown = Self(705)
    static let bpchar = Self(1042)
    static let varchar = Self(1043)
    static let date = Self(1082)
    static let timestamptz = Self(1184)
    static let numeric = Self(1700)
    static let uuid = Self(2950)
    static let jsonb = Self(3802)

    private static let names: [PostgresOID: String] = [
        bool: "boolean", bytea: "bytea", char: "\"char\"", name: "name", int8: "bigint",
        int2: "smallint", int4: "integer", text: "text", oid: "oid", json: "json",
        float4: "real", float8: "double precision", unknown: "unknown", bpchar: "character",
        varchar: "character varying", date: "date", timestamptz: "timestamp with time zone",
        numeric: "numeric", uuid: "uuid", jsonb: "jsonb",
    ]
}

extension PostgresOID: CustomStringConvertible {
    /// The type's name where it is a known one, else its number.
    package var description: String {
        Self.names[self] ?? "type \(rawValue)"
    }
}

/// A type that stands in a column as its raw value; a raw value that it does not have can't be read.
package protocol PostgresRawValue: RawRepresentable, PostgresEncodable, PostgresDecodable
where RawValue: PostgresEncodable & PostgresDecodable {}

extension PostgresRawValue {
    package static var oid: PostgresOID { RawValue.oid }
    package static var arrayOID: PostgresOID { RawValue.arrayOID }

    package func encode(into bytes: inout [UInt8]) {
        rawValue.encode(into: &bytes)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard let rawValue = RawValue(postgres: bytes, oid: oid) else { return nil }
        self.init(rawValue: rawValue)
    }
}
