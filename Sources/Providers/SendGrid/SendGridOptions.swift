import Transport

/// An account at SendGrid and how it is spoken to; its keys are never shown.
package struct SendGridOptions: Sendable {
    /// `https://api.sendgrid.com`, the EU host for EU subusers, or a loopback server.
    package var baseURL: String
    let sendAuthorization: HTTPHeader
    let reconcileAuthorization: HTTPHeader
    /// How many messages are submitted at once.
    package var concurrency = 16
    package var connectTimeoutSeconds = 10.0
    /// For one submission: a document of 30 MB on a slow line needs its time.
    package var submitTimeoutSeconds = 60.0
    /// For one look-up or page of a poll.
    package var readTimeoutSeconds = 60.0
    /// How far back each poll of a suppression list reads again.
    package var listOverlapSeconds = 3600
    /// The same for the logs, whose times are when a message was made: SendGrid goes on trying
    /// for 72 hours, so what became of it may change for as long.
    package var logsOverlapSeconds = 72 * 3600
    /// A PEM file of authorities to trust instead of the system's.
    package var authorityFile: String?
    package var proxyURL: String?

    /// The keys may be one and the same; two are better: one with the scope `mail.send`, one
    /// with those to read logs and to read and delete suppressions.
    package init(
        baseURL: String = "https://api.sendgrid.com", sendKey: String, reconcileKey: String
    ) {
        self.baseURL = String(baseURL.reversed().drop { $0 == "/" }.reversed())
        sendAuthorization = HTTPHeader("Authorization", secret: "Bearer \(sendKey)")
        reconcileAuthorization = HTTPHeader("Authorization", secret: "Bearer \(reconcileKey)")
    }
}
