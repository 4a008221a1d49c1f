/// What a tenant's nights usually come to; one far above that stops and asks a person.
///
/// A wrong import or a wrong date makes thousands of invoices due at once, and what has been sent
/// can't be called back.
package struct UsualNight: Hashable, Sendable {
    /// How often the largest night may be exceeded before a person is asked; 0 never asks.
    package var factor: Int

    package init(factor: Int) {
        self.factor = factor
    }

    /// So many invoices of a tenant are never asked about.
    package static let askedAbove = 50
    /// So many of a tenant that has no history yet are not asked about.
    package static let firstMax = 1_000

    /// The most invoices that are made of a tenant on one day without asking; nil for no limit.
    ///
    /// `usual` is the most that a day before came to; nil where there was none.
    package func limit(usual: Int?) -> Int? {
        guard factor > 0 else { return nil }
        guard let usual else { return Self.firstMax }
        let (product, isHuge) = usual.multipliedReportingOverflow(by: factor)
        return max(Self.askedAbove, isHuge ? .max : product)
    }
}
