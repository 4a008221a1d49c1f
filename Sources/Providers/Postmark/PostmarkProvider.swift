import FoundationEssentials
import Invoicing
import Transport
import Wire
package import Dispatching

/// Postmark's API as a `MailProvider`.
///
/// One server token is enough for everything. The message stream must not be shared with
/// newsletters, since suppressions are kept per stream.
///
/// Source: https://postmarkapp.com/developer
package final class PostmarkProvider: MailProvider, HTTPProvider {
    static let vendor = ProviderName.postmark
    static let acceptedStatus = 200
    /// "Retention can be customized from 7 to 365 days".
    static let logsKeptSeconds = 7 * 86_400

    package var limits: MessageLimits { PostmarkMessage.limits(stream: stream) }
    /// "TextBody and HtmlBody 5 MB each".
    static let bodyBytesMax = 5_000_000

    let account: ProviderAccount
    let connection: ProviderConnection
    let stream: String

    /// Throws `AccountError` where the account can't possibly be valid.
    package init(
        region: VendorSettings.Region, stream: String, _ account: ProviderAccount,
        _ clock: ProviderClock
    ) throws(AccountError) {
        guard region == .us || account.settings.baseURL != nil else {
            throw AccountError(
                setting: "region", reason: "postmark has no servers in \(region)")
        }
        self.account = account
        self.stream = stream
        connection = try ProviderConnection(
            of: Self.self, account, host: "https://api.postmarkapp.com", clock
        ) { HTTPHeader("X-Postmark-Server-Token", secret: $0.value) }
    }
}

/// Answers.
extension PostmarkProvider {
    /// The cleaned body of an answer that accepts.
    func body(of response: HTTPResponse) throws(ProviderError) -> ArraySlice<UInt8> {
        guard response.status == 200 else { throw unreadable(Self.line(of: response)) }
        return JSONCleaning.cleaned(response.body)[...]
    }

    /// The rows of an array that is a member of an answer, and the total number of rows.
    func rows<Row: Decodable>(
        _ type: Row.Type, _ member: String, at target: String
    ) throws(ProviderError) -> (page: RowPage<Row>, total: Int) {
        try rows(type, member, of: connection.reader.read(connection.request(.get, target)))
    }

    func rows<Row: Decodable>(
        _ type: Row.Type, _ member: String, of response: HTTPResponse
    ) throws(ProviderError) -> (page: RowPage<Row>, total: Int) {
        let text = try body(of: response)
        guard let array = JSONOutline.member(member, of: text), let page = RowPage<Row>(array)
        else { throw unreadable("200 with an answer that has no \(member)") }
        let total = JSONOutline.member("TotalCount", of: text)
            .flatMap { Int(String(decoding: $0, as: UTF8.self)) }
        return (page, total ?? page.count)
    }

    /// The stream, because every list defaults to `outbound`.
    var streamFilter: String { "messagestream=\(stream.percentEncoded)" }

    static func line(of response: HTTPResponse) -> String { PostmarkAnswer.line(response) }

    static func refusal(of response: HTTPResponse, now: Date) -> Refusal {
        PostmarkRefusals.refusal(response, now: now)
    }
}

/// Sending: `POST /email`, once for each message.
extension PostmarkProvider {
    func request(for message: OutgoingMessage) -> Result<HTTPRequest, MessageFault> {
        let text = max(message.text.utf8.count, message.html?.utf8.count ?? 0)
        guard text <= Self.bodyBytesMax else {
            return .failure(
                MessageFault("the text takes \(text) bytes; Postmark takes \(Self.bodyBytesMax)"))
        }
        let body = PostmarkMessage(message: message, stream: stream).encoded()
        let fault = MessageFault(bytes: body.count, limits: limits)
        return fault.map(Result.failure) ?? .success(connection.submission("/email", body))
    }

    /// A 200 with an id is acceptance even without an `ErrorCode`: "Message accepted, but delivery
    /// may be delayed." has none.
    func accepted(_ response: HTTPResponse) -> SubmitOutcome {
        guard let answer = PostmarkAnswer(response), answer.errorCode ?? 0 == 0,
            !answer.messageID.isEmpty
        else { return .inDoubt(reason: "200 with an answer that is not Postmark's") }
        return .accepted(providerMessageID: cleaned(answer.messageID, charactersMax: 200))
    }
}

