/// How a sandbox runs.
package struct SandboxOptions: Sendable {
    /// The port on 127.0.0.1; 0 for any that is free.
    package var port = 0
    /// Where the ledger lies; without a path it is gone when the sandbox is.
    package var ledgerPath: String?
    /// Whether each acceptance is on the disk before it is answered.
    package var syncsLedger = false
    /// How long each send takes: one half before it is accepted, one half before it is answered.
    package var latencyMilliseconds = 0
    /// How long after it happened an event can be seen.
    package var eventDelayMilliseconds = 0
    /// How far the provider's clock goes ahead of ours.
    package var clockOffsetSeconds = 0
    /// How long the logs keep a message (SendGrid's logs, Postmark's messages, Mailgun's events);
    /// nil for ever.
    package var logsKeptSeconds: Int?
    /// The key that is taken; without one, any that is not empty.
    package var apiKey: String?

    package init() {}
}
