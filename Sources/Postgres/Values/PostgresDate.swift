package import FoundationEssentials

/// A day as PostgreSQL stores it: days since 2000-01-01.
///
/// `infinity` is not a day, and can't be read.
package struct PostgresDate: Hashable, Sendable, PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .date }
    package static var arrayOID: PostgresOID { PostgresOID(1182) }

    /// Days since 2000-01-01, negative before.
    package var days: Int32

    package init(days: Int32) {
        self.days = days
    }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(days)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard oid == .date, let days = bytes.bigEndian(Int32.self), days != .max, days != .min
        else { return nil }
        self.days = days
    }
}

/// Read and written as timestamptz: microseconds since 2000-01-01 UTC.
///
/// A Date is rounded to the nearest microsecond; a timestamp of the server's is returned unchanged
/// through the year 2150. Beyond PostgreSQL's range it becomes `infinity`, which can't be read.
extension Date: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .timestamptz }
    package static var arrayOID: PostgresOID { PostgresOID(1185) }

    /// From PostgreSQL's epoch to Date's, 2001-01-01: the leap year 2000.
    private static var secondsBetweenEpochs: Int64 { 366 * 86_400 }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(microseconds)
    }

    /// Whole seconds and fraction are converted separately, since the sum in microseconds would be
    /// rounded twice.
    private var microseconds: Int64 {
        let seconds = timeIntervalSinceReferenceDate.rounded(.down)
        let fraction = timeIntervalSinceReferenceDate - seconds
        // PostgreSQL's own bounds, 4713 BC to 294276, lie within; NaN is neither greater nor less.
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

/// A numeric with six decimals, in millionths; more decimals, values from 10^22, NaN and the
/// infinities can't be read.
///
/// The binary format is that of numeric_send: digits of base 10,000 with a weight, a sign and a
/// scale.
package struct PostgresNumeric: Hashable, Sendable, PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .numeric }
    package static var arrayOID: PostgresOID { PostgresOID(1231) }

    private static let negative: UInt16 = 0x4000

    package var millionths: Int128

    package init(millionths: Int128) {
        self.millionths = millionths
    }

    package func encode(into bytes: inout [UInt8]) {
        // Hundred-millionths are whole digits of base 10,000: two of them after the decimal point.
        var rest = millionths.magnitude * 100
        var digits: [UInt16] = []
        while rest > 0 {
            digits.append(UInt16(rest % 10_000))
            rest /= 10_000
        }
        let weight = digits.count - 3
        digits.reverse()
        while digits.last == 0 { digits.removeLast() }
        bytes.appendBigEndian(UInt16(digits.count))
        bytes.appendBigEndian(Int16(digits.isEmpty ? 0 : weight))
        bytes.appendBigEndian(millionths < 0 ? Self.negative : 0)
        bytes.appendBigEndian(UInt16(6))
        for digit in digits { bytes.appendBigEndian(digit) }
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard oid == .numeric, let count = bytes.bigEndian(UInt16.self),
            let weight = bytes.bigEndian(Int16.self, at: 2),
            let sign = bytes.bigEndian(UInt16.self, at: 4), sign == 0 || sign == Self.negative
        else { return nil }
        var value: Int128 = 0
        for index in 0..<Int(count) {
            guard let digit = bytes.bigEndian(UInt16.self, at: 8 + index * 2) else { return nil }
            // In hundred-millionths, the digit of weight −2 counts as one.
            let power = Int(weight) - index + 2
            guard power >= 0, power <= 7 else {
                if power < 0, digit == 0 { continue }
                return nil
            }
            value += Int128(digit) * Self.powers[power]
        }
        if sign == Self.negative { value.negate() }
        guard value % 100 == 0 else { return nil }
        millionths = value / 100
    }

    private static let powers: [Int128] = (0...7).map { power in
        (0..<power).reduce(Int128(1)) { product, _ in product * 10_000 }
    }
}
