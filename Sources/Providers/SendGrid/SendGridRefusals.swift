import Dispatching
import FoundationEssentials
import Invoicing
import Transport

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
