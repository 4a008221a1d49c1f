extension Company {
    /// The day that the agreements of a small company have their first period due.
    package static let smallAsOf = "2026-11-24"

    /// A sound company, the same for each tenant: an agreement for each recipient, numbered A1 and
    /// on, for the customer of the same number, with one period due.
    package static func files(
        recipients: [String], tenants: [Int] = [1], retryDelays: String = "4h,24h"
    ) -> [String: String] {
        func table(_ header: String, _ rows: [String]) -> String {
            tenants.flatMap { tenant in rows.map { "\(tenant),\($0)\n" } }
                .reduce("tenant_id,\(header)\n", +)
        }
        let numbered = recipients.enumerated().map { ($0.offset + 1, $0.element) }
        return [
            "tenant.csv": table(
                "name,organisation_number,street,postal_code,city,account_number,kid_invoice_digits",
                ["Fjordlys AS,987654325,Strandgata 1,5003,Bergen,86011117947,8"]),
            "users.csv": table("user_key,name,email", ["kari,Kari Nordmann,ok-kari@fjordlys.test"]),
            "customers.csv": table(
                "number,name,email,street,postal_code,city",
                numbered.map { "\($0),Kunde \($0) AS,\($1),Gata \($0),5003,Bergen" }),
            "send_plans.csv": table(
                "key,position,name,channel,retry_delays",
                ["epost,1,E-post,email,\"\(retryDelays)\""]),
            "vat_rates.csv": table("code,valid_from,category,rate", ["3,2005-01-01,S,25"]),
            "form_templates.csv": table("key,name", ["standard,Standard"]),
            "form_setup.csv": table("document_type,form_template", ["invoice,standard"]),
            "recurring_invoices.csv": table(
                "number,customer,created_by,send_plan,anchor_date,interval_unit",
                numbered.map { number, _ in "A\(number),\(number),kari,epost,2026-11-01,month" }),
            "recurring_invoice_lines.csv": table(
                "recurring_invoice,line_number,description,quantity,unit_price,vat_code",
                numbered.map { number, _ in "A\(number),1,Vakthold,1,\(100 + number).50,3" }),
        ]
    }
}
