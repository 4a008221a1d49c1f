import Dispatching
import FoundationEssentials
import Wire

@testable import Bounces

extension FuzzTarget {
    /// The bounce mailbox, which anybody may write to who sees a return path.
    static let mail = FuzzTarget("mail", bytesMax: 256 << 10) { bytes in
        let mailbox = try OwnMailbox()
        let reading = BounceMail(
            arrivedAt: Date(timeIntervalSince1970: 1_800_000_000), bytes: bytes,
            returnPath: mailbox.returnPath, ownAddress: mailbox.address
        ).read()
        switch reading {
        case .events(let events):
            try hold((1...51).contains(events.count), "one mail makes at most 51 events")
            try same(Set(events.map(\.key)).count, events.count, "each event has its own key")
            for event in events { try event.checkSound() }
        case .ignored(let reason), .unread(let reason):
            try checkLine(reason, max: 500, "a mail's reason")
        }
        let mark = mailbox.returnPath.firstMark(in: bytes)
        let report = UnreadReport(
            source: BounceMail.source, reason: "", tenantID: mark?.tenantID,
            dispatchID: mark?.dispatchID, origin: VERPToken.origin(mark), bytes: bytes)
        try checkLine(report.beginning, max: 500, "an unread mail's beginning")
    }
}

/// The mailbox that the seeds are written to.
private struct OwnMailbox {
    let address: EmailAddress
    let returnPath: ReturnPath

    init() throws {
        guard let address = EmailAddress("bounces@fjord.example") else {
            throw BrokenProperty(description: "an address is one")
        }
        self.address = address
        // What signs the marks of the seeds.
        returnPath = try ReturnPath(address, key: MarkKey(Array(repeating: 7, count: 32)))
    }
}
