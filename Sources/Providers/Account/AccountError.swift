/// An account that can't be used as it is set up.
package struct AccountError: Error, Hashable {
    /// The setting that is at fault, as `domain`.
    package let setting: String
    /// What is wrong with it, in words for whoever set it.
    package let reason: String
}

extension AccountError: CustomStringConvertible {
    package var description: String { "\(setting): \(reason)" }
}
