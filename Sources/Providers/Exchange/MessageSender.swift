import Dispatching
import FoundationEssentials
import Invoicing
import Transport
import Wire

/// Submits messages, one request each and many concurrently; none is ever retried.
///
/// This holds even where a provider accepts several per request (Postmark's batch of 500): a lost
/// answer then leaves one message in doubt instead of a whole batch.
final class MessageSender {
    private let client: HTTPClient

    init(client: HTTPClient) {
        self.client = client
    }

    /// Sends what `next` returns until it returns nil and none is in flight.
    ///
    /// `request` encodes a message, once; a message that it rejects is refused without a request.
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

    /// Interprets an answer, or its absence, as the outcome of the submission.
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
        // Caused by us, which says nothing about the provider.
        case .overdue, .aborted: Refusal(.message, .notYet, error.reason)
        case .resolve, .connect, .tls, .timeout, .reset, .truncated, .tooLarge, .malformed:
            Refusal(.provider, .unreachable, error.reason)
        }
    }
}

extension Mailbox {
    /// The mailbox as a header field writes it (RFC 5322 § 3.4): `"Fjord & Sønn" <a@b.no>`.
    ///
    /// The name is quoted, so that a comma or bracket in it can't add a recipient, and line breaks
    /// are dropped. Characters beyond ASCII are left to the provider to encode.
    var headerText: String {
        guard let name, !name.isEmpty else { return address.text }
        let quoted = name.replacing(\.isControl, with: " ").unicodeScalars
            .map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(quoted)\" <\(address.text)>"
    }
}

/// A file name that no provider garbles: characters that are not printable ASCII become `_`.
func asciiName(_ name: String) -> String {
    name.replacing({ !(" "..."~").contains($0) || $0 == "\"" || $0 == "\\" }, with: "_")
}

extension OutgoingMessage {
    /// The capacity to reserve for the encoded message, in bytes: an estimate that nearly always
    /// suffices and needs no pass through the content.
    var encodedCapacity: Int {
        let texts = text.utf8.count + (html?.utf8.count ?? 0)
        let files = attachments.reduce(0) { $0 + $1.content.count }
        return texts + texts / 8 + files / 3 * 4 + 4096
    }
}

extension String {
    /// The text as one path segment: everything but the unreserved characters of RFC 3986 § 2.3 is
    /// encoded.
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

/// The range of plausible times from a provider: nothing before 2000 or after 2200.
enum VendorTime {
    /// In seconds since 1970.
    static let range = 946_684_800.0...7_258_118_400.0

    /// The date if it lies in the range, else nil.
    static func held(_ date: Date) -> Date? {
        range.contains(date.timeIntervalSince1970) ? date : nil
    }
}
