import Dispatching
import FoundationEssentials
import Invoicing
import Transport

/// Makes exchanges that can be safely repeated, and retries transient failures.
///
/// Too many requests, 5xx and lost connections are retried, at most three times, and not once the
/// program has been asked to stop; every other answer goes to the caller.
final class RetryingReader {
    static let retriesMax = 3
    /// A longer wait is left to the next run.
    static let pauseSecondsMax = 30

    let provider: String
    private let client: HTTPClient
    /// Interprets an answer that refuses.
    private let refusal: (HTTPResponse) -> Refusal
    private let clock: ProviderClock

    init(
        provider: String, client: HTTPClient, refusal: @escaping (HTTPResponse) -> Refusal,
        clock: ProviderClock
    ) {
        self.provider = provider
        self.client = client
        self.refusal = refusal
        self.clock = clock
    }

    /// The answer to a request; throws where the key is refused or a failure persists.
    func read(_ request: HTTPRequest) throws(ProviderError) -> HTTPResponse {
        try read([request])[0].get()
    }

    /// The answer to a request that is made once, whatever its status.
    func readOnce(_ request: HTTPRequest) -> Result<HTTPResponse, ProviderError> {
        switch client.perform(request) {
        case .success(let response): .success(response)
        case .failure(let error): classified(.failure(error)).answer
        }
    }

    /// The answers to many requests, in their order; a failed one does not affect the others.
    ///
    /// All are made concurrently, and those that failed transiently are made again after a pause.
    func read(_ requests: [HTTPRequest]) -> [Result<HTTPResponse, ProviderError>] {
        var answers = [Result<HTTPResponse, ProviderError>?](repeating: nil, count: requests.count)
        var open = Array(requests.indices)
        for retry in 0... {
            var pauses: [Int: Int] = [:]
            var rest = open[...]
            client.perform(
                next: { rest.popFirst().map { (requests[$0], $0) } },
                finished: { index, result in
                    let (answer, isPassing) = classified(result)
                    answers[index] = answer
                    if isPassing { pauses[index] = pauseSeconds(answer, retry) }
                })
            open = open.filter { pauses[$0] != nil }
            guard retry < Self.retriesMax, let seconds = pauses.values.max(), !clock.isStopping
            else {
                break
            }
            clock.pause(seconds)
            guard !clock.isStopping else { break }
        }
        return answers.map { $0 ?? .failure(.unavailable(provider: provider, reason: "not asked")) }
    }

    /// The result of an exchange, and whether a failure is transient.
    private func classified(
        _ result: Result<HTTPResponse, HTTPError>
    ) -> (answer: Result<HTTPResponse, ProviderError>, isPassing: Bool) {
        switch result {
        case .success(let response):
            switch response.status {
            case 401, 402, 403, 407, 420:
                (.failure(refusal(response).error(provider: provider)), false)
            case 429: (.failure(refusal(response).error(provider: provider)), true)
            case 500...:
                (.failure(.unavailable(provider: provider, reason: refusal(response).reason)), true)
            default: (.success(response), false)
            }
        case .failure(let error):
            switch error.kind {
            case .untrusted: (.failure(.untrusted(provider: provider, reason: error.reason)), false)
            case .tooLarge, .malformed:
                (.failure(.unreadable(provider: provider, reason: error.reason)), false)
            case .invalidRequest:
                (.failure(.misconfigured(provider: provider, reason: error.reason)), false)
            case .tls:
                (.failure(.unavailable(provider: provider, reason: error.reason)), false)
            case .resolve, .connect, .timeout, .reset, .truncated, .overdue, .aborted:
                (.failure(.unavailable(provider: provider, reason: error.reason)), true)
            }
        }
    }

    /// How long to wait before the next attempt; nil where the wait is too long to make here.
    private func pauseSeconds(
        _ answer: Result<HTTPResponse, ProviderError>, _ retry: Int
    ) -> Int? {
        if case .failure(.rateLimited(_, let seconds?)) = answer {
            return seconds <= Self.pauseSecondsMax ? seconds : nil
        }
        return 1 << retry
    }
}

extension LookupQuery {
    /// Data this close to the end of its retention may be gone by the time it is looked up.
    private static let marginSeconds = 3600

    /// The answer where the provider no longer keeps the data; nil where it can still be queried.
    ///
    /// The age is measured by the database, because our own clock may be hours off.
    fileprivate func forgotten(by provider: String, after keptSeconds: Int) -> LookupAnswer? {
        guard ageSeconds >= Double(keptSeconds - Self.marginSeconds) else { return nil }
        let age = Self.words(Int(min(ageSeconds, 1e9)))
        return .forgotten(
            reason: "\(provider) may have forgotten it: it keeps its logs for"
                + " \(Self.words(keptSeconds)) (provider.logs_kept), and the attempt was \(age) ago"
        )
    }

    private static func words(_ seconds: Int) -> String {
        switch seconds {
        case ..<7200: "\(seconds / 60) minutes"
        case ..<172_800: "\(seconds / 3600) hours"
        default: "\(seconds / 86_400) days"
        }
    }
}

extension [LookupQuery] {
    typealias Answer = Result<LookupAnswer, ProviderError>

    /// Looks up everything within the provider's retention; the answers are in the order of the
    /// queries.
    func answers(
        from provider: String, keptSeconds: Int, ask: ([LookupQuery]) -> [Answer]
    ) -> [Answer] {
        let forgotten = map { $0.forgotten(by: provider, after: keptSeconds) }
        var asked = ask(zip(self, forgotten).filter { $1 == nil }.map(\.0))[...]
        return forgotten.map { $0.map(Answer.success) ?? asked.removeFirst() }
    }
}
