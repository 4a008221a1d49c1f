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
