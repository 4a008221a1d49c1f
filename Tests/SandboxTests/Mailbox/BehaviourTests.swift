import Testing

@testable import Sandbox

struct BehaviourTests {
    @Test(arguments: [
        ("unknown@kunde.example", Behaviour.unknown),
        ("UNKNOWN@kunde.example", .unknown),
        ("full+42@kunde.example", .full),
        ("full-42@kunde.example", .full),
        ("full42@kunde.example", .full),
        ("softonce+a+b@kunde.example", .softonce),
        ("fullmoon@kunde.example", .ok),
        ("kari@unknown.example", .ok),
        ("ok@kunde.example", .ok),
    ])
    func `the first word of the local part decides`(address: String, behaviour: Behaviour) {
        #expect(Behaviour(address: address) == behaviour)
    }

    @Test func `only softonce looks at earlier mails`() {
        for behaviour in Behaviour.allCases where behaviour != .softonce {
            #expect(
                behaviour.outcome(afterEarlierMails: 0) == behaviour.outcome(afterEarlierMails: 1))
        }
        #expect(Behaviour.softonce.outcome(afterEarlierMails: 0) == .overQuota)
        #expect(Behaviour.softonce.outcome(afterEarlierMails: 1) == .delivered)
    }

    @Test(arguments: [
        (Outcome.delivered, [EventName.processed, .delivered]),
        (.userUnknown, [.processed, .bounce]),
        (.invalidAddress, [.processed, .bounce]),
        (.mailboxFull, [.processed, .block]),
        (.serverDown, [.processed, .deferred, .block]),
        (.messageTooBig, [.processed, .block]),
        (.complained, [.processed, .delivered, .spamReport]),
        (.refused, [.processed, .block]),
        (.deferredThenDelivered, [.processed, .deferred, .delivered]),
        (.silent, [.processed]),
        (.droppedAsSpam, [.dropped]),
    ])
    func `an outcome fixes the events`(outcome: Outcome, events: [EventName]) {
        #expect(outcome.happenings(to: "a@b.example").map(\.event) == events)
    }

    @Test func `bounces go on the list of their kind`() {
        for outcome in Outcome.allCases {
            for happening in outcome.happenings(to: "a@b.example") {
                switch happening.event {
                case .bounce:
                    #expect(happening.list == .bounces || happening.list == .invalidEmails)
                case .block: #expect(happening.list == .blocks)
                case .spamReport: #expect(happening.list == .spamReports)
                default: #expect(happening.list == nil)
                }
            }
        }
    }
}
