package import FoundationEssentials

/// Whether a database is the one that sent until now, or one that knows less than was done.
///
/// A restored dump, a clone and a base backup hold as unsent what may have been sent since. Two
/// things tell: what the server says of itself, and marks that each machine keeps both in the
/// database and beside it.
package enum DatabaseStatus: Hashable, Sendable {
    case sound
    /// Nobody has sent from it yet.
    case unclaimed
    /// Restored or cloned: it stands on another server, or under another id of the same one.
    case copy
    /// It holds less than this machine has seen it hold.
    case wentBack(Shortfall)

    /// What the database lacks of what a machine has seen.
    package struct Shortfall: Hashable, Sendable {
        /// The mark that this machine has seen, and the one that the database holds.
        package var seen: Int64
        package var held: Int64

        package init(seen: Int64, held: Int64) {
            self.seen = seen
            self.held = held
        }
    }
}

/// What the server says of where a database stands.
package struct DatabasePlace: Hashable, Sendable {
    /// Of the cluster: the same on a standby and on what is restored from a base backup
    /// (`pg_control_system()`); nil where the server does not let it be read.
    package var systemIdentifier: Int64?
    /// Of the database in its cluster: another when it was dropped and made again.
    package var databaseOID: Int64

    package init(systemIdentifier: Int64?, databaseOID: Int64) {
        self.systemIdentifier = systemIdentifier
        self.databaseOID = databaseOID
    }

    /// Whether it is the same place, as far as both are known.
    func isSame(as other: DatabasePlace) -> Bool {
        guard databaseOID == other.databaseOID else { return false }
        guard let systemIdentifier, let known = other.systemIdentifier else { return true }
        return systemIdentifier == known
    }
}

/// What a machine remembers of a database, in its state directory.
package struct SeenMark: Hashable, Sendable {
    /// Names the state directory.
    package var stateID: UUID
    /// The mark that this machine set last.
    package var own: Int64
    /// The highest mark of any machine that this one has seen.
    package var highest: Int64

    package init(stateID: UUID, own: Int64 = 0, highest: Int64 = 0) {
        self.stateID = stateID
        self.own = own
        self.highest = highest
    }

    /// Marks only rise: of two memories the higher is the newer, in each part by itself.
    package func joined(with other: SeenMark) -> SeenMark {
        SeenMark(
            stateID: stateID, own: stateID == other.stateID ? max(own, other.own) : own,
            highest: max(highest, other.highest))
    }
}

/// What a database holds of marks.
package struct HeldMarks: Hashable, Sendable {
    /// The mark of the machine that asks; nil where it has none.
    package var own: Int64?
    package var highest: Int64

    package init(own: Int64?, highest: Int64) {
        self.own = own
        self.highest = highest
    }
}

extension DatabaseStatus {
    /// `recorded` is the place that it had when it was claimed, nil where nobody has; `seen` is
    /// nil on a machine that has not worked with it, which can't tell whether it went back.
    package static func assess(
        recorded: DatabasePlace?, now: DatabasePlace, seen: SeenMark?, held: HeldMarks
    ) -> DatabaseStatus {
        guard let recorded else { return .unclaimed }
        guard now.isSame(as: recorded) else { return .copy }
        guard let seen else { return .sound }
        let own = held.own ?? 0
        guard own >= seen.own else { return .wentBack(Shortfall(seen: seen.own, held: own)) }
        guard held.highest >= seen.highest else {
            return .wentBack(Shortfall(seen: seen.highest, held: held.highest))
        }
        return .sound
    }
}
