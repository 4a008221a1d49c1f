/// How a mail server is reached: as whom, and how long anything may take.
package struct MailLogin: Sendable {
    package var server: MailServer
    /// nil speaks without logging in.
    package var user: String?
    var password: String
    package var connectTimeoutSeconds: Double
    /// For one whole exchange once connected: a submission, a page.
    package var timeoutSeconds: Double
    /// A PEM file of authorities to trust instead of the system's.
    package var authorityFile: String?
    /// The name in EHLO; the host's own where there is none.
    package var helloName: String?
    /// How long ago the program was asked to stop; nil while it was not.
    ///
    /// A conversation has `HTTPClient.stopSeconds` to end by itself and is given up then.
    package var secondsSinceStop: @Sendable () -> Double?

    package init(
        server: MailServer, user: String? = nil, password: String = "",
        connectTimeoutSeconds: Double = 10, timeoutSeconds: Double = 60,
        authorityFile: String? = nil, helloName: String? = nil,
        secondsSinceStop: @escaping @Sendable () -> Double? = { nil }
    ) {
        self.server = server
        self.user = user
        self.password = password
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.timeoutSeconds = timeoutSeconds
        self.authorityFile = authorityFile
        self.helloName = helloName
        self.secondsSinceStop = secondsSinceStop
    }

    /// Throws where the time that a stop leaves has run out.
    func checkStop() throws(MailError) {
        guard let seconds = secondsSinceStop(), seconds >= HTTPClient.stopSeconds else { return }
        throw MailError(.overdue, "given up, since the program is to stop")
    }
}

extension MailLogin: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { server.origin }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
