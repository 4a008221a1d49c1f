/// The ways in which the sandbox can be made to misbehave.
///
/// "Does it" below means: the send is accepted and stands in the ledger, the address is deleted.
///
/// | kind | what happens | parameters |
/// |---|---|---|
/// | `status_429` | does nothing, answers 429 | `retry_after` seconds |
/// | `status_500_before_accept` | does nothing, answers 500 | |
/// | `status_500_after_accept` | does it, answers 500 | |
/// | `status_502`, `status_503` | does nothing, answers 502 or 503 with HTML, as proxies do | |
/// | `timeout_before_accept` | does nothing, and never answers | |
/// | `timeout_after_accept` | does it, and never answers | |
/// | `close_after_accept` | does it, and closes the connection without an answer | |
/// | `close_on_reuse` | closes a connection at its second request, before reading it | |
/// | `truncated_json` | does it; half of the body is missing, for send also the id | |
/// | `html_200` | does nothing, answers 200 with HTML | |
/// | `slow_bytes` | does it; the body comes byte by byte | `delay_ms` between them |
/// | `unauthorized` | does nothing, answers 401 | |
/// | `duplicate_events` | every row or event is told twice | |
/// | `late_events` | does it; events can be seen later | `delay_ms` |
/// | `answer` | does nothing, and answers what it is told | `status`, `headers` {}, `body` |
/// | `rows_shift` | pages after the first begin `rows` further on: rows were deleted meanwhile | `rows` |
///
/// Each may be told where and when: `endpoint`; `count` (1), or `probability` with `seed`; and
/// `recipient` or `subject`, a part of the message's, in large or small letters (`match` is
/// `recipient` by its older name). So twelve messages get one answer, or one message alone does:
/// `{"kind":"answer","status":403,"headers":{"content-type":"text/html"},"body":"<html>…",`
/// `"endpoint":"send","count":12,"recipient":"kari"}`.
enum FaultKind: String, Hashable, Sendable, CaseIterable {
    case status429 = "status_429"
    case status500BeforeAccept = "status_500_before_accept"
    case status500AfterAccept = "status_500_after_accept"
    case status502 = "status_502"
    case status503 = "status_503"
    case timeoutBeforeAccept = "timeout_before_accept"
    case timeoutAfterAccept = "timeout_after_accept"
    case closeAfterAccept = "close_after_accept"
    case closeOnReuse = "close_on_reuse"
    case truncatedJSON = "truncated_json"
    case html200 = "html_200"
    case slowBytes = "slow_bytes"
    case unauthorized
    case duplicateEvents = "duplicate_events"
    case lateEvents = "late_events"
    case rowsShift = "rows_shift"
    case answer

    /// Where the kind means something.
    var endpoints: [Endpoint] {
        switch self {
        case .duplicateEvents: [.lists, .logs]
        case .lateEvents: [.send]
        case .rowsShift: [.lists]
        default: Endpoint.allCases
        }
    }
}
