import FoundationEssentials
import Runtime
import Wire

/// One check of the installation: what is wrong, and the command that fixes it.
package struct HealthCheck: Sendable {
    /// One word that identifies the check to scripts.
    package var name: String
    /// The statement that holds if nothing is wrong.
    package var what: String
    /// What is wrong, one text each; empty if all is well.
    package var findings: [String]
    /// The command or action that fixes it; empty where each finding has its own.
    package var mend = ""
    /// A remark that is no fault; empty for none.
    package var note = ""
    /// Why the check was skipped, because of a fault reported before; nil where it was made.
    package var skipped: String?

    /// Whether nothing is wrong; true for a skipped check as well.
    package var isSound: Bool { findings.isEmpty }

    /// The check for people, on one line.
    package var text: String {
        if let skipped { return "SKIPPED \(name): \(what); \(skipped)" }
        guard !isSound else {
            return "ok      \(name): \(what)" + (note.isEmpty ? "" : "; \(note)")
        }
        return "BROKEN  \(name): \(what); \(findings.joined(separator: "; "))"
            + (mend.isEmpty ? "" : "; to mend it: \(mend)")
    }

    /// The check as a JSON object on one line.
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
    /// Runs a check; an error that it throws becomes the finding.
    static func attempt(
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