/// The content of an answer, whether it accepts or refuses:
/// `{"ErrorCode":406,"Message":…,"MessageID":…}`.
///
/// The numbers of `ErrorCode` overlap with those of HTTP, but mean something else.
///
/// Source: https://postmarkapp.com/developer/api/overview#error-codes
struct PostmarkAnswer: Decodable {
    let errorCode: Int?
    let message: String
    let messageID: String

    private enum CodingKeys: String, CodingKey {
        case errorCode = "ErrorCode"
        case message = "Message"
        case messageID = "MessageID"
    }

    init(from decoder: any Decoder) throws {
        let answer = try decoder.container(keyedBy: CodingKeys.self)
        errorCode = answer.text(.errorCode).flatMap { Int($0) }
        message = answer.text(.message) ?? ""
        messageID = answer.text(.messageID) ?? ""
    }

    /// Parses an answer; nil where it has another form, such as a proxy's page.
    init?(_ response: HTTPResponse) {
        let body = Data(JSONCleaning.start(response.body))
        guard let answer = try? JSONDecoder().decode(Self.self, from: body) else { return nil }
        self = answer
    }

    /// The status and the answer's explanation, on one line: `422, 406: You tried to send to …`.
    static func line(_ response: HTTPResponse) -> String {
        if response.body.isEmpty { return "\(response.status)" }
        guard let answer = PostmarkAnswer(response), let code = answer.errorCode else {
            return "\(response.status), with an answer that is not Postmark's"
        }
        let words = cleaned(answer.message)
        return "\(response.status), \(code)" + (words.isEmpty ? "" : ": \(words)")
    }
}

/// What Postmark's refusals mean, by `ErrorCode`, which is unrelated to HTTP's status.
///
/// Source: https://postmarkapp.com/developer/api/overview#error-codes
enum PostmarkRefusals {
    static let rows = [
        RefusalRow(.account, .unauthorized, codes: [10]),
        RefusalRow(.provider, .down, codes: [100]),
        // Invalid email request: the text says whose address is wrong.
        RefusalRow(
            .sender, .notAllowed, codes: [300],
            words: ["'from'", "from address", "'replyto'", "sender signature"]),
        RefusalRow(
            .recipient, .content, codes: [300],
            words: ["'to'", "to address", "recipient"]),
        RefusalRow(.message, .content, codes: [300]),
        // Sender signature not found, or not confirmed.
        RefusalRow(
            .sender, .notAllowed, codes: [400, 401],
            advice: "add or confirm the sender's signature at Postmark"),
        // "Not allowed to send: your account has run out of credits".
        RefusalRow(.account, .exhausted, codes: [405]),
        // On the suppression list of our stream.
        RefusalRow(.recipient, .suppressed, codes: [406]),
        RefusalRow(.message, .content, codes: [411]),
        // Pending approval, or not approved for sending.
        RefusalRow(.account, .notAllowed, codes: [412, 413]),
        RefusalRow(.provider, .busy, codes: [429]),
        // A signature or domain that is public, belongs to someone else, or does not exist.
        RefusalRow(.sender, .notAllowed, codes: [501, 503, 507, 510, 513]),
        // The server that the token belongs to does not exist.
        RefusalRow(.account, .misconfigured, codes: [601], advice: "check provider.api_key_file"),
        // Message streams: nonexistent, archived, or of a kind that can't send.
        RefusalRow(
            .account, .misconfigured, codes: [1221, 1222, 1226, 1227, 1232, 1235, 1236],
            advice: "check provider.stream"),
    ]

    static func refusal(_ response: HTTPResponse, now: Date) -> Refusal {
        let answer = PostmarkAnswer(response)
        return HTTPRefusals.refusal(
            response,
            HTTPNo(
                code: answer?.errorCode ?? 0, words: answer?.message ?? "",
                line: PostmarkAnswer.line(response), isVendors: answer?.errorCode != nil),
            table: rows, now: now)
    }
}
