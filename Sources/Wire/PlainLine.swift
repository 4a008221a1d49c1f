extension String {
    /// Whether it is printable ASCII on one line, with single blanks between its words and none
    /// around them: what most texts are, so that nothing has to be done to them.
    package var isPlainLine: Bool {
        let blank = UInt8(ascii: " ")
        var last = blank
        for byte in utf8 {
            guard (blank...UInt8(ascii: "~")).contains(byte), byte != blank || last != blank
            else { return false }
            last = byte
        }
        return isEmpty || last != blank
    }
}
