/// A global option that some commands have no use for.
package enum GlobalOption: String, Sendable, CaseIterable {
    case asOf = "--as-of"
    case tenant = "--tenant"
    case limit = "--limit"
    case dryRun = "--dry-run"
}

extension GlobalOptions {
    /// Throws where an option is given that would not do what it says.
    func refuse(_ unused: Set<GlobalOption>) throws {
        if isFuture, asOf == nil { throw UsageError("--future goes with --as-of") }
        for option in GlobalOption.allCases where unused.contains(option) && has(option) {
            throw UsageError("\(option.rawValue): changes nothing here; leave it out")
        }
    }

    private func has(_ option: GlobalOption) -> Bool {
        switch option {
        case .asOf: asOf != nil
        case .tenant: tenant != nil
        case .limit: limit != nil
        case .dryRun: isDryRun
        }
    }
}
