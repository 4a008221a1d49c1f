import Invoicing
import TestSupport
import Testing

@testable import Dispatching

struct TenantControlTests {
    typealias Time = TenantControl.LocalTime

    private static func time(_ day: String, _ hour: Int, _ minute: Int = 0) throws -> Time {
        Time(day: try #require(CivilDate(day)), minute: hour * 60 + minute)
    }

    private static func quiet(_ from: Int, _ until: Int) -> TenantControl {
        var control = TenantControl()
        control.quietHours = .init(from: from * 60, until: until * 60)
        return control
    }

    @Test func `without a decision everything goes out`() throws {
        let control = TenantControl()
        #expect(control.hold(at: try Self.time("2026-12-25", 3), sentToday: .max) == nil)
    }

    @Test func `suspension goes before all else`() throws {
        var control = Self.quiet(20, 7)
        control.isSuspended = true
        #expect(control.hold(at: try Self.time("2026-11-24", 12), sentToday: 0) == .suspended)
        #expect(control.hold(at: try Self.time("2026-11-24", 3), sentToday: 0) == .suspended)
    }

    /// Quiet from 20 to 7, over midnight; each hour and when it is open again.
    @Test(
        arguments: [
            (19, nil), (20, ("2026-11-25", 7)), (23, ("2026-11-25", 7)), (0, ("2026-11-24", 7)),
            (6, ("2026-11-24", 7)), (7, nil), (12, nil),
        ] as [(Int, (String, Int)?)])
    func `quiet hours may pass midnight`(_ hour: Int, _ open: (String, Int)?) throws {
        let hold = Self.quiet(20, 7).hold(at: try Self.time("2026-11-24", hour), sentToday: 0)
        let expected = try open.map { TenantControl.Hold.closed(until: try Self.time($0.0, $0.1)) }
        #expect(hold == expected)
    }

    @Test func `quiet hours within a day end on that day`() throws {
        let control = Self.quiet(11, 13)
        let hold = control.hold(at: try Self.time("2026-11-24", 12, 59), sentToday: 0)
        #expect(hold == .closed(until: try Self.time("2026-11-24", 13)))
        #expect(control.hold(at: try Self.time("2026-11-24", 13), sentToday: 0) == nil)
    }

    @Test func `over Christmas it rests until the first working day's morning`() throws {
        var control = Self.quiet(20, 7)
        control.restDays = .init(
            weekends: true, holidays: true, days: [try #require(CivilDate("2026-12-24"))])
        // Thursday 24 is its own, 25 and 26 are public holidays, 27 is a Sunday.
        let hold = control.hold(at: try Self.time("2026-12-23", 21), sentToday: 0)
        #expect(hold == .closed(until: try Self.time("2026-12-28", 7)))
    }

    @Test func `the daily limit holds until the next day that is open`() throws {
        var control = Self.quiet(20, 7)
        control.dailyLimit = 100
        control.restDays.weekends = true
        let friday = try Self.time("2026-11-27", 12)
        #expect(control.hold(at: friday, sentToday: 99) == nil)
        #expect(
            control.hold(at: friday, sentToday: 100)
                == .limitReached(until: try Self.time("2026-11-30", 7)))
    }

    @Test func `where every day is a rest day, no end is promised`() throws {
        var control = TenantControl()
        let today = try Self.time("2026-11-24", 12)
        control.restDays.days = Set((0...400).map { today.day.adding(days: $0) })
        #expect(control.hold(at: today, sentToday: 0) == .closed(until: nil))
    }

    @Test func `hours that are none are refused`() {
        for (from, until) in [(0, 0), (-1, 5), (0, 1_440), (.min, .max), (720, 720)] {
            #expect(TenantControl.QuietHours(from: from, until: until) == nil)
        }
    }

    /// The end of a hold is open, and every minute before it is not.
    @Test func `a hold ends at the first open minute`() throws {
        var random = SeededNumbers(seed: 7)
        for _ in 0..<300 {
            var control = TenantControl()
            control.quietHours = .init(
                from: .random(in: 0..<1_440, using: &random),
                until: .random(in: 0..<1_440, using: &random))
            control.restDays = .init(
                weekends: .random(using: &random), holidays: .random(using: &random))
            let start = Time(
                day: CivilDate(daysSinceEpoch: .random(in: 20_000..<22_000, using: &random)),
                minute: .random(in: 0..<1_440, using: &random))
            guard case .closed(let until?) = control.hold(at: start, sentToday: 0) else { continue }
            #expect(control.hold(at: until, sentToday: 0) == nil)
            var time = start
            while time != until {
                #expect(control.hold(at: time, sentToday: 0) != nil, "\(control) \(time)")
                time.minute += 1
                if time.minute == 1_440 { time = Time(day: time.day.adding(days: 1), minute: 0) }
            }
        }
    }
}
