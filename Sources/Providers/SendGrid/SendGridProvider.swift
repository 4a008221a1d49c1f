import FoundationEssentials
import Invoicing
import Transport
import Wire
package import Dispatching

/// SendGrid's v3 API, translated to ours.
///
/// What its contract leaves open is listed where it matters; nothing of it is guessed at run
/// time: what can't be read is in doubt, or an error. An account in the EU is an EU subuser.
/// Source: https://www.twilio.com/docs/sendgrid/api-reference
package final class SendGridProvider: MailProvider, HTTPProvider {
    static let vendor = ProviderName.sendgrid
    static let acceptedStatus = 202
    /// "All email customers will have access to 30 days".
    static let logsKeptSeconds = 30 * 86_400

    package var limits: MessageLimits { SendGridMessage.limits }

    let account: ProviderAccount
    let connection: ProviderConnection

    /// Throws where the account could never be used.
    ///
    /// Its key that sends has the scope `mail.send`, the other those to read logs and to read and
    /// delete suppressions.
    package init(
        region: VendorSettings.Region, _ account: ProviderAccount, _ clock: ProviderClock
    ) throws(AccountError) {
        let host =
            switch region {
            case .us: "https://api.sendgrid.com"
            case .eu: "https://api.eu.sendgrid.com"
            }
        self.account = account
        connection = try ProviderConnection(of: Self.self, account, host: host, clock) {
            HTTPHeader("Authorization", secret: "Bearer \($0.value)")
        }
    }
}

/// Sending: `POST /v3/mail/send`, once for each message.
extension SendGridProvider {
    func request(for message: OutgoingMessage) -> Result<HTTPRequest, MessageFault> {
        let body = SendGridMessage(message).encoded()
        let fault = MessageFault(bytes: body.count, limits: limits)
        return fault.map(Result.failure)
            ?? .success(connection.submission("/v3/mail/send", body))
    }

    /// "X-Message-Id … specific to the API request"; a 202 with a body is somebody else's.
    func accepted(_ response: HTTPResponse) -> SubmitOutcome {
        let id = response.header("X-Message-Id").map { cleaned($0, charactersMax: 200) } ?? ""
        if id.isEmpty, !response.body.isEmpty {
            return .inDoubt(reason: "202 with an answer that is not SendGrid's")
        }
        return .accepted(providerMessageID: id.isEmpty ? nil : id)
    }
}

/// Reading: requests that may be made again.
extension SendGridProvider {
    func read(
        _ method: HTTPRequest.Method, _ target: String
    ) throws(ProviderError) -> HTTPResponse {
        try connection.reader.read(connection.request(method, target))
    }

    /// The rows of the array that an answer is, or that is a member of the object that it is.
    func rows<Row: Decodable>(
        _ type: Row.Type, of response: HTTPResponse, member: String? = nil
    ) throws(ProviderError) -> RowPage<Row> {
        guard response.status == 200 else { throw unreadable(Self.line(of: response)) }
        let text = JSONCleaning.cleaned(response.body)[...]
        let array = member.map { JSONOutline.member($0, of: text) } ?? text
        guard let array, let page = RowPage<Row>(array) else {
            throw unreadable("200 with an answer that is not a list")
        }
        return page
    }

    static func line(of response: HTTPResponse) -> String { SendGridAnswer(response).line }

    static func refusal(of response: HTTPResponse, now: Date) -> Refusal {
        SendGridRefusals.refusal(response, now: now)
    }
}

/// The words of an answer that says no: `{"errors":[{"message":…,"field":…}]}`.
struct SendGridAnswer {
    private struct Fault: Decodable {
        var message: String?
        var field: String?
    }

    private struct Body: Decodable {
        var errors: [Fault]
    }

    private let status: Int
    /// Whether SendGrid wrote it, and not a firewall or a proxy on the way; some say no more than
    /// the status.
    let isVendors: Bool
    /// What the answer says, each fault with the field that it is about.
    let words: String

    init(_ response: HTTPResponse) {
        status = response.status
        // An answer in another form has no words for us; its status says enough.
        let body = try? JSONDecoder().decode(
            Body.self, from: Data(JSONCleaning.start(response.body)))
        isVendors = body != nil || response.body.isEmpty
        words = (body?.errors ?? []).compactMap { fault -> String? in
            guard let message = fault.message, !message.isEmpty else { return nil }
            return fault.field.map { "\(message) (\($0))" } ?? message
        }.joined(separator: "; ")
    }

    /// The status and what the answer says of it, on one line: `400: Does not contain a subject`.
    var line: String {
        guard isVendors else { return "\(status), with an answer that is not SendGrid's" }
        let words = cleaned(words)
        return words.isEmpty ? "\(status)" : "\(status): \(words)"
    }
}

/// What SendGrid's answers that say no mean; each fault reads `message (field)`.
/// Source: https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/responses
/// and https://www.twilio.com/docs/sendgrid/api-reference/mail-send/errors
enum SendGridRefusals {
    /// What a refusal of the sender says, with 403 or 400.
    private static let senderWords = [
        "(from", "verified sender identity", "not authorized to send from that email address",
    ]

    static let rows = [
        // "401 Maximum credits exceeded": the plan's mails of the day or month are used up.
        RefusalRow(.account, .exhausted, words: ["maximum credits exceeded", "credits exceeded"]),
        RefusalRow(
            .account, .notAllowed, codes: [401, 403],
            words: [
                "not authorized to send mail", "suspended", "deactivated", "under review",
                "account is disabled", "account disabled", "banned",
            ]),
        RefusalRow(
            .account, .unauthorized, codes: [401, 403],
            words: ["not whitelisted", "ip address"],
            advice: "check the addresses that the account allows"),
        // "The from address does not match a verified Sender Identity."
        RefusalRow(.sender, .notAllowed, codes: [403], words: senderWords),
        // "You don't have permission": the key lacks the scope mail.send.
        RefusalRow(.account, .unauthorized, codes: [403]),
        // Validation: the field that is wrong is named.
        RefusalRow(
            .recipient, .content, codes: [400],
            words: [".to.", ".to)", "(to", "valid address. (personalizations"]),
        RefusalRow(
            .message, .content, codes: [400],
            words: [
                "(personalizations", "(subject", "(content", "(attachments", "(reply_to",
                "(headers", "(custom_args", "(message", "(send_at",
            ]),
        RefusalRow(.sender, .notAllowed, codes: [400], words: senderWords),
    ]

    static func refusal(_ response: HTTPResponse, now: Date) -> Refusal {
        let answer = SendGridAnswer(response)
        return HTTPRefusals.refusal(
            response,
            HTTPNo(
                code: response.status, words: answer.words, line: answer.line,
                isVendors: answer.isVendors),
            table: rows, now: now)
    }
}
