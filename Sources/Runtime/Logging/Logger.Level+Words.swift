import Logging

extension Logger.Level {
    /// Postfix's words: info, warning, error.
    var word: String {
        switch self {
        case .trace, .debug: "debug"
        case .info, .notice: "info"
        case .warning: "warning"
        case .error, .critical: "error"
        }
    }

    /// syslog's priorities (sd-daemon(3)).
    var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    /// The terminal's colour for the word (ECMA-48, SGR), where it is to be seen.
    var colour: Int? {
        switch self {
        case .trace, .debug, .info, .notice: nil
        case .warning: 33
        case .error, .critical: 31
        }
    }
}
