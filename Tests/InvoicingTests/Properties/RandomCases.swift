import Foundation
import TestSupport
import Testing

/// Random cases held against a second implementation: other ones each run, unless
/// `BUDSTIKKE_TEST_SEED` says which.
enum RandomCases {
    /// Checks so many cases, until one differs: what it differs by is said with the seed that makes
    /// it again, alone, as the first case.
    static func check(
        _ count: Int, _ difference: (inout SeededNumbers) throws -> String?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) rethrows {
        let seed = settled ?? UInt64.random(in: 0...UInt64(Int64.max))
        for number in 0..<count {
            var random = SeededNumbers(seed: seed &+ UInt64(number))
            guard let difference = try difference(&random) else { continue }
            Issue.record(
                "BUDSTIKKE_TEST_SEED=\(seed &+ UInt64(number)) (case \(number)): \(difference)",
                sourceLocation: sourceLocation)
            return
        }
    }

    private static let settled = ProcessInfo.processInfo.environment["BUDSTIKKE_TEST_SEED"]
        .flatMap { UInt64($0) }
}

extension SeededNumbers {
    mutating func element<Element>(_ list: [Element]) -> Element {
        list[int(0...list.count - 1)]
    }

    mutating func isOnce(in count: Int) -> Bool {
        int(1...count) == 1
    }
}

extension String {
    /// What a plain implementation and the real one give where they differ; nil where they agree.
    static func difference<Value: Equatable>(
        _ what: @autoclosure () -> String, plain: Value, real: Value
    ) -> String? {
        plain == real ? nil : "\(what()): plainly \(plain), and not \(real)"
    }
}
