/// A value on its way to the server: its type, and its bytes in binary form; nil is NULL.
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
    static var oid: PostgresOID { get }
    static var arrayOID: PostgresOID { get }

    /// Appends the binary form of the value.
    func encode(into bytes: inout [UInt8])
}

extension PostgresValue {
    package init<T: PostgresEncodable>(_ value: T) {
        var bytes: [UInt8] = []
        value.encode(into: &bytes)
        self.init(oid: T.oid, bytes: bytes)
    }

    package init<T: PostgresEncodable>(_ value: T?) {
        guard let value else {
            self.init(oid: T.oid, bytes: nil)
            return
        }
        self.init(value)
    }

    /// A one-dimensional array, as `unnest` takes it.
    package init<T: PostgresEncodable>(_ values: [T]) {
        var bytes: [UInt8] = []
        bytes.appendArrayHeader(of: T.oid, count: values.count, hasNull: false)
        for value in values { bytes.appendLengthAndBytes(of: value) }
        self.init(oid: T.arrayOID, bytes: bytes)
    }

    /// A one-dimensional array in which nil is NULL.
    package init<T: PostgresEncodable>(_ values: [T?]) {
        var bytes: [UInt8] = []
        let hasNull = values.contains { $0 == nil }
        bytes.appendArrayHeader(of: T.oid, count: values.count, hasNull: hasNull)
        for value in values { bytes.appendLengthAndBytes(of: value) }
        self.init(oid: T.arrayOID, bytes: bytes)
    }
}

/// The parameters of a statement in the form that libpq takes: pointers, lengths, formats.
///
/// All bytes stand in one buffer: it keeps its place while the pointers into it are in use.
struct Parameters {
    private var bytes: [CChar] = []
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []

    /// PostgreSQL takes no value beyond 1 GB (its MaxAllocSize); more would not fit libpq's int.
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
        // So that a last value without bytes has a pointer too: a null pointer would be NULL.
        bytes.append(0)
    }

    /// Refuses what PostgreSQL can't take.
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
    /// Reads the binary form of a value of PostgreSQL's type `oid`, or nil where it is none of ours.
    init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID)

    /// Reads a column as many values of this type: PostgreSQL's array of it, unless the type knows
    /// better, as a byte does.
    static func many(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) -> [Self]?
}

extension PostgresDecodable {
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

    /// As `many`, but where an element may be NULL.
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
    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard let values = Element.many(postgres: bytes, oid: oid) else { return nil }
        self = values
    }
}

/// The number by which PostgreSQL knows a type (its pg_type.dat).
package struct PostgresOID: RawRepresentable, Hashable, Sendable {
    package var rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

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
    package var description: String {
        Self.names[self] ?? "type \(rawValue)"
    }
}
