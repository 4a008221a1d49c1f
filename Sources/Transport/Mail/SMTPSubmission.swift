/// One message to one recipient as SMTP carries it; a value, so a second try is the same bytes.
package struct SMTPSubmission: Hashable, Sendable {
    /// The return path: where what becomes of the message is told.
    package var sender: String
    package var recipient: String
    /// The message with CRLF after each line, its dots as they are (RFC 5322).
    package var message: [UInt8]
    /// What the server is asked to report, and our own id of the message, where it offers that
    /// (RFC 3461).
    package var reports: Reports?
    /// After this neither the message nor its end is sent any more; nil where nothing ends.
    package var deadline: ContinuousClock.Instant?

    /// Which reports are wanted of what becomes of a message; their text holds headers only.
    package struct Reports: Hashable, Sendable {
        package var envelopeID: String
        package var includesSuccess: Bool

        package init(envelopeID: String, includesSuccess: Bool) {
            self.envelopeID = envelopeID
            self.includesSuccess = includesSuccess
        }
    }

    package init(
        sender: String, recipient: String, message: [UInt8], reports: Reports? = nil,
        deadline: ContinuousClock.Instant? = nil
    ) {
        self.sender = sender
        self.recipient = recipient
        self.message = message
        self.reports = reports
        self.deadline = deadline
    }
}

/// How a submission failed.
package struct SMTPFailure: Error, Hashable {
    /// How far the message had come.
    package enum Phase: Sendable {
        /// The end of the message was not sent, or the server has said no: it was not taken.
        case notTaken
        /// The end of the message may have left and no reply came: nobody knows (RFC 1047).
        case inDoubt
    }

    /// Which command it failed at.
    package enum Stage: String, Sendable {
        case connection, sender, recipient, data, message
    }

    package var phase: Phase
    package var stage: Stage
    package var error: MailError
    /// The server's no.
    package var reply: SMTPReply?
    /// The server offers a log-in, and nobody logged in: its no may be about that.
    package var lacksLogin = false

    init(
        _ error: MailError, _ stage: Stage, _ phase: Phase = .notTaken, reply: SMTPReply? = nil
    ) {
        self.error = error
        self.stage = stage
        self.phase = phase
        self.reply = reply
    }
}

extension SMTPFailure: CustomStringConvertible {
    package var description: String { error.reason }
}
