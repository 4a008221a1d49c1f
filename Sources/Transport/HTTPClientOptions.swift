/// The limits of a client, and how it reaches the world.
package struct HTTPClientOptions: Hashable, Sendable {
    /// How many exchanges run at once, each on a connection of its own.
    package var concurrency: Int
    package var connectTimeoutSeconds: Double
    /// For the whole exchange, connecting included.
    package var timeoutSeconds: Double
    /// An exchange that moves fewer bytes than this, for so long, is given up.
    package var lowSpeedBytesPerSecond: Int
    package var lowSpeedSeconds: Int
    /// The largest answer that is read.
    package var responseBytesMax: Int
    package var userAgent: String
    /// A PEM file of authorities to trust instead of the system's.
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
