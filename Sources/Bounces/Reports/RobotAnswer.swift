/// A mail that a robot wrote for a person; it says nothing of a failure.
enum RobotAnswer {
    /// Which kind it is, as it is listed; nil where it is none.
    ///
    /// What it says decides and not who it is from: a person's robot may be called postmaster, and
    /// servers mark their bounces as answers of a robot.
    static func kind(of mail: MailPart, words: String) -> String? {
        if mail.first("message/disposition-notification") != nil { return "a receipt of reading" }
        let headers = mail.headers
        guard headers["x-failed-recipients"] == nil else { return nil }
        let subject = ReportSigns.found(in: headers.subject)
        let said = ReportSigns.found(in: words)
        let failure: ReportSigns = [.report, .failure, .givenUp, .delay]
        guard subject.isDisjoint(with: failure) else { return nil }
        if subject.contains(.absence) { return "an auto-reply" }
        guard said.isDisjoint(with: failure), !isTelling(words) || isFromPerson(headers) else {
            return nil
        }
        if subject.contains(.challenge) || said.contains(.challenge) { return "a challenge" }
        if isMarked(headers) || said.contains(.absence) && headers.hasNullReturnPath {
            return "an auto-reply"
        }
        return nil
    }

    /// The header says that a robot answers (RFC 3834 § 5).
    private static func isMarked(_ headers: MailHeaders) -> Bool {
        let submitted = MailLines.lowercased((headers["auto-submitted"] ?? "").utf8.prefix(40))
        let precedence = MailLines.lowercased((headers["precedence"] ?? "").utf8.prefix(40))
        return submitted.starts(with: "auto-replied".utf8)
            || headers["x-autoreply"] != nil || headers["x-autorespond"] != nil
            || precedence == Array("auto_reply".utf8)
    }

    private static func isFromPerson(_ headers: MailHeaders) -> Bool { !headers.isFromServer }

    /// The words tell a cause as servers do.
    private static func isTelling(_ words: String) -> Bool {
        Classifier().classify(BounceEvidence(text: words)).reason != .undetermined
    }
}
