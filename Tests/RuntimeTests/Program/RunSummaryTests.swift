import Foundation
import Testing

@testable import Runtime

@Suite struct RunSummaryTests {
    @Test func `people read what is not zero`() {
        let summary = RunSummary(
            job: "send-dispatches", counts: [("sent", 12), ("postponed", 0), ("refused", 2)],
            failed: 2, notes: ["the provider asked to wait"])
        #expect(
            summary.text
                == "send-dispatches sent=12 refused=2 failed=2; the provider asked to wait")
    }

    @Test func `the failed are told once`() {
        let summary = RunSummary(job: "generate-invoices", counts: [("failed", 3)], failed: 4)
        #expect(summary.text == "generate-invoices failed=3")
    }

    @Test func `nothing to do is said so`() {
        let summary = RunSummary(job: "send-dispatches", counts: [("sent", 0)], failed: 0)
        #expect(summary.text == "send-dispatches nothing to do")
        #expect(summary.isNothing)
    }

    @Test func `machines read all of it`() throws {
        let summary = RunSummary(
            job: "generate-invoices", counts: [("invoices", 5), ("failed", 1), ("mended", 0)],
            failed: 2, notes: ["a \"quoted\" note\n"])
        #expect(
            summary.json == #"{"job":"generate-invoices","#
                + #""counts":{"invoices":5,"failed":1,"mended":0},"#
                + #""failed":2,"notes":["a \"quoted\" note\n"]}"#)
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(summary.json.utf8)) as? [String: Any])
        #expect(object["failed"] as? Int == 2)
    }

    @Test func `a summary without counts is JSON too`() {
        let summary = RunSummary(job: "doctor", counts: [], failed: 0)
        #expect(summary.json == #"{"job":"doctor","counts":{},"failed":0,"notes":[]}"#)
    }
}
