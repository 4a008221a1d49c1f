import HTTPTypes

extension SuppressionQuery {
    /// Reads the parameters of a list request.
    init(_ parameters: [String: String], list: ListName) throws(SendGridError) {
        startTime = try Self.number("start_time", parameters, in: 0...Int64.max)
        endTime = try Self.number("end_time", parameters, in: 0...Int64.max)
        if let limit = try Self.number("limit", parameters, in: 1...Int64(Self.limitMax)) {
            self.limit = Int(limit)
        }
        if let offset = try Self.number("offset", parameters, in: 0...Int64(Int32.max)) {
            self.offset = Int(offset)
        }
        if let email = parameters["email"], !email.isEmpty {
            self.email = EmailPattern(email, in: list)
        }
    }

    private static func number(
        _ name: String, _ parameters: [String: String], in range: ClosedRange<Int64>
    ) throws(SendGridError) -> Int64? {
        guard let text = parameters[name] else { return nil }
        guard let number = Int64(text), range.contains(number) else {
            throw SendGridError(.badRequest, "invalid value for \(name)", field: name)
        }
        return number
    }
}
