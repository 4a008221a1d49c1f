import Bounces
import Documents
import FoundationEssentials
import Invoicing
import Transport
package import Dispatching
package import Wire

/// A mail relay and a bounce mailbox, for those who send through their own server or one that
/// offers only SMTP.
///
/// The relay accepts or refuses a message at once; everything later arrives as mail at the return
/// path, which is our bounce mailbox with a separate mark for each dispatch. There is no way to
/// query a message and no suppression list, as `lookUp` and `suppressions` report.
package final class SMTPRelayProvider: MailProvider {
    static let vendor = ProviderName.smtp

    let account: ProviderAccount
    let returnPath: ReturnPath
    let ownAddress: EmailAddress
    let client: SMTPClient
    let reader: IMAPClient
    let clock: ProviderClock
    private let messageBytesMax: Int

    package var name: String { Self.vendor.rawValue }

    /// Throws `AccountError` where an address is invalid.
    package init(
        _ settings: RelaySettings, messageBytesMax: Int, _ account: ProviderAccount,
        _ clock: ProviderClock
    ) throws(AccountError) {
        func login(
            _ server: MailServer, _ user: String?, _ password: Secret
        ) -> MailLogin {
            MailLogin(
                server: server, user: user, password: password.value,
                timeoutSeconds: Double(account.settings.timeoutSeconds),
                authorityFile: account.settings.authorityFile, stop: clock.stop)
        }
        let relay = try Self.server(settings.relayURL, .smtp, settings.tls, setting: "relay_url")
        let mailbox = try Self.server(
            settings.mailboxURL, .imap, settings.tls, setting: "mailbox_url")
        do throws(ReturnPath.Refusal) {
            returnPath = try ReturnPath(settings.returnPath, key: account.markKey)
        } catch {
            throw AccountError(setting: "return_path", reason: error.reason)
        }
        ownAddress = settings.returnPath
        client = SMTPClient(
            login(relay, settings.relayUser, account.sendKey),
            concurrency: account.settings.concurrency)
        reader = IMAPClient(login(mailbox, settings.mailboxUser, account.reconcileKey))
        self.messageBytesMax = messageBytesMax
        self.account = account
        self.clock = clock
    }

    private static func server(
        _ url: String, _ service: MailServer.Service, _ tls: RelaySettings.TLS, setting: String
    ) throws(AccountError) -> MailServer {
        do throws(MailError) {
            return try MailServer(url, service, inTheClear: tls.inTheClear)
        } catch {
            throw AccountError(setting: setting, reason: error.reason)
        }
    }

    package var limits: MessageLimits { Self.limits(bytesMax: messageBytesMax) }

    /// Answers that nothing can be queried: SMTP keeps no record that a client can read (RFC 1047).
    ///
    /// The tenant's policy for such doubts applies: parked for a person, or sent again under the
    /// same Message-ID. A bounce or receipt that arrives in the meantime settles it too.
    package func lookUp(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>] {
        queries.map { _ in .success(.unsupported) }
    }

    /// Always empty, since a relay keeps no list; the only one is our own.
    package func suppressions(of address: EmailAddress) throws -> [ListedSuppression] { [] }

    /// Answers that it is done: the list of complainers is our own, so removing the address there
    /// is all there is to do.
    package func lift(_ suppression: ListedSuppression) throws -> LiftAnswer {
        guard suppression.list == Self.complaints else {
            return .refused(reason: "smtp has no list \(cleaned(suppression.list))")
        }
        guard EmailAddress(suppression.address) != nil else {
            return .refused(reason: "the address on the list is no address")
        }
        return .lifted
    }

    static var complaints: String { ProviderEvent.ownComplaints }
    static var mailbox: String { BounceMail.source }
}

/// Sending: one SMTP transaction for each message.
extension SMTPRelayProvider {
    /// 10 January 1970: a two-digit day, a four-digit year.
    private static let longestDate = Date(timeIntervalSince1970: 9 * 86_400)

    /// The limits for a message with our mark; what the relay accepts is configured.
    static func limits(bytesMax: Int) -> MessageLimits {
        MessageLimits(
            provider: vendor.rawValue, bytesMax: bytesMax,
            envelope: {
                MIMEMessage($0, date: longestDate).encodedBytes
                    + header(MarkKey.measuring.text(mark(of: $0))).count
            }, encoded: MIMEMessage.encodedBytes)
    }

