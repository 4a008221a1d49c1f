import Invoicing
import TestSupport

/// For each fault, what brings it about in a sound company, and what its e-mail advises.
enum FaultScenarios {
    /// Something that a person or a host system does; `§` stands for the tenant.
    enum Step {
        /// A set-up file by its table, and the files beside it.
        case table(String, String, files: [String: String] = [:])
        /// An invoice of another system and who is to have it, which nobody is where it is nil.
        case invoice(String, String?)
        /// What a host system writes to a documented table.
        case host(String)
        /// What nobody can do by the programs: rows older than a rule, and what support does.
        case owner(String)
        /// An earlier night, to its end.
        case installation(String)
        /// A PDF of the agreement is attached to it.
        case previewedPDF
    }

    static func breaking(_ code: FaultCode) -> [Step] {
        switch code {
        case .formTemplateMissing: [.host("DELETE FROM form_setup WHERE tenant_id = §")]
        case .sendPlanMissing: [agreement("send_plan", "")]
        case .sendPlanEmpty: [plan("")]
        case .noUsableChannel: [plan("ehf")]
        case .recipientMissing: [customer("email", "")]
        case .recipientInvalid: [customer("email", "kari@")]
        case .recipientSeveral: [customer("email", "kari@kunde.test;ola@kunde.test")]
        case .recipientSuppressed:
            [
                customer("email", "spam-§@kunde.test"), agreement("anchor_date", "2026-10-01"),
                .installation("2026-10-24"),
            ]
        case .postalAddressMissing: [plan("print"), noAddress]
        case .attachmentTooLarge:
            [attachment("text/plain", "kontrakt.txt", String(repeating: "x", count: 26_000_000))]
        case .attachmentUnreadable: [attachment("application/pdf", "avtale.pdf", "ingen PDF")]
        case .documentFailed:
            [
                .host(
                    "UPDATE recurring_invoice_line SET quantity = 86011117947,"
                        + " unit_price = 10000000 WHERE tenant_id = §")
            ]
        case .logoUnusable:
            [
                .host(
                    "UPDATE form_template SET logo = convert_to('GIF89a', 'UTF8')"
                        + " WHERE tenant_id = §")
            ]
        case .ehfRuleBroken: [plan("ehf"), customer("organisation_number", "974760673")]
        case .templateVariableUnknown:
            [.host("UPDATE form_template SET email_text = '{{nummer}}' WHERE tenant_id = §")]
        case .lineVariableUnknown:
            [
                .host(
                    "UPDATE recurring_invoice_line SET description = 'Leie {{mnd}}'"
                        + " WHERE tenant_id = §")
            ]
        case .sellerIncomplete: [company("account_number", "")]
        case .customerIncomplete: [customer("street,postal_code,city", ",,")]
        case .invoiceIncomplete: [.invoice(ubl("10042"), "ok-1@kunde.test")]
        case .kidUnusable:
            [
                .table(
                    "customers",
                    "tenant_id,number,name,email,street,postal_code,city\n"
                        + "§,K1,Kunde AS,ok-1@kunde.test,Gata 1,5003,Bergen"),
                agreement("customer", "K1"),
                company("kid_algorithm,kid_customer_digits", "mod10,4"),
            ]
        case .vatRateUnknown: [line("unit_price", "100", vat: "9")]
        case .indexValueMissing:
            [
                .table(
                    "price_index_clauses",
                    "tenant_id,recurring_invoice,index,base_month,base_value,adjust_month\n"
                        + "§,A1,HUSLEIE,2025-10,100,11")
            ]
        case .exchangeRateMissing: [agreement("currency", "EUR")]
        case .catchUpNeedsDecision:
            [agreement("anchor_date,catch_up_policy", "2026-09-01,ask")]
        case .rowUnreadable:
            [
                .owner(
                    "ALTER TABLE recurring_invoice DROP CONSTRAINT"
                        + " recurring_invoice_price_factor_sound;"
                        + " UPDATE recurring_invoice SET price_factor = 'NaN' WHERE tenant_id = §")
            ]
        case .numberSeriesPassed: [.invoice(ubl("10042", seller: "987654325"), nil)]
        case .internalError:
            [.owner("ALTER TABLE invoice ADD CONSTRAINT refused CHECK (tenant_id <> §)")]
        }
    }

