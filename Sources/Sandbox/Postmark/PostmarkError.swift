import HTTPTypes

/// A refusal in the vendor's form: `{"ErrorCode":300,"Message":…}`, most with 422.
struct PostmarkError: AnsweredError, Hashable {
    var status: HTTPResponse.Status
    var code: Int
    var message: String

    init(_ code: Int, _ message: String, status: HTTPResponse.Status = .unprocessableContent) {
        self.status = status
        self.code = code
        self.message = message
    }

    static func invalid(_ message: String) -> PostmarkError { PostmarkError(300, message) }

    static func inactive(_ address: String) -> PostmarkError {
        PostmarkError(
            406,
            "You tried to send to recipient(s) that have been marked as inactive. Found inactive"
                + " addresses: \(address). Inactive recipients are ones that have generated a hard"
                + " bounce, a spam complaint, or a manual suppression.")
    }

    var answer: Answer {
        Answer(
            status: status,
            json: ["ErrorCode": .integer(Int64(code)), "Message": .text(message)])
    }
}
