import Foundation
import Postgres
import TestSupport
import Testing

/// Base backups, standbys and crashes: the server is the same by all that it says of itself.
@Suite(.timeLimit(.minutes(20))) struct BaseBackupTests {
    @Test func `a base backup that lost its tail is known, and one that lost nothing goes on`()
        throws
    {
        let server = try StandbyServer()
        let installation = try TestInstallation(
            database: TestDatabase(conninfo: server.conninfo, isNew: true))
        _ = try RecoveryTests.queued(installation)
        try RecoveryTests.send(installation, "--limit", "4")
        let old = try StandbyServer(backupOf: server)
        try RecoveryTests.send(installation, "--limit", "4")
        let whole = try StandbyServer(backupOf: server)
        try server.stop()

        // A planned failover: the standby has everything.
        try whole.resume()
        let standby = ["BUDSTIKKE_DATABASE": whole.conninfo]
        let sent = try installation.run(
            "send-dispatches", ["--limit", "2"], environment: standby)
        #expect(sent.exitCode == 0, "\(sent.errors)")
        #expect(try installation.ledger().accepted == 10)
        try whole.stop()

        try old.resume()
        let restored = ["BUDSTIKKE_DATABASE": old.conninfo]
        let refused = try installation.run("send-dispatches", [], environment: restored)
        #expect(refused.exitCode == 78, "\(refused.errors)")
        #expect(refused.errors.contains("went back in time"), "\(refused.errors)")
        let recovered = try installation.run("budstikke", ["recover"], environment: restored)
        #expect(recovered.exitCode == 0, "\(recovered.errors)")
        let database = try TestDatabase(conninfo: old.conninfo, isNew: false)
        let isSettled = try installation.wait {
            _ = try installation.run("send-dispatches", [], environment: restored)
            return try database.connect().first(
                "SELECT count(*) AS count FROM dispatch WHERE state <> 'sent'"
            ) { try $0["count"] as Int } == 0
        }
        #expect(isSettled)
        let ledger = try installation.ledger()
        #expect(ledger.accepted == 12, "none lost")
        #expect(ledger.doubled_dispatch_ids.isEmpty, "none doubled")
        #expect(
            try installation.run("budstikke", ["doctor", "--offline"], environment: restored)
                .exitCode == 0)
    }
}
