import Wire
import ArgumentParser

@testable import Runtime

extension FuzzTarget {
    /// The file of settings.
    static let settings = FuzzTarget("settings", bytesMax: 16 << 10, budget: .file) { bytes in
        do {
            let file = try SettingsFile.parse(
                SmallFile(bytes: bytes, mode: 0o600, owner: 0), path: "budstikke.yaml")
            let settings = try Settings.load(
                options: GlobalOptions.parse([]), environment: [:], file: file)
            try hold(
                settings.send.leaseSeconds > settings.provider.timeoutSeconds,
                "no request outlives its claim")
        } catch let error as ConfigurationError {
            try same(
                error.description.escapingInvisibles, error.description, "a fault is one safe line")
            try hold(error.description.utf8.count <= 4_000, "a fault is short")
        }
    }
}
