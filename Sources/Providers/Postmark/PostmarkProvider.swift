package import Dispatching
package import FoundationEssentials
import Invoicing
import Transport
import Wire

/// Postmark's API, translated to ours.
///
/// One server token does all. Its own message stream is never shared with newsletters, since
/// suppressions are kept by stream.
/// Source: https://postmarkapp.com/developer
package final class PostmarkProvider: MailProvider {
    package let name = "postmark"

    package var limits: MessageLimits { PostmarkMessage.limits(stream: stream) }
    /// "TextBody and HtmlBody 5 MB each".
    static let bodyBytesMax = 5_000_000

    let account: ProviderAccount
    let connection: ProviderConnection
    let stream: String
    private let sendToken: HTTPHeader
    private let reconcileToken: HTTPHeader

    /// Throws where the account could never be used.
    ///
    /// `pause` waits between two tries to read; `now` dates what the provider says of times.
    package init(
        _ account: ProviderAccount,
        now: @escaping () -> Date = { Date.now },
        pause: @escaping (Int) -> Void = RetryingReader.sleep
    ) throws(AccountError) {
        self.account = account
        stream = account.stream ?? PostmarkMessage.defaultStream
        sendToken = HTTPHeader("X-Postmark-Server-Token", secret: account.sendKey.value)
        reconcileToken = HTTPHeader(
            "X-Postmark-Server-Token", secret: account.reconcileKey.value)
        connection = try ProviderConnection(
            account, provider: name, hosts: [.us: "https://api.postmarkapp.com"],
            refusal: PostmarkRefusals.refusal, now: now, pause: pause)
    }
}

/// Requests and answers.
extension PostmarkProvider {
    /// A page of 500 messages or bounces fits; what is larger is no answer to our question.
    private static var answerBytesMax: Int { 32 << 20 }

    func submission(_ body: [UInt8]) -> HTTPRequest {
        HTTPRequest(
            .post, connection.baseURL + "/email",
            headers: [
                sendToken, HTTPHeader("Accept", "application/json"),
                HTTPHeader("Content-Type", "application/json"),
            ], body: body)
    }

    func request(
        _ method: HTTPRequest.Method, _ target: String, body: [UInt8]? = nil
    ) -> HTTPRequest {
        var headers = [reconcileToken, HTTPHeader("Accept", "application/json")]
        if body != nil { headers.append(HTTPHeader("Content-Type", "application/json")) }
        return HTTPRequest(
            method, connection.baseURL + target, headers: headers, body: body,
            responseBytesMax: Self.answerBytesMax)
    }

    /// The body of an answer that says yes, cleaned.
    func body(of response: HTTPResponse) throws(ProviderError) -> ArraySlice<UInt8> {
        guard response.status == 200 else { throw unreadable(PostmarkAnswer.line(response)) }
        return JSONCleaning.cleaned(response.body)[...]
    }

    /// The rows of the array that is a member of an answer, and how many there are in all.
    func rows<Row: Decodable>(
        _ type: Row.Type, _ member: String, at target: String
    ) throws(ProviderError) -> (page: RowPage<Row>, total: Int) {
        try rows(type, member, of: connection.reader.read(request(.get, target)))
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

    /// The stream, which every list would take to be `outbound` where none is named.
    var streamFilter: String { "messagestream=\(stream.percentEncoded)" }

    func unreadable(_ reason: String) -> ProviderError {
        .unreadable(provider: name, reason: reason)
    }
}
