@testable import Bounces
import Dispatching
import FoundationEssentials
import Glibc
import Wire

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
        .mail, .classifier, .sendgrid, .mailgun, .postmark, .imap, .http, .smtp, .dns, .addresses,
        .ubl,
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

/// What one input may cost, of the processor and of memory.
struct Budget: Hashable, Sendable {
    /// Of an ordinary release build.
    let milliseconds: Double
    let megabytes: Double

    /// No reader of a mail or row takes more, whatever it holds.
    static let row = Budget(milliseconds: 50, megabytes: 64)
    /// Files that a person hands over, one at a time.
    static let file = Budget(milliseconds: 1_000, megabytes: 256)
    /// What `draw-logo` is given before it is ended.
    static let picture = Budget(milliseconds: 5_000, megabytes: 768)

    /// Does some work, and throws a `BrokenProperty` where it cost more.
    ///
    /// `slowness` is how many times slower than a release build this one is. What is too slow is
    /// done twice, since the first time of anything makes tables.
    @discardableResult
    func hold(slowness: Double, _ work: () throws -> Void) throws -> Cost {
        let limit = milliseconds * slowness
        var cost = try Cost(work)
        if cost.milliseconds > limit { cost = try Cost(work) }
        guard cost.milliseconds <= limit else {
            throw BrokenProperty(
                description: "took \(Int(cost.milliseconds)) ms, of at most \(Int(limit))")
        }
        guard cost.megabytes <= megabytes else {
            throw BrokenProperty(
                description: "took \(Int(cost.megabytes)) MB, of at most \(Int(megabytes))")
        }
        return cost
    }
}

/// What some work cost: the processor's time of this thread, and how far memory grew beyond all
/// that the process had needed before.
struct Cost {
    let milliseconds: Double
    let megabytes: Double

    init(_ work: () throws -> Void) rethrows {
        let (time, memory) = (Self.time(), Self.peak())
        try work()
        milliseconds = Self.time() - time
        megabytes = Self.peak() - memory
    }

    private static func time() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
    }

    /// The most memory that the process has ever had, in megabytes.
    static func peak() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) / 1_024
    }
}

/// A text that stands on one line of a terminal and in a column of the database.
func checkLine(_ text: String, max: Int, _ name: String) throws {
    let count = text.unicodeScalars.count
    try same(cleaned(text, charactersMax: count), text, "\(name) is one safe line")
    try hold(count <= max, "\(name) has at most \(max) characters")
}

extension ProviderEvent {
    /// Throws where the database could not hold the event, or a person not read it.
    func checkSound() throws {
        try hold(!key.isEmpty && key.utf8.count <= 500, "a key has 1 to 500 bytes: \(key)")
        try checkLine(key, max: 500, "a key")
        try checkLine(recipient, max: 500, "a recipient")
        try checkLine(text, max: BounceMail.textMax, "the server's words")
        try checkLine(providerType, max: 1_001, "the provider's type")
        try checkLine(providerMessageID ?? "", max: 500, "the provider's id")
        try checkLine(enhancedCode ?? "", max: 11, "the enhanced code")
        try hold((200..<600).contains(replyCode ?? 200), "a reply code is SMTP's")
        try hold((1...Self.attemptMax).contains(attempt ?? 1), "an attempt is one of ours")
        let seconds = occurredAt.timeIntervalSince1970
        try hold((946_684_800...7_258_118_401).contains(seconds), "\(seconds) is a time")
        try hold(!raw.utf8.contains(0), "no database takes U+0000")
        try checkClassified()
    }

    private func checkClassified() throws {
        let evidence = BounceEvidence(
            replyCode: replyCode, enhancedCode: enhancedCode, text: text, provider: "sendgrid",
            type: providerType)
        try Classifier().classify(evidence).checkSound()
    }
}

extension BounceClassification {
    func checkSound() throws {
        try same(
            bounceClass, reason.bounceClass(isTransient: transient), "a reason fixes its class")
        try same(scope, reason.scope, "a reason fixes its scope")
        try hold((0...1).contains(confidence), "\(confidence) is a share")
        try checkLine(evidence, max: 1_000, "the evidence")
    }
}
