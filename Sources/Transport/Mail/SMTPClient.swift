import Dispatch
import Synchronization

/// Submits messages to an SMTP server, many at once: one connection and one thread for each.
///
/// SMTP is a dialogue, and libcurl's multi handle advances each by one step at a time: at 20 ms
/// from the server it sent 48 messages a second however many were in flight, whereas one handle for
/// each of 16 threads sent 743.
package final class SMTPClient {
    private let login: MailLogin
    private let concurrency: Int
    private var idle: [SMTPWorker] = []
    private var isPerforming = false

    /// `concurrency` is the largest number of submissions in flight.
    package init(_ login: MailLogin, concurrency: Int = 1) {
        precondition(concurrency >= 1, "a client without room for a submission")
        precondition(login.server.service == .smtp, "SMTP is not spoken to another server")
        self.login = login
        self.concurrency = concurrency
    }

    /// Performs one submission and waits for it to end.
    package func perform(_ submission: SMTPSubmission) -> Result<SMTPReply, SMTPFailure> {
        var pending: SMTPSubmission? = submission
        var outcome: Result<SMTPReply, SMTPFailure>?
        perform(
            next: {
                defer { pending = nil }
                return pending.map { ($0, ()) }
            },
            finished: { outcome = $1 })
        guard let outcome else { preconditionFailure("a submission without an end") }
        return outcome
    }

    /// Connects and logs in, on a connection of its own, and sends nothing.
    package func greet() throws(MailError) {
        try SMTPSession(login).greet()
    }

    /// Submits what `next` returns, up to `concurrency` at once, each message once.
    ///
    /// `next` is called while there is room, and again after each end even if it returned nil
    /// before; the call returns when `next` returns nil and nothing is in flight. `finished` is
    /// called once for each submission, on the caller's thread, as it ends. When either throws, no
    /// more submissions are fetched, those in flight are completed, and the first error is thrown.
    package func perform<Tag, Failure>(
        next: () throws(Failure) -> (SMTPSubmission, Tag)?,
        finished: (Tag, Result<SMTPReply, SMTPFailure>) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(!isPerforming, "a client was used from within its own submission")
        isPerforming = true
        defer { isPerforming = false }

        let results = SMTPResults()
        var inFlight: [ObjectIdentifier: (worker: SMTPWorker, tag: Tag)] = [:]
        var failure: Failure?
        while true {
            do throws(Failure) {
                while failure == nil, inFlight.count < concurrency,
                    let (submission, tag) = try next()
                {
                    let worker = idle.popLast() ?? SMTPWorker(login)
                    inFlight[ObjectIdentifier(worker)] = (worker, tag)
                    worker.start(submission, results)
                }
            } catch {
                failure = error
            }
            if inFlight.isEmpty { break }
            let (worker, result) = results.next()
            guard let ended = inFlight.removeValue(forKey: ObjectIdentifier(worker)) else {
                preconditionFailure("a submission ended twice")
            }
            idle.append(worker)
            do throws(Failure) {
                try finished(ended.tag, result)
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }
}

/// A session and the thread on which it is used.
///
/// Unchecked: the session is used only by the queue's blocks, which run one at a time.
private final class SMTPWorker: @unchecked Sendable {
    private let session: SMTPSession
    private let queue = DispatchQueue(label: "budstikke.smtp")

    init(_ login: MailLogin) {
        session = SMTPSession(login)
    }

    func start(_ submission: SMTPSubmission, _ results: SMTPResults) {
        queue.async { results.append(self, self.session.submit(submission)) }
    }
}

/// The results of all workers, handed over to the thread that called `perform`.
private final class SMTPResults: Sendable {
    private let results = Mutex<[(SMTPWorker, Result<SMTPReply, SMTPFailure>)]>([])
    private let count = DispatchSemaphore(value: 0)

    func append(_ worker: SMTPWorker, _ result: Result<SMTPReply, SMTPFailure>) {
        results.withLock { $0.append((worker, result)) }
        count.signal()
    }

    /// Waits for the next result.
    func next() -> (SMTPWorker, Result<SMTPReply, SMTPFailure>) {
        count.wait()
        return results.withLock { $0.removeFirst() }
    }
}

/// A submission whose parts were validated, and what it requires of a server.
struct SMTPTransaction {
    let sender: SMTPAddress
    let recipient: SMTPAddress
    let content: SMTPContent
    let deadline: ContinuousClock.Instant?
    private let sizeBytes: Int
    private let reports: SMTPSubmission.Reports?

    init(_ submission: SMTPSubmission) throws(MailError) {
        sender = try SMTPAddress(submission.sender)
        recipient = try SMTPAddress(submission.recipient)
        content = try SMTPContent(submission.message)
        deadline = submission.deadline
        sizeBytes = submission.message.count
        reports = submission.reports
        let id = reports?.envelopeID ?? "-"
        guard (1...100).contains(id.utf8.count), id.utf8.allSatisfy(Self.isPlain) else {
            throw MailError(.invalid, "an envelope id has other than letters, digits, - and .")
        }
    }

    /// Throws where nothing of it may be sent any more.
    func checkDeadline() throws(MailError) {
        guard let deadline, ContinuousClock.now >= deadline else { return }
        throw MailError(.overdue, "its time had run out before the message was sent")
    }

    /// The parameters after the addresses of MAIL and RCPT, according to the server's extensions.
    ///
    /// Throws where the server lacks an extension that the message needs; nothing was sent then.
    func arguments(_ abilities: SMTPExtensions) throws(MailError)
        -> (mail: String, recipient: String)
    {
        if let limit = abilities.sizeBytesMax, sizeBytes > limit {
            throw MailError(
                .tooLarge, "the message takes \(sizeBytes) bytes; the server takes \(limit)")
        }
        var mail = abilities.offers("SIZE") ? " SIZE=\(sizeBytes)" : ""
        if sender.needsUTF8 || recipient.needsUTF8 {
            guard abilities.offers("SMTPUTF8") else {
                throw MailError(
                    .unsupported, "the address has letters that this server does not take")
            }
            mail += " SMTPUTF8"
        }
        if !content.isASCII {
            guard abilities.offers("8BITMIME") else {
                throw MailError(
                    .unsupported, "the message has bytes that this server does not take")
            }
            mail += " BODY=8BITMIME"
        }
        guard let reports, abilities.offers("DSN") else { return (mail, "") }
        let wanted = reports.includesSuccess ? "SUCCESS,FAILURE,DELAY" : "FAILURE,DELAY"
        return (mail + " RET=HDRS ENVID=\(reports.envelopeID)", " NOTIFY=\(wanted)")
    }

    /// Whether a byte needs no escape in `xtext` (RFC 3461 § 4).
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
