package import Bounces
package import Dispatching

/// An account at a provider, with its settings and keys; the keys are never shown.
package struct ProviderAccount: Sendable {
    package var settings: AccountSettings
    /// How much a poll reads again, and how close to the present it stops.
    package var margins: PollMargins
    /// The key used for sending.
    ///
    /// It may be the same as `reconcileKey`. Two separate keys are better: the one that sends then
    /// can't read or lift, and the other can't send.
    package var sendKey: Secret
    /// The key used for looking up, polling and lifting.
    package var reconcileKey: Secret
    /// The key that signs the marks in return paths, so that nobody else can forge one (SMTP).
    package var markKey: MarkKey

    package init(
        _ settings: AccountSettings, margins: PollMargins, sendKey: Secret, reconcileKey: Secret,
        markKey: MarkKey
    ) {
        self.settings = settings
        self.margins = margins
        self.sendKey = sendKey
        self.reconcileKey = reconcileKey
        self.markKey = markKey
    }
}
