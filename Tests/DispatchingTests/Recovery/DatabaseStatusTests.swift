import Foundation
import Testing

@testable import Dispatching

/// What tells a database that went back in time from one that did not.
struct DatabaseStatusTests {
    private static let home = DatabasePlace(systemIdentifier: 7, databaseOID: 16_384)

    private func standing(
        recorded: DatabasePlace? = home, now: DatabasePlace = home,
        seen: (own: Int64, highest: Int64)? = (10, 10), own: Int64? = 10, highest: Int64 = 10
    ) -> DatabaseStatus {
        .assess(
            recorded: recorded, now: now,
            seen: seen.map { SeenMark(stateID: UUID(), own: $0.own, highest: $0.highest) },
            held: HeldMarks(own: own, highest: highest))
    }

    @Test func `one that holds what was seen, or more, is sound`() {
        #expect(standing() == .sound)
        #expect(standing(own: 12, highest: 40) == .sound)
    }

    @Test func `a new database is nobody's yet`() {
        #expect(standing(recorded: nil, seen: nil, own: nil, highest: 0) == .unclaimed)
    }

    @Test func `on a machine that has not worked with it nothing shows`() {
        #expect(standing(seen: nil, own: nil, highest: 3) == .sound)
    }

    @Test func `another server or another database is a copy`() {
        #expect(
            standing(now: DatabasePlace(systemIdentifier: 8, databaseOID: 16_384)) == .copy)
        #expect(
            standing(now: DatabasePlace(systemIdentifier: 7, databaseOID: 16_390)) == .copy)
    }

    @Test func `a server that does not say who it is, is known by the database alone`() {
        let silent = DatabasePlace(systemIdentifier: nil, databaseOID: 16_384)
        #expect(standing(now: silent) == .sound)
        #expect(standing(recorded: silent) == .sound)
        #expect(standing(now: DatabasePlace(systemIdentifier: nil, databaseOID: 1)) == .copy)
    }

    @Test func `one that holds less than this machine set went back`() {
        #expect(standing(own: 9) == .wentBack(.init(seen: 10, held: 9)))
        #expect(standing(own: nil, highest: 50) == .wentBack(.init(seen: 10, held: 0)))
    }

    @Test func `one that holds less than this machine saw others set went back`() {
        #expect(standing(seen: (10, 20), highest: 19) == .wentBack(.init(seen: 20, held: 19)))
    }

    @Test func `of two memories the higher counts, part by part`() {
        let id = UUID()
        let joined = SeenMark(stateID: id, own: 4, highest: 9)
            .joined(with: SeenMark(stateID: id, own: 6, highest: 7))
        #expect(joined == SeenMark(stateID: id, own: 6, highest: 9))
    }

    @Test func `the mark of another state directory is no mark of ours`() {
        let id = UUID()
        let joined = SeenMark(stateID: id, own: 4, highest: 4)
            .joined(with: SeenMark(stateID: UUID(), own: 6, highest: 6))
        #expect(joined == SeenMark(stateID: id, own: 4, highest: 6))
    }
}
