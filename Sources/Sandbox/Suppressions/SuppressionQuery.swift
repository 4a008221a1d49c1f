/// Which rows of a list are asked for, and which page of them.
struct SuppressionQuery: Hashable, Sendable {
    /// Both inclusive, in whole seconds.
    var startTime: Int64?
    var endTime: Int64?
    var limit = limitMax
    var offset = 0
    var email: EmailPattern?

    /// "The maximum page size for this endpoint is 500 items per page", and what is given when no
    /// size is asked for.
    static let limitMax = 500
}
