import Invoicing

extension EHFTexts {
    /// The content of a line, its price and its amount.
    static let lines: [Entry] = [
        Entry("Line % %", "Linje % %", "Linje % %"),
        Entry("has no id", "har ikke noe nummer", "har ikkje noko nummer"),
        Entry("Number the lines", "Nummerer linjene", "Nummerer linjene"),
        Entry("has no unit", "har ingen enhet", "har inga eining"),
        Entry(
            "Set one, as EA for pieces or HUR for hours",
            "Oppgi en, for eksempel EA for stykk eller HUR for timer",
            "Oppgje ei, til dømes EA for stykk eller HUR for timar"),
        Entry("has no name", "har ingen beskrivelse", "har inga skildring"),
        Entry(
            "Say in a few words what is sold",
            "Si med noen få ord hva som er solgt",
            "Sei med nokre få ord kva som er selt"),
        Entry(
            "has a period that ends before it starts",
            "har en periode som slutter før den begynner",
            "har ein periode som sluttar før han byrjar"),
        Entry(
            "has a property without name or value",
            "har en egenskap uten navn eller verdi",
            "har ein eigenskap utan namn eller verdi"),
        Entry(
            "Fill in both, or neither",
            "Fyll ut begge, eller ingen av dem",
            "Fyll ut begge, eller ingen av dei"),
        Entry(
            "has an item number without a scheme",
            "har et varenummer uten kode for nummertype",
            "har eit varenummer utan kode for nummertype"),
        Entry(
            "State it, as 0160 for a GTIN",
            "Oppgi den, for eksempel 0160 for GTIN",
            "Oppgje han, til dømes 0160 for GTIN"),
        Entry(
            "has a classification without a list",
            "har en varegruppe uten navn på listen den er fra",
            "har ei varegruppe utan namn på lista ho er frå"),
        Entry(
            "State it, as STI for UNSPSC",
            "Oppgi det, for eksempel STI for UNSPSC",
            "Oppgje det, til dømes STI for UNSPSC"),
        Entry("has no VAT category", "har ingen mva-kategori", "har ingen mva-kategori"),
        Entry("Set its VAT code", "Velg en mva-kode", "Vel ein mva-kode"),
        Entry(
            "has a period that starts before the invoice's",
            "har en periode som begynner før fakturaens",
            "har ein periode som byrjar før perioden til fakturaen"),
        Entry(
            "has a period that ends after the invoice's",
            "har en periode som slutter etter fakturaens",
            "har ein periode som sluttar etter perioden til fakturaen"),
        Entry("Correct one of the periods", "Rett en av periodene", "Rett ein av periodane"),
        Entry("has a price below zero", "har en pris under null", "har ein pris under null"),
        Entry(
            "has a gross price below zero",
            "har en bruttopris under null",
            "har ein bruttopris under null"),
        Entry(
            "Put the minus on the quantity",
            "Sett minustegnet på antallet",
            "Set minusteiknet på talet på einingar"),
        Entry(
            "has a price that is not its gross price less the discount",
            "har en pris som ikke er bruttoprisen minus rabatten",
            "har ein pris som ikkje er bruttoprisen minus rabatten"),
        Entry("Correct the discount", "Rett rabatten", "Rett rabatten"),
        Entry(
            "has another amount than quantity × price + charges − allowances",
            "har et annet beløp enn antall × pris + tillegg − fradrag",
            "har eit anna beløp enn mengd × pris + tillegg − frådrag"),
        Entry(
            "State the price with more decimals, or per a larger quantity",
            "Oppgi prisen med flere desimaler, eller for et større antall",
            "Oppgje prisen med fleire desimalar, eller for ei større mengd"),
        Entry(
            "has a price per a quantity that is not above zero",
            "har en pris for et antall som ikke er over null",
            "har ein pris for ei mengd som ikkje er over null"),
        Entry(
            "Correct the quantity, or leave it out for a price per one",
            "Rett antallet, eller fjern det, så gjelder prisen per stykk",
            "Rett mengda, eller fjern ho, så gjeld prisen per stykk"),
    ]

    /// Allowances and charges.
    static let allowances: [Entry] = [
        Entry("A charge", "Et tillegg", "Eit tillegg"),
        Entry("An allowance", "Et fradrag", "Eit frådrag"),
        Entry("% of % %", "% på % %", "% på % %"),
        Entry(
            "is not its percentage of its base amount",
            "er ikke prosentsatsen av grunnlaget",
            "er ikkje prosentsatsen av grunnlaget"),
        Entry(
            "Correct the percentage or the base amount",
            "Rett prosentsatsen eller grunnlaget",
            "Rett prosentsatsen eller grunnlaget"),
        Entry(
            "has a percentage, and no base amount",
            "har en prosentsats, men ikke noe grunnlag",
            "har ein prosentsats, men ikkje noko grunnlag"),
        Entry(
            "State the amount that the percentage is of",
            "Oppgi beløpet som prosentsatsen gjelder",
            "Oppgje beløpet som prosentsatsen gjeld"),
        Entry(
            "has a base amount, and no percentage",
            "har et grunnlag, men ingen prosentsats",
            "har eit grunnlag, men ingen prosentsats"),
        Entry(
            "State the percentage, or leave the base amount out",
            "Oppgi prosentsatsen, eller fjern grunnlaget",
            "Oppgje prosentsatsen, eller fjern grunnlaget"),
        Entry("has no reason", "har ingen begrunnelse", "har inga grunngjeving"),
        Entry(
            "Say in a few words what it is for",
            "Si med noen få ord hva det gjelder",
            "Sei med nokre få ord kva det gjeld"),
    ]
}
