package import Wire

/// The vendors that can be configured, by their names in configuration and in the database.
package enum ProviderName: String, CaseIterable, Sendable {
    case sendgrid, postmark, mailgun, smtp
}

/// A vendor and the settings that are its own.
package enum VendorSettings: Sendable {
    case sendgrid(region: Region)
    /// Postmark has no servers in the EU: a region in it is refused where no other server is named.
    case postmark(region: Region, stream: String)
    /// The domain is the one that mail is sent from: accounts are kept by it.
    case mailgun(region: Region, domain: Required<String>)
    /// A relay of the installation's own, and the largest message that it takes.
    case smtp(Required<RelaySettings>, messageBytesMax: Int)

    /// What a vendor can't do without, or what is told of its absence.
    ///
    /// It is told when an account is opened: a program that speaks to nobody runs without it.
    package typealias Required<Value> = Result<Value, AccountError>

    /// Where a vendor's servers stand; an account lives in one place.
    package enum Region: String, CaseIterable, Sendable {
        case us, eu
    }

    /// The stream that every account at Postmark has.
    package static let defaultStream = "outbound"

    package var name: ProviderName {
        switch self {
        case .sendgrid: .sendgrid
        case .postmark: .postmark
        case .mailgun: .mailgun
        case .smtp: .smtp
        }
    }
}

/// A mail relay, and the mailbox that its bounces come back to.
package struct RelaySettings: Sendable {
    /// Where TLS is demanded of servers whose addresses are `smtp` and `imap`.
    package enum TLS: String, CaseIterable, Sendable {
        case beyondThisMachine = "beyond_this_machine"
        case always
    }

    /// The relay, as `smtp://relay.example:587`.
    package var relayURL: String
    /// Whom we log in as there; without a user nobody logs in.
    ///
    /// The key that sends is that user's password; the other one is the mailbox user's.
    package var relayUser: String?
    /// The mailbox, as `imaps://mail.example/INBOX`.
    package var mailboxURL: String
    package var mailboxUser: String?
    /// The address that bounces come back to.
    package var returnPath: EmailAddress
    package var tls = TLS.beyondThisMachine

    package init(relayURL: String, mailboxURL: String, returnPath: EmailAddress) {
        self.relayURL = relayURL
        self.mailboxURL = mailboxURL
        self.returnPath = returnPath
    }
}

/// A name that is no vendor's.
package struct UnknownProvider: Error, Hashable {
    package let name: String

    package init(name: String) {
        self.name = name
    }
}

extension UnknownProvider: CustomStringConvertible {
    package var description: String {
        let names = ProviderName.allCases.map(\.rawValue).sorted().joined(separator: ", ")
        return "'\(name)' is not one of \(names)"
    }
}
