import Documents
import Foundation
import Invoicing
import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// Logos that would stop a night, imported or written by the host system.
struct LogoTests {
    private static let bad: [(name: String, file: [UInt8], refusal: String)] = [
        ("overflow.png", BadPicture.overflow, "too_many_pixels"),
        ("turbulence.svg", BadPicture.turbulence, "filters"),
        ("deep.svg", BadPicture.deep, "too_complex"),
        ("outside.svg", BadPicture.svg("<image href='file:///etc/passwd'/>"), "outside_references"),
        ("none.png", Array("GIF89a".utf8), "not_a_picture"),
        ("copies.svg", BadPicture.copies, "over_budget"),
    ]

    /// Tenants from 1, one agreement each; the first has no logo, the second a sound one, and each
    /// of the others another bad one, all written by the host system.
    private static func company() throws -> TestCompany {
        let company = try TestCompany("ok-1@kunde.test", tenants: 1...(bad.count + 2))
        for (index, logo) in ([BadPicture.sound] + bad.map(\.file)).enumerated() {
            _ = try company.connection.execute(
                "UPDATE form_template SET logo = \(logo) WHERE tenant_id = \(index + 2)")
        }
        return company
    }

    private static func dispatches(_ company: TestCompany) throws -> [String] {
        try company.lines(
            """
            SELECT format('%s %s %s', tenant_id, state, coalesce(reason, '')) AS line
            FROM dispatch WHERE purpose = 'invoice' ORDER BY tenant_id, created_at
            """)
    }

    private static func form(_ logo: String) -> [String: String] {
        ["form_templates.csv": "key,name,logo\nstandard,Standard,\(logo)\n"]
    }

    @Test func `a night goes on past every bad logo, tells its user, and draws none again`() throws
    {
        let company = try Self.company()
        #expect(company.generate().exit == .someFailed)
        #expect(
            try Self.dispatches(company) == ["1 queued ", "2 queued "]
                + Self.bad.indices.map { "\($0 + 3) failed logo_unusable" })
        #expect(
            try company.lines(
                """
                SELECT format('%s %s', tenant_id, coalesce(refusal, encoding)) AS line
                FROM logo_drawing ORDER BY tenant_id
                """)
                == ["2 rows"]
                + Self.bad.enumerated().map { "\($0.offset + 3) \($0.element.refusal)" })
        let told = try company.lines(
            """
            SELECT format('%s %s', m.tenant_id, m.body_text) AS line FROM dispatch_message AS m
            JOIN dispatch AS d ON d.tenant_id = m.tenant_id AND d.dispatch_id = m.dispatch_id
            WHERE d.purpose = 'fault_report' ORDER BY m.tenant_id
            """)
        #expect(told.count == Self.bad.count)
        #expect(told.allSatisfy { $0.contains("en logo som ikke kan brukes") }, "\(told)")
        #expect(told[0].contains("for mange piksler"), "\(told[0])")
        #expect(try company.broken() == [])

        let drawn: Query = "SELECT drawn_at::text AS line FROM logo_drawing ORDER BY tenant_id"
        let before = try company.lines(drawn)
        #expect(company.generate(on: "2026-12-24").exit == .someFailed)
        #expect(try company.lines(drawn) == before)
        #expect(
            try company.count(
                "SELECT count(*) AS count FROM dispatch WHERE reason = 'logo_unusable'")
                == 2 * Self.bad.count)
    }

    @Test func `what the e-mail advises mends it`() throws {
        let company = try Self.company()
        company.generate()
        let taken = try company.take(
            Self.form("logo.svg"), beside: ["logo.svg": Data(BadPicture.sound)], tenant: 3)
        #expect(taken.isDone, "\(taken)")
        #expect(company.generate().counts["mended"] == 1)
        let resent = company.resend(.dispatch("1"), reason: "ny logo", tenant: 3)
        #expect(resent.isDone && resent.text.contains("queued as"), "\(resent)")
        #expect(try Self.dispatches(company).contains("3 queued "))
    }

    @Test func `import refuses a bad logo by its line, and draws a sound one once`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        for logo in Self.bad {
            let taken = try company.take(
                Self.form(logo.name), beside: [logo.name: Data(logo.file)], tenant: 1)
            #expect(taken.exit == .badInput, "\(logo.name): \(taken)")
            let start = "form_templates.csv:2: logo \"\(logo.name)\": can't be a logo: The "
            #expect(taken.lines.count { $0.hasPrefix(start) } == 1, "\(taken)")
            #expect(
                try company.count(
                    "SELECT count(*) AS count FROM form_template WHERE logo IS NOT NULL") == 0)
        }
        let drawn: Query = "SELECT encoding || drawn_at AS line FROM logo_drawing"
        var first: [String] = []
        for _ in 1...2 {
            let taken = try company.take(
                Self.form("sound.svg"), beside: ["sound.svg": Data(BadPicture.sound)], tenant: 1)
            #expect(taken.isDone, "\(taken)")
            if first.isEmpty { first = try company.lines(drawn) }
        }
        #expect(first.count == 1 && first[0].hasPrefix("rows"))
        company.generate()
        #expect(try Self.dispatches(company) == ["1 queued "])
        #expect(try company.lines(drawn) == first)
    }

    @Test func `a preview of a bad logo says so, and keeps nothing`() throws {
        let company = try Self.company()
        let before = try company.contents()
        for tenant in [3, 4, Self.bad.count + 2] {
            let shown = try company.preview(.period(1, of: "A1"), tenant: Int64(tenant))
            #expect(shown.faults.map(\.code) == [.logoUnusable])
        }
        #expect(try company.preview(.period(1, of: "A1"), tenant: 2).faults == [])
        #expect(try company.contents() == before)
    }
}
