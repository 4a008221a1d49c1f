import CLibCurl
package import Wire

/// An HTTP client over libcurl: used by one thread, with many exchanges at once.
///
/// A request is sent at most once (a GET or DELETE may be repeated on a fresh connection when a
/// kept-alive one turns out to be dead). Redirects are not followed, a proxy or password file of
/// the environment is not used, responses are limited in size, and plain http is allowed to
/// loopback hosts only.
package final class HTTPClient {
    private let options: HTTPClientOptions
    private let multi: MultiHandle
    private let stop: any StopRequest
    private var idle: [Transfer] = []
    private var isPerforming = false

    /// After a stop was requested, how long exchanges may take to finish.
    package static let stopSeconds = 20.0

    /// `stop` is looked at about once a second.
    package init(
        _ options: HTTPClientOptions = HTTPClientOptions(),
        stop: any StopRequest = NeverStopped()
    ) {
        precondition(options.concurrency >= 1, "a client without room for an exchange")
        self.options = options
        self.stop = stop
        multi = MultiHandle(connectionsMax: options.concurrency)
    }

    /// Why a request to this URL would be rejected before it is sent; nil where it would be sent.
    package static func refusal(of url: String) -> HTTPError? {
        URLCheck.refusal(of: url).map { HTTPError(.invalidRequest, .beforeBody, $0) }
    }

    /// Performs one exchange and waits for it to end.
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

    /// Performs the exchanges that `next` returns, up to `concurrency` at once.
    ///
    /// `next` is called while there is room, and again after each end even if it returned nil
    /// before; the call returns when `next` returns nil and nothing is in flight. `finished` is
    /// called once for each exchange, as it ends. When either throws, no more requests are fetched,
    /// those in flight are completed, and the first error is thrown. Neither may use this client.
    ///
    /// What has not ended `stopSeconds` after a stop was requested is aborted, and nothing is
    /// started after that: both fail as `aborted`, in the phase that they had reached.
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
        stop.secondsSinceRequest.map { $0 >= Self.stopSeconds } ?? false
    }

    private var stopRefusal: HTTPError? {
        guard isStopOverdue else { return nil }
        return HTTPError(.aborted, .beforeBody, "not begun, since the program is to stop")
    }

    /// Waits until at least one exchange has ended or been abandoned.
    private func awaitEnds(
        of inFlight: some Sequence<Transfer>
    ) -> [(Transfer, Result<HTTPResponse, HTTPError>)] {
        while true {
            // The process may have been suspended: overdue requests are dropped before any byte is
            // written.
            let overdue = inFlight.filter(\.isOverdue)
            guard overdue.isEmpty else { return abort(overdue, .overdue, HTTPError.overdueReason) }
            let ended = multi.advance()
            guard ended.isEmpty else {
                return ended.map { transfer, code in
                    idle.append(transfer)
                    return (transfer, transfer.finish(code))
                }
            }
            guard !isStopOverdue else {
                return abort(
                    Array(inFlight), .aborted, "given up, since the program is to stop")
            }
            multi.wait()
        }
    }

    private func abort(
        _ transfers: [Transfer], _ kind: HTTPError.Kind, _ reason: String
    ) -> [(Transfer, Result<HTTPResponse, HTTPError>)] {
        transfers.map { transfer in
            multi.remove(transfer)
            idle.append(transfer)
            return (transfer, .failure(transfer.abort(kind, reason)))
        }
    }
}

/// The limits of a client, and how it reaches its servers.
package struct HTTPClientOptions: Hashable, Sendable {
    /// How many exchanges run at once, each on a connection of its own.
    package var concurrency: Int
    /// The longest time for resolving, connecting and TLS.
    package var connectTimeoutSeconds: Double
    /// The longest time for the whole exchange, connecting included.
    package var timeoutSeconds: Double
    /// An exchange slower than this for `lowSpeedSeconds` is aborted.
    package var lowSpeedBytesPerSecond: Int
    /// How long an exchange may be slower than that.
    package var lowSpeedSeconds: Int
    /// The largest response body that is read; a larger one is an error.
    package var responseBytesMax: Int
    package var userAgent: String
    /// A PEM file of certificate authorities to trust instead of the system's; nil for the
    /// system's.
    package var authorityFile: String?

    package init(
        concurrency: Int = 1, connectTimeoutSeconds: Double = 10, timeoutSeconds: Double = 60,
        lowSpeedBytesPerSecond: Int = 10, lowSpeedSeconds: Int = 30,
        responseBytesMax: Int = 1 << 20, userAgent: String = "budstikke",
        authorityFile: String? = nil
    ) {
        self.concurrency = concurrency
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.timeoutSeconds = timeoutSeconds
        self.lowSpeedBytesPerSecond = lowSpeedBytesPerSecond
        self.lowSpeedSeconds = lowSpeedSeconds
        self.responseBytesMax = responseBytesMax
        self.userAgent = userAgent
        self.authorityFile = authorityFile
    }
}

/// Owns a libcurl multi handle: many transfers on one thread, and the connections kept alive.
final class MultiHandle {
    private let handle: UnsafeMutableRawPointer

    init(connectionsMax: Int) {
        CurlLibrary.begin()
        guard let handle = curl_multi_init() else { preconditionFailure("out of memory") }
        self.handle = handle
        budstikke_set_multi_long(handle, CURLMOPT_MAXCONNECTS, connectionsMax)
        budstikke_set_multi_long(handle, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
    }

    deinit {
        curl_multi_cleanup(handle)
    }

    /// Starts a transfer, which the caller has to retain until it has ended.
    func add(_ transfer: Transfer) {
        let code = curl_multi_add_handle(handle, transfer.easy)
        precondition(code == CURLM_OK, "a transfer was started twice")
    }

    /// Aborts a running transfer; its connection is closed.
    func remove(_ transfer: Transfer) {
        curl_multi_remove_handle(handle, transfer.easy)
    }

    /// Drives all transfers as far as they go without waiting, and returns those that ended.
    func advance() -> [(transfer: Transfer, code: CURLcode)] {
        var running: Int32 = 0
        curl_multi_perform(handle, &running)
        var ended: [(Transfer, CURLcode)] = []
        var left: Int32 = 0
        while let message = curl_multi_info_read(handle, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle
            else { continue }
            // The message is freed with its handle.
            ended.append((Transfer.owner(of: easy), budstikke_result(message)))
            curl_multi_remove_handle(handle, easy)
        }
        return ended
    }

    /// Waits until something can be read or written, at most a second.
    func wait() {
        curl_multi_poll(handle, nil, 0, 1000, nil)
    }
}
