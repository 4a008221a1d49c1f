/// A company of many agreements, some of them broken: five periods of each are due.
package enum Company {
    /// Of a hundred agreements, two have no send plan, three an unknown VAT code, two an address
    /// of an unknown user, one an address that is none.
    package static func files(agreements: Int) -> [String: String] {
        var customers = "tenant_id,number,name,email,street,postal_code,city\n"
        var agreementRows =
            "tenant_id,number,customer,created_by,send_plan,anchor_date,interval_unit\n"
        var lines =
            "tenant_id,recurring_invoice,line_number,description,quantity,unit_price,vat_code\n"
        for number in 0..<agreements {
            let (kind, tenant) = (number % 100, 1 + number % 3)
            let local =
                switch kind {
                case 95, 96: "unknown"
                case 97: "ok bad"
                default: "ok"
                }
            customers +=
                "\(tenant),\(number),Kunde \(number) AS,\(local)-\(number)@kunde.test,"
                + "Gata \(number),5003,Bergen\n"
            agreementRows +=
                "\(tenant),A\(number),\(number),kari,\(kind < 2 ? "" : "epost"),2026-07-01,month\n"
            let code = (10..<13).contains(kind) ? "99" : "3"
            for line in 1...3 {
                lines +=
                    "\(tenant),A\(number),\(line),Vare \(line) {{måned}},\(line),\(99 + line).50,\(code)\n"
            }
        }
        return [
            "tenant.csv": tenants, "users.csv": users, "customers.csv": customers,
            "send_plans.csv": perTenant("key,position,name,channel", "epost,1,E-post,email"),
            "vat_rates.csv": perTenant("code,valid_from,category,rate", "3,2005-01-01,S,25"),
            "form_templates.csv": perTenant("key,name", "standard,Standard"),
            "form_setup.csv": perTenant("document_type,form_template", "invoice,standard"),
            "recurring_invoices.csv": agreementRows, "recurring_invoice_lines.csv": lines,
        ]
    }

    private static func perTenant(_ header: String, _ row: String) -> String {
        "tenant_id,\(header)\n" + (1...3).map { "\($0),\(row)\n" }.joined()
    }

    private static var tenants: String {
        perTenant(
            "name,organisation_number,street,postal_code,city,account_number,kid_invoice_digits",
            "Fjordlys AS,987654325,Strandgata 1,5003,Bergen,86011117947,8")
    }

    private static var users: String {
        perTenant("user_key,name,email", "kari,Kari Nordmann,ok-kari@fjordlys.test")
    }
}
