import FoundationEssentials
import Invoicing
import Transport
import Wire
package import Dispatching

/// Mailgun's API as a `MailProvider`.
///
/// All data is kept by sending domain and region; the wrong one is answered with 404. A domain's
/// own sending key can only send: the key that reconciles belongs to the account.
///
/// Source: https://documentation.mailgun.com/docs/mailgun/api-reference
package final class MailgunProvider: MailProvider, HTTPProvider {
    static let vendor = ProviderName.mailgun
    static let acceptedStatus = 200
    /// "1 day" of logs (https://www.mailgun.com/pricing).
    static let logsKeptSeconds = 86_400

    package var limits: MessageLimits { MailgunMessage.limits }

    let account: ProviderAccount
    let connection: ProviderConnection
    /// The path of everything that belongs to the domain, `/v3/mg.eksempel.no`.
    let path: String

    /// Throws `AccountError` where the account can't possibly be valid.
    package init(
        region: VendorSettings.Region, domain: String, _ account: ProviderAccount,
        _ clock: ProviderClock
    ) throws(AccountError) {
        let host =
            switch region {
            case .us: "https://api.mailgun.net"
            case .eu: "https://api.eu.mailgun.net"
            }
        self.account = account
        path = "/v3/\(domain.percentEncoded)"
        connection = try ProviderConnection(
            of: Self.self, account, host: host, clock, header: Self.authorization)
    }

    /// Basic authentication (RFC 7617) as the user `api`.
    private static func authorization(_ key: Secret) -> HTTPHeader {
        var text = Array("Basic ".utf8)
        Base64.append(Array("api:\(key.value)".utf8)[...], to: &text)
        return HTTPHeader("Authorization", secret: String(decoding: text, as: UTF8.self))
    }
}

/// Requests and answers.
extension MailgunProvider {
    /// The answer to a request; an unknown domain is an error of the account.
    func read(_ method: HTTPRequest.Method, _ target: String) throws(ProviderError) -> HTTPResponse
    {
        try read([request(method, target)])[0].get()
    }

    /// The answers to many requests, made concurrently.
    func read(_ requests: [HTTPRequest]) -> [Result<HTTPResponse, ProviderError>] {
        connection.reader.read(requests).map { result in
            guard case .success(let response) = result, response.status == 404,
                Self.isOfDomain(response)
            else { return result }
            return .failure(refusal(of: response).error(provider: name))
        }
    }

    func request(_ method: HTTPRequest.Method, _ target: String) -> HTTPRequest {
        connection.request(method, path + target)
    }

    /// Whether a 404 concerns the domain or the whole path, rather than an address.
    static func isOfDomain(_ response: HTTPResponse) -> Bool {
        guard let message = MailgunAnswer(response)?.message.lowercased() else { return true }
        return message.isEmpty || message.utf8.starts(with: "domain not found".utf8)
            || message.utf8.starts(with: "not found".utf8)
    }

    static func line(of response: HTTPResponse) -> String { MailgunAnswer.line(response) }

    static func refusal(of response: HTTPResponse, now: Date) -> Refusal {
        MailgunRefusals.refusal(response, now: now)
    }
}

/// Sending: `POST /v3/{domain}/messages`, once for each message.
extension MailgunProvider {
    func request(for message: OutgoingMessage) -> Result<HTTPRequest, MessageFault> {
        let form = MailgunMessage(message)
        let fault = MessageFault(bytes: form.mailBytes, limits: limits)
        return fault.map(Result.failure)
            ?? .success(
                connection.submission(
                    "\(path)/messages", form.encoded(), contentType: form.contentType))
    }

    func accepted(_ response: HTTPResponse) -> SubmitOutcome {
        guard let answer = MailgunAnswer(response), !answer.id.isEmpty else {
            return .inDoubt(reason: "200 with an answer that is not Mailgun's")
        }
        return .accepted(providerMessageID: MailgunMessageID.plain(answer.id))
    }
}

