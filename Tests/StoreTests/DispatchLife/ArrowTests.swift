import Dispatching
import Postgres
import Store
import Testing

/// Every arrow from every place, against the database: the table, executed.
struct ArrowTests {
    @Test(arguments: ArrowCase.all)
    func `an arrow does what the table says, and from elsewhere nothing`(_ deed: ArrowCase) throws {
        let fixture = try StoreFixture(tenants: Start.tenants)
        for start in Start.allCases {
            let key = try start.make(on: fixture)
            #expect(try fixture.line(key).hasPrefix(start.state.rawValue + " "), "\(start)")
            let before = try fixture.content(except: deed.history)
            #expect(!before.isEmpty)
            // What a constraint refuses is refused too.
            do { try deed.run(fixture, key) } catch is PostgresError {}
            if let expected = deed.comesTo[start] {
                let line = try fixture.line(key)
                #expect(line == expected, "from \(start)")
            } else {
                let changes = try fixture.content(except: deed.history).difference(from: before)
                #expect(changes.isEmpty, "from \(start)")
            }
            let broken = try fixture.broken()
            #expect(broken == [], "after \(start)")
        }
    }

    @Test(arguments: DispatchArrow.allCases)
    func `the functions of an arrow start where the table says, and nowhere else`(
        _ arrow: DispatchArrow
    ) {
        let starts = ArrowCase.all.filter { $0.arrow == arrow }.flatMap(\.comesTo.keys)
        // What may have been fetched from the outbox is in doubt: `RecoverTests`.
        let further: Set<DispatchState> = arrow == .reject ? [.inDoubt] : []
        #expect(Set(starts.map(\.state)).union(further) == arrow.sources)
        for deed in ArrowCase.all where deed.arrow == arrow {
            for (start, line) in deed.comesTo where !(deed.name == "cancel" && start == .sending) {
                #expect(line.hasPrefix(arrow.target.rawValue + " "), "\(deed.name) from \(start)")
            }
        }
    }
}
