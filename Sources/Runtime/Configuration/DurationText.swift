/// A duration as a person writes it: a whole number and its unit, as `30s`, `15m`, `2h` or `5d`.
///
/// A day is 24 hours.
enum DurationText {
    private static let units: [(name: Character, seconds: Int)] = [
        ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1),
    ]

    /// Nil for a number without a unit too: 90 could be anything.
    static func seconds(_ text: String) -> Int? {
        guard let unit = units.first(where: { $0.name == text.last }) else { return nil }
        let digits = text.dropLast()
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
            let count = Int(digits)
        else { return nil }
        let (seconds, isTooLarge) = count.multipliedReportingOverflow(by: unit.seconds)
        return isTooLarge ? nil : seconds
    }

    /// In the largest unit that it is whole in.
    static func text(_ seconds: Int) -> String {
        let unit = units.first { seconds >= $0.seconds && seconds.isMultiple(of: $0.seconds) }
        guard let unit else { return "\(seconds)s" }
        return "\(seconds / unit.seconds)\(unit.name)"
    }
}
