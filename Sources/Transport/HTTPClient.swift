/// An HTTP client over libcurl: one thread of control, many exchanges at once.
///
/// A request is sent at most once (a GET or DELETE may go again on a fresh connection when a
/// kept-alive one turns out dead); no redirect is followed, no proxy or password file of the
/// environment is used, answers are bounded, and plain http is spoken to loopback hosts only.
package final class HTTPClient {
    private let options: HTTPClientOptions
    private let multi: MultiHandle
    private let secondsSinceStop: () -> Double?
    private var idle: [Transfer] = []
    private var isPerforming = false

    /// After a stop was asked for, exchanges have so long to end by themselves.
    package static let stopSeconds = 20.0

    /// `secondsSinceStop` says how long ago the program was asked to stop, nil while it was not;
    /// it is asked about once a second.
    package init(
        _ options: HTTPClientOptions = HTTPClientOptions(),
        secondsSinceStop: @escaping () -> Double? = { nil }
    ) {
        precondition(options.concurrency >= 1, "a client without room for an exchange")
        self.options = options
        self.secondsSinceStop = secondsSinceStop
        multi = MultiHandle(connectionsMax: options.concurrency)
    }

    /// Why a request to this URL would never be sent; nil where it would.
    package static func refusal(of url: String) -> HTTPError? {
        URLCheck.refusal(of: url).map { HTTPError(.invalidRequest, .beforeBody, $0) }
    }

    /// Makes one exchange and waits for its end.
    package func perform(_ request: HTTPRequest) -> Result<HTTPResponse, HTTPError> {
        var pending: HTTPRequest? = request
        var outcome: Result<HTTPResponse, HTTPError>?
        perform(
            next: {
                defer { pending = nil }
                return pending.map { ($0, ()) }
            },
            finished: { outcome = $1 })
        guard let outcome else { preconditionFailure("an exchange without an end") }
        return outcome
    }

    /// Makes the exchanges that `next` gives, up to `concurrency` at once.
    ///
    /// `next` is asked while there is room, and again after each end even if it gave nil before;
    /// the call returns when it gives nil and none is in flight. `finished` is called once for
    /// each, as they end. When either throws, no more is asked for, those in flight are brought
    /// to their end, and the first error is thrown. Neither may use this client.
    ///
    /// What has not ended `stopSeconds` after a stop was asked for is given up, and nothing is
    /// begun after that: both end as aborted, in the phase that they had come to.
    package func perform<Tag, Failure>(
        next: () throws(Failure) -> (HTTPRequest, Tag)?,
        finished: (Tag, Result<HTTPResponse, HTTPError>) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(!isPerforming, "a client was used from within its own exchange")
        isPerforming = true
        defer { isPerforming = false }

        var inFlight: [ObjectIdentifier: (transfer: Transfer, tag: Tag)] = [:]
        var failure: Failure?
        while true {
            do throws(Failure) {
                while failure == nil, inFlight.count < options.concurrency,
                    let (request, tag) = try next()
                {
                    if let refusal = refusal(of: request) ?? stopRefusal {
                        try finished(tag, .failure(refusal))
                    } else {
                        let transfer = start(request)
                        inFlight[ObjectIdentifier(transfer)] = (transfer, tag)
                    }
                }
            } catch {
                failure = error
            }
            if inFlight.isEmpty { break }
            for (transfer, result) in awaitEnds(of: inFlight.values.lazy.map(\.transfer)) {
                guard let ended = inFlight.removeValue(forKey: ObjectIdentifier(transfer))
                else { continue }
                do throws(Failure) {
                    try finished(ended.tag, result)
                } catch {
                    failure = failure ?? error
                }
            }
        }
        if let failure { throw failure }
    }

    private func refusal(of request: HTTPRequest) -> HTTPError? {
        if let header = request.headers.first(where: { !$0.isSafe }) {
            return HTTPError(
                .invalidRequest, .beforeBody,
                "the value of the header \(header.name) does not fit on one line")
        }
        if request.isPastDeadline {
            return HTTPError(.overdue, .beforeBody, HTTPError.overdueReason)
        }
        return Self.refusal(of: request.url)
    }

    private func start(_ request: HTTPRequest) -> Transfer {
        let transfer = idle.popLast() ?? Transfer(options)
        transfer.prepare(request, options: options)
        multi.add(transfer)
        return transfer
    }

    private var isStopOverdue: Bool {
        secondsSinceStop().map { $0 >= Self.stopSeconds } ?? false
    }

    private var stopRefusal: HTTPError? {
        guard isStopOverdue else { return nil }
        return HTTPError(.aborted, .beforeBody, "not begun, since the program is to stop")
    }

    /// Waits until at least one exchange has ended, or is given up.
    private func awaitEnds(
        of inFlight: some Sequence<Transfer>
    ) -> [(Transfer, Result<HTTPResponse, HTTPError>)] {
        while true {
            // The process may have stood still: what is overdue goes before any byte is written.
            let overdue = inFlight.filter(\.isOverdue)
            guard overdue.isEmpty else { return giveUp(overdue, .overdue, HTTPError.overdueReason) }
            let ended = multi.advance()
            guard ended.isEmpty else {
                return ended.map { transfer, code in
                    idle.append(transfer)
                    return (transfer, transfer.takeResult(code))
                }
            }
            guard !isStopOverdue else {
                return giveUp(
                    Array(inFlight), .aborted, "given up, since the program is to stop")
            }
            multi.wait()
        }
    }

    private func giveUp(
        _ transfers: [Transfer], _ kind: HTTPError.Kind, _ reason: String
    ) -> [(Transfer, Result<HTTPResponse, HTTPError>)] {
        transfers.map { transfer in
            multi.remove(transfer)
            idle.append(transfer)
            return (transfer, .failure(transfer.giveUp(kind, reason)))
        }
    }
}
