/// Why no KID can be made: each names the number that does not fit.
enum KIDTexts {
    static func badLength(customerDigits: Int, invoiceDigits: Int) -> Fault {
        let digits = "\(customerDigits) + \(invoiceDigits)"
        return Fault(
            .kidUnusable,
            Trilingual(
                nb: "KID-oppsettet har \(digits) siffer og et kontrollsiffer; en KID har 2 til 25",
                nn:
                    "KID-oppsettet har \(digits) siffer og eit kontrollsiffer; ein KID har 2 til 25",
                en: "KID agreement: \(digits) digits and a check digit"
                    + " is not a length of 2 to 25"))
    }

    static func customerNumber(_ number: String, digits: Int) -> Fault {
        Fault(
            .kidUnusable,
            Trilingual(
                nb: "kundenummeret \(number) har ikke plass i KID-oppsettets \(digits) siffer",
                nn: "kundenummeret \(number) har ikkje plass i dei \(digits) sifra i KID-oppsettet",
                en: "customer number \(number) does not fit the \(digits) digits of the KID"
                    + " agreement"))
    }

    static func invoiceNumber(_ number: Int64, digits: Int) -> Fault {
        Fault(
            .kidUnusable,
            Trilingual(
                nb: "fakturanummeret \(number) har ikke plass i KID-oppsettets \(digits) siffer",
                nn: "fakturanummeret \(number) har ikkje plass i dei \(digits) sifra i"
                    + " KID-oppsettet",
                en: "invoice number \(number) does not fit the \(digits) digits of the KID"
                    + " agreement"))
    }
}
