import FoundationEssentials
import Transport

/// The words of an answer that says no: `{"errors":[{"message":…,"field":…}]}`.
struct SendGridAnswer {
    struct Fault: Decodable {
        var message: String?
        var field: String?
    }

    private struct Body: Decodable {
        var errors: [Fault]
    }

    let status: Int
    let faults: [Fault]

    init(_ response: HTTPResponse) {
        status = response.status
        let text = String(decoding: response.body, as: UTF8.self)
        // An answer in another form has no words for us; its status says enough.
        faults = (try? JSONDecoder().decode(Body.self, from: Data(text.utf8)))?.errors ?? []
    }

    /// The status and what the answer says of it, on one line: `400: Does not contain a subject`.
    var line: String {
        let words = faults.compactMap { fault -> String? in
            guard let message = fault.message, !message.isEmpty else { return nil }
            return fault.field.map { "\(message) (\($0))" } ?? message
        }
        return words.isEmpty ? "\(status)" : "\(status): " + cleaned(words.joined(separator: "; "))
    }
}
