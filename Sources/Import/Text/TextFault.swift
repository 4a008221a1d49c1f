/// Why some bytes can't be read as the text that they should be: where, what is wrong, what to do.
struct TextFault: Error, Hashable {
    /// Counted from 1.
    var line: Int
    var message: String
    var advice: String
}

extension ImportFault {
    /// The fault of a file that can't be read as what it should be.
    init(_ fault: TextFault, file: String) {
        self = .ofFile(file, line: fault.line, fault.message, advice: fault.advice)
    }
}
