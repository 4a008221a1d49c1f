import Foundation
import Postgres
import TestSupport
import Testing

/// Large attachments: memory is bounded by bytes in flight, not by how many messages wait.
struct MemoryTests {
    private static let mails = 24
    private static let attachmentBytes = 20_000_000

    @Test func `mails of twenty megabytes stay under two hundred`() throws {
        let installation = try TestInstallation()
        try Self.queue(installation)
        let sink = StubServer { _ in .answer(202, headers: [("X-Message-Id", UUID().uuidString)]) }
        let drain = RunningProgram(
            "send-dispatches", installation.arguments([]),
            environment: [
                "BUDSTIKKE_PROVIDER_BASE_URL": sink.url,
                "BUDSTIKKE_PROVIDER_TIMEOUT_SECONDS": "60", "BUDSTIKKE_SEND_LEASE_SECONDS": "300",
                "BUDSTIKKE_SEND_IN_DOUBT_WINDOW_SECONDS": "301",
            ])
        try drain.start()
        var peak = 0
        while drain.isRunning {
            peak = max(peak, drain.peakKilobytes ?? 0)
            usleep(20_000)
        }
        let run = drain.wait()
        #expect(run.exitCode == 0, "\(run.errors)")
        let sent = try installation.count(
            "SELECT count(*) AS count FROM dispatch WHERE state = 'sent'")
        #expect(sent == Self.mails)
        #expect((20_000..<200_000).contains(peak), "\(peak) kB")
    }

    @Test func `the memory of an import does not grow with its rows, but for the file`() throws {
        let installation = try TestInstallation()
        _ = try installation.run("budstikke", "migrate")
        try installation.database.connect().insert(.tenant)
        let few = try Self.peakOfImport(installation, rows: 1_000)
        let many = try Self.peakOfImport(installation, rows: 61_000)
        let customers = try installation.count("SELECT count(*) AS count FROM customer")
        #expect(customers == 61_000)
        // Held as rows, they took 900 bytes each.
        #expect(many.peak - few.peak < (many.bytes - few.bytes) / 1_000 + 12_000, "\(few) \(many)")
    }

    private static func peakOfImport(
        _ installation: TestInstallation, rows: Int
    ) throws -> (peak: Int, bytes: Int) {
        let text =
            "number,name,email,street,city\n"
            + (0..<rows).map {
                "\($0),Kunde nummer \($0) AS,post-\($0)@kunde.test,Gata \($0 % 99),Oslo\n"
            }.joined()
        let file = try installation.write(text, to: "\(rows)/customers.csv")
        let run = RunningProgram(
            "budstikke", installation.arguments(["import", file, "--tenant", "1"]))
        try run.start()
        var peak = 0
        while run.isRunning {
            peak = max(peak, run.peakKilobytes ?? 0)
            usleep(20_000)
        }
        let ended = run.wait()
        #expect(ended.exitCode == 0, "\(ended.errors)")
        return (peak, text.utf8.count)
    }

    /// Dispatches that share one file.
    private static func queue(_ installation: TestInstallation) throws {
        let connection = try installation.database.connect()
        _ = try installation.run("budstikke", "migrate")
        try connection.insertQueuedMails(mails)
        let content = [UInt8](repeating: 0x41, count: attachmentBytes)
        _ = try connection.execute(
            """
            INSERT INTO file_content (tenant_id, sha256, byte_count, content)
            VALUES (1, sha256(\(content)), \(attachmentBytes), \(content))
            """)
        _ = try connection.execute(
            """
            INSERT INTO dispatch_attachment
                (tenant_id, dispatch_id, position, file_name, content_type, sha256)
            SELECT 1, d.dispatch_id, 1, 'stor.pdf', 'application/pdf', f.sha256
            FROM dispatch AS d, file_content AS f
            """)
    }
}
