package import FoundationEssentials

/// An instant is a timestamptz: microseconds since 2000-01-01 UTC.
///
/// A Date is rounded to the nearest microsecond; a microsecond of the server's comes back as the
/// same one through 2150. What is beyond PostgreSQL's count is `infinity`, which is not read back.
extension Date: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .timestamptz }
    package static var arrayOID: PostgresOID { PostgresOID(1185) }

    /// From PostgreSQL's epoch to Date's own, 2001-01-01: the leap year 2000.
    private static var secondsBetweenEpochs: Int64 { 366 * 86_400 }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(microseconds)
    }

    /// Whole seconds and their fraction are taken apart, since their sum in microseconds would be
    /// rounded twice.
    private var microseconds: Int64 {
        let seconds = timeIntervalSinceReferenceDate.rounded(.down)
        let fraction = timeIntervalSinceReferenceDate - seconds
        // PostgreSQL's own bounds, 4713 BC to 294276, lie within; NaN is no instant either way.
        guard abs(seconds) < 9_200_000_000_000 else { return seconds < 0 ? .min : .max }
        return (Int64(seconds) + Self.secondsBetweenEpochs) * 1_000_000
            + Int64((fraction * 1_000_000).rounded())
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard oid == .timestamptz, let microseconds = bytes.bigEndian(Int64.self),
            microseconds != .max, microseconds != .min
        else { return nil }
        let sinceReference = microseconds - Self.secondsBetweenEpochs * 1_000_000
        self.init(timeIntervalSinceReferenceDate: Double(sinceReference) / 1_000_000)
    }
}
