import Dispatching
import Invoicing

extension LookupQuery {
    /// What was put in shortly before it would be forgotten may be gone when it is asked for.
    private static let marginSeconds = 3600

    /// The answer to it where the provider keeps no longer than this; nil where it can be asked.
    ///
    /// Its age is the database's word: our own clock may be hours off.
    fileprivate func forgotten(by provider: String, after keptSeconds: Int) -> LookupAnswer? {
        guard ageSeconds >= Double(keptSeconds - Self.marginSeconds) else { return nil }
        let age = Self.words(Int(min(ageSeconds, 1e9)))
        return .forgotten(
            reason: "\(provider) may have forgotten it: it keeps its logs for"
                + " \(Self.words(keptSeconds)) (provider.logs_kept), and the attempt was \(age) ago"
        )
    }

    private static func words(_ seconds: Int) -> String {
        switch seconds {
        case ..<7200: "\(seconds / 60) minutes"
        case ..<172_800: "\(seconds / 3600) hours"
        default: "\(seconds / 86_400) days"
        }
    }
}

extension [LookupQuery] {
    typealias Answer = Result<LookupAnswer, ProviderError>

    /// Asks for all that the provider has not forgotten; the answers are in the order of these.
    func answers(
        from provider: String, keptSeconds: Int, ask: ([LookupQuery]) -> [Answer]
    ) -> [Answer] {
        let forgotten = map { $0.forgotten(by: provider, after: keptSeconds) }
        var asked = ask(zip(self, forgotten).filter { $1 == nil }.map(\.0))[...]
        return forgotten.map { $0.map(Answer.success) ?? asked.removeFirst() }
    }
}
