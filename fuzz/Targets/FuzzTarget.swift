/// A reader of bytes that strangers write, as it is fuzzed and as its inputs are replayed.
struct FuzzTarget: Sendable {
    let name: String
    /// The longest input that is made for it.
    let bytesMax: Int
    let budget: Budget
    /// Reads as the programs do, and throws a `BrokenProperty` where what is read is not sound.
    let read: @Sendable ([UInt8]) throws -> Void

    init(
        _ name: String, bytesMax: Int = 64 << 10, budget: Budget = .row,
        read: @escaping @Sendable ([UInt8]) throws -> Void
    ) {
        self.name = name
        self.bytesMax = bytesMax
        self.budget = budget
        self.read = read
    }

    /// In the order of how many people can write to them.
    static let all: [FuzzTarget] = [
        .mail, .classifier, .sendgrid, .mailgun, .postmark, .imap, .http, .smtp, .addresses, .ubl,
        .csv, .jsonl, .pictures, .templates, .pdf, .settings, .numbers,
    ]

    static func named(_ name: String) -> FuzzTarget? {
        all.first { $0.name == name }
    }
}

/// Something that has to be true of whatever was read, and is not.
struct BrokenProperty: Error, CustomStringConvertible {
    let description: String
}

/// Throws a `BrokenProperty` unless a condition holds.
func hold(_ condition: Bool, _ property: @autoclosure () -> String) throws {
    guard condition else { throw BrokenProperty(description: property()) }
}

/// The same, said of two values, which are shown.
func same<Value: Equatable>(
    _ value: Value, _ other: Value, _ property: @autoclosure () -> String
) throws {
    try hold(value == other, "\(property()): \(value), and \(other)")
}
