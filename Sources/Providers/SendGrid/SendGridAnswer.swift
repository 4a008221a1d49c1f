import FoundationEssentials
import Transport
import Wire

/// The words of an answer that says no: `{"errors":[{"message":…,"field":…}]}`.
struct SendGridAnswer {
    private struct Fault: Decodable {
        var message: String?
        var field: String?
    }

    private struct Body: Decodable {
        var errors: [Fault]
    }

    private let status: Int
    /// Whether SendGrid wrote it, and not a firewall or a proxy on the way; some say no more than
    /// the status.
    let isVendors: Bool
    /// What the answer says, each fault with the field that it is about.
    let words: String

    init(_ response: HTTPResponse) {
        status = response.status
        // An answer in another form has no words for us; its status says enough.
        let body = try? JSONDecoder().decode(
            Body.self, from: Data(JSONCleaning.start(response.body)))
        isVendors = body != nil || response.body.isEmpty
        words = (body?.errors ?? []).compactMap { fault -> String? in
            guard let message = fault.message, !message.isEmpty else { return nil }
            return fault.field.map { "\(message) (\($0))" } ?? message
        }.joined(separator: "; ")
    }

    /// The status and what the answer says of it, on one line: `400: Does not contain a subject`.
    var line: String {
        guard isVendors else { return "\(status), with an answer that is not SendGrid's" }
        let words = cleaned(words)
        return words.isEmpty ? "\(status)" : "\(status): \(words)"
    }
}
