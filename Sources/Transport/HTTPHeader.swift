/// A line of a request's header; a secret one keeps its value out of every description.
package struct HTTPHeader: Hashable, Sendable {
    package let name: String
    let value: String
    private let isSecret: Bool

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
        isSecret = false
    }

    package init(_ name: String, secret: String) {
        self.name = name
        value = secret
        isSecret = true
    }

    /// Whether name and value fit on one line: RFC 9110 § 5.1 and § 5.5.
    ///
    /// What does not would let a value write header lines of its own, or a body.
    var isSafe: Bool {
        !name.isEmpty && name.utf8.allSatisfy(Self.isNameByte)
            && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension HTTPHeader: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(name): \(isSecret ? "•••" : value)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
