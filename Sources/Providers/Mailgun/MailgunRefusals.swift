import Dispatching
import FoundationEssentials
import Invoicing
import Transport

/// What Mailgun's answers that say no mean, by the status and the words of `message`.
/// Source: https://documentation.mailgun.com/docs/mailgun/quickstart-guide/responses and the
/// errors of https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
enum MailgunRefusals {
    static let rows = [
        // "Domain … is not allowed to send: recipient limit exceeded, try again after DATE": the
        // plan's, with 420 or 429. The limit of requests a second passes by itself.
        RefusalRow(
            .account, .exhausted,
            words: [
                "recipient limit exceeded", "bytes limit exceeded", "message limit exceeded",
                "messages limit exceeded", "monthly limit", "daily limit", "hourly limit",
                "probation",
            ]),
        RefusalRow(.provider, .busy, codes: [429]),
        RefusalRow(.account, .exhausted, codes: [420]),
        // A sandbox or unverified domain, an account that is free, new or switched off.
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
