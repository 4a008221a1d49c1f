import Foundation
import Testing

@testable import Bounces

@Suite struct ClassifyLineTests {
    private func request(_ line: String) throws -> BounceEvidence {
        try JSONDecoder().decode(ClassifyRequest.self, from: Data(line.utf8)).evidence
    }

    @Test(arguments: [
        ("{}", BounceEvidence()),
        (
            #"{"reply_code":550,"enhanced_code":"5.1.1","text":"No such user"}"#,
            BounceEvidence(replyCode: 550, enhancedCode: "5.1.1", text: "No such user")
        ),
        (
            #"{"reply_code":"550 ","enhanced_code":null,"text":null}"#,
            BounceEvidence(replyCode: 550)
        ),
        (#"{"reply_code":"","enhanced_code":511}"#, BounceEvidence(enhancedCode: "511")),
        (
            #"{"provider":"sendgrid","type":"bounces","other":[1]}"#,
            BounceEvidence(provider: "sendgrid", type: "bounces")
        ),
    ])
    func `missing, null and mistyped codes are borne with`(
        line: String, expected: BounceEvidence
    ) throws {
        #expect(try request(line) == expected)
    }

    @Test(arguments: ["", "[]", "550", #"{"text":[1]}"#, #"{"reply_code":{}}"#])
    func `what is no request is refused`(line: String) {
        #expect(throws: DecodingError.self) { try request(line) }
    }

    @Test func `a request survives the way to JSON and back`() throws {
        let evidence = BounceEvidence(
            replyCode: 550, enhancedCode: "5.1.1", text: "No such user", provider: "sendgrid",
            type: "bounces")
        let line = try JSONEncoder().encode(ClassifyRequest(evidence))
        #expect(try request(String(decoding: line, as: UTF8.self)) == evidence)
    }

    @Test func `an answer is a line of JSON`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let answer = ClassifyAnswer(
            BounceClassification(
                bounceClass: .soft, reason: .mailboxFull, scope: .recipient, transient: true,
                confidence: 0.5, evidence: "text: mailbox full"))
        let line = String(decoding: try encoder.encode(answer), as: UTF8.self)
        #expect(
            line == #"{"class":"soft","confidence":0.5,"evidence":"text: mailbox full","#
                + #""reason":"mailbox_full","review":true,"scope":"recipient","transient":true}"#)
    }
}
