/// Whether systemd starts the programs, where it has their timers.
///
/// Where there is no systemd, or it has none of them, cron may run the programs: that is no fault.
struct TimerCheck {
    /// What `systemctl show` prints of all timers; nil where it can't be asked.
    var properties: () -> String? = {
        SystemCommand(
            ["systemctl", "show", "--property=Id,LoadState,UnitFileState,ActiveState"]
                + ScheduledJob.allCases.map(\.timer)
        ).output()
    }

    func run() -> HealthCheck {
        var check = HealthCheck(
            name: "timers", what: "the timers that are installed are enabled", findings: [])
        let units = Self.units(properties() ?? "")
        let timers = ScheduledJob.allCases.map(\.timer)
        let absent = timers.filter { units[$0].map(\.isInstalled) != true }
        if !absent.isEmpty {
            check.note = "systemd has no \(absent.joined(separator: ", ")): does cron run it?"
        }
        let idle = timers.filter { units[$0].map { $0.isInstalled && !$0.isOn } == true }
        check.findings = idle.map { "\($0) is \(units[$0]?.words ?? "")" }
        let masked = idle.filter { units[$0]?.load == "masked" }
        check.mend =
            (masked.isEmpty ? "" : "systemctl unmask \(masked.joined(separator: " ")) && ")
            + "systemctl enable --now \(idle.joined(separator: " "))"
        return check
    }

    /// A timer as systemd sees it, in its own words.
    struct Unit: Hashable {
        /// What became of its file: `loaded`, `not-found`, `masked`.
        var load = ""
        /// Whether it starts with the machine: `enabled`, `disabled`.
        var file = ""
        /// Whether it runs: `active`, `inactive`, `failed`.
        var active = ""

        var isInstalled: Bool { !["", "not-found"].contains(load) }
        var isOn: Bool { load == "loaded" && file.hasPrefix("enabled") && active == "active" }
        var words: String {
            [load == "loaded" ? "" : load, file, active].filter { !$0.isEmpty }
                .joined(separator: " and ")
        }
    }

    /// The units of a text of `Name=value` lines, in which an empty line stands between two.
    static func units(_ text: String) -> [String: Unit] {
        var units: [String: Unit] = [:]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for block in lines.split(separator: "") {
            let values = Dictionary(
                block.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
                    .filter { $0.count == 2 }.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
            guard let id = values["Id"] else { continue }
            units[id] = Unit(
                load: values["LoadState"] ?? "", file: values["UnitFileState"] ?? "",
                active: values["ActiveState"] ?? "")
        }
        return units
    }
}
