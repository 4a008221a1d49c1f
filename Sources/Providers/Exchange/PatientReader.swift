import Dispatching
import FoundationEssentials
import Glibc
import Invoicing
import Transport

/// Makes exchanges that may be repeated without harm, and waits out a provider's bad moments.
///
/// Too many requests, 5xx and lost connections are tried again, at most three times, and not once
/// the program is to stop; every other answer is the caller's.
package final class PatientReader {
    static let retriesMax = 3
    /// A longer wait than this is left to the next run.
    static let pauseSecondsMax = 30

    let provider: String
    private let client: HTTPClient
    /// What an answer that says no says, on one line.
    private let words: (HTTPResponse) -> String
    private let now: () -> Date
    private let isStopping: () -> Bool
    private let pause: (Int) -> Void

    init(
        provider: String, client: HTTPClient, words: @escaping (HTTPResponse) -> String,
        now: @escaping () -> Date, isStopping: @escaping () -> Bool,
        pause: @escaping (Int) -> Void
    ) {
        self.provider = provider
        self.client = client
        self.words = words
        self.now = now
        self.isStopping = isStopping
        self.pause = pause
    }

    /// Waits; a signal ends the wait early.
    package static func sleep(seconds: Int) {
        _ = Glibc.sleep(UInt32(clamping: seconds))
    }

    /// The answer to a request; a refused key, and what does not pass, is thrown.
    func read(_ request: HTTPRequest) throws(ProviderError) -> HTTPResponse {
        try read(request, first: client.perform(request))
    }

    /// The answers to many requests, in their order; they are made at once, and those that met
    /// trouble again one by one.
    func read(_ requests: [HTTPRequest]) throws(ProviderError) -> [HTTPResponse] {
        var results = [Result<HTTPResponse, HTTPError>?](repeating: nil, count: requests.count)
        var rest = requests.indices
        client.perform(
            next: { rest.popFirst().map { (requests[$0], $0) } },
            finished: { results[$0] = $1 })
        var responses: [HTTPResponse] = []
        for (request, result) in zip(requests, results) {
            responses.append(try read(request, first: result ?? client.perform(request)))
        }
        return responses
    }

    /// Repeats a request whose first result met what may pass by itself.
    private func read(
        _ request: HTTPRequest, first: Result<HTTPResponse, HTTPError>
    ) throws(ProviderError) -> HTTPResponse {
        var retries = 0
        var result = first
        while true {
            let trouble: ProviderError
            switch result {
            case .success(let response):
                guard let found = try self.trouble(of: response) else { return response }
                trouble = found
            case .failure(let error):
                trouble = try self.trouble(of: error)
            }
            guard retries < Self.retriesMax, !isStopping(),
                let seconds = pauseSeconds(trouble, retries)
            else { throw trouble }
            pause(seconds)
            guard !isStopping() else { throw trouble }
            retries += 1
            result = client.perform(request)
        }
    }

    /// What may pass by itself; throws what will not, gives nil where there is none.
    private func trouble(of response: HTTPResponse) throws(ProviderError) -> ProviderError? {
        switch response.status {
        case 401, 403:
            throw .unauthorized(provider: provider, reason: words(response))
        case 429:
            .rateLimited(
                provider: provider,
                retryAfterSeconds: RetryAfter.seconds(response, now: now()))
        case 500...:
            .unavailable(provider: provider, reason: words(response))
        default: nil
        }
    }

    private func trouble(of error: HTTPError) throws(ProviderError) -> ProviderError {
        switch error.kind {
        case .tooLarge, .malformed:
            throw .unreadable(provider: provider, reason: error.reason)
        case .invalidRequest, .tls:
            throw .unavailable(provider: provider, reason: error.reason)
        case .resolve, .connect, .timeout, .reset, .truncated, .aborted:
            .unavailable(provider: provider, reason: error.reason)
        }
    }

    private func pauseSeconds(_ trouble: ProviderError, _ retries: Int) -> Int? {
        if case .rateLimited(_, let seconds?) = trouble {
            return seconds <= Self.pauseSecondsMax ? seconds : nil
        }
        return 1 << retries
    }
}