    static func mending(_ code: FaultCode) -> [Step] {
        switch code {
        case .formTemplateMissing:
            [.table("form_setup", "tenant_id,document_type,form_template\n§,invoice,standard")]
        case .sendPlanMissing: [agreement("send_plan", "epost")]
        case .sendPlanEmpty: [plan("email")]
        case .noUsableChannel:
            [customer("organisation_number,buyer_reference", "974760673,best-1")]
        case .recipientMissing, .recipientInvalid, .recipientSuppressed:
            [customer("email", "ok-1@kunde.test")]
        case .recipientSeveral:
            [customer("email,copies", "ok-1@kunde.test,ok-2@kunde.test")]
        case .postalAddressMissing: [customer("street,postal_code,city", "Gata 1,5003,Bergen")]
        case .attachmentTooLarge: [attachment("text/plain", "kontrakt.txt", "kortere")]
        case .attachmentUnreadable: [.previewedPDF]
        case .documentFailed: [line("quantity,unit_price", "1,100", vat: "3")]
        case .logoUnusable:
            [
                .table(
                    "form_templates", "tenant_id,key,name,logo\n§,standard,Standard,logo.svg",
                    files: ["logo.svg": String(decoding: BadPicture.sound, as: UTF8.self)])
            ]
        case .ehfRuleBroken: [customer("buyer_reference", "best-1")]
        case .templateVariableUnknown:
            [
                .table(
                    "form_templates",
                    "tenant_id,key,name,email_text\n§,standard,Standard,Faktura {{number}}")
            ]
        case .lineVariableUnknown: [line("description,unit_price", "Leie {{måned}},100", vat: "3")]
        case .sellerIncomplete: [company("account_number", "86011117947")]
        case .customerIncomplete: [customer("street,postal_code,city", "Gata 1,5003,Bergen")]
        case .invoiceIncomplete:
            // It was issued, so that another takes its place.
            [.invoice(ubl("10043", period: true), "ok-1@kunde.test")]
        case .kidUnusable: [company("kid_algorithm", "none")]
        case .vatRateUnknown:
            [.table("vat_rates", "tenant_id,code,valid_from,category,rate\n§,9,2005-01-01,S,25")]
        case .indexValueMissing:
            [.table("price_index_values", "tenant_id,index,month,value\n§,HUSLEIE,2026-10,104")]
        case .exchangeRateMissing:
            [
                .table(
                    "exchange_rates",
                    "tenant_id,currency,date,rate,source\n§,EUR,2026-11-24,11.50,Norges Bank")
            ]
        case .catchUpNeedsDecision: [agreement("catch_up_through", "2026-11-24")]
        case .rowUnreadable: [agreement("price_factor", "1")]
        case .numberSeriesPassed: [company("first_invoice_number", "10043")]
        // Nothing that a user could do: support does, and the next night tries again.
        case .internalError: [.owner("ALTER TABLE invoice DROP CONSTRAINT refused")]
        }
    }

    /// What a file of an agreement always says, but for what is changed.
    private static func agreement(_ columns: String, _ values: String) -> Step {
        var row = [
            ("number", "A1"), ("customer", "1"), ("created_by", "kari"),
            ("anchor_date", "2026-11-01"), ("interval_unit", "month"),
        ]
        let changes = zip(
            columns.split(separator: ",").map(String.init),
            values.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
        for (column, value) in changes {
            row.removeAll { $0.0 == column }
            row.append((column, value))
        }
        let (names, texts) = (row.map(\.0), row.map(\.1))
        return .table(
            "recurring_invoices",
            "tenant_id,\(names.joined(separator: ","))\n§,\(texts.joined(separator: ","))")
    }

    private static func company(_ columns: String, _ values: String) -> Step {
        .table("tenant", "tenant_id,name,\(columns)\n§,Fjordlys AS,\(values)")
    }

    private static func customer(_ columns: String, _ values: String) -> Step {
        .table("customers", "tenant_id,number,name,\(columns)\n§,1,Kunde 1 AS,\(values)")
    }

    private static let noAddress = customer(
        "street,postal_code,city,organisation_number", ",,,974760673")

    private static func plan(_ channel: String) -> Step {
        .table(
            "send_plans", "tenant_id,key,position,name,channel\n§,epost,1,Plan,\(channel)")
    }

    private static func line(_ columns: String, _ values: String, vat: String) -> Step {
        let description = columns.hasPrefix("description") ? ("", "") : ("description,", "Leie,")
        return .table(
            "recurring_invoice_lines",
            "tenant_id,recurring_invoice,line_number,vat_code,\(description.0)\(columns)\n"
                + "§,A1,1,\(vat),\(description.1)\(values)")
    }

    private static func attachment(_ type: String, _ name: String, _ content: String) -> Step {
        .table(
            "attachments",
            "tenant_id,recurring_invoice,position,file,content_type\n§,A1,1,\(name),\(type)",
            files: [name: content])
    }

    /// An invoice of another system; without a period nothing says when it was delivered.
    static func ubl(
        _ number: String, seller: String = "123456785", period: Bool = false
    ) -> String {
        var fixture = UBLFixture()
        fixture.head = fixture.head.replacing("10042", with: number)
        fixture.parties = fixture.parties.replacing("123456785", with: seller).replacing(
            "<cbc:RegistrationName>Borettslaget Solsida</cbc:RegistrationName>",
            with: "<cbc:RegistrationName>Borettslaget Solsida</cbc:RegistrationName>"
                + "<cbc:CompanyID schemeID=\"0192\">974760673</cbc:CompanyID>")
        fixture.references =
            period
            ? "<cac:InvoicePeriod><cbc:StartDate>2026-11-01</cbc:StartDate>"
                + "<cbc:EndDate>2026-11-30</cbc:EndDate></cac:InvoicePeriod>" : ""
        return fixture.xml()
    }
}
