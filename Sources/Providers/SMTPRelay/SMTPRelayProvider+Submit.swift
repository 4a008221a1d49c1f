package import Dispatching
import Documents
import FoundationEssentials
import Invoicing
import Transport

/// Sending: one conversation with the relay for each message.
extension SMTPRelayProvider {
    package func encodedSize(of message: OutgoingMessage) -> Int {
        MIMEMessage(message, date: now()).encodedBytes + header(mark(of: message)).count
    }

    /// Submits each message once; the id of one that was taken is its Message-ID.
    ///
    /// That is what every bounce gives back, which the relay's own queue id is not.
    package func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {
        try client.perform(
            next: { () throws -> (SMTPSubmission, OutgoingMessage)? in
                while let message = try next() {
                    guard !message.isEmpty else {
                        // A relay takes anything; whoever gets it would think the file was lost.
                        try finished(
                            message, .refused(reason: "the message has neither text nor file"))
                        continue
                    }
                    let size = encodedSize(of: message)
                    guard size > messageBytesMax else { return (submission(message), message) }
                    try finished(
                        message,
                        .refused(
                            reason: "the message takes \(size) bytes;"
                                + " the relay takes \(messageBytesMax)"))
                }
                return nil
            },
            finished: { (message, result) throws in
                try finished(message, outcome(of: result, message))
            })
    }

    private func submission(_ message: OutgoingMessage) -> SMTPSubmission {
        let mark = mark(of: message)
        return SMTPSubmission(
            sender: returnPath.address(mark), recipient: message.to.address.text,
            message: header(mark) + MIMEMessage(message, date: now()).bytes,
            reports: SMTPSubmission.Reports(envelopeID: mark.text, includesSuccess: true))
    }

    private func mark(of message: OutgoingMessage) -> DispatchMark {
        DispatchMark(tenantID: message.tenantID, dispatchID: message.dispatchID)
    }

    private func header(_ mark: DispatchMark) -> [UInt8] {
        Array("\(BounceMail.markHeader): \(mark.text)\r\n".utf8)
    }

    /// What a conversation, or its end, says of the submission.
    private func outcome(
        of result: Result<SMTPReply, SMTPFailure>, _ message: OutgoingMessage
    ) -> SubmitOutcome {
        switch result {
        case .success: .accepted(providerMessageID: message.messageID)
        case .failure(let failure) where failure.phase == .inDoubt:
            .inDoubt(reason: cleaned(failure.error.reason))
        case .failure(let failure): outcome(of: failure)
        }
    }

    /// What surely was not taken: never, later, or not from this account.
    private func outcome(of failure: SMTPFailure) -> SubmitOutcome {
        let reason = cleaned(failure.error.reason)
        if let reply = failure.reply {
            if failure.lacksLogin, missesLogin(reply) {
                // Not at once the account's fault: it may be this recipient's alone.
                return .postponed(
                    reason: "the relay wants a log-in, and relay_user is not set: \(reason)",
                    retryAfterSeconds: nil)
            }
            return outcome(of: reply, at: failure.stage, reason)
        }
        return switch failure.error.kind {
        case .invalid, .unsupported, .tooLarge: .refused(reason: reason)
        case .login: .accountRefused(reason: "the relay says \(reason)")
        case .untrusted: .untrusted(reason: reason)
        case .resolve, .connect, .tls, .timeout, .closed, .malformed, .refused:
            .postponed(reason: reason, retryAfterSeconds: nil)
        }
    }

    private func outcome(
        of reply: SMTPReply, at stage: SMTPFailure.Stage, _ reason: String
    ) -> SubmitOutcome {
        if reply.isTransient { return .postponed(reason: reason, retryAfterSeconds: nil) }
        // RFC 4954 § 6, RFC 3207: log in, or TLS, first. It concerns every message alike.
        if [530, 534, 535, 538].contains(reply.code) { return .accountRefused(reason: reason) }
        return switch stage {
        case .connection: .accountRefused(reason: reason)
        case .sender: .refused(reason: reason)
        case .recipient, .data, .message:
            .bounced(
                BounceEvidence(
                    replyCode: reply.code, enhancedCode: reply.enhancedCode, text: reason,
                    provider: name, type: "relay/\(stage)"))
        }
    }
    /// Whether a no is what a server says to those who may not send by it, without the code for
    /// that: Postfix (access denied), sendmail and Exim (relaying), Exchange (unable to relay).
    private func missesLogin(_ reply: SMTPReply) -> Bool {
        let text = reply.text.lowercased()
        return [550, 553, 554].contains(reply.code)
            && ["relay", "access denied", "authenticat"].contains(where: text.contains)
    }
}

extension OutgoingMessage {
    fileprivate var isEmpty: Bool {
        text.isEmpty && (html ?? "").isEmpty && attachments.isEmpty
    }
}
