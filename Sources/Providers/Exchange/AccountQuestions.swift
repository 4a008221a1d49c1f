import Dispatching
import FoundationEssentials
import Transport
import Wire

/// The questions of one examination over HTTP: each is asked once, and what comes of it is kept.
struct AccountQuestions<Provider: HTTPProvider> {
    typealias Answer = AccountExamination.Answer

    private let provider: Provider
    private(set) var examination = AccountExamination()

    init(_ provider: Provider) {
        self.provider = provider
    }

    /// Keeps the answer to a question.
    mutating func keep(_ answer: Answer, to question: AccountExamination.Question) {
        examination.answers[question] = answer
    }

    /// Keeps the selectors that a provider names.
    mutating func keep(selectors: [String]) {
        examination.selectors = selectors
    }

    /// The answer to a request, whatever its status; nil where none came, which is kept.
    mutating func ask(
        _ target: String, key: ProviderConnection.Key = .reading,
        for question: AccountExamination.Question
    ) -> HTTPResponse? {
        let connection = provider.connection
        let askedAt = connection.clock.now()
        switch connection.reader.readOnce(connection.request(.get, target, key: key)) {
        case .failure(let error):
            keep(.failed(error), to: question)
            return nil
        case .success(let response):
            if let there = response.header("Date").flatMap(HeaderDate.http) {
                examination.clock = AccountExamination.Clock(
                    there: there, askedAt: askedAt, answeredAt: connection.clock.now())
            }
            return response
        }
    }

    /// What an answer other than 200 says: a 403 is about the key's rights, and so no fault.
    func answer(_ response: HTTPResponse) -> Answer {
        switch response.status {
        case 403: .unknown("the key may not ask: \(Provider.line(of: response))")
        case 200: .failed(provider.unreadable("200 with an answer that can't be read"))
        case 500...:
            .failed(.unavailable(provider: provider.name, reason: Provider.line(of: response)))
        default: .failed(provider.refusal(of: response).error(provider: provider.name))
        }
    }

    /// The object of an answer with 200; nil for any other.
    func decoded<Value: Decodable>(_ type: Value.Type, _ response: HTTPResponse) -> Value? {
        guard response.status == 200 else { return nil }
        // An answer in another form is one that can't be read, which the caller says.
        return try? JSONDecoder().decode(type, from: Data(JSONCleaning.start(response.body)))
    }
}
