import FoundationEssentials
import Runtime
import Wire

/// One question about the installation: what is wrong, and the command that mends it.
package struct HealthCheck: Sendable {
    /// One word, by which the check is known to scripts.
    package var name: String
    /// What holds where nothing is wrong.
    package var what: String
    /// What is wrong, each in words; none where all is well.
    package var findings: [String]
    /// What to run, or to do, where something is wrong; empty where each finding says it itself.
    package var mend = ""
    /// What breaks nothing, and a person should know; empty where there is nothing.
    package var note = ""
    /// Why it could not be asked, for a fault that is told of before; nil where it was.
    package var skipped: String?

    package var isSound: Bool { findings.isEmpty }

    package var text: String {
        if let skipped { return "SKIPPED \(name): \(what); \(skipped)" }
        guard !isSound else {
            return "ok      \(name): \(what)" + (note.isEmpty ? "" : "; \(note)")
        }
        return "BROKEN  \(name): \(what); \(findings.joined(separator: "; "))"
            + (mend.isEmpty ? "" : "; to mend it: \(mend)")
    }

    package var json: String {
        var fields = [
            "\"check\":\(name.quotedAsJSON)", "\"sound\":\(isSound)",
            "\"findings\":[\(findings.map(\.quotedAsJSON).joined(separator: ","))]",
        ]
        if !mend.isEmpty, !isSound { fields.append("\"mend\":\(mend.quotedAsJSON)") }
        if !note.isEmpty { fields.append("\"note\":\(note.quotedAsJSON)") }
        if let skipped { fields.append("\"skipped\":\(skipped.quotedAsJSON)") }
        return "{\(fields.joined(separator: ","))}"
    }
}

extension HealthCheck {
    /// Asks; an error is what is wrong, in its own words.
    static func ask(
        _ name: String, _ what: String, mend: String = "", _ body: () throws -> [String]
    ) -> HealthCheck {
        do {
            return HealthCheck(name: name, what: what, findings: try body(), mend: mend)
        } catch {
            return HealthCheck(
                name: name, what: what, findings: [ProgramFailure.explain(error).line], mend: mend)
        }
    }
}
