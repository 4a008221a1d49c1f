extension LogQuery {
    /// Reads a query; an empty one has no conditions and asks for recent messages.
    init(_ text: String) throws(LogQueryError) {
        var tokens = try LogQueryToken.split(text)[...]
        guard !tokens.isEmpty else { return }
        conditions.append(try Self.takeCondition(from: &tokens))
        while let token = tokens.popFirst() {
            guard token == .word("AND") else {
                throw LogQueryError(message: "invalid query: expected AND")
            }
            conditions.append(try Self.takeCondition(from: &tokens))
        }
    }

    private static func takeCondition(
        from tokens: inout ArraySlice<LogQueryToken>
    ) throws(LogQueryError) -> Condition {
        guard case .word(let field) = tokens.popFirst() else {
            throw LogQueryError(message: "invalid query: expected a field")
        }
        switch field {
        case "sg_message_id": return .messageID(try takeEqual(field, from: &tokens))
        case "subject": return .subject(try takeEqual(field, from: &tokens))
        case "to_email": return .recipient(try takeEqual(field, from: &tokens))
        case "reason": return .reason(try takeEqual(field, from: &tokens))
        case "status": return .status(try takeStatuses(from: &tokens))
        case "categories": return .categories(try takeList(field, from: &tokens))
        case "sg_message_id_created_at": return try takeTime(field, from: &tokens)
        default: throw LogQueryError(message: "invalid query: unknown field \(field)")
        }
    }

    private static func takeEqual(
        _ field: String, from tokens: inout ArraySlice<LogQueryToken>
    ) throws(LogQueryError) -> String {
        guard tokens.popFirst() == .sign("="), case .text(let value) = tokens.popFirst() else {
            throw LogQueryError(message: "invalid query: \(field) takes = and a quoted value")
        }
        return value
    }

    private static func takeStatuses(
        from tokens: inout ArraySlice<LogQueryToken>
    ) throws(LogQueryError) -> Set<String> {
        let statuses = try takeList("status", from: &tokens)
        for status in statuses where MessageStatus(rawValue: status) == nil {
            throw LogQueryError(message: "invalid query: unknown status \(status)")
        }
        return statuses
    }

    private static func takeList(
        _ field: String, from tokens: inout ArraySlice<LogQueryToken>
    ) throws(LogQueryError) -> Set<String> {
        let error = LogQueryError(
            message: "invalid query: \(field) takes IN and a list of quoted values in brackets")
        guard tokens.popFirst() == .word("IN"), tokens.popFirst() == .sign("(") else { throw error }
        var values: Set<String> = []
        while true {
            guard case .text(let value) = tokens.popFirst() else { throw error }
            values.insert(value)
            switch tokens.popFirst() {
            case .sign(","): continue
            case .sign(")"): return values
            default: throw error
            }
        }
    }

    private static func takeTime(
        _ field: String, from tokens: inout ArraySlice<LogQueryToken>
    ) throws(LogQueryError) -> Condition {
        guard case .sign(let sign) = tokens.popFirst(), let comparison = Comparison(rawValue: sign),
            tokens.popFirst() == .word("TIMESTAMP"), case .text(let text) = tokens.popFirst(),
            let timestamp = Timestamp(iso8601: text)
        else {
            throw LogQueryError(
                message: "invalid query: \(field) takes <, <=, > or >= and TIMESTAMP \"...\"")
        }
        return .createdAt(comparison, timestamp)
    }
}
