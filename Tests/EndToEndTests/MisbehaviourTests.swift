import Foundation
import Postgres
import TestSupport
import Testing

/// A provider that refuses, falls silent, and takes mail without saying so: nothing is lost, and
/// nothing is sent twice.
struct MisbehaviourTests {
    @Test(arguments: [
        "status_429", "status_500_before_accept", "status_500_after_accept", "status_502",
        "timeout_after_accept", "close_after_accept", "close_on_reuse", "html_200",
    ])
    func `whatever the provider does, each mail is taken once`(_ kind: String) throws {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 20).exitCode == 0)
        _ = try installation.run("generate-invoices", "--as-of", TestInstallation.asOf)
        try installation.order(fault: kind, count: 6)
        try installation.drain()
        try installation.settle()
        // Of twenty agreements, three have no VAT rate.
        #expect(try installation.problems(invoices: 85) == [])
        let ended = try installation.count(
            "SELECT count(*) AS count FROM dispatch WHERE state NOT IN ('sent', 'failed')")
        #expect(ended == 0)
    }
}
