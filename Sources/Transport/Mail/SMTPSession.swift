/// One session with an SMTP server: one message at a time over a kept connection.
///
/// Used by one thread at a time.
final class SMTPSession {
    private let login: MailLogin
    private var connection: MailConnection?
    private var abilities = SMTPExtensions()
    /// Whether a failed transaction is still open.
    private var needsReset = false

    private static let replyLineBytesMax = 4096
    private static let replyLinesMax = 100

    init(_ login: MailLogin) {
        self.login = login
    }

    /// Submits a message once.
    ///
    /// A kept connection that turns out to be dead is replaced once, and only as long as the end of
    /// the message has not been sent on it, so the message can't be accepted twice.
    func submit(_ submission: SMTPSubmission) -> Result<SMTPReply, SMTPFailure> {
        let prepared: SMTPTransaction
        do throws(MailError) {
            prepared = try SMTPTransaction(submission)
        } catch {
            return .failure(SMTPFailure(error, .connection))
        }
        if connection?.isStale == true { connection = nil }
        let wasKept = connection != nil
        do throws(SMTPFailure) {
            return .success(try converse(prepared))
        } catch {
            let isLost = error.error.kind == .closed || error.reply?.code == 421
            guard wasKept, isLost, error.phase == .notTaken else { return .failure(error) }
        }
        connection = nil
        do throws(SMTPFailure) {
            return .success(try converse(prepared))
        } catch {
            return .failure(error)
        }
    }

    /// Connects, logs in where there is a user, and asks for nothing (RFC 5321 § 4.1.1.9).
    func greet() throws(MailError) {
        try login.checkStop()
        let connection = try opened()
        let deadline = ContinuousClock.now + .seconds(login.timeoutSeconds)
        try connection.send(Array("NOOP\r\n".utf8), by: deadline)
        let reply = try reply(connection, deadline)
        guard reply.code / 100 == 2 else { throw MailError(.refused, reply.description) }
    }

    private func converse(_ transaction: SMTPTransaction) throws(SMTPFailure) -> SMTPReply {
        do throws(SMTPFailure) {
            return try send(transaction)
        } catch {
            // What this server can't accept was not begun.
            if error.error.kind == .tooLarge || error.error.kind == .unsupported { throw error }
            // After anything but an orderly refusal the state of the session is unknown.
            if error.reply == nil || error.reply?.code == 421 { connection = nil }
            needsReset = true
            var failure = error
            failure.lacksLogin = login.user == nil && abilities.offers("AUTH")
            throw failure
        }
    }

    private func send(_ transaction: SMTPTransaction) throws(SMTPFailure) -> SMTPReply {
        let connection = try at(.connection) { () throws(MailError) in
            try login.checkStop()
            try transaction.checkDeadline()
            return try opened()
        }
        let arguments = try at(.connection) { () throws(MailError) in
            try transaction.arguments(abilities)
        }
        let timeout = ContinuousClock.now + .seconds(login.timeoutSeconds)
        let deadline = min(timeout, transaction.deadline ?? timeout)
        func send(_ command: String, _ stage: SMTPFailure.Stage, _ code: Int)
            throws(SMTPFailure)
        {
            let reply = try at(stage) { () throws(MailError) in
                try transaction.checkDeadline()
                try connection.send(Array("\(command)\r\n".utf8), by: deadline)
                return try self.reply(connection, deadline)
            }
            guard reply.code / 100 == code / 100 else { throw Self.refusal(reply, stage) }
        }
        if needsReset {
            try send("RSET", .connection, 250)
            needsReset = false
        }
        try send("MAIL FROM:<\(transaction.sender.text)>\(arguments.mail)", .sender, 250)
        try send("RCPT TO:<\(transaction.recipient.text)>\(arguments.recipient)", .recipient, 250)
        try send("DATA", .data, 354)
        try at(.message) { () throws(MailError) in
            try transaction.checkDeadline()
            try connection.send(transaction.content.stuffed, by: deadline)
            try transaction.checkDeadline()
        }
        return try finish(connection, deadline)
    }

    /// Sends the end of the message: from here on only a reply resolves the doubt.
    private func finish(_ connection: MailConnection, _ deadline: ContinuousClock.Instant)
        throws(SMTPFailure) -> SMTPReply
    {
        let reply: SMTPReply
        do throws(MailError) {
            try connection.send(SMTPContent.end, by: deadline)
            reply = try self.reply(connection, deadline)
        } catch {
            throw SMTPFailure(error, .message, .inDoubt)
        }
        switch reply.code / 100 {
        case 2: return reply
        case 4, 5: throw Self.refusal(reply, .message)
        default:
            throw SMTPFailure(
                MailError(.malformed, "\(reply.code) after the message"), .message, .inDoubt)
        }
    }

    private static func refusal(_ reply: SMTPReply, _ stage: SMTPFailure.Stage) -> SMTPFailure {
        SMTPFailure(MailError(.refused, reply.description), stage, reply: reply)
    }

    private func at<Value>(
        _ stage: SMTPFailure.Stage, _ work: () throws(MailError) -> Value
    ) throws(SMTPFailure) -> Value {
        do throws(MailError) {
            return try work()
        } catch {
            throw SMTPFailure(error, stage, reply: error.reply)
        }
    }

    private func opened() throws(MailError) -> MailConnection {
        if let connection { return connection }
        let connection = try MailConnection(login)
        abilities = SMTPExtensions(opening: connection.opening)
        guard login.user == nil || abilities.offers("AUTH") else {
            throw MailError(.login, "the server offers no AUTH, and a user is set")
        }
        needsReset = false
        self.connection = connection
        return connection
    }

    private func reply(_ connection: MailConnection, _ deadline: ContinuousClock.Instant)
        throws(MailError) -> SMTPReply
    {
        var lines: [[UInt8]] = []
        repeat {
            lines.append(
                try connection.line(bytesMax: Self.replyLineBytesMax, by: deadline))
            guard lines.count <= Self.replyLinesMax else {
                throw MailError(.malformed, "the server's reply has no end")
            }
        } while lines.last.map { $0.count > 3 && $0[3] == UInt8(ascii: "-") } ?? false
        guard let reply = SMTPReply(lines) else {
            throw MailError(.malformed, "the server's reply is not one of SMTP's")
        }
        return reply
    }
}
