/// What is wrong with a value, and what to write instead.
struct ValueFault: Error, Hashable {
    var message: String
    var advice: String

    init(_ message: String, _ advice: String) {
        self.message = message
        self.advice = advice
    }
}
