/// A key or password: shown as dots wherever it is printed.
package struct Secret: Sendable {
    /// The value itself: for the wire and nothing else.
    package let value: String

    package init(_ value: String) {
        self.value = value
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
    /// `dump` and mirrors see nothing.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
