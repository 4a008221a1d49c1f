import FoundationEssentials
import Transport
import Wire

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
        let body = Data(JSONCleaning.start(response.body))
        guard let answer = try? JSONDecoder().decode(Self.self, from: body) else { return nil }
        self = answer
    }

    /// The status and what the answer says of it, on one line: `400: from parameter is missing`.
    static func line(_ response: HTTPResponse) -> String {
        guard isVendors(response) else {
            return "\(response.status), with an answer that is not Mailgun's"
        }
        let words = MailgunAnswer(response).map { cleaned($0.message) } ?? ""
        return words.isEmpty ? "\(response.status)" : "\(response.status): \(words)"
    }

    /// Whether Mailgun wrote it, and not a firewall or a proxy on the way.
    static func isVendors(_ response: HTTPResponse) -> Bool {
        response.body.isEmpty || response.body.elementsEqual("Forbidden".utf8)
            || MailgunAnswer(response).map { !$0.message.isEmpty || !$0.id.isEmpty } ?? false
    }
}
