/// What a report came to, a mail or a provider's row: every one ends as one of these.
package enum Reading: Hashable, Sendable {
    case events([ProviderEvent])
    /// It is known, and tells nothing of what became of a dispatch; what it is, in words.
    case ignored(String)
    /// Nobody can tell what it says; why.
    case unread(String)
}
