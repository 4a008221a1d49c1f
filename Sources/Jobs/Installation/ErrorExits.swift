package import Dispatching
import Invoicing
package import Runtime
package import Schema
package import Store

// How the errors of modules that know nothing of programs end one.

extension ProviderError: ExitCoded {
    package var exit: BudstikkeExit {
        switch self {
        case .unavailable, .unreadable: .unavailable
        case .unauthorized: .refused
        case .untrusted: .configuration
        case .rateLimited: .tryAgain
        }
    }

    package var description: String {
        switch self {
        case .unavailable(let provider, let reason): "\(provider) is not available: \(reason)"
        case .unauthorized(let provider, let reason):
            "\(provider) refuses the key: \(reason); check provider.api_key_file"
                + " and provider.reconcile_key_file"
        case .untrusted(let provider, let reason):
            "\(provider) is not spoken to: \(reason); check its address and"
                + " provider.authority_file"
        case .rateLimited(let provider, let seconds):
            "\(provider) asks to wait\(seconds.map { " \($0) seconds" } ?? "")"
        case .unreadable(let provider, let reason):
            "\(provider) answered with what can't be read: \(reason); nothing was lost"
        }
    }
}

extension MigrationError: ExitCoded {
    package var exit: BudstikkeExit { .configuration }
}

extension StoreError: ExitCoded {
    package var exit: BudstikkeExit { .badInput }
}
