extension SettingsReader {
    /// A duration as people write it: `90s`, `15m`, `4h`, `5d`.
    mutating func duration(
        _ key: String, _ range: ClosedRange<Int>, _ seconds: inout Int
    ) throws {
        guard let text = string(key) else { return }
        guard let value = Self.seconds(text), range.contains(value) else {
            throw refusal(
                of: text, key,
                allowed: "a duration from \(Self.words(range.lowerBound)) to"
                    + " \(Self.words(range.upperBound)), as 90s, 15m, 4h or 5d")
        }
        seconds = value
    }

    private static let units: [(name: Character, seconds: Int)] = [
        ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1),
    ]

    private static func seconds(_ text: String) -> Int? {
        guard let unit = units.first(where: { $0.name == text.last }),
            let number = Int(text.dropLast()), number >= 0
        else { return nil }
        let (seconds, isTooLarge) = number.multipliedReportingOverflow(by: unit.seconds)
        return isTooLarge ? nil : seconds
    }

    /// In the largest unit that says it exactly.
    private static func words(_ seconds: Int) -> String {
        let unit = units.first { seconds >= $0.seconds && seconds % $0.seconds == 0 }
        return unit.map { "\(seconds / $0.seconds)\($0.name)" } ?? "\(seconds)s"
    }
}
