package import Invoicing

/// By which channels documents go out (utsendelsesplan): the rows of one key in `send_plans`.
package struct SendPlanRecord: Hashable, Sendable {
    package var key: String
    package var name: String
    /// In the order of their positions; none are a deliberate stop.
    package var steps: [SendPlanStep]
}

/// One row of `send_plans`: a step of a plan, or a plan without any.
struct SendPlanRow: SetupRecord {
    var key: String
    var name: String?
    var position: Int
    /// Nil in the row of an empty plan.
    var step: SendPlanStep?

    enum Column: String, SetupColumn {
        case key, name, position, channel
        case retryDelays = "retry_delays"
    }

    static var kind: SetupKind { .sendPlans }
    static var requiredColumns: [Column] { [.key, .name, .channel] }
    static var keyColumn: Column { .position }

    var identity: [String] { [key, String(position)] }

    init(_ row: inout SetupRow<Column>) {
        key = row.requiredKey(.key)
        name = row.line(.name)
        position = row.int(.position, in: 1...99) ?? 1
        let delays = Self.delays(&row)
        let channel = row.choice(.channel, Channel.self)
        step = channel.map { channel in
            SendPlanStep(
                channel: channel,
                retryDelaysSeconds: delays ?? SendPlanStep.retryDelaysSecondsDefault)
        }
    }

    /// How many tries a step may have after the first.
    private static let delayCountMax = 10
    /// A month: later, the invoice is long due.
    private static let delaySecondsMax = 31 * 86_400

    /// `4h,24h` in seconds; nil where it is empty, and none for `none`.
    private static func delays(_ row: inout SetupRow<Column>) -> [Int]? {
        guard let text = row.text(.retryDelays) else { return nil }
        guard text.lowercased() != "none" else { return [] }
        let words = text.split { $0 == "," || $0 == " " || $0 == ";" }
        let seconds = words.compactMap(seconds)
        guard seconds.count == words.count, !words.isEmpty, words.count <= delayCountMax else {
            row.fault(
                .retryDelays,
                "is no list of up to \(delayCountMax) times from one minute to 31 days",
                advice: "Write numbers with m, h or d: 4h,24h; none for no second try")
            return nil
        }
        return seconds
    }

    private static func seconds(_ word: Substring) -> Int? {
        let units = ["m": 60, "h": 3_600, "d": 86_400]
        guard let last = word.last, let unit = units[String(last)],
            word.dropLast().utf8.allSatisfy(TextBytes.isDigit), let count = Int(word.dropLast()),
            (1...delaySecondsMax / unit).contains(count)
        else { return nil }
        return count * unit
    }
}

extension SendPlanRow {
    /// Puts the rows of each plan together, in the order in which the plans first come.
    static func plans(_ rows: [SetupTable<SendPlanRow>.Placed], file: String)
        -> Result<[SendPlanRecord], ImportFaults>
    {
        var plans: [SendPlanRecord] = []
        var faults: [ImportFault] = []
        let groups = Dictionary(grouping: rows, by: \.record.key)
        for first in rows where groups[first.record.key]?.first?.line == first.line {
            let group = (groups[first.record.key] ?? [])
                .sorted { $0.record.position < $1.record.position }
            let steps = group.compactMap(\.record.step)
            for row in group {
                faults +=
                    problem(of: row.record, in: group.map(\.record), stepCount: steps.count)
                    .map { column, message, advice in
                        ImportFault(
                            file: file, line: row.line, column: column.rawValue,
                            value: row.record.key, message: message, advice: advice)
                    }.map { [$0] } ?? []
            }
            let name = group.lazy.compactMap(\.record.name).first ?? ""
            plans.append(SendPlanRecord(key: first.record.key, name: name, steps: steps))
        }
        return faults.isEmpty ? .success(plans) : .failure(ImportFaults(faults))
    }

    private static func problem(of row: SendPlanRow, in group: [SendPlanRow], stepCount: Int)
        -> (column: Column, message: String, advice: String)?
    {
        let names = Set(group.compactMap(\.name))
        if names.isEmpty {
            return (.name, "is missing", "Name the plan in its first row")
        }
        if let name = row.name, names.count > 1, name != group.lazy.compactMap(\.name).first {
            return (.name, "is another name for the same plan", "Use one name in all its rows")
        }
        if row.step == nil, group.count > 1 {
            return (
                .channel, "is missing in a plan that has other rows",
                "Fill it in; only a plan of one row may be empty"
            )
        }
        return nil
    }
}
