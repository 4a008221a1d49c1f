/// Why some bytes are not XML that we read: the line, what is wrong with it, what to do.
struct XMLFault: Error, Hashable {
    var line: Int
    var message: String
    var advice: String

    /// For what a well-behaved program never writes.
    static let makeAnew = "Make the file anew in the program that it came from"
}
