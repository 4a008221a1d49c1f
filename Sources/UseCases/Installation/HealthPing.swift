import FoundationEssentials
import Logging
import Runtime
import Transport
import Wire

/// Tells somebody who watches from outside that a run began, and how it ended.
///
/// The address is one for each program, as healthchecks.io and those like it give it: `/start` at
/// its beginning, the exit code at its end, both with the run's id; the summary is the body. Exit 1,
/// done and some items failed, is told as 0: the run did its work.
///
/// Source: the Pinging API of Healthchecks, https://healthchecks.io/docs/http_api/.
struct HealthPing {
    /// A watcher that does not answer delays a run by no more, twice.
    private static let secondsMax = 5.0
    /// What is read of a summary there.
    private static let bodyBytesMax = 10_000

    let url: String
    let runID: UUID
    let log: Logger

    /// Nil where nobody is to be told.
    init?(of job: String, runID: UUID, settings: Settings, log: Logger) {
        let urls = settings.ping
        let told: String? =
            switch ScheduledJob(rawValue: job) {
            case .generateInvoices: urls.generateInvoices
            case .sendDispatches: urls.sendDispatches
            case .reconcileBounces: urls.reconcileBounces
            case nil: nil
            }
        guard let url = told else { return nil }
        (self.url, self.runID, self.log) = (url, runID, log)
    }

    func began() {
        send("start", body: "")
    }

    func ended(_ exit: BudstikkeExit, summary: String) {
        send(exit == .someFailed ? "0" : "\(exit.rawValue)", body: summary)
    }

    /// A ping that fails is said, and nothing more: the run matters, and not who watches it.
    private func send(_ what: String, body: String) {
        let request = HTTPRequest(
            .post, "\(url)/\(what)?rid=\(runID.uuidString.lowercased())",
            body: Array(body.utf8.prefix(Self.bodyBytesMax)), timeoutSeconds: Self.secondsMax,
            responseBytesMax: 10_000)
        let reason: String
        switch HTTPClient().perform(request) {
        case .success(let response) where (200..<300).contains(response.status): return
        case .success(let response): reason = "it answers \(response.status)"
        case .failure(let error): reason = "\(error)"
        }
        log.warning("ping not taken", metadata: ["to": "\(request)", "reason": "\(reason)"])
    }
}
