import Bounces
import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// A function of an arrow, tried from every place, and what it may come to.
struct ArrowCase: CustomTestStringConvertible, Sendable {
    var name: String
    var arrow: DispatchArrow
    /// The line of the dispatch afterwards; from every other place nothing changes.
    var comesTo: [Start: String]
    /// A table that tells what was seen, even by whoever may change nothing.
    var history: String?
    var run: @Sendable (StoreFixture, DispatchKey) throws -> Void

    var testDescription: String { name }

    /// The arrows that `record` takes, by whoever holds the dispatch.
    private static func record(_ arrow: DispatchArrow, _ comesTo: [Start: String]) -> ArrowCase {
        ArrowCase(
            name: "record \(arrow.rawValue)", arrow: arrow, comesTo: comesTo, history: "attempt"
        ) { fixture, key in try fixture.record([.by(arrow, of: try fixture.holder(of: key))]) }
    }

    private static func settle(
        _ arrow: DispatchArrow, _ transition: DeliveryTransition, _ comesTo: [Start: String]
    ) -> ArrowCase {
        ArrowCase(name: "settle \(arrow.rawValue)", arrow: arrow, comesTo: comesTo) {
            fixture, key in
            var transition = transition
            transition.isProvedAccepted = try fixture.line(key).hasPrefix("in_doubt")
            try fixture.settle(key, transition)
        }
    }

    static let all: [ArrowCase] = claimed + recorded + others

    private static let claimed: [ArrowCase] = [
        ArrowCase(
            name: "claim", arrow: .claim,
            comesTo: [
                .queued:
                    "sending unknown, attempt 1, accepted 0/0, deferred 0, epoch 1 | lease ongoing | ",
                .waiting:
                    "sending unknown, attempt 1, accepted 0/0, deferred 1, epoch 2, waits | lease ongoing | postpone",
                .retrying:
                    "sending soft_bounced, attempt 2, accepted 1/1, deferred 0, epoch 2 | lease ongoing | 1 accepted",
            ]
        ) { fixture, key in try fixture.claim(tenants: [key.tenantID]) },
        ArrowCase(
            name: "doubtLost", arrow: .doubt,
            comesTo: [
                .sending:
                    "in_doubt unknown, attempt 1, accepted 0/0, deferred 0, epoch 2 | doubt ongoing | doubt"
            ]
        ) { fixture, key in
            _ = try fixture.life.doubtLost(tenantID: key.tenantID, graceSeconds: 900)
        },
    ]

    private static let recorded: [ArrowCase] = [
        record(
            .release,
            [
                .sending:
                    "queued unknown, attempt 0, accepted 0/0, deferred 0, epoch 1 | queue ongoing | "
            ]),
        record(
            .accept,
            [
                .sending:
                    "sent unknown, attempt 1, accepted 1/1, deferred 0, epoch 1 | ongoing | 1 accepted",
                .inDoubt:
                    "sent unknown, attempt 1, accepted 1/1, deferred 0, epoch 1 | ongoing | 1 accepted",
                .parked:
                    "sent unknown, attempt 1, accepted 1/1, deferred 0, epoch 1 | ongoing | 1 accepted",
            ]),
        record(
            .refuse,
            [
                .sending:
                    "failed unknown, attempt 1, accepted 0/0, deferred 0, epoch 1, ended |  | 1 refused"
            ]),
        record(
            .doubt,
            [
                .sending:
                    "in_doubt unknown, attempt 1, accepted 0/0, deferred 0, epoch 1 | doubt ongoing | 1 in_doubt"
            ]),
        record(
            .ask,
            [
                .inDoubt:
                    "in_doubt unknown, attempt 1, accepted 0/0, deferred 0, epoch 1 | doubt ongoing | 1 in_doubt",
                .parked:
                    "in_doubt unknown, attempt 1, accepted 0/0, deferred 0, epoch 1 | doubt ongoing | 1 in_doubt",
            ]),
        record(
            .postpone,
            [
                .sending:
                    "queued unknown, attempt 0, accepted 0/0, deferred 1, epoch 1, waits | queue ongoing | postpone",
                .inDoubt:
                    "queued unknown, attempt 0, accepted 0/0, deferred 1, epoch 1, waits | queue ongoing | 1 in_doubt postpone",
                .parked:
                    "queued unknown, attempt 0, accepted 0/0, deferred 1, epoch 1, waits | queue ongoing | 1 in_doubt postpone",
            ]),
        record(
            .retry,
            [
                .sending:
                    "queued soft_bounced, attempt 1, accepted 0/0, deferred 0, epoch 1 | queue ongoing | 1 refused",
                .inDoubt:
                    "queued soft_bounced, attempt 1, accepted 0/0, deferred 0, epoch 1 | queue ongoing | 1 refused",
                .parked:
                    "queued soft_bounced, attempt 1, accepted 0/0, deferred 0, epoch 1 | queue ongoing | 1 refused",
            ]),
        record(
            .giveUp,
            [
                .sending:
                    "failed unknown, attempt 0, accepted 0/0, deferred 0, epoch 1, ended |  | give_up",
                .inDoubt:
                    "failed unknown, attempt 0, accepted 0/0, deferred 0, epoch 1, ended |  | 1 in_doubt give_up",
                .parked:
                    "failed unknown, attempt 0, accepted 0/0, deferred 0, epoch 1, ended |  | 1 in_doubt give_up",
            ]),
        record(
            .cancel,
            [
                .sending:
                    "cancelled unknown, attempt 0, accepted 0/0, deferred 0, epoch 1, ended |  | ",
                .inDoubt:
                    "cancelled unknown, attempt 0, accepted 0/0, deferred 0, epoch 1, ended |  | 1 in_doubt",
                .parked:
                    "cancelled unknown, attempt 0, accepted 0/0, deferred 0, epoch 1, ended |  | 1 in_doubt",
            ]),
    ]

