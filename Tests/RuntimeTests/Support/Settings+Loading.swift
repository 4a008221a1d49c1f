import ArgumentParser
import Foundation

@testable import Runtime

extension Settings {
    /// The settings as a program with this file, environment and options would have them.
    static func loaded(
        yaml: String = "", environment: [String: String] = [:], options: [String] = []
    ) throws -> Settings {
        let folder = try TemporaryFolder()
        let path = try folder.file("budstikke.yaml", yaml)
        return try load(
            options: GlobalOptions.parse(["--config", path] + options), environment: environment)
    }

    /// The one line that a program would end with; the file is called budstikke.yaml in it.
    static func refusal(
        yaml: String = "", environment: [String: String] = [:], options: [String] = []
    ) -> String? {
        do {
            _ = try loaded(yaml: yaml, environment: environment, options: options)
            return nil
        } catch let error as ConfigurationError {
            return error.description.replacing(/\/\S*\/budstikke\.yaml/, with: "budstikke.yaml")
        } catch {
            return "another error: \(error)"
        }
    }
}