/// Mailgun writes an id with angle brackets when it accepts a message, and without in events.
enum MailgunMessageID {
    static func plain(_ text: String) -> String {
        let id = cleaned(text, charactersMax: 300)
        return id.utf8.first == UInt8(ascii: "<") && id.utf8.last == UInt8(ascii: ">")
            ? cleaned(String(id.dropFirst().dropLast())) : id
    }
}

/// The content of an answer, whether it accepts or refuses: `{"id":…,"message":"Queued.
///
/// Thank you."}`.
///
/// A refused key is answered with the bare word `Forbidden`, which is not JSON.
struct MailgunAnswer: Decodable {
    let id: String
    let message: String

    private enum CodingKeys: CodingKey {
        case id, message
    }

    init(from decoder: any Decoder) throws {
        let answer = try decoder.container(keyedBy: CodingKeys.self)
        id = answer.text(.id) ?? ""
        message = answer.text(.message) ?? ""
    }

    /// Parses an answer; nil where it has another form, such as a proxy's page.
    init?(_ response: HTTPResponse) {
        let body = Data(JSONCleaning.start(response.body))
        guard let answer = try? JSONDecoder().decode(Self.self, from: body) else { return nil }
        self = answer
    }

    /// The status and the answer's explanation, on one line: `400: from parameter is missing`.
    static func line(_ response: HTTPResponse) -> String {
        guard isVendors(response) else {
            return "\(response.status), with an answer that is not Mailgun's"
        }
        let words = MailgunAnswer(response).map { cleaned($0.message) } ?? ""
        return words.isEmpty ? "\(response.status)" : "\(response.status): \(words)"
    }

    /// Whether Mailgun wrote it, rather than a firewall or proxy in between.
    static func isVendors(_ response: HTTPResponse) -> Bool {
        response.body.isEmpty || response.body.elementsEqual("Forbidden".utf8)
            || MailgunAnswer(response).map { !$0.message.isEmpty || !$0.id.isEmpty } ?? false
    }
}

/// What Mailgun's refusals mean, by the status and the text of `message`.
///
/// Source: https://documentation.mailgun.com/docs/mailgun/quickstart-guide/responses and the errors
/// of https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
enum MailgunRefusals {
    static let rows = [
        // "Domain … is not allowed to send: recipient limit exceeded, try again after DATE": the
        // plan's limit, with 420 or 429. The limit of requests per second clears by itself.
        RefusalRow(
            .account, .exhausted,
            words: [
                "recipient limit exceeded", "bytes limit exceeded", "message limit exceeded",
                "messages limit exceeded", "monthly limit", "daily limit", "hourly limit",
                "probation",
            ]),
        RefusalRow(.provider, .busy, codes: [429]),
        RefusalRow(.account, .exhausted, codes: [420]),
        // A sandbox or unverified domain, or an account that is free, new or disabled.
        RefusalRow(
            .account, .notAllowed, codes: [400, 401, 402, 403],
            words: [
                "not allowed to send", "disabled", "suspended", "unverified", "activate your",
                "can't be used to send", "can’t be used to send",
            ]),
        // "Auth error or access denied. Please ensure your API key is correct".
        RefusalRow(.account, .unauthorized, codes: [401, 403]),
        RefusalRow(
            .account, .misconfigured, codes: [404],
            advice: "check provider.domain and provider.region"),
        RefusalRow(.sender, .notAllowed, codes: [400], words: ["from parameter", "'from'"]),
        RefusalRow(.recipient, .content, codes: [400], words: ["to parameter", "'to'"]),
        RefusalRow(
            .message, .content, codes: [400],
            words: [
                "parameter", "send options", "need at least one of", "header name",
                "rfc-2822", "rfc 2822", "too many recipients", "attachment", "message is too",
            ]),
    ]

    static func refusal(_ response: HTTPResponse, now: Date) -> Refusal {
        HTTPRefusals.refusal(
            response,
            HTTPNo(
                code: response.status, words: MailgunAnswer(response)?.message ?? "",
                line: MailgunAnswer.line(response),
                isVendors: MailgunAnswer.isVendors(response)),
            table: rows, now: now)
    }
}
