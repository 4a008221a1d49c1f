package import Bounces
package import Dispatching
package import Foundation
package import Providers
import Wire

extension VendorSettings {
    /// A vendor with all that it needs.
    package static func test(_ name: ProviderName, region: Region = .us) -> VendorSettings {
        switch name {
        case .sendgrid: .sendgrid(region: region)
        case .postmark: .postmark(region: region, stream: defaultStream)
        case .mailgun: .mailgun(region: region, domain: .success("mg.fjord.example"))
        case .smtp: .smtp(.success(.test()), messageBytesMax: 10_240_000)
        }
    }
}

extension RelaySettings {
    /// A relay and a mailbox at which nobody answers, where others are not named.
    package static func test(
        relayURL: String = "smtp://127.0.0.1:1", mailboxURL: String = "imap://127.0.0.1:1/INBOX",
        mailboxUser: String? = nil, returnPath: String = "bounces@fjord.example"
    ) -> RelaySettings {
        // swift-format-ignore: NeverForceUnwrap
        let address = EmailAddress(returnPath)!
        var settings = RelaySettings(
            relayURL: relayURL, mailboxURL: mailboxURL, returnPath: address)
        settings.mailboxUser = mailboxUser
        return settings
    }
}

extension ProviderAccount {
    /// An account at the vendor's own server, where another is not named.
    package static func test(
        at url: String? = nil, sendKey: String = "key-to-send",
        reconcileKey: String = "key-to-read",
        markKey: MarkKey = MarkKey(Array(repeating: 7, count: 32)), concurrency: Int = 8,
        timeoutSeconds: Int = 30, settleSeconds: Int = 1_800
    ) -> ProviderAccount {
        var settings = AccountSettings()
        settings.baseURL = url
        settings.concurrency = concurrency
        settings.timeoutSeconds = timeoutSeconds
        var margins = PollMargins()
        margins.settleSeconds = settleSeconds
        return ProviderAccount(
            settings, margins: margins, sendKey: Secret(sendKey),
            reconcileKey: Secret(reconcileKey), markKey: markKey)
    }
}

extension ProviderClock {
    /// Pauses take no time, and no stop comes.
    package static func test(
        now: @escaping () -> Date = { Date.now }, pause: @escaping (Int) -> Void = { _ in }
    ) -> ProviderClock {
        ProviderClock(stop: NeverStopped(), now: now, pause: pause)
    }
}
