import Dispatching
import Foundation
import Invoicing
import Testing
import Transport

@testable import Providers

/// Whom each vendor's no is about: every row of the tables, and what is in none.
@Suite struct VendorRefusalTests {
    private static let now = Date(timeIntervalSince1970: 1_750_000_000)
    private static let page = "<html><head><title>Access denied</title></head></html>"

    private func response(_ status: Int, _ body: String) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(body.utf8))
    }

    private func sendGrid(_ message: String, _ field: String? = nil) -> String {
        let field = field.map { "\"\($0)\"" } ?? "null"
        return #"{"errors":[{"message":"\#(message)","field":\#(field),"help":null}]}"#
    }

    @Test(
        arguments: [
            (401, "authorization required", nil, "account/unauthorized"),
            (
                401, "The provided authorization grant is invalid, expired, or revoked", nil,
                "account/unauthorized"
            ),
            (401, "Maximum credits exceeded", nil, "account/exhausted"),
            (401, "authenticated user is not authorized to send mail", nil, "account/notAllowed"),
            (402, "Payment required", nil, "account/exhausted"),
            (403, "access forbidden", nil, "account/unauthorized"),
            (403, "The requestor's IP Address is not whitelisted", nil, "account/unauthorized"),
            (403, "Your account has been suspended", nil, "account/notAllowed"),
            (
                403,
                "The from address does not match a verified Sender Identity. Mail cannot be sent.",
                "from", "sender/notAllowed"
            ),
            (403, "The from email does not match", "from.email", "sender/notAllowed"),
            (400, "Does not contain a valid address.", "from.email", "sender/notAllowed"),
            (
                400, "Does not contain a valid address.", "personalizations.0.to.0.email",
                "recipient/content"
            ),
            (400, "The subject is required.", "subject", "message/content"),
            (400, "Bad content", "content.0.value", "message/content"),
            (
                400, "The attachment content must be base64 encoded.", "attachments.0.content",
                "message/content"
            ),
            (400, "Bad Request", nil, "unknown/unknown"),
            (400, "No such thing", "mail_settings", "unknown/unknown"),
            (404, "resource not found", nil, "account/misconfigured"),
            (405, "method not allowed", nil, "unknown/unknown"),
            (407, "proxy", nil, "account/misconfigured"),
            (413, "too large", nil, "message/content"),
            (415, "Content-Type should be application/json.", nil, "unknown/unknown"),
            (421, "misdirected", nil, "unknown/unknown"),
            (425, "too early", nil, "unknown/unknown"),
            (429, "too many requests", nil, "provider/busy"),
            (451, "legal reasons", nil, "unknown/unknown"),
        ] as [(Int, String, String?, String)])
    func `SendGrid's words`(
        _ status: Int, _ message: String, _ field: String?, _ place: String
    ) {
        let refusal = SendGridRefusals.refusal(
            response(status, sendGrid(message, field)), now: Self.now)
        #expect(refusal.place == place, "\(refusal.reason)")
        #expect(refusal.reason.hasPrefix("\(status): \(message)"))
    }

    @Test(
        arguments: [
            (401, "Forbidden", "account/unauthorized"), (402, "", "account/exhausted"),
            (403, #"{"message":"Access denied"}"#, "account/unauthorized"),
            (
                403, #"{"message":"Domain a.no is not allowed to send large batches yet"}"#,
                "account/notAllowed"
            ),
            (404, #"{"message":"Domain not found: mg.fjord.example"}"#, "account/misconfigured"),
            (
                420,
                #"{"message":"Domain mg.fjord.example is not allowed to send: recipient limit exceeded"#
                    + #", try again after Mon, 25 Aug 2025 07:00:31 UTC"}"#, "account/exhausted"
            ),
            (420, #"{"message":"enhance your calm"}"#, "account/exhausted"),
            (
                429, #"{"message":"Domain a.no is not allowed to send: bytes limit exceeded"}"#,
                "account/exhausted"
            ),
            (
                429,
                #"{"message":"Domain a.no is not allowed to send: account-requests-per-sec limit "#
                    + #"exceeded, try again after 120 seconds"}"#, "provider/busy"
            ),
            (
                400,
                #"{"message":"Domain a.no is not allowed to send: The domain is unverified and "#
                    + #"requires DNS configuration."}"#, "account/notAllowed"
            ),
            (
                400,
                #"{"message":"Domain a.no is not allowed to send: Please activate your account."}"#,
                "account/notAllowed"
            ),
            (400, #"{"message":"from parameter is missing"}"#, "sender/notAllowed"),
            (400, #"{"message":"to parameter is not a valid address."}"#, "recipient/content"),
            (
                400, #"{"message":"Need at least one of 'text' or 'html' parameters"}"#,
                "message/content"
            ),
            (400, #"{"message":"something new"}"#, "unknown/unknown"),
            (405, #"{"message":"Method not allowed"}"#, "unknown/unknown"),
            (413, "Request Entity Too Large", "message/content"),
            (451, #"{"message":"no"}"#, "unknown/unknown"),
        ])
    func `Mailgun's words`(_ status: Int, _ body: String, _ place: String) {
        let refusal = MailgunRefusals.refusal(response(status, body), now: Self.now)
        #expect(refusal.place == place, "\(refusal.reason)")
    }

    @Test(arguments: [
        (10, "account/unauthorized"), (100, "provider/down"), (300, "message/content"),
        (400, "sender/notAllowed"), (401, "sender/notAllowed"), (402, "unknown/unknown"),
        (403, "unknown/unknown"), (405, "account/exhausted"), (406, "recipient/suppressed"),
        (409, "unknown/unknown"), (411, "message/content"), (412, "account/notAllowed"),
        (413, "account/notAllowed"), (429, "provider/busy"), (510, "sender/notAllowed"),
        (601, "account/misconfigured"), (701, "unknown/unknown"), (1221, "account/misconfigured"),
        (1226, "account/misconfigured"), (1235, "account/misconfigured"),
        (1236, "account/misconfigured"), (9999, "unknown/unknown"),
    ])
    func `Postmark's numbers`(_ code: Int, _ place: String) {
        for status in [401, 403, 422] {
            let refusal = PostmarkRefusals.refusal(
                response(status, #"{"ErrorCode":\#(code),"Message":"No"}"#), now: Self.now)
            guard refusal.place != place else { continue }
            // What the table does not know, the status may.
            #expect(place == "unknown/unknown" && status == 401)
            #expect(refusal.place == "account/unauthorized")
        }
    }

    @Test(arguments: [
        ("Invalid 'From' address: 'x'.", "sender/notAllowed"),
        ("Invalid 'To' address: 'x'.", "recipient/content"),
        ("Provide either email TextBody or HtmlBody or both.", "message/content"),
    ])
    func `whose address is wrong, Postmark's words say`(_ words: String, _ place: String) {
        let body = #"{"ErrorCode":300,"Message":"\#(words)"}"#
        #expect(
            PostmarkRefusals.refusal(response(422, body), now: Self.now).place == place)
    }

    @Test func `a setting that is wrong is named`() {
        let stream = PostmarkRefusals.refusal(
            response(422, #"{"ErrorCode":1235,"Message":"No such stream."}"#), now: Self.now)
        #expect(stream.reason == "422, 1235: No such stream.; check provider.stream")
        let domain = MailgunRefusals.refusal(
            response(404, #"{"message":"Domain not found: a.no"}"#), now: Self.now)
        #expect(
            domain.reason
                == "404: Domain not found: a.no; check provider.domain and provider.region"
        )
    }

    /// A firewall's or a proxy's page says nothing of the message, but what its status says of
    /// anything.
    @Test(arguments: [
        (400, "unknown/unknown"), (401, "account/unauthorized"), (403, "unknown/unknown"),
        (404, "account/misconfigured"), (405, "unknown/unknown"), (407, "account/misconfigured"),
        (413, "message/content"), (415, "unknown/unknown"), (418, "unknown/unknown"),
        (421, "unknown/unknown"), (422, "unknown/unknown"), (425, "unknown/unknown"),
        (429, "provider/busy"), (451, "unknown/unknown"),
    ])
    func `a page that is not the vendor's`(_ status: Int, _ place: String) {
        let answer = response(status, Self.page)
        let refusals = [
            SendGridRefusals.refusal(answer, now: Self.now),
            MailgunRefusals.refusal(answer, now: Self.now),
            PostmarkRefusals.refusal(answer, now: Self.now),
        ]
        for (refusal, vendor) in zip(refusals, ["SendGrid", "Mailgun", "Postmark"]) {
            #expect(refusal.place == place, "\(vendor)")
            #expect(refusal.reason.hasPrefix("\(status), with an answer that is not \(vendor)'s"))
        }
    }

    @Test func `what is not the message's never ends a dispatch`() {
        let page = response(403, Self.page)
        #expect(!SendGridRefusals.refusal(page, now: Self.now).isVerdict)
        let suspended = response(403, sendGrid("not a verified sender", "from"))
        #expect(!SendGridRefusals.refusal(suspended, now: Self.now).isVerdict)
        let content = response(400, sendGrid("The subject is required.", "subject"))
        #expect(SendGridRefusals.refusal(content, now: Self.now).isVerdict)
    }

    @Test func `a limit is waited for until the date in its words, however far`() {
        let words =
            #"{"message":"Domain a.no is not allowed to send: recipient limit exceeded, try again"#
            + #" after Mon, 16 Jun 2025 15:06:40 UTC"}"#
        let refusal = MailgunRefusals.refusal(response(420, words), now: Self.now)
        #expect(refusal.retryAfterSeconds == 86_400)
    }
}
