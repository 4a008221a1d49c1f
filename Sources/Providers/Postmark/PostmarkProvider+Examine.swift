import FoundationEssentials
import Invoicing
import Transport
package import Dispatching
package import Wire

/// Asking whether the account works.
///
/// Which domains and senders are verified is told to account tokens only, and the token is a
/// server's.
///
/// Source: https://postmarkapp.com/developer/api/server-api and
/// https://postmarkapp.com/developer/api/message-streams-api
extension PostmarkProvider {
    private typealias Questions = AccountQuestions<PostmarkProvider>

    package func examine(sender: EmailAddress) -> AccountExamination {
        var questions = Questions(self)
        guard askServer(.sending, for: .access, &questions) else { return questions.examination }
        if account.sendKey.value != account.reconcileKey.value {
            _ = askServer(.reading, for: .reading, &questions)
        }
        askStream(&questions)
        questions.keep(
            .unknown("Postmark tells a server's token nothing of senders"), to: .sender)
        return questions.examination
    }

    /// Of the answer, which holds the tokens, nothing else is read.
    private struct Server: Decodable {
        var ID: Int64
        var DeliveryType: String?
    }

    /// Whether a token is taken.
    private func askServer(
        _ key: ProviderConnection.Key, for question: AccountExamination.Question,
        _ questions: inout Questions
    ) -> Bool {
        guard let response = questions.ask("/server", key: key, for: question) else {
            return false
        }
        guard let server = questions.decoded(Server.self, response) else {
            questions.keep(questions.answer(response), to: question)
            return false
        }
        questions.keep(.yes, to: question)
        if key == .sending {
            questions.keep(
                server.DeliveryType == "Sandbox"
                    ? .no(
                        "the token is of a sandbox server, which delivers nothing: take that of a"
                            + " live one") : .yes, to: .sending)
        }
        return true
    }

    private struct Stream: Decodable {
        var MessageStreamType: String
        var ArchivedAt: String?
    }

    private func askStream(_ questions: inout Questions) {
        let target = "/message-streams/\(stream.percentEncoded)"
        guard let response = questions.ask(target, key: .sending, for: .place) else { return }
        let advice = "check provider.stream"
        if let found = questions.decoded(Stream.self, response) {
            let isOpen = found.ArchivedAt == nil && found.MessageStreamType != "Inbound"
            let state = found.ArchivedAt == nil ? "takes mail, and sends none" : "is archived"
            return questions.keep(
                isOpen ? .yes : .no("the stream \(stream) \(state): \(advice)"), to: .place)
        }
        let isAbsent = response.status == 404 || PostmarkAnswer(response)?.errorCode == 1226
        questions.keep(
            isAbsent
                ? .no("there is no stream \(stream): \(advice)") : questions.answer(response),
            to: .place)
    }
}
