import Bounces
import Dispatching
import Foundation
import Invoicing
import Postgres
import Store
import Testing

/// A name in a column that this program does not know, as a newer one might have written it.
struct UnknownNameTests {
    private let fixture: StoreFixture
    private let key: DispatchKey

    init() throws {
        fixture = try StoreFixture()
        key = try fixture.dispatch()
    }

    @Test func `is not taken for another name, and is told with its column`() throws {
        try fixture.connection.run(
            script: """
                ALTER TABLE dispatch DROP CONSTRAINT dispatch_channel;
                UPDATE dispatch SET channel = 'pigeon';
                """)
        #expect {
            try DispatchList(fixture.connection).lines(.init())
        } throws: { error in
            let error = error as? PostgresError
            return error?.kind == .decoding && error?.column == "channel"
                && error?.detail == "'pigeon'"
        }
    }

    /// So that none stands in a row but past the rules, or by a newer program.
    @Test func `is none that the database lets in`() throws {
        func names(_ cases: [some RawRepresentable<String>]) -> Set<String> {
            Set(cases.map(\.rawValue))
        }
        let read: [String: Set<String>] = [
            "app_user_language": names(Language.allCases),
            "customer_language": names(Language.allCases),
            "delivery_event_class": names(BounceClass.allCases),
            "delivery_event_kind": names(EventKind.allCases),
            "delivery_event_origin": names(EventOrigin.allCases),
            "delivery_event_subject": names(EvidenceSubject.allCases),
            "dispatch_channel": names(Channel.allCases),
            "dispatch_delivery": names(Delivery.allCases),
            "dispatch_document_type": names([Dispatches.Document.invoice, .creditNote, .report]),
            "dispatch_lease_in_doubt_policy": names(InDoubtPolicy.allCases),
            "dispatch_purpose": names([Dispatches.Purpose.invoice, .faultReport, .forecast]),
            "dispatch_role": names([Dispatches.Role.main, .copy]),
            "dispatch_state": names(DispatchState.allCases),
            "form_setup_document_type": names(DocumentType.allCases),
            "form_template_language": names(Language.allCases),
            "invoice_document_type": names(DocumentType.allCases),
            "logo_drawing_encoding": names(LogoPicture.Encoding.allCases),
            "logo_drawing_refusal": names(LogoFault.allCases),
            "recurring_invoice_billed": names([RecurringInvoices.Billed.advance, .arrears]),
            "recurring_invoice_catch_up": names(CatchUpPolicy.allCases),
            "recurring_invoice_first_period": names(FirstPeriodPolicy.allCases),
            "recurring_invoice_interval": names(Interval.Unit.allCases),
            "recurring_invoice_last_period": names(LastPeriodPolicy.allCases),
            "send_plan_step_channel": names(Channel.allCases),
            "tenant_catch_up_policy": names(CatchUpPolicy.allCases),
            "tenant_in_doubt_policy": names(InDoubtPolicy.allCases),
            "tenant_kid_algorithm": names(KIDAlgorithm.allCases),
            "tenant_language": names(Language.allCases),
            "unread_report_origin": names(EventOrigin.allCases),
        ]
        let rules = try fixture.connection.rows(
            """
            SELECT conname::text AS name, pg_get_constraintdef(oid) AS text FROM pg_constraint
            WHERE conname = ANY (\(read.keys.sorted()))
            """
        ) { (name: try $0["name"] as String, text: try $0["text"] as String) }
        #expect(rules.count == read.count)
        for rule in rules {
            let allowed = rule.text.matches(of: /'([a-z0-9_]+)'::text/).map { String($0.1) }
            #expect(!allowed.isEmpty)
            #expect(Set(allowed).subtracting(read[rule.name] ?? []) == [], "\(rule.name)")
        }
    }

    @Test func `of a fault is told as an internal error, once`() throws {
        let faults = DispatchFaults(fixture.connection)
        try faults.insert(
            [(key.tenantID, key.dispatchID, Fault(.noUsableChannel, "pigeon"))],
            now: StoreFixture.now)
        try fixture.connection.run(script: "UPDATE dispatch_fault SET code = 'no_pigeon'")
        let told = try faults.unreported(tenantID: nil, limit: 10)
        #expect(told.map(\.fault.code) == [.internalError])
        #expect(told.map(\.fault.detail) == ["pigeon"])
        try faults.markReported(told, now: StoreFixture.now)
        #expect(try faults.unreported(tenantID: nil, limit: 10).isEmpty)
    }
}
