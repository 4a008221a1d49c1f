import Bounces
import Dispatching
import Invoicing

extension Dispatches.Content {
    /// Whether it is to be sent, or was stopped beforehand.
    package var goesOut: Bool {
        switch self {
        case .message, .outbox, .letter: true
        case .faults, .stopped: false
        }
    }
}

/// The columns that follow from what a new dispatch holds.
extension Dispatches.New {
    var message: Dispatches.Message? {
        if case .message(let message) = content { message } else { nil }
    }

    var isForOutbox: Bool {
        switch content {
        case .outbox, .letter: true
        case .message, .faults, .stopped: false
        }
    }

    /// What has no channel, since it does not go out, stands as e-mail.
    var channel: Channel {
        switch content {
        case .outbox: .ehf
        case .letter: .print
        case .message, .faults, .stopped: .email
        }
    }

    var messageID: String? {
        switch content {
        case .message(let message): message.messageID
        case .outbox(let id, _), .letter(let id, _, _): id
        case .faults, .stopped: nil
        }
    }

    var files: [StoredFile] {
        switch content {
        case .message(let message): message.files
        case .outbox(_, let file): [file]
        case .letter(_, _, let files): files
        case .faults, .stopped: []
        }
    }

    var faults: [Fault] {
        if case .faults(let faults, _) = content { faults } else { [] }
    }

    var state: String {
        switch content {
        case .message, .outbox, .letter: DispatchState.queued.rawValue
        case .faults: DispatchState.failed.rawValue
        case .stopped: DispatchState.cancelled.rawValue
        }
    }

    /// A suppressed address is blocked, as if the provider had said so.
    var delivery: String {
        let isSuppressed = faults.contains { $0.code == .recipientSuppressed }
        return (isSuppressed ? Delivery.blocked : .unknown).rawValue
    }

    /// The column Message of what does not go out.
    package var text: String {
        switch content {
        case .message, .outbox, .letter: ""
        case .faults(_, let message), .stopped(let message): message
        }
    }

    var reason: String? {
        switch content {
        case .message, .outbox, .letter: nil
        case .faults(let faults, _): faults.first?.code.rawValue
        case .stopped: FaultCode.sendPlanEmpty.rawValue
        }
    }

    /// PostgreSQL has no array of arrays of unlike lengths, so each travels as a literal.
    var retryDelaysLiteral: String {
        "{\(retryDelays.map(String.init).joined(separator: ","))}"
    }
}
