import Invoicing

/// Texts in one language: each is given in all three, side by side, so that none can be missing.
protocol SpokenTexts {
    var language: Language { get }
}

extension SpokenTexts {
    func say(nb: String, nn: String, en: String) -> String {
        Trilingual(nb: nb, nn: nn, en: en)[language]
    }
}

/// Every word on an invoice or credit note that is not the tenant's own; English as Norwegian
/// companies write it to customers abroad.
struct DocumentTexts: SpokenTexts, Hashable {
    let language: Language

    static func texts(_ language: Language) -> DocumentTexts {
        DocumentTexts(language: language)
    }

    /// The language tag for the document's metadata (BCP 47).
    static func tag(_ language: Language) -> String {
        Trilingual(nb: "nb-NO", nn: "nn-NO", en: "en")[language]
    }

    func name(of type: DocumentType) -> String {
        switch type {
        case .invoice: invoice
        case .creditNote: creditNote
        }
    }

    // The document's type.
    var invoice: String { say(nb: "Faktura", nn: "Faktura", en: "Invoice") }
    var creditNote: String { say(nb: "Kreditnota", nn: "Kreditnota", en: "Credit note") }

    // The facts.
    var invoiceNumber: String {
        say(nb: "Fakturanummer", nn: "Fakturanummer", en: "Invoice number")
    }
    var creditNoteNumber: String {
        say(nb: "Kreditnotanummer", nn: "Kreditnotanummer", en: "Credit note number")
    }
    var invoiceDate: String { say(nb: "Fakturadato", nn: "Fakturadato", en: "Invoice date") }
    var creditNoteDate: String { say(nb: "Dato", nn: "Dato", en: "Date") }
    var dueDate: String { say(nb: "Forfallsdato", nn: "Forfallsdato", en: "Due date") }
    var taxPointDate: String { say(nb: "Avgiftsdato", nn: "Avgiftsdato", en: "Tax point date") }
    var period: String { say(nb: "Periode", nn: "Periode", en: "Period") }
    var deliveryDate: String { say(nb: "Leveringsdato", nn: "Leveringsdato", en: "Delivery date") }
    var deliveryPlace: String {
        say(nb: "Leveringssted", nn: "Leveringsstad", en: "Place of delivery")
    }
    var precedingInvoice: String {
        say(nb: "Gjelder faktura", nn: "Gjeld faktura", en: "Refers to invoice")
    }
    var dated: String { say(nb: "datert", nn: "datert", en: "dated") }
    var customerOrganisationNumber: String {
        say(nb: "Deres org.nr.", nn: "Dykkar org.nr.", en: "Your company no.")
    }
    var customerVATNumber: String {
        say(nb: "Deres mva-nr.", nn: "Dykkar mva-nr.", en: "Your VAT no.")
    }
    var ourReference: String { say(nb: "Vår referanse", nn: "Vår referanse", en: "Our reference") }
    var buyerReference: String {
        say(nb: "Deres referanse", nn: "Dykkar referanse", en: "Your reference")
    }
    var purchaseOrder: String {
        say(nb: "Deres bestilling", nn: "Dykkar bestilling", en: "Your order")
    }
    var salesOrder: String { say(nb: "Vår ordre", nn: "Vår ordre", en: "Our order") }
    var contract: String { say(nb: "Avtale", nn: "Avtale", en: "Contract") }
    var project: String { say(nb: "Prosjekt", nn: "Prosjekt", en: "Project") }
    var despatchAdvice: String { say(nb: "Pakkseddel", nn: "Pakksetel", en: "Despatch advice") }
    var receivingAdvice: String {
        say(nb: "Mottakskvittering", nn: "Mottakskvittering", en: "Receiving advice")
    }
    var tenderOrLot: String { say(nb: "Anbud", nn: "Anbod", en: "Tender") }
    var invoicedObject: String { say(nb: "Gjelder", nn: "Gjeld", en: "Concerns") }
    var accountingCost: String { say(nb: "Kontering", nn: "Kontering", en: "Cost reference") }

    // The lines.
    var description: String { say(nb: "Beskrivelse", nn: "Skildring", en: "Description") }
    var quantity: String { say(nb: "Antall", nn: "Mengd", en: "Quantity") }
    var unit: String { say(nb: "Enhet", nn: "Eining", en: "Unit") }
    var unitPrice: String { say(nb: "Pris", nn: "Pris", en: "Price") }
    var vat: String { say(nb: "Mva", nn: "Mva", en: "VAT") }
    var amount: String { say(nb: "Beløp", nn: "Beløp", en: "Amount") }
    var broughtForward: String {
        say(nb: "Overført fra forrige side", nn: "Overført frå førre side", en: "Brought forward")
    }
    var carriedForward: String {
        say(
            nb: "Overføres til neste side",
            nn: "Blir overført til neste side",
            en: "Carried forward")
    }
    var itemNumber: String { say(nb: "Varenr.", nn: "Varenr.", en: "Item no.") }
    var allowance: String { say(nb: "Rabatt", nn: "Rabatt", en: "Discount") }
    var charge: String { say(nb: "Tillegg", nn: "Tillegg", en: "Charge") }

