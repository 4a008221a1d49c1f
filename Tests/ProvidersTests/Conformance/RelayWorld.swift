import Foundation
import Synchronization
import TestSupport

/// What the sandbox is to the others, a relay and a bounce mailbox are to SMTP: what is sent to a
/// word comes to the same end, told in the reports that mail servers write.
final class RelayWorld: Sendable {
    let relay: StubRelay
    let mailbox: StubMailbox
    private let state: State

    private final class State: Sendable {
        struct Value {
            var sendFaults: [String] = []
            var pollFaults: [String] = []
            /// How much later the next message is told of.
            var lateSeconds = 0.0
            var seen = 0
            /// What was told of the messages seen, each with when it is.
            var told: [(at: Date, text: String)] = []
        }
        let value = Mutex(Value())

        /// All mails so far, those of new messages written first.
        func mails(about taken: [StubRelay.Taken]) -> [(at: Date, text: String)] {
            value.withLock { value in
                for message in taken.dropFirst(value.seen) {
                    value.told += BounceWriter(message).mails.map {
                        (message.takenAt + value.lateSeconds, $0)
                    }
                    value.lateSeconds = 0
                }
                value.seen = taken.count
                return value.told
            }
        }

        /// Takes the first fault that is about a command.
        func sendReaction(_ command: String) -> StubRelay.Reaction? {
            value.withLock { value in
                guard let kind = value.sendFaults.first,
                    let (at, reaction) = RelayWorld.reactions[kind], at == command
                else { return nil }
                value.sendFaults.removeFirst()
                return reaction
            }
        }

        func pollAnswer(_ command: String) -> String? {
            guard command.hasPrefix("UID SEARCH") else { return nil }
            return value.withLock { value in
                guard !value.pollFaults.isEmpty else { return nil }
                return switch value.pollFaults.removeFirst() {
                case "html_200": "<html>\r\n"
                case "truncated_json": "* SEARCH (\r\nTAG OK done\r\n"
                default: ""
                }
            }
        }
    }

    /// Where in the conversation a fault of the sandbox has its like, and what it is there.
    private static let reactions: [String: (command: String, reaction: StubRelay.Reaction)] = [
        "status_429": ("MAIL", .say("451 4.7.0 too many messages, slow down")),
        "unauthorized": ("MAIL", .say("530 5.7.0 Authentication required")),
        "status_500_before_accept": (".", .say("354 again")),
        "status_500_after_accept": (".", .takeAndSay("999 done\r\n")),
        "status_502": (".", .close), "status_503": (".", .close),
        "timeout_before_accept": (".", .hang), "timeout_after_accept": (".", .takeAndHang),
        "close_after_accept": (".", .takeAndReset), "truncated_json": (".", .takeAndSay("25")),
        "html_200": (".", .say("<html>")), "close_on_reuse": ("MAIL", .close),
    ]

    init() {
        let state = State()
        self.state = state
        let relay = StubRelay(abilities: ["SIZE 10240000", "DSN"]) { command, _ in
            state.sendReaction(command)
        }
        self.relay = relay
        mailbox = StubMailbox(
            {
                state.mails(about: relay.taken)
                    .enumerated().filter { $0.element.at <= .now }
                    .map { index, mail in
                        StubMailbox.Mail(
                            uid: index + 1, date: Self.internalDate(mail.at), text: mail.text)
                    }
            }, { command, _ in state.pollAnswer(command) })
    }

    /// Does what the sandbox is told by `/_sandbox/faults`.
    func order(_ json: String) throws {
        struct Fault: Decodable {
            var kind: String
            var endpoint: String
            var count: Int?
            var delay_ms: Double?
        }
        let fault = try JSONDecoder().decode(Fault.self, from: Data(json.utf8))
        state.value.withLock { value in
            if fault.kind == "late_events" {
                value.lateSeconds = (fault.delay_ms ?? 0) / 1000
            } else if fault.kind != "duplicate_events" {
                let faults = Array(repeating: fault.kind, count: fault.count ?? 1)
                if fault.endpoint == "send" {
                    value.sendFaults += faults
                } else {
                    value.pollFaults += faults
                }
            }
        }
    }

    /// A report about the last message to an address.
    func post(_ address: String, complaint: Bool) throws {
        guard let taken = relay.taken.last(where: { $0.recipient == address }) else {
            throw BenchError.refused(address)
        }
        let writer = BounceWriter(taken)
        let text =
            complaint
            ? writer.complaint : writer.report("failed", "5.1.1", "550 5.1.1 User unknown")
        _ = state.mails(about: relay.taken)
        state.value.withLock { $0.told.append((.now, text)) }
    }

    private static func internalDate(_ date: Date) -> String {
        let parts = date.ISO8601Format().split { "-T:Z".contains($0) }.map(String.init)
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let month = months[(Int(parts[1]) ?? 1) - 1]
        return "\(parts[2])-\(month)-\(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) +0000"
    }
}
