import Testing

@testable import Bounces

/// What is documented of a host's replies: their words, and what they are evidence of.
///
/// Each with the pages that say so.
struct HostReplies: CustomTestStringConvertible {
    /// One reply, with its codes in front as the server sends them.
    struct Reply {
        var text: String
        var bounceClass: BounceClass
        var reason: BounceReason

        init(_ text: String, _ bounceClass: BounceClass, _ reason: BounceReason) {
            self.text = text
            self.bounceClass = bounceClass
            self.reason = reason
        }
    }

    var host: String
    var replies: [Reply]

    init(_ host: String, _ replies: [Reply]) {
        self.host = host
        self.replies = replies
    }

    var testDescription: String { host }

    /// Hosts of mailboxes, and what stands in front of them and filters.
    static let all = mailboxes + filters
    private static let mailboxes = [
        gmx, webde, ionos, tOnline, strato, free, orange, laPoste, sfr, openXchange, east, centre,
        others,
    ]
    private static let filters = [
        sophos, hornetsecurity, mimecast, proofpoint, barracuda, symantec, cisco, trendMicro,
    ]
}