    /// Submits each message once; the id of an accepted one is its Message-ID.
    ///
    /// Every bounce returns that id, unlike the relay's own queue id.
    package func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {
        try client.perform(
            next: { () throws -> (SMTPSubmission, OutgoingMessage)? in
                while let message = try next() {
                    switch submission(message) {
                    case .success(let submission): return (submission, message)
                    case .failure(let fault):
                        try finished(message, .refused(Refusal(.message, .content, fault.reason)))
                    }
                }
                return nil
            },
            finished: { (message, result) throws in
                try finished(message, outcome(of: result, message))
            })
    }

    private func submission(_ message: OutgoingMessage) -> Result<SMTPSubmission, MessageFault> {
        // A relay accepts an empty file; whoever gets it would think the content was lost.
        guard !message.isEmpty else {
            return .failure(MessageFault("the message has neither text nor file"))
        }
        let mark = returnPath.key.text(Self.mark(of: message))
        let bytes = Self.header(mark) + MIMEMessage(message, date: clock.now()).bytes
        if let fault = MessageFault(bytes: bytes.count, limits: limits) { return .failure(fault) }
        return .success(
            SMTPSubmission(
                sender: returnPath.address(mark), recipient: message.to.address.text,
                message: bytes,
                reports: SMTPSubmission.Reports(envelopeID: mark, includesSuccess: true),
                deadline: message.deadline))
    }

    private static func mark(of message: OutgoingMessage) -> VERPToken {
        VERPToken(
            tenantID: message.tenantID, dispatchID: message.dispatchID, attempt: message.attempt)
    }

    private static func header(_ mark: String) -> [UInt8] {
        Array("\(BounceMail.markHeader): \(mark)\r\n".utf8)
    }

    /// Interprets the reply, or the end of the connection, as the outcome of the submission.
    private func outcome(
        of result: Result<SMTPReply, SMTPFailure>, _ message: OutgoingMessage
    ) -> SubmitOutcome {
        switch result {
        case .success: .accepted(providerMessageID: message.messageID)
        case .failure(let failure) where failure.phase == .inDoubt:
            .inDoubt(reason: cleaned(failure.error.reason))
        case .failure(let failure): .refused(refusal(failure))
        }
    }

    /// What was certainly not accepted, and whom the refusal concerns.
    private func refusal(_ failure: SMTPFailure) -> Refusal {
        let reason = cleaned(failure.error.reason)
        if let reply = failure.reply {
            let isOfUs = failure.stage == .connection
            return refusal(reply, failure, isOfUs ? "the relay says \(reason)" : reason)
        }
        return switch failure.error.kind {
        case .invalid, .unsupported, .tooLarge: Refusal(.message, .content, reason)
        case .login: Refusal(.account, .unauthorized, "the relay says \(reason)")
        case .untrusted: Refusal(.provider, .untrusted, reason)
        // Caused by us, which says nothing about the relay.
        case .overdue: Refusal(.message, .notYet, reason)
        case .resolve, .connect, .tls, .timeout, .closed, .malformed, .refused:
            Refusal(.provider, .unreachable, reason)
        }
    }

    private func refusal(_ reply: SMTPReply, _ failure: SMTPFailure, _ reason: String) -> Refusal {
        let refusal = RelayRefusals.refusal(
            reply, at: failure.stage, reason,
            evidence: BounceEvidence(
                replyCode: reply.code, enhancedCode: reply.enhancedCode, text: reason,
                provider: name, type: "relay/\(failure.stage)"), now: clock.now())
        guard failure.lacksLogin, refusal.cause == .unauthorized || requiresLogin(reply) else {
            return refusal
        }
        return Refusal(
            .account, .unauthorized,
            "the relay wants a log-in, and relay_user is not set: \(reason)")
    }

    /// Whether a refusal is one for clients that are not logged in, without the code for that:
    /// Postfix (access denied), sendmail and Exim (relaying), Exchange (unable to relay).
    private func requiresLogin(_ reply: SMTPReply) -> Bool {
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

extension RelaySettings.TLS {
    /// Which hosts may be connected to without TLS.
    fileprivate var inTheClear: MailServer.InTheClear {
        switch self {
        case .beyondThisMachine: .loopback
        case .always: .nobody
        }
    }
}
