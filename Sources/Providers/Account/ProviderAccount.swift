package import Bounces
package import Dispatching

/// An account at a provider, whoever's it is, and how it is spoken to; its keys are never shown.
package struct ProviderAccount: Sendable {
    package var settings: AccountSettings
    package var margins: PollMargins
    /// The key that sends, and the one that looks up, polls and lifts.
    ///
    /// They may be one and the same. Two are better: the one that sends then can't read or
    /// lift, and the other can't send.
    package var sendKey: Secret
    package var reconcileKey: Secret
    /// What signs the marks in return paths, so that nobody else can make one up (SMTP).
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
