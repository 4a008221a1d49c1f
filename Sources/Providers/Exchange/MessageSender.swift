import Dispatching
import FoundationEssentials
import Invoicing
import Transport
import Wire

/// Submits messages, a request each and many at once; none is ever repeated.
///
/// One message a request also where a provider takes more (Postmark's batch of 500): the answer
/// that is lost leaves one message in doubt, not all of a batch.
final class MessageSender {
    private let client: HTTPClient

    init(client: HTTPClient) {
        self.client = client
    }

    /// Sends what `next` gives until it gives nil and none is in flight.
    ///
    /// `request` encodes a message, once; one that it has a fault of is refused without a request.
    func submit(
        next: () throws -> OutgoingMessage?,
        request: (OutgoingMessage) -> Result<HTTPRequest, MessageFault>,
        outcome: (HTTPResponse) -> SubmitOutcome,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {
        try client.perform(
            next: {
                while let message = try next() {
                    switch request(message) {
                    case .success(var request):
                        request.deadline = message.deadline
                        return (request, message)
                    case .failure(let fault):
                        try finished(message, .refused(Refusal(.message, .content, fault.reason)))
                    }
                }
                return nil
            },
            finished: { message, result in
                try finished(message, Self.outcome(of: result, outcome))
            })
    }

    /// What an answer, or its absence, says of the submission.
    private static func outcome(
        of result: Result<HTTPResponse, HTTPError>, _ outcome: (HTTPResponse) -> SubmitOutcome
    ) -> SubmitOutcome {
        switch result {
        case .success(let response): outcome(response)
        case .failure(let error) where error.phase == .beforeBody: .refused(refusal(error))
        case .failure(let error): .inDoubt(reason: error.reason)
        }
    }

    /// Why nothing was sent.
    private static func refusal(_ error: HTTPError) -> Refusal {
        switch error.kind {
        case .untrusted: Refusal(.provider, .untrusted, error.reason)
        case .invalidRequest: Refusal(.account, .misconfigured, error.reason)
        // Our own doing, which says nothing of the provider.
        case .overdue, .aborted: Refusal(.message, .notYet, error.reason)
        case .resolve, .connect, .tls, .timeout, .reset, .truncated, .tooLarge, .malformed:
            Refusal(.provider, .unreachable, error.reason)
        }
    }
}

extension Mailbox {
    /// The mailbox as a header field writes it (RFC 5322 § 3.4): `"Fjord & Sønn" <a@b.no>`.
    ///
    /// The name stands in quotes, so that a comma or bracket in it can't add a recipient, and
    /// what would end the line is left out. Letters beyond ASCII are the provider's to encode.
    var headerText: String {
        guard let name, !name.isEmpty else { return address.text }
        let quoted = name.replacing(\.isControl, with: " ").unicodeScalars
            .map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(quoted)\" <\(address.text)>"
    }
}

/// A file name that no provider garbles: what is not printable ASCII becomes `_`.
func asciiName(_ name: String) -> String {
    name.replacing({ !(" "..."~").contains($0) || $0 == "\"" || $0 == "\\" }, with: "_")
}

extension OutgoingMessage {
    /// Room for the message as a request: a guess that is nearly always enough, and costs no walk
    /// through it.
    var encodedCapacity: Int {
        let texts = text.utf8.count + (html?.utf8.count ?? 0)
        let files = attachments.reduce(0) { $0 + $1.content.count }
        return texts + texts / 8 + files / 3 * 4 + 4096
    }
}

extension String {
    /// The text as one segment of a path: all but RFC 3986 § 2.3's unreserved are encoded.
    var percentEncoded: String {
        let digits = Array("0123456789ABCDEF")
        return utf8.reduce(into: "") { text, byte in
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
                text.append(character)
            } else {
                text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}

/// The times that a provider may tell of: nothing before 2000 or after 2200 is one.
enum VendorTime {
    /// In seconds since 1970.
    static let range = 946_684_800.0...7_258_118_400.0

    /// The date where it is one of them.
    static func held(_ date: Date) -> Date? {
        range.contains(date.timeIntervalSince1970) ? date : nil
    }
}
