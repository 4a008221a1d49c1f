/// What is wrong between values that are sound each by itself.
struct RowFault: Hashable {
    var column: String
    var value: String
    var message: String
    var advice: String

    init(_ column: String, _ message: String, _ advice: String, value: String = "") {
        self.column = column
        self.value = value
        self.message = message
        self.advice = advice
    }
}