    // VAT and totals.
    var vatSummary: String { say(nb: "Merverdiavgift", nn: "Meirverdiavgift", en: "VAT") }
    var vatRate: String { say(nb: "Sats", nn: "Sats", en: "Rate") }
    var vatBase: String { say(nb: "Grunnlag", nn: "Grunnlag", en: "Net amount") }
    var vatIn: String { say(nb: "Merverdiavgift i", nn: "Meirverdiavgift i", en: "VAT in") }
    var exchangeRate: String { say(nb: "Kurs", nn: "Kurs", en: "Rate") }
    var lineTotal: String { say(nb: "Sum linjer", nn: "Sum linjer", en: "Lines") }
    var taxExclusive: String {
        say(nb: "Sum uten mva", nn: "Sum utan mva", en: "Total excluding VAT")
    }
    var vatTotal: String { say(nb: "Merverdiavgift", nn: "Meirverdiavgift", en: "VAT") }
    var taxInclusive: String {
        say(nb: "Sum med mva", nn: "Sum med mva", en: "Total including VAT")
    }
    var prepaid: String { say(nb: "Forskuddsbetalt", nn: "Betalt på førehand", en: "Prepaid") }
    var rounding: String { say(nb: "Øreavrunding", nn: "Øreavrunding", en: "Rounding") }
    var payable: String { say(nb: "Å betale", nn: "Å betale", en: "Amount due") }
    var credited: String { say(nb: "Til gode", nn: "Til gode", en: "Credited") }
    /// In the words of the regulation, followed by English.
    ///
    /// Source: bokføringsforskriften § 5-1-1 no. 7.
    var reverseCharge: String {
        say(
            nb: "Omvendt avgiftsplikt - Merverdiavgift ikke beregnet",
            nn: "Omvendt avgiftsplikt - Merverdiavgift ikke beregnet",
            en: "Omvendt avgiftsplikt - Merverdiavgift ikke beregnet (reverse charge, VAT not"
                + " calculated)")
    }
    var reverseCharged: String {
        say(nb: "Omvendt avgiftsplikt", nn: "Omvend avgiftsplikt", en: "Reverse charge")
    }
    var zeroRated: String {
        say(nb: "Fritatt for merverdiavgift", nn: "Friteke for meirverdiavgift", en: "Zero-rated")
    }
    var exempt: String {
        say(
            nb: "Unntatt fra merverdiavgift",
            nn: "Unnateke frå meirverdiavgift",
            en: "Exempt from VAT")
    }
    var intraCommunity: String {
        say(nb: "Levering innen EU", nn: "Levering innanfor EU", en: "Intra-community supply")
    }
    var export: String { say(nb: "Utførsel", nn: "Utførsel", en: "Export") }
    var outsideScope: String {
        say(
            nb: "Utenfor merverdiavgiftsloven",
            nn: "Utanfor meirverdiavgiftslova",
            en: "Outside the scope of VAT")
    }

    // Payment.
    var dueShort: String { say(nb: "Forfall", nn: "Forfall", en: "Due") }
    var account: String { say(nb: "Kontonummer", nn: "Kontonummer", en: "Account number") }
    var reference: String {
        say(nb: "Merk betalingen med", nn: "Merk betalinga med", en: "Payment reference")
    }
    var payee: String { say(nb: "Betales til", nn: "Blir betalt til", en: "Payable to") }
    var paymentTerms: String {
        say(nb: "Betalingsbetingelser", nn: "Betalingsvilkår", en: "Payment terms")
    }
    var notToBePaid: String {
        say(nb: "Skal ikke betales", nn: "Skal ikkje betalast", en: "Not to be paid")
    }

    // Other texts.
    var attachments: String { say(nb: "Vedlegg", nn: "Vedlegg", en: "Attachments") }
    var organisationNumber: String { say(nb: "Org.nr.", nn: "Org.nr.", en: "Company no.") }
    var vatNumber: String { say(nb: "Mva-nr.", nn: "Mva-nr.", en: "VAT no.") }
    var telephone: String { say(nb: "Tlf.", nn: "Tlf.", en: "Tel.") }
    var taxRepresentative: String {
        say(nb: "Avgiftsrepresentant", nn: "Avgiftsrepresentant", en: "Tax representative")
    }
    var page: String { say(nb: "Side", nn: "Side", en: "Page") }
    var pageOf: String { say(nb: "av", nn: "av", en: "of") }
}
