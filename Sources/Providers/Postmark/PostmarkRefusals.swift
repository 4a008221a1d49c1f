import Dispatching
import FoundationEssentials
import Invoicing
import Transport

/// What Postmark's answers that say no mean, by their `ErrorCode`; that is a number of its own
/// and none of HTTP's.
/// Source: https://postmarkapp.com/developer/api/overview#error-codes
enum PostmarkRefusals {
    static let rows = [
        RefusalRow(.account, .unauthorized, codes: [10]),
        RefusalRow(.provider, .down, codes: [100]),
        // Invalid email request: whose address is wrong, the words say.
        RefusalRow(
            .sender, .notAllowed, codes: [300],
            words: ["'from'", "from address", "'replyto'", "sender signature"]),
        RefusalRow(
            .recipient, .content, codes: [300],
            words: ["'to'", "to address", "recipient"]),
        RefusalRow(.message, .content, codes: [300]),
        // Sender signature not found, and not confirmed.
        RefusalRow(
            .sender, .notAllowed, codes: [400, 401],
            advice: "add or confirm the sender's signature at Postmark"),
        // "Not allowed to send: your account has run out of credits".
        RefusalRow(.account, .exhausted, codes: [405]),
        // On the suppression list of our stream.
        RefusalRow(.recipient, .suppressed, codes: [406]),
        RefusalRow(.message, .content, codes: [411]),
        // Pending approval, and not approved for sending.
        RefusalRow(.account, .notAllowed, codes: [412, 413]),
        RefusalRow(.provider, .busy, codes: [429]),
        // A signature or domain that is public, not ours or not there.
        RefusalRow(.sender, .notAllowed, codes: [501, 503, 507, 510, 513]),
        // The server that the token belongs to does not exist.
        RefusalRow(.account, .misconfigured, codes: [601], advice: "check provider.api_key_file"),
        // Message streams: not there, archived, or of a kind that can't send.
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
