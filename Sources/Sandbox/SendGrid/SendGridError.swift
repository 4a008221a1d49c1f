import HTTPTypes

/// A refusal in the vendor's form: `{"errors":[{"message","field","help"}]}`.
struct SendGridError: AnsweredError, Hashable {
    var status: HTTPResponse.Status
    var items: [Item]

    struct Item: Hashable, Sendable {
        var message: String
        var field: String?
    }

    init(_ status: HTTPResponse.Status, _ items: [Item]) {
        self.status = status
        self.items = items
    }

    init(_ status: HTTPResponse.Status, _ message: String, field: String? = nil) {
        self.init(status, [Item(message: message, field: field)])
    }

    static let authorizationRequired = SendGridError(.unauthorized, "authorization required")
    static let authorizationInvalid = SendGridError(
        .unauthorized, "The provided authorization grant is invalid, expired, or revoked")
    static let notFound = SendGridError(.notFound, "not found")
    static let contentTooLarge = SendGridError(.contentTooLarge, "content too large")
    static let internalError = SendGridError(.internalServerError, "internal server error")
    static let tooManyRequests = SendGridError(.tooManyRequests, "too many requests")

    var answer: Answer {
        Answer(
            status: status,
            json: [
                "errors": .list(
                    items.map {
                        [
                            "message": .text($0.message),
                            "field": $0.field.map(JSONValue.text) ?? .null, "help": .null,
                        ]
                    })
            ])
    }
}
