import FoundationEssentials
import Invoicing
import Transport
import Wire
package import Dispatching

/// SendGrid's v3 API as a `MailProvider`.
///
/// Gaps in its contract are noted where they matter; nothing is guessed at run time: what can't be
/// parsed is in doubt, or an error. An account in the EU is an EU subuser.
///
/// Source: https://www.twilio.com/docs/sendgrid/api-reference
package final class SendGridProvider: MailProvider, HTTPProvider {
    static let vendor = ProviderName.sendgrid
    static let acceptedStatus = 202
    /// "All email customers will have access to 30 days".
    static let logsKeptSeconds = 30 * 86_400

    package var limits: MessageLimits { SendGridMessage.limits }

    let account: ProviderAccount
    let connection: ProviderConnection

    /// Throws `AccountError` where the account can't possibly be valid.
    ///
    /// The sending key needs the scope `mail.send`, the other those to read logs and to read and
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

    /// "X-Message-Id … specific to the API request"; a 202 with a body was not written by SendGrid.
    func accepted(_ response: HTTPResponse) -> SubmitOutcome {
        let id = response.header("X-Message-Id").map { cleaned($0, charactersMax: 200) } ?? ""
        if id.isEmpty, !response.body.isEmpty {
            return .inDoubt(reason: "202 with an answer that is not SendGrid's")
        }
        return .accepted(providerMessageID: id.isEmpty ? nil : id)
    }
}

/// Reading: requests that may be repeated.
extension SendGridProvider {
    func read(
        _ method: HTTPRequest.Method, _ target: String
    ) throws(ProviderError) -> HTTPResponse {
        try connection.reader.read(connection.request(method, target))
    }

    /// The rows of an answer that is an array, or of one that has an array as a member.
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

/// The content of an answer that refuses: `{"errors":[{"message":…,"field":…}]}`.
struct SendGridAnswer {
    private struct Fault: Decodable {
        var message: String?
        var field: String?
    }

    private struct Body: Decodable {
        var errors: [Fault]
    }

    private let status: Int
    /// Whether SendGrid wrote it, rather than a firewall or proxy in between; some answers consist
    /// of the status alone.
    let isVendors: Bool
    /// The answer's explanations, each with the field that it concerns.
    let words: String

    init(_ response: HTTPResponse) {
        status = response.status
        // An answer in another form has no usable text; its status is enough.
        let body = try? JSONDecoder().decode(
            Body.self, from: Data(JSONCleaning.start(response.body)))
        isVendors = body != nil || response.body.isEmpty
        words = (body?.errors ?? []).compactMap { fault -> String? in
            guard let message = fault.message, !message.isEmpty else { return nil }
            return fault.field.map { "\(message) (\($0))" } ?? message
        }.joined(separator: "; ")
    }

    /// The status and the answer's explanation, on one line: `400: Does not contain a subject`.
    var line: String {
        guard isVendors else { return "\(status), with an answer that is not SendGrid's" }
        let words = cleaned(words)
        return words.isEmpty ? "\(status)" : "\(status): \(words)"
    }
}

/// What SendGrid's refusals mean; each explanation reads `message (field)`.
///
/// Source:
/// https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/responses and
/// https://www.twilio.com/docs/sendgrid/api-reference/mail-send/errors
enum SendGridRefusals {
    /// The text of a sender refusal, with 403 or 400.
    private static let senderWords = [
        "(from", "verified sender identity", "not authorized to send from that email address",
    ]

    static let rows = [
        // "401 Maximum credits exceeded": the plan's messages for the day or month are used up.
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
        // Validation: the invalid field is named.
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
