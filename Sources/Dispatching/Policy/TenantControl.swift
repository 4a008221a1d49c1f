package import Invoicing

/// What an operator has decided about a tenant's dispatches: whether, when and how many go out.
package struct TenantControl: Hashable, Sendable {
    /// Nothing goes out, and nothing is lost: it waits until the tenant is resumed.
    package var isSuspended = false
    /// The most dispatches that are sent in a day of the tenant's; nil for no limit.
    package var dailyLimit: Int?
    /// Hours of the day in which nothing is sent; nil for none.
    package var quietHours: QuietHours?
    /// Days on which nothing is sent.
    package var restDays = RestDays()
    package var priority = Priority.normal

    package init() {}

    /// Who goes first where several tenants have mail due; within a class all have equal shares.
    package enum Priority: String, CaseIterable, Sendable {
        case high, normal, low
    }

    /// From one minute of the day up to another, over midnight where the end is the smaller.
    package struct QuietHours: Hashable, Sendable {
        /// Minutes since midnight, 0 to 1439.
        package let from: Int
        /// Minutes since midnight, 0 to 1439; not equal to `from`.
        package let until: Int

        /// Nil where a minute is none of a day's, or the two are equal.
        package init?(from: Int, until: Int) {
            guard (0..<1_440).contains(from), (0..<1_440).contains(until), from != until
            else { return nil }
            (self.from, self.until) = (from, until)
        }

        func contains(_ minute: Int) -> Bool {
            from < until
                ? (from..<until).contains(minute) : minute >= from || minute < until
        }
    }

    /// Days without mail: weekends, public holidays, days of the tenant's own.
    package struct RestDays: Hashable, Sendable {
        package var weekends = false
        package var holidays = false
        package var days: Set<CivilDate> = []

        package init(weekends: Bool = false, holidays: Bool = false, days: Set<CivilDate> = []) {
            (self.weekends, self.holidays, self.days) = (weekends, holidays, days)
        }

        func contains(_ day: CivilDate) -> Bool {
            weekends && day.weekday > 5 || holidays && Holidays.isNorwegian(day)
                || days.contains(day)
        }
    }
}

extension TenantControl {
    /// A minute of a day, by the tenant's own clock.
    package struct LocalTime: Hashable, Sendable {
        package var day: CivilDate
        /// Minutes since midnight, 0 to 1439.
        package var minute: Int

        package init(day: CivilDate, minute: Int) {
            (self.day, self.minute) = (day, minute)
        }
    }

    /// Why nothing of a tenant goes out now, and until when by its own clock.
    package enum Hold: Hashable, Sendable {
        /// Until an operator resumes it.
        case suspended
        /// A rest day or quiet hours; the end is nil where none comes within a year.
        case closed(until: LocalTime?)
        /// The day's limit is reached: until the next day on which it may send.
        case limitReached(until: LocalTime?)
    }

    /// Why the tenant may not send now, when it has sent so many on this day; nil where it may.
    package func hold(at now: LocalTime, sentToday: Int) -> Hold? {
        if isSuspended { return .suspended }
        guard isOpen(now) else { return .closed(until: opening(from: now)) }
        guard let dailyLimit, sentToday >= dailyLimit else { return nil }
        return .limitReached(
            until: opening(from: LocalTime(day: now.day.adding(days: 1), minute: 0)))
    }

    private func isOpen(_ time: LocalTime) -> Bool {
        !restDays.contains(time.day) && quietHours?.contains(time.minute) != true
    }

    /// The first minute, from the given one on, at which the tenant may send; looks a year ahead.
    private func opening(from time: LocalTime) -> LocalTime? {
        for ahead in 0...366 {
            let day = time.day.adding(days: ahead)
            guard !restDays.contains(day) else { continue }
            let start = ahead == 0 ? time.minute : 0
            // Only midnight and the end of the quiet hours can be the first open minute.
            let minutes = [start, quietHours?.until ?? 0].filter { $0 >= start }.sorted()
            if let minute = minutes.first(where: { quietHours?.contains($0) != true }) {
                return LocalTime(day: day, minute: minute)
            }
        }
        return nil
    }
}

extension TenantControl.LocalTime: CustomStringConvertible {
    /// As `2026-11-24 07:00`.
    package var description: String {
        "\(day) \(Self.clock(minute))"
    }

    /// A minute of a day as `07:00`.
    package static func clock(_ minute: Int) -> String {
        let (hour, rest) = (minute / 60, minute % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
    }
}

extension TenantControl.Hold {
    /// Why, and until when, a tenant waits, with the command that ends it where a person has to.
    package func words(of tenantID: Int64) -> String {
        switch self {
        case .suspended:
            "since the tenant is suspended; budstikke tenant --tenant \(tenantID) --resume ends it"
        case .closed(let until): "for the tenant's hours" + Self.words(until)
        case .limitReached(let until): "for the tenant's daily limit" + Self.words(until)
        }
    }

    private static func words(_ until: TenantControl.LocalTime?) -> String {
        until.map { ", until \($0)" } ?? ", and no time to send comes within a year"
    }
}

extension TenantControl.QuietHours: CustomStringConvertible {
    /// As `20:00-07:00`.
    package var description: String {
        "\(TenantControl.LocalTime.clock(from))-\(TenantControl.LocalTime.clock(until))"
    }
}

extension TenantControl.RestDays: CustomStringConvertible {
    /// As `weekends,holidays,2026-12-24`; empty where there are none.
    package var description: String {
        ((weekends ? ["weekends"] : []) + (holidays ? ["holidays"] : [])
            + days.sorted().map(\.description)).joined(separator: ",")
    }
}
