import FoundationEssentials
import Transport
import Wire

/// The words of an answer, of a yes as of a no: `{"ErrorCode":406,"Message":…,"MessageID":…}`.
///
/// The numbers of `ErrorCode` collide with those of HTTP, and mean something else.
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

    /// Reads an answer; nil where it is in another form, as a proxy's page.
    init?(_ response: HTTPResponse) {
        let body = Data(JSONCleaning.start(response.body))
        guard let answer = try? JSONDecoder().decode(Self.self, from: body) else { return nil }
        self = answer
    }

    /// The status and what the answer says of it, on one line: `422, 406: You tried to send to …`.
    static func line(_ response: HTTPResponse) -> String {
        if response.body.isEmpty { return "\(response.status)" }
        guard let answer = PostmarkAnswer(response), let code = answer.errorCode else {
            return "\(response.status), with an answer that is not Postmark's"
        }
        let words = cleaned(answer.message)
        return "\(response.status), \(code)" + (words.isEmpty ? "" : ": \(words)")
    }
}
