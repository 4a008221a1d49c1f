import Testing

@testable import Bounces

struct ClassifierHostTests {
    private let classifier = Classifier()

    @Test(arguments: HostReplies.all)
    func `a host's replies are what its pages say`(_ host: HostReplies) {
        for reply in host.replies {
            let answer = classifier.classify(BounceEvidence(text: reply.text))
            #expect(answer.bounceClass == reply.bounceClass, "\(reply.text): \(answer.evidence)")
            #expect(answer.reason == reply.reason, "\(reply.text): \(answer.evidence)")
        }
    }

    /// What two pages explain by an unknown recipient as well as by a malformed one, or by a full
    /// mailbox, is no reason to give up an address.
    @Test(arguments: ["550 5.7.1 Connection refused OXSUS0001_403"])
    func `what a host's page leaves open condemns no address`(text: String) {
        #expect(classifier.classify(BounceEvidence(text: text)).bounceClass != .hard)
    }

    @Test(arguments: [
        ("550 5.7.1 Tant pis. OFR_416", BounceReason.userUnknown),
        ("550 5.7.1 Tant pis. ofr006_506", .spamContent),
        ("450 4.7.1 Tant pis. SFR_IN_904", .badReputation),
        ("550 5.7.1 Sorry. XGEMAIL_0011.", .userUnknown),
        ("550 5.7.1 Sorry. OFR_ OFR_-416 OFR_99999999999999999999 XOFR_416 416", .policy),
        ("550 5.7.1 Sorry. SFR_IN_ XGEMAIL_0099 mx-ts01 ts01 S3150x", .policy),
    ])
    func `a family's number counts, and nothing that only looks like it`(
        text: String, reason: BounceReason
    ) {
        let answer = classifier.classify(BounceEvidence(text: text))
        #expect(answer.reason == reason, "\(answer.evidence)")
    }

    @Test(arguments: [
        ("550 5.7.1 Connection refused", BounceClass.blocked),
        ("Connection refused", .soft), ("451 4.4.1 Connection refused", .soft),
    ])
    func `who answers that it refuses the connection was reached`(
        text: String, expected: BounceClass
    ) {
        let answer = classifier.classify(BounceEvidence(text: text))
        #expect(answer.bounceClass == expected, "\(answer.evidence)")
    }
}
