import Import
import Store

extension SetupTable {
    /// Where its rows are written, and by which names.
    var target: SetupTarget {
        let names = columns.map(\.name)
        let keys = columns.filter(\.isKey).map(\.name)
        func table(_ name: String, _ renamed: [String: String] = [:]) -> SetupTarget {
            SetupTarget(name, columns: names, keys: keys, renamed: renamed)
        }
        let owner = ["recurring_invoice": "recurring_invoice_number"]
        return switch self {
        case .tenant: table("tenant")
        case .users: table("app_user")
        case .customers: table("customer", ["number": "customer_number"])
        case .customerRecipients: table("customer_recipient", ["customer": "customer_number"])
        case .formTemplates: .forms(columns: names, keys: keys)
        case .formSetup: table("form_setup", ["form_template": "form_key"])
        case .sendPlans: table("send_plan_step", ["key": "plan_key"])
        case .vatRates: table("vat_rate", ["code": "vat_code"])
        case .exchangeRates: table("exchange_rate", ["date": "rate_date"])
        case .priceIndexValues: table("price_index_value", ["index": "index_code"])
        case .priceIndexClauses:
            table("price_index_clause", owner.merging(["index": "index_code"]) { $1 })
        case .priceNotices: table("price_notice", owner)
        case .recurringInvoices:
            table(
                "recurring_invoice",
                [
                    "number": "recurring_invoice_number", "customer": "customer_number",
                    "send_plan": "plan_key",
                ])
        case .recurringInvoiceLines: table("recurring_invoice_line", owner)
        case .attachments: .attachments(columns: names, keys: keys)
        }
    }
}
