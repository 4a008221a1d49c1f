import Invoicing

extension EHFTexts {
    /// What the head of a document must say, and what files go with it.
    static let content: [Entry] = [
        Entry(
            "The invoice has no number",
            "Fakturaen har ikke noe nummer",
            "Fakturaen har ikkje noko nummer"),
        Entry("Give it one", "Gi den et nummer", "Gje han eit nummer"),
        Entry(
            "The invoice has no currency",
            "Fakturaen har ingen valuta",
            "Fakturaen har ingen valuta"),
        Entry("State one, as NOK", "Oppgi en, for eksempel NOK", "Oppgje ein, til dømes NOK"),
        Entry(
            "The invoice has no line", "Fakturaen har ingen linjer", "Fakturaen har ingen linjer"),
        Entry(
            "Add what is invoiced",
            "Legg til det som faktureres",
            "Legg til det som blir fakturert"),
        Entry(
            "The invoiced period ends before it starts",
            "Fakturaperioden slutter før den begynner",
            "Fakturaperioden sluttar før han byrjar"),
        Entry("Correct the period", "Rett perioden", "Rett perioden"),
        Entry(
            "The VAT in the accounting currency is not stated",
            "Merverdiavgiften er ikke oppgitt i regnskapsvalutaen",
            "Meirverdiavgifta er ikkje oppgjeven i rekneskapsvalutaen"),
        Entry(
            "Reckon the VAT in that currency, or leave the currency out",
            "Regn ut avgiften i den valutaen, eller fjern regnskapsvalutaen",
            "Rekn ut avgifta i den valutaen, eller fjern rekneskapsvalutaen"),
        Entry(
            "The day of supply is stated both as a day and as a code",
            "Tidspunktet for levering er oppgitt både som dato og som kode",
            "Tidspunktet for levering er oppgjeve både som dato og som kode"),
        Entry("Keep one of them", "Behold bare det ene", "Behald berre det eine"),
        Entry(
            "There is something to pay, and neither due date nor payment terms",
            "Det er noe å betale, men det mangler forfallsdato og betalingsbetingelser",
            "Det er noko å betale, men det manglar forfallsdato og betalingsvilkår"),
        Entry("Set a due date", "Sett en forfallsdato", "Set ein forfallsdato"),
        Entry(
            "A note has three letters between number signs that mean no subject",
            "En merknad har tre bokstaver mellom nummertegn (#) som ikke er noen emnekode",
            "Ein merknad har tre bokstavar mellom nummerteikn (#) som ikkje er nokon emnekode"),
        Entry(
            "Write the note without number signs",
            "Skriv merknaden uten nummertegn",
            "Skriv merknaden utan nummerteikn"),
        Entry(
            "There is neither a buyer's reference nor an order number",
            "Det mangler både kjøperens referanse og et ordrenummer",
            "Det manglar både referansen til kjøparen og eit ordrenummer"),
        Entry(
            "Ask the customer for its reference, and set it on the customer or the agreement",
            "Spør kunden om referansen, og legg den inn på kunden eller på avtalen",
            "Spør kunden om referansen, og legg han inn på kunden eller på avtalen"),
        Entry(
            "The accounting currency is the invoice's own",
            "Regnskapsvalutaen er den samme som fakturaens",
            "Rekneskapsvalutaen er den same som på fakturaen"),
        Entry(
            "Leave the accounting currency out",
            "Fjern regnskapsvalutaen",
            "Fjern rekneskapsvalutaen"),
        Entry(
            "The VAT in the two currencies has different signs",
            "Merverdiavgiften har ulikt fortegn i de to valutaene",
            "Meirverdiavgifta har ulikt forteikn i dei to valutaene"),
        Entry(
            "Reckon the VAT in the accounting currency anew",
            "Regn ut avgiften i regnskapsvalutaen på nytt",
            "Rekn ut avgifta i rekneskapsvalutaen på nytt"),
        Entry(
            "A supporting document has no id",
            "Et vedlegg har ingen id",
            "Eit vedlegg har ingen id"),
        Entry(
            "Give it one, as its file's name",
            "Gi det en, for eksempel filnavnet",
            "Gje det ein, til dømes filnamnet"),
        Entry(
            "The invoice that it corrects has no number",
            "Fakturaen som rettes, har ikke noe nummer",
            "Fakturaen som blir retta, har ikkje noko nummer"),
        Entry("State the number", "Oppgi nummeret", "Oppgje nummeret"),
        Entry(
            "An embedded file has no type",
            "En innebygd fil har ingen type",
            "Ei innebygd fil har ingen type"),
        Entry(
            "State it, as application/pdf",
            "Oppgi den, for eksempel application/pdf",
            "Oppgje han, til dømes application/pdf"),
        Entry(
            "An embedded file has no name",
            "En innebygd fil har ikke noe navn",
            "Ei innebygd fil har ikkje noko namn"),
        Entry("Name it", "Gi den et navn", "Gje ho eit namn"),
    ]
}
