package import FoundationEssentials

/// Whether a database is the one from which was sent until now, or one that has lost part of it.
///
/// A restored dump, a clone and a base backup hold as unsent what may have been sent since. Two
/// things reveal that: what the server says about itself, and marks that each machine keeps both in
/// the database and outside it.
package enum DatabaseStatus: Hashable, Sendable {
    /// The database from which was sent until now.
    case sound
    /// Nothing has been sent from it yet.
    case unclaimed
    /// Restored or cloned: it is on another server, or has another id on the same one.
    case copy
    /// It holds less than this machine has seen in it.
    case wentBack(Shortfall)

    /// What the database lacks compared with what a machine has seen.
    package struct Shortfall: Hashable, Sendable {
        /// The mark that this machine has seen.
        package var seen: Int64
        /// The mark that the database holds.
        package var held: Int64

        package init(seen: Int64, held: Int64) {
            self.seen = seen
            self.held = held
        }
    }
}

/// Where a database is, according to the server.
package struct DatabasePlace: Hashable, Sendable {
    /// The identifier of the cluster, which is the same on a standby and on a restored base backup
    /// (`pg_control_system()`); nil where the server does not allow it to be read.
    package var systemIdentifier: Int64?
    /// The OID of the database in its cluster, which changes when it is dropped and created again.
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

/// What a machine remembers about a database, in its state directory.
package struct SeenMark: Hashable, Sendable {
    /// The id of the state directory.
    package var stateID: UUID
    /// The last mark set by this machine.
    package var own: Int64
    /// The highest mark of any machine that this one has seen.
    package var highest: Int64

    package init(stateID: UUID, own: Int64 = 0, highest: Int64 = 0) {
        self.stateID = stateID
        self.own = own
        self.highest = highest
    }

    /// Marks only rise, so the higher one of each part is the newer.
    package func joined(with other: SeenMark) -> SeenMark {
        SeenMark(
            stateID: stateID, own: stateID == other.stateID ? max(own, other.own) : own,
            highest: max(highest, other.highest))
    }
}

/// The marks that a database holds.
package struct HeldMarks: Hashable, Sendable {
    /// The mark of the machine that asks; nil where it has none.
    package var own: Int64?
    /// The highest mark of any machine.
    package var highest: Int64

    package init(own: Int64?, highest: Int64) {
        self.own = own
        self.highest = highest
    }
}

extension DatabaseStatus {
    /// `recorded` is the place of the database when it was claimed, nil where it was not; `seen` is
    /// nil on a machine that has not worked with it and can't detect a loss.
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
