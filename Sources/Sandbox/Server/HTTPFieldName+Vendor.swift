import HTTPTypes

extension HTTPField.Name {
    /// SendGrid's id of a send request.
    static let messageID = vendor("X-Message-Id")
    static let postmarkToken = vendor("X-Postmark-Server-Token")
    static let rateLimitLimit = vendor("X-RateLimit-Limit")
    static let rateLimitRemaining = vendor("X-RateLimit-Remaining")
    /// When the limit is lifted, in Unix seconds.
    static let rateLimitReset = vendor("X-RateLimit-Reset")

    private static func vendor(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else {
            preconditionFailure("\(name) is a valid name of a header field")
        }
        return name
    }
}
