import Bounces
import Dispatching
import FoundationEssentials
import Invoicing

extension UnreadReport {
    /// A row of a provider's page that can't be parsed.
    init(row: String, source: String) {
        self.init(
            source: source, reason: "a row that is not as the provider describes it",
            origin: .provider, bytes: Array(row.utf8))
        (tenantID, dispatchID) = OwnIDs.find(in: bytes)
    }
}

/// Finds our own ids in a row that can't be parsed, under the names that the providers return them.
enum OwnIDs {
    static func find(in bytes: [UInt8]) -> (tenantID: Int64?, dispatchID: UUID?) {
        let tenant = value(in: bytes, of: ["tenant_id", "tenant-id"]).flatMap { Int64($0) }
        let dispatch = value(in: bytes, of: ["dispatch_id", "dispatch-id"])
            .flatMap { UUID(uuidString: $0) }
        guard let tenant, let dispatch else { return (nil, nil) }
        return (tenant, dispatch)
    }

    /// The digits, letters and hyphens that follow a name and its quotes; nil for none.
    private static func value(in bytes: [UInt8], of names: [String]) -> String? {
        for name in names {
            let name = Array(name.utf8)
            guard let range = bytes.firstRange(of: name) else { continue }
            let rest = bytes[range.upperBound...].drop { !isOfValue($0) }.prefix(64)
            return String(decoding: rest.prefix { isOfValue($0) }, as: UTF8.self)
        }
        return nil
    }

    private static func isOfValue(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension RowPage {
    /// Parses a stored row again; nil where it still can't be parsed.
    static func again(_ report: UnreadReport) -> Row? {
        let text: [UInt8] = [UInt8(ascii: "[")] + report.bytes + [UInt8(ascii: "]")]
        return RowPage<Row>(text[...])?.rows.first?.row
    }
}

extension Reading {
    /// The reading of a parsed row: an event, or a kind that reports no delivery.
    init(_ event: ProviderEvent?, ofKind kind: String) {
        self = event.map { .events([$0]) } ?? .ignored(kind)
    }
}

extension EventPage {
    /// A page of parsed rows, each an event or a kind that reports no delivery.
    init(
        _ readings: [Reading], completeUntil: Date?, unread: [UnreadReport],
        shortfall: String? = nil
    ) {
        self.init(events: [], completeUntil: completeUntil, unread: unread, shortfall: shortfall)
        for reading in readings {
            switch reading {
            case .events(let found): events += found
            case .ignored(let reason): ignored.append(reason)
            case .unread: break
            }
        }
    }
}
