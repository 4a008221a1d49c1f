import HTTPTypes

/// A refusal in the vendor's form: `{"message":…}`.
struct MailgunError: AnsweredError, Hashable {
    var status: HTTPResponse.Status
    var message: String

    init(_ status: HTTPResponse.Status, _ message: String) {
        self.status = status
        self.message = message
    }

    var answer: Answer {
        Answer(status: status, json: ["message": .text(message)])
    }
}
