import Foundation

/// Gauges in the text format that Prometheus scrapes and node_exporter's textfile collector reads.
///
/// Source: OpenMetrics 1.0, section 5; only the part that Prometheus' own format shares is used.
package struct OpenMetrics: Sendable {
    /// A metric with its samples, one for each combination of labels.
    package struct Gauge: Sendable {
        package var name: String
        /// The description on the `# HELP` line; line breaks and backslashes are escaped.
        package var help: String
        package var samples: [Sample]

        package init(_ name: String, _ help: String, _ samples: [Sample]) {
            self.name = name
            self.help = help
            self.samples = samples
        }
    }

    /// One value of a gauge.
    package struct Sample: Sendable {
        /// The labels in the order in which they are written; empty for a gauge with a single
        /// value.
        package var labels: [(name: String, value: String)]
        package var value: Double

        package init(_ value: Double, _ labels: (name: String, value: String)...) {
            self.value = value
            self.labels = labels
        }
    }

    package var gauges: [Gauge]

    package init(_ gauges: [Gauge]) {
        self.gauges = gauges
    }

    /// The whole exposition, including its last line; a gauge without samples still has its header.
    package var text: String {
        gauges.map(Self.text).joined() + "# EOF\n"
    }

    /// Each sample as an object, for those who read no OpenMetrics.
    package var objects: [ResultObject] {
        gauges.flatMap { gauge in
            gauge.samples.map { sample in
                [
                    "name": .text(gauge.name), "help": .text(gauge.help),
                    "labels": .object(
                        ResultObject(sample.labels.map { .init($0.name, .text($0.value)) })),
                    "value": sample.value.isFinite ? .decimal(Self.number(sample.value)) : .none,
                ]
            }
        }
    }

    private static func text(of gauge: Gauge) -> String {
        "# HELP \(gauge.name) \(escaped(gauge.help))\n# TYPE \(gauge.name) gauge\n"
            + gauge.samples.map { "\(gauge.name)\(labels($0)) \(number($0.value))\n" }.joined()
    }

    private static func labels(_ sample: Sample) -> String {
        guard !sample.labels.isEmpty else { return "" }
        return "{"
            + sample.labels.map { "\($0.name)=\"\(escaped($0.value))\"" }
            .joined(separator: ",") + "}"
    }

    /// Bytes and seconds since 1970 are written in full, never as `1.7e+09`.
    private static func number(_ value: Double) -> String {
        guard let whole = Int64(exactly: value) else { return "\(value)" }
        return "\(whole)"
    }

    /// Labels may hold text from elsewhere, such as a provider's source; it can't end a line or a
    /// label.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension OpenMetrics {
    /// Replaces a file atomically, so that a reader sees either the old or the new one in full; it
    /// is readable by all, whatever the umask.
    ///
    /// Throws where the file can't be written.
    package func write(to path: String) throws {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let folder = String(path.dropLast(name.utf8.count))
        // The collector ignores names that do not end in .prom.
        let temporary = "\(folder).\(name).\(ProcessInfo.processInfo.processIdentifier)"
        do {
            try Data(text.utf8).write(to: URL(filePath: temporary))
        } catch {
            unlink(temporary)
            throw UsageError(
                "--textfile \(path): \(ProgramFailure.explain(error).line)", exit: .inputOutput)
        }
        guard chmod(temporary, 0o644) == 0, rename(temporary, path) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(temporary)
            throw UsageError("--textfile \(path): \(reason)", exit: .inputOutput)
        }
    }
}
