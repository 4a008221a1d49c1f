/// A key to an account, which no description and no dump ever shows.
package struct AccountKey: Sendable {
    let value: String

    package init(_ value: String) {
        self.value = value
    }
}

extension AccountKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "•••" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
