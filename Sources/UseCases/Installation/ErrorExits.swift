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
        case .unauthorized, .notAllowed: .refused
        case .untrusted, .misconfigured: .configuration
        case .rateLimited, .exhausted: .tryAgain
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
        case .notAllowed(let provider, let reason):
            "\(provider) refuses the account: \(reason); see to it with the provider"
        case .misconfigured(let provider, let reason):
            "\(provider) does not know what is asked of it: \(reason); check provider.base_url,"
                + " region, domain and stream"
        case .exhausted(let provider, let reason):
            "\(provider) says that a limit of the account is used up: \(reason)"
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
