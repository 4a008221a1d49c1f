/// Text that is not JSON, and the byte at which that shows.
struct JSONError: Error, Hashable, CustomStringConvertible {
    var position: Int

    var description: String {
        "not JSON: byte \(position)"
    }
}
