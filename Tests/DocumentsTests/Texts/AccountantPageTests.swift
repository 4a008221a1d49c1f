import Bounces
import Foundation
import Invoicing
import Testing

@testable import Documents

/// The accountant's page says what the programs say, word for word: a new fault, reason or outcome is
/// missing there until it is written.
struct AccountantPageTests {
    private static let page = try? String(
        contentsOf: URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/for-regnskapsforere.md"),
        encoding: .utf8)

    @Test(arguments: FaultCode.allCases)
    func `each fault is explained, and what follows when it is mended`(code: FaultCode) throws {
        let said = Explanation(of: .fault(code), .nb)
        let then =
            code == .sendPlanEmpty
            ? "–" : code.stopsInvoice ? "lages og sendes neste natt" : "velg «Send på nytt»"
        try Self.expectRow("| `\(code.rawValue)` | \(said.summary) | \(said.nextStep) | \(then) |")
    }

    @Test(arguments: BounceReason.allCases)
    func `each reason of a bounce is explained`(reason: BounceReason) throws {
        let said = Explanation(of: .bounced(.soft, reason), .nb)
        try Self.expectRow("| `\(reason.rawValue)` | \(said.summary) |")
    }

    @Test(arguments: BounceClass.allCases, BounceReason.allCases)
    func `what to do about a bounce stands beside its class`(
        bounceClass: BounceClass, reason: BounceReason
    ) throws {
        let rows = try #require(Self.page).split(separator: "\n")
            .filter { $0.contains("(`\(bounceClass.rawValue)`)") }
        let said = Explanation(of: .bounced(bounceClass, reason), .nb)
        #expect(rows.contains { $0.hasSuffix(" | \(said.nextStep) |") }, "\(said.nextStep)")
    }

    @Test(arguments: [
        ExplainedOutcome.waiting, .inDoubt, .silent, .refused, .givenUp, .forwardFailed, .cancelled,
    ])
    func `each other outcome is explained`(outcome: ExplainedOutcome) throws {
        let said = Explanation(of: outcome, .nb)
        try Self.expectRow("| \(said.summary) | \(said.nextStep) |")
    }

    /// A row that ends so.
    private static func expectRow(_ row: String) throws {
        let rows = try #require(page).split(separator: "\n")
        #expect(rows.contains { $0.hasSuffix(row) }, "missing in the page: \(row)")
    }
}
