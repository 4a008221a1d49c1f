import TestSupport
import Wire
import Foundation
import Testing

@testable import Bounces

/// The mark in the return path: what it says, and that nobody else can make one up.
@Suite struct MarkTests {
    private static let ids = [
        (Int64(1), "00000000-0000-0000-0000-000000000001"),
        (42, "0f8fad5b-d9cb-469f-a165-70867728950e"),
        (.max, "ffffffff-ffff-ffff-ffff-ffffffffffff"),
    ]

    private static func path(_ address: String = "0123456789@fjord.example") throws -> ReturnPath {
        try ReturnPath(.sample(address), key: MailSample.key)
    }

    @Test(arguments: ids, [1, 2, 31, 32, 1_023, 32_767])
    func `a return path names the attempt at its dispatch, and is an address`(
        _ id: (tenant: Int64, dispatch: String), _ attempt: Int
    ) throws {
        let path = try Self.path()
        let mark = VERPToken(
            tenantID: id.tenant, dispatchID: try #require(UUID(uuidString: id.dispatch)),
            attempt: attempt)
        let address = path.address(path.key.text(mark))
        #expect(EmailAddress(address) != nil, "\(address)")
        #expect(path.mark(in: address) == mark)
        #expect(path.mark(in: address.uppercased()) == mark)
        // What servers on the way put around it.
        for tagged in [
            "prvs=190694bd6d=\(address)", "SRS0=HHHH=TT=fjord.example=\(address)",
            "srs0=hhhh=tt=fjord.example="
                + address.replacing("@fjord.example", with: "@forward.example"),
        ] {
            #expect(path.mark(in: tagged) == mark, "\(tagged)")
        }
    }

    @Test func `a mark with any letter changed is none`() throws {
        let path = try Self.path()
        let text = MailSample.mark
        for index in text.indices {
            for letter in "0av-" where text[index] != letter {
                var changed = text
                changed.replaceSubrange(index...index, with: [letter])
                #expect(path.mark(changed) == nil, "\(changed)")
            }
        }
        let other = MarkKey(Array(repeating: 8, count: 32))
        #expect(other.mark(text) == nil)
        for cut in [String(text.dropLast()), String(text.dropFirst()), text + "0", ""] {
            #expect(path.mark(cut) == nil)
        }
    }

    @Test func `other addresses have no mark`() throws {
        let path = try Self.path()
        let address = path.address(MailSample.mark)
        for other in [
            "0123456789@fjord.example", "0123456789+@fjord.example", "0123456789+1-2@fjord.example",
            "x\(address)", "", "@", "+", "0123456789+", "@0123456789+",
        ] {
            #expect(path.mark(in: other) == nil, "\(other)")
        }
        #expect(throws: ReturnPath.Refusal.self) { try Self.path("0123456789a@fjord.example") }
        #expect(throws: ReturnPath.Refusal.self) { try Self.path("a+b@fjord.example") }
    }

    @Test func `a mark of before marks were signed is read, and says that it is one`() throws {
        let path = try Self.path("bounces@fjord.example")
        let old = path.address(MailSample.unsignedMark)
        let mark = try #require(path.mark(in: old))
        #expect(mark.attempt == nil)
        #expect(mark.dispatchID == MailSample.dispatchID)
        #expect(VERPToken.origin(mark) == .unsignedMail)
        // Anybody could have it come to a domain of his own.
        #expect(path.mark(in: old.replacing("@fjord.example", with: "@else.example")) == nil)
        let event = try #require(
            MailSample.events(
                MailSample.report(
                    to: old,
                    "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; ap@k.example\nAction: failed"
                )
            ).first)
        #expect(event.origin == .unsignedMail)
        #expect(event.attempt == nil)
    }

    @Test func `an event of a mail carries the attempt and that a mail says it`() throws {
        let fields =
            "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; ap@k.example\nAction: failed"
        let marked = try #require(MailSample.events(MailSample.report(fields)).first)
        #expect(marked.attempt == 1)
        #expect(marked.origin == .mail)
        let stranger = try #require(
            MailSample.events(MailSample.report(to: "bounces@fjord.example", fields)).first)
        #expect(stranger.dispatchID == nil)
        #expect(stranger.origin == .mail)
    }

    @Test func `a mail that nobody can read still names its dispatch`() throws {
        let path = try Self.path("bounces@fjord.example")
        let old = "bounces+\(MailSample.unsignedMark)@fjord.example"
        for text in [
            "Delivered-To: \(MailSample.marked)\n\n\u{FFFD}", "\0\0<\(MailSample.marked)>",
            "x-budstikke-dispatch: \(MailSample.mark)\n",
            "To: <\(old)>\nDelivered-To: PRVS=0=\(MailSample.marked.uppercased())",
            "bounces+bounces+bounces+\(MailSample.mark)", "bounces+\(MailSample.mark)",
        ] {
            let mark = path.firstMark(in: Array(text.utf8))
            #expect(mark?.dispatchID == MailSample.dispatchID, "\(text)")
            #expect(mark?.attempt == 1, "\(text)")
        }
        #expect(path.firstMark(in: Array(old.utf8))?.attempt == nil)
        #expect(path.firstMark(in: Array("bounces+1-2@fjord.example".utf8)) == nil)
        #expect(path.firstMark(in: []) == nil)
    }
}
