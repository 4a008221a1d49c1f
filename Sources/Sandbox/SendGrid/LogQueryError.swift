/// A query that the language does not allow, in words for whoever wrote it.
struct LogQueryError: Error, Hashable {
    var message: String
}
