import FoundationEssentials
import Transport

/// The words of an answer, of a yes as of a no: `{"id":…,"message":"Queued. Thank you."}`.
///
/// A refused key is answered with the bare word `Forbidden`, which is no JSON.
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

    /// Reads an answer; nil where it is in another form, as a proxy's page.
    init?(_ response: HTTPResponse) {
        let body = Data(JSONCleaning.cleaned(response.body))
        guard let answer = try? JSONDecoder().decode(Self.self, from: body) else { return nil }
        self = answer
    }

    /// The status and what the answer says of it, on one line: `400: from parameter is missing`.
    static func line(_ response: HTTPResponse) -> String {
        let words = MailgunAnswer(response).map { cleaned($0.message) } ?? ""
        return words.isEmpty ? "\(response.status)" : "\(response.status): \(words)"
    }

    /// How long to wait: a header says it, or the words, `… try again after 120 seconds`.
    static func retryAfterSeconds(_ response: HTTPResponse, now: Date) -> Int? {
        if let seconds = RetryAfter.seconds(response, now: now) { return seconds }
        guard let message = MailgunAnswer(response)?.message,
            let range = message.firstRange(of: "try again after "),
            let seconds = Int(message[range.upperBound...].prefix { $0.isNumber })
        else { return nil }
        return min(
            max(seconds, RetryAfter.secondsRange.lowerBound), RetryAfter.secondsRange.upperBound)
    }
}
