import Wire
import Bounces
import Dispatching
import Foundation
import Invoicing
import Testing

@testable import Providers

/// Rows of providers that are no rows we know: kept whole, with the dispatch that they name.
@Suite struct UnreadRowTests {
    private static let dispatchID = UUID(
        uuid: (15, 143, 173, 91, 217, 203, 70, 159, 161, 101, 112, 134, 119, 40, 149, 14))

    @Test(arguments: [
        #"{"custom_args":{"dispatch_id":"\#(Self.dispatchID)","tenant_id":"42"},"x":[]}"#,
        #"{"user-variables":"{\"tenant_id\":42,\"dispatch_id\":\"\#(Self.dispatchID)\"}"#,
        #"{"Metadata":{"dispatch-id":"\#(Self.dispatchID)","tenant-id":"42"}}"#,
    ])
    func `a row that names a dispatch is kept with it`(_ row: String) {
        let report = UnreadReport(row: row, source: "events")
        #expect(report.dispatchID == Self.dispatchID)
        #expect(report.tenantID == 42)
        #expect(report.bytes == Array(row.utf8))
        #expect(report.origin == .provider)
    }

    @Test(arguments: [
        "", "{", #""dispatch_id""#, #"{"dispatch_id":"x","tenant_id":"1"}"#,
        #"{"dispatch_id":"\#(Self.dispatchID)"}"#,
        #"{"dispatch_id":"\#(Self.dispatchID)","tenant_id":"99999999999999999999"}"#,
    ])
    func `one that names none is nobody's`(_ row: String) {
        let report = UnreadReport(row: row, source: "events")
        #expect(report.dispatchID == nil)
        #expect(report.tenantID == nil)
    }

    @Test func `what is kept of a report is bounded, and shown on one line`() {
        let bytes =
            Array("Från\0\u{202E} \r\n\t\u{1B}[31m".utf8) + Array(repeating: 0xFF, count: 1 << 20)
        let report = UnreadReport(source: "mailbox", reason: "odd", origin: .mail, bytes: bytes)
        #expect(report.bytes.count == UnreadReport.bytesMax)
        #expect(report.isCut)
        #expect(report.beginning.hasPrefix("Från [31m"))
        #expect(report.beginning.count <= 500)
        let unsafe: Set<Unicode.GeneralCategory> = [.control, .format, .lineSeparator]
        #expect(
            report.beginning.unicodeScalars.allSatisfy {
                !unsafe.contains($0.properties.generalCategory)
            })
        let other = UnreadReport(
            source: "mailbox", reason: "odd", origin: .mail, bytes: bytes.dropLast() + [0xFE])
        #expect(other.key != report.key, "they differ behind what is kept")
    }

    @Test(arguments: ProviderCase.allCases.filter { $0 != .smtp })
    func `a row that has become readable is read as it would have been`(
        _ providerCase: ProviderCase
    ) throws {
        let (source, row): (String, String) =
            switch providerCase {
            case .sendgrid:
                (
                    "bounces",
                    #"{"created":1780000000,"email":"a@k.example","reason":"550 no","status":"5.1.1"}"#
                )
            case .postmark:
                (
                    "bounces",
                    #"{"ID":7,"Type":"HardBounce","Email":"a@k.example","BouncedAt":"2026-05-01T10:00:00Z"}"#
                )
            case .mailgun, .smtp:
                (
                    "events",
                    #"{"id":"a","event":"failed","severity":"permanent","timestamp":1780000000.5,"recipient":"a@k.example"}"#
                )
            }
        let fixture = try ProviderFixture(providerCase)
        let good = UnreadReport(
            source: source, reason: "odd", origin: .provider, bytes: Array(row.utf8))
        guard case .events(let events) = fixture.provider.read(good) else {
            Issue.record("not read: \(fixture.provider.read(good))")
            return
        }
        #expect(events.map(\.kind) == [.bounced])
        #expect(events.map(\.recipient) == ["a@k.example"])
        for bad in ["{", "", "[]", "{},{}", row + "," + row.dropFirst(5)] {
            let report = UnreadReport(
                source: source, reason: "odd", origin: .provider, bytes: Array(bad.utf8))
            switch fixture.provider.read(report) {
            case .unread: break
            case .events, .ignored: #expect(bad.hasPrefix(row), "\(bad)")
            }
        }
    }
}
