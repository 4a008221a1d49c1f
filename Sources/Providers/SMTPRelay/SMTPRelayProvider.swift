import Bounces
import Documents
import FoundationEssentials
import Invoicing
import Transport
package import Dispatching
package import Wire

/// A mail relay and a bounce mailbox: for who sends by a server of their own, or one that has
/// nothing but SMTP.
///
/// The relay takes a message or says no at once; all that becomes of it later comes as mail to the
/// return path, which is our bounce mailbox and has a mark of its own for each dispatch. There is
/// no one to ask about a message and no list of blocks, which `lookUp` and `suppressions` say.
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

    /// Throws where an address is none.
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

    /// There is nobody to ask: SMTP keeps no record that a client can read (RFC 1047).
    ///
    /// What the policy of the tenant says of such a doubt holds: parked for a person, or sent
    /// again under the same Message-ID. A bounce or receipt that comes meanwhile tells it too.
    package func lookUp(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>] {
        queries.map { _ in .success(.unsupported) }
    }

    /// A relay keeps no list; the only one there is, is our own.
    package func suppressions(of address: EmailAddress) throws -> [ListedSuppression] { [] }

    /// The list of those who complained is kept by us, so taking an address off it is all there is
    /// to do.
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

/// Sending: one conversation with the relay for each message.
extension SMTPRelayProvider {
    /// 10 January 1970: a day of two digits, a year of four.
    private static let longestDate = Date(timeIntervalSince1970: 9 * 86_400)

    /// A mail as it goes, with our mark; what the relay takes is for the installation to say.
    static func limits(bytesMax: Int) -> MessageLimits {
        MessageLimits(
            provider: vendor.rawValue, bytesMax: bytesMax,
            envelope: {
                MIMEMessage($0, date: longestDate).encodedBytes
                    + header(MarkKey.measuring.text(mark(of: $0))).count
            }, encoded: MIMEMessage.encodedBytes)
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
        // A relay takes anything; whoever gets it would think the file was lost.
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

    /// What a conversation, or its end, says of the submission.
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

    /// What surely was not taken, and whom the no is about.
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
        // Our own doing, which says nothing of the relay.
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
        guard failure.lacksLogin, refusal.cause == .unauthorized || missesLogin(reply) else {
            return refusal
        }
        return Refusal(
            .account, .unauthorized,
            "the relay wants a log-in, and relay_user is not set: \(reason)")
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

extension RelaySettings.TLS {
    /// Who is spoken to without it.
    fileprivate var inTheClear: MailServer.InTheClear {
        switch self {
        case .beyondThisMachine: .loopback
        case .always: .nobody
        }
    }
}