    private static let others: [ArrowCase] = [
        ArrowCase(
            name: "postponeWaiting", arrow: .postpone,
            comesTo: [
                .queued:
                    "queued unknown, attempt 0, accepted 0/0, deferred 1, epoch 0, waits | queue ongoing | postpone",
                .retrying:
                    "queued soft_bounced, attempt 1, accepted 1/1, deferred 1, epoch 1, waits | queue ongoing | 1 accepted postpone",
            ]
        ) {
            fixture, key in
            _ = try fixture.life.postponeWaiting(
                tenantID: key.tenantID, reason: "busy", limit: 10, now: StoreFixture.now)
        },
        ArrowCase(
            name: "giveUpWaiting", arrow: .giveUp,
            comesTo: [
                .waiting:
                    "failed unknown, attempt 0, accepted 0/0, deferred 1, epoch 1, ended |  | give_up postpone"
            ]
        ) { fixture, key in
            _ = try fixture.connection.transaction {
                try fixture.life.giveUpWaiting(
                    tenantID: key.tenantID, since: StoreFixture.now, reason: "busy", limit: 10,
                    now: StoreFixture.now)
            }
        },
        ArrowCase(
            name: "cancel", arrow: .cancel,
            comesTo: [
                .queued:
                    "cancelled unknown, attempt 0, accepted 0/0, deferred 0, epoch 1, ended |  | ",
                .waiting:
                    "cancelled unknown, attempt 0, accepted 0/0, deferred 1, epoch 2, ended |  | postpone",
                .retrying:
                    "cancelled soft_bounced, attempt 1, accepted 1/1, deferred 0, epoch 2, ended |  | 1 accepted",
                .sending:
                    "sending unknown, attempt 1, accepted 0/0, deferred 0, epoch 1 | lease ongoing | ",
                .inDoubt:
                    "cancelled unknown, attempt 1, accepted 0/0, deferred 0, epoch 2, ended |  | 1 in_doubt",
                .parked:
                    "cancelled unknown, attempt 1, accepted 0/0, deferred 0, epoch 2, ended |  | 1 in_doubt",
                .sent:
                    "cancelled unknown, attempt 1, accepted 1/1, deferred 0, epoch 2, ended |  | 1 accepted",
                .inOutbox:
                    "cancelled unknown, attempt 0, accepted 0/0, deferred 0, epoch 1, ended |  | ",
                .taken:
                    "cancelled unknown, attempt 1, accepted 1/1, deferred 0, epoch 1, ended |  | hand_over",
            ]
        ) { fixture, key in
            _ = try fixture.connection.transaction {
                try fixture.life.cancel(key, by: "kari", now: StoreFixture.now)
            }
        },
        settle(
            .settle, .of(.sent, .delivered),
            [
                .retrying:
                    "sent delivered, attempt 1, accepted 1/1, deferred 0, epoch 1, ended |  | 1 accepted",
                .inDoubt:
                    "sent delivered, attempt 1, accepted 1/1, deferred 0, epoch 2, ended |  | 1 in_doubt",
                .parked:
                    "sent delivered, attempt 1, accepted 1/1, deferred 0, epoch 2, ended |  | 1 in_doubt",
                .sent:
                    "sent delivered, attempt 1, accepted 1/1, deferred 0, epoch 1, ended |  | 1 accepted",
                .delivered:
                    "sent delivered, attempt 1, accepted 1/1, deferred 0, epoch 1, ended |  | 1 accepted",
                .softBounced:
                    "sent delivered, attempt 1, accepted 1/1, deferred 0, epoch 1, ended |  | 1 accepted",
                .taken:
                    "sent delivered, attempt 1, accepted 1/1, deferred 0, epoch 0, ended |  | hand_over",
                .answered:
                    "sent delivered, attempt 1, accepted 1/1, deferred 0, epoch 0, ended |  | hand_over",
            ]),
        settle(
            .retry, .of(.queued, .softBounced, runAt: StoreFixture.now),
            [
                .inDoubt:
                    "queued soft_bounced, attempt 1, accepted 1/1, deferred 0, epoch 2 | queue ongoing | 1 in_doubt",
                .parked:
                    "queued soft_bounced, attempt 1, accepted 1/1, deferred 0, epoch 2 | queue ongoing | 1 in_doubt",
                .sent:
                    "queued soft_bounced, attempt 1, accepted 1/1, deferred 0, epoch 1 | queue ongoing | 1 accepted",
            ]),
        settle(
            .learn, .of(.cancelled, .delivered),
            [
                .cancelled:
                    "cancelled delivered, attempt 0, accepted 0/0, deferred 0, epoch 1, ended |  | "
            ]),
        ArrowCase(
            name: "handOver", arrow: .handOver,
            comesTo: [
                .inOutbox:
                    "sent unknown, attempt 1, accepted 1/1, deferred 0, epoch 0 | ongoing | hand_over"
            ]
        ) { fixture, key in
            try fixture.connection.transaction {
                try fixture.life.handOver([key], now: StoreFixture.now)
            }
        },
        ArrowCase(
            name: "answer delivered", arrow: .settle,
            comesTo: [
                .taken:
                    "sent delivered, attempt 1, accepted 1/1, deferred 0, epoch 0, ended |  | hand_over"
            ]
        ) { fixture, key in
            _ = try fixture.connection.transaction {
                try fixture.life.answer(key, refusal: nil, now: StoreFixture.now)
            }
        },
        ArrowCase(
            name: "recover", arrow: .recover,
            comesTo: [
                .queued:
                    "in_doubt unknown, attempt 1, accepted 0/0, deferred 0, epoch 1 | doubt ongoing | recover",
                .waiting:
                    "in_doubt unknown, attempt 1, accepted 0/0, deferred 1, epoch 2 | doubt ongoing | postpone recover",
                .retrying:
                    "in_doubt soft_bounced, attempt 2, accepted 1/1, deferred 0, epoch 2 | doubt ongoing | 1 accepted recover",
                .sending:
                    "in_doubt unknown, attempt 1, accepted 0/0, deferred 0, epoch 2 | doubt ongoing | recover",
                .inDoubt:
                    "in_doubt unknown, attempt 1, accepted 0/0, deferred 0, epoch 2 | doubt ongoing | 1 in_doubt recover",
                .parked:
                    "in_doubt unknown, attempt 1, accepted 0/0, deferred 0, epoch 2 | parked ongoing | 1 in_doubt recover",
                .inOutbox:
                    "in_doubt unknown, attempt 1, accepted 0/0, deferred 0, epoch 1 | parked ongoing | recover",
            ]
        ) { fixture, key in
            _ = try fixture.connection.transaction {
                try fixture.life.recover([(key, .park)], StoreFixture.lost)
            }
            // Its step is dated by the database; the others of the bench are not.
            let later: Date = StoreFixture.now + 1
            try fixture.connection.execute(
                "UPDATE dispatch_step SET at = \(later) WHERE step = 'recover'")
        },
        ArrowCase(
            name: "answer refused", arrow: .reject,
            comesTo: [
                .taken:
                    "failed unknown, attempt 1, accepted 1/1, deferred 0, epoch 0, ended |  | hand_over reject"
            ]
        ) { fixture, key in
            _ = try fixture.connection.transaction {
                try fixture.life.answer(key, refusal: "no such receiver", now: StoreFixture.now)
            }
        },
    ]
}
