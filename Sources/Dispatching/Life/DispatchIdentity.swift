import Crypto
package import FoundationEssentials
package import Invoicing

/// A dispatch of a tenant as every table identifies it, the tenant first.
package struct DispatchKey: Hashable, Sendable {
    package var tenantID: Int64
    package var dispatchID: UUID

    package init(_ tenantID: Int64, _ dispatchID: UUID) {
        self.tenantID = tenantID
        self.dispatchID = dispatchID
    }
}

/// Ids derived from what they identify, so that what is created again has the same id as before.
///
/// A restored database creates the same invoices again; asked for a dispatch by our own id, the
/// provider then knows whether it was sent before. Only what can be sent has such an id: what fails
/// beforehand has a random one, since nobody asks for it and it may fail often.
package enum DispatchIdentity {
    /// The namespace of all names here.
    ///
    /// It must never change: what was sent could no longer be found.
    static let namespace: [UInt8] = [
        0x6f, 0x1d, 0x2c, 0x6e, 0x3b, 0x0a, 0x4c, 0x7b,
        0x9a, 0x55, 0x0e, 0x84, 0x27, 0xd1, 0x63, 0xf8,
    ]

    /// What an invoice was created from.
    package enum Origin: Hashable, Sendable {
        /// A period of an agreement; the invoice number may differ when it is created again.
        case period(agreement: String, Int)
        /// A document that was created elsewhere and keeps its number.
        case document(series: String, DocumentType, number: String)

        var words: [String] {
            switch self {
            case .period(let agreement, let period): ["period", agreement, "\(period)"]
            case .document(let series, let type, let number):
                ["document", series, type.rawValue, number]
            }
        }
    }

    /// The id of the invoice of an origin.
    package static func invoice(tenantID: Int64, origin: Origin) -> UUID {
        named(["invoice", "\(tenantID)"] + origin.words)
    }

    /// The id of a dispatch of an invoice to a recipient; `place` counts the earlier dispatches
    /// that could be sent: 0 for the first, and one more for each resend.
    package static func dispatch(
        tenantID: Int64, origin: Origin, recipient: String, place: Int
    ) -> UUID {
        named(["dispatch", "\(tenantID)"] + origin.words + [recipient.lowercased(), "\(place)"])
    }

    /// The id of an e-mail to a user, identified by its content: the same text is the same e-mail.
    ///
    /// `place` counts the earlier e-mails with the same content.
    package static func report(
        tenantID: Int64, purpose: String, userKey: String, recipient: String, text: String,
        place: Int
    ) -> UUID {
        named(["report", "\(tenantID)", purpose, userKey, recipient.lowercased(), text, "\(place)"])
    }

    /// A name-based UUID of version 5 (RFC 9562 § 5.5): SHA-1 of the namespace and the name, with
    /// six bits for the version and the variant.
    ///
    /// The words of a name are terminated by zero bytes, which none of them can contain.
    static func named(_ words: [String]) -> UUID {
        var sha1 = Insecure.SHA1()
        sha1.update(data: namespace)
        for word in words {
            sha1.update(data: Array(word.utf8))
            sha1.update(data: [0])
        }
        return uuid(of: Array(sha1.finalize()))
    }

    static func uuid(of hash: [UInt8]) -> UUID {
        var bytes = Array(hash.prefix(16))
        bytes[6] = bytes[6] & 0x0f | 0x50
        bytes[8] = bytes[8] & 0x3f | 0x80
        return UUID(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14],
                bytes[15]
            ))
    }
}
