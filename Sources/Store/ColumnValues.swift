package import Bounces
package import Dispatching
package import Invoicing
package import Postgres

// How the core's values are stored in PostgreSQL: enums by their raw values, a day as date, an
// amount or a number as numeric.

extension AttemptOutcome: PostgresRawValue {}
extension AttributionKind: PostgresRawValue {}
extension BounceClass: PostgresRawValue {}
extension BounceReason: PostgresRawValue {}
extension BounceScope: PostgresRawValue {}
extension CatchUpPolicy: PostgresRawValue {}
extension Channel: PostgresRawValue {}
extension CurrencyCode: PostgresRawValue {}
extension Delivery: PostgresRawValue {}
extension DispatchArrow: PostgresRawValue {}
extension DispatchReason: PostgresRawValue {}
extension DispatchState: PostgresRawValue {}
extension DocumentType: PostgresRawValue {}
extension EventKind: PostgresRawValue {}
extension EventOrigin: PostgresRawValue {}
extension EvidenceSubject: PostgresRawValue {}
extension FaultCode: PostgresRawValue {}
extension FirstPeriodPolicy: PostgresRawValue {}
extension InDoubtPolicy: PostgresRawValue {}
extension Interval.Unit: PostgresRawValue {}
extension KIDAlgorithm: PostgresRawValue {}
extension Language: PostgresRawValue {}
extension LastPeriodPolicy: PostgresRawValue {}
extension LogoFault: PostgresRawValue {}
extension LogoPicture.Encoding: PostgresRawValue {}
extension Refusal.Cause: PostgresRawValue {}
extension SkipReason: PostgresRawValue {}
extension TenantControl.Priority: PostgresRawValue {}

extension Sequence where Element == DispatchKey {
    /// The keys as a table of `tenant_id` and `dispatch_id`.
    func table(_ name: StaticString) -> Query {
        let rows: RowSet = "tenant_id \(map(\.tenantID)), dispatch_id \(map(\.dispatchID))"
        return rows.table(name)
    }
}

extension CivilDate: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { PostgresDate.oid }
    package static var arrayOID: PostgresOID { PostgresDate.arrayOID }

    /// PostgreSQL's epoch, 2000-01-01, in days since 1970-01-01.
    private static var postgresEpoch: Int { 10_957 }

    package func encode(into bytes: inout [UInt8]) {
        PostgresDate(days: Int32(daysSinceEpoch - Self.postgresEpoch)).encode(into: &bytes)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard let date = PostgresDate(postgres: bytes, oid: oid) else { return nil }
        self.init(daysSinceEpoch: Int(date.days) + Self.postgresEpoch)
    }
}

extension FixedDecimal: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { PostgresNumeric.oid }
    package static var arrayOID: PostgresOID { PostgresNumeric.arrayOID }

    package func encode(into bytes: inout [UInt8]) {
        PostgresNumeric(millionths: Int128(millionths)).encode(into: &bytes)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard let number = PostgresNumeric(postgres: bytes, oid: oid),
            let millionths = Int64(exactly: number.millionths)
        else { return nil }
        self.init(millionths: millionths)
    }
}

extension Money: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { PostgresNumeric.oid }
    package static var arrayOID: PostgresOID { PostgresNumeric.arrayOID }

    package func encode(into bytes: inout [UInt8]) {
        PostgresNumeric(millionths: Int128(hundredths) * 10_000).encode(into: &bytes)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard let number = PostgresNumeric(postgres: bytes, oid: oid),
            number.millionths % 10_000 == 0,
            let hundredths = Int64(exactly: number.millionths / 10_000)
        else { return nil }
        self.init(hundredths: hundredths)
    }
}
