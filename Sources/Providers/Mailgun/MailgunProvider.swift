import Wire
package import Dispatching
package import FoundationEssentials
import Invoicing
import Transport

/// Mailgun's API, translated to ours.
///
/// Everything is kept by sending domain and by region; the wrong one is answered with 404. A
/// domain's own sending key can only send: the key that reconciles is one of the account's.
/// Source: https://documentation.mailgun.com/docs/mailgun/api-reference
package final class MailgunProvider: MailProvider {
    package let name = "mailgun"

    package var limits: MessageLimits { MailgunMessage.limits }

    let account: ProviderAccount
    let connection: ProviderConnection
    /// The path of all that belongs to the domain, `/v3/mg.eksempel.no`.
    let path: String
    private let sendAuthorization: HTTPHeader
    private let reconcileAuthorization: HTTPHeader

    /// Throws where the account could never be used.
    ///
    /// `pause` waits between two tries to read; `now` dates what the provider says of times.
    package init(
        _ account: ProviderAccount,
        now: @escaping () -> Date = { Date.now },
        pause: @escaping (Int) -> Void = RetryingReader.sleep
    ) throws(AccountError) {
        self.account = account
        guard let domain = account.domain, !domain.isEmpty else {
            throw AccountError(
                setting: "domain", reason: "mailgun needs the domain that mail is sent from")
        }
        path = "/v3/\(domain.percentEncoded)"
        sendAuthorization = Self.authorization(account.sendKey)
        reconcileAuthorization = Self.authorization(account.reconcileKey)
        connection = try ProviderConnection(
            account, provider: name,
            hosts: [.us: "https://api.mailgun.net", .eu: "https://api.eu.mailgun.net"],
            refusal: MailgunRefusals.refusal, now: now, pause: pause)
    }

    /// Basic authentication (RFC 7617) as the user `api`.
    private static func authorization(_ key: AccountKey) -> HTTPHeader {
        var text = Array("Basic ".utf8)
        Base64.append(Array("api:\(key.value)".utf8)[...], to: &text)
        return HTTPHeader("Authorization", secret: String(decoding: text, as: UTF8.self))
    }
}

/// Requests and answers.
extension MailgunProvider {
    /// A page of 300 events fits; what is larger is no answer to our question.
    private static var answerBytesMax: Int { 32 << 20 }

    func submission(_ form: MailgunMessage) -> HTTPRequest {
        HTTPRequest(
            .post, "\(connection.baseURL)\(path)/messages",
            headers: [
                sendAuthorization, HTTPHeader("Accept", "application/json"),
                HTTPHeader("Content-Type", form.contentType),
            ], body: form.encoded())
    }

    /// The answer to a request; that the domain is not known there is the account's fault.
    func read(_ method: HTTPRequest.Method, _ target: String) throws(ProviderError) -> HTTPResponse
    {
        try read([request(method, target)])[0].get()
    }

    /// The answers to many requests, made at once.
    func read(_ requests: [HTTPRequest]) -> [Result<HTTPResponse, ProviderError>] {
        connection.reader.read(requests).map { result in
            guard case .success(let response) = result, response.status == 404,
                Self.isOfDomain(response)
            else { return result }
            let refusal = MailgunRefusals.refusal(response, now: connection.now())
            return .failure(refusal.error(provider: name))
        }
    }

    func request(_ method: HTTPRequest.Method, _ target: String) -> HTTPRequest {
        HTTPRequest(
            method, "\(connection.baseURL)\(path)\(target)",
            headers: [reconcileAuthorization, HTTPHeader("Accept", "application/json")],
            responseBytesMax: Self.answerBytesMax)
    }

    /// Whether a 404 is about the domain or the whole path, and not about an address.
    static func isOfDomain(_ response: HTTPResponse) -> Bool {
        guard let message = MailgunAnswer(response)?.message.lowercased() else { return true }
        return message.isEmpty || message.hasPrefix("domain not found")
            || message.hasPrefix("not found")
    }

    func unreadable(_ reason: String) -> ProviderError {
        .unreadable(provider: name, reason: reason)
    }
}
