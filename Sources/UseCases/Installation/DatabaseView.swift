import Dispatching
import FoundationEssentials
import Postgres
import Runtime
import Store

/// All that tells whether a database went back in time, read at once.
struct DatabaseView {
    var identity: UUID?
    var place: DatabasePlace
    var seen: SeenMark?
    var held: HeldMarks
    var status: DatabaseStatus

    static func look(_ connection: Connection, _ directory: StateDirectory) throws -> DatabaseView {
        let identities = DatabaseIdentities(connection)
        let recorded = try identities.recorded()
        // What is remembered is read first: a run beside us only raises what is held.
        let seen = try recorded.flatMap {
            try MarkFile(directory, identity: $0.identity).read()
        }
        let place = try identities.place()
        let held = try SenderMarks(connection).held(by: seen?.stateID)
        return DatabaseView(
            identity: recorded?.identity, place: place, seen: seen, held: held,
            status: .judge(recorded: recorded?.place, now: place, seen: seen, held: held))
    }
}

extension DatabaseStatus {
    /// Why nothing may be sent, in one line that says what to do; nil where it may.
    var refusal: String? {
        switch self {
        case .sound, .unclaimed: nil
        case .copy:
            "this database is a copy, restored or cloned: it stands elsewhere than when it last"
                + " sent, and what it holds as unsent may have been sent since; if it is to send"
                + " from now on, and the other is not, run budstikke recover"
        case .wentBack(let shortfall):
            "this database went back in time: this machine has seen mark \(shortfall.seen), and it"
                + " holds \(shortfall.held); what it holds as unsent may have been sent since: run"
                + " budstikke recover"
        }
    }
}
