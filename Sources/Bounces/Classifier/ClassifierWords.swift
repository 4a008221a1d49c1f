/// Synonyms that servers use for a kind of thing; phrases refer to them as `@name`.
///
/// They let a phrase state which things it combines, independent of the wording of a server. In the
/// form of `ClassifierText`, as phrases are.
enum ClassifierWords {
    static let all: [String: [String]] = [
        "recipient": recipient, "mailbox": recipient + mailbox, "absent": absent, "gone": gone,
        "closed": closed, "full": full, "storage": storage, "exceeded": exceeded,
        "sender": sender, "network": network, "listed": listed, "denied": denied,
        "domain": domain, "no": no, "message": message, "many": many, "place": place,
        "greeting": greeting, "wrong": absent + denied, "ptr": pointer, "exchanger": exchanger,
        "lacking": lacking, "unavailable": unavailable, "service": service, "limit": limit,
        "connection": connection, "excess": excess,
    ]

    /// The recipient of the message.
    private static let recipient = [
        "user", "users", "username", "userid", "user id", "user name", "recipient", "recipients",
        "mailbox", "mailboxes", "mail box", "address", "addresses", "addressee", "account",
        "accounts", "alias", "rcpt", "rcpt to", "person", "customer", "subscriber", "inbox",
        "local part", "localpart", "destination address", "bruker", "brukeren", "mottaker",
        "mottakeren", "adressen", "postkasse", "postkassen", "postboks", "postboksen", "konto",
        "kontoen", "kontot", "epostadressen", "epostkontoen", "epostkontot", "modtager",
        "modtageren", "brugeren", "användare", "användaren", "mottagare",
        "mottagaren", "benutzer", "empfänger", "empfaenger", "adresse", "postfach", "gebruiker",
        "ontvanger", "adres", "postvak", "utilisateur", "destinataire", "boîte", "boite",
        "compte", "usuario", "destinatario", "buzón", "buzon", "cuenta", "dirección", "utente",
        "casella", "indirizzo", "usuário", "destinatário", "endereço", "conta", "пользователь",
        "получатель", "ящик", "адрес",
    ]

    private static let mailbox = [
        "mail account", "email", "folder", "mailfolder", "innboksen", "indbakken", "brevlådan",
        "caixa", "maildir",
    ]

    /// Not existing.
    private static let absent = [
        "unknown", "not found", "does not exist", "doesnt exist", "dosnt exist", "do not exist",
        "dont exist", "not exist*", "nonexist*", "non exist*", "not known", "not valid",
        "isnt valid", "invalid", "unrecognized", "unrecognised", "not recognized",
        "not recognised", "could not be found", "couldnt be found", "cannot be found",
        "cant be found", "can not be found", "was not found", "wasnt found", "not registered",
        "unregistered", "not listed", "not present", "not defined", "undefined", "ukjent",
        "finnes ikke", "eksisterer ikke", "ikke funnet", "ukendt", "findes ikke", "ikke fundet",
        "okänd", "finns inte", "hittades inte", "hittas inte", "unbekannt",
        "existiert nicht", "nicht gefunden", "nicht bekannt", "onbekend*", "bestaat niet",
        "inconnu*", "nexiste pas", "introuvable", "desconocid*", "no existe", "no encontrad*",
        "sconosciut*", "non esiste", "inesistente", "desconhecid*", "não existe", "inexistente",
        "не найден*", "не существует", "неизвестен", "不存在*",
    ]

    /// No longer existing.
    private static let gone = [
        "no longer exist*", "no longer valid", "no longer available", "no longer in use",
        "no longer used", "no longer accept*", "no longer receiv*", "no longer work*",
        "not in use", "has left", "has been removed", "was removed", "been deleted",
    ]

    /// Not usable now.
    private static let closed = [
        "disabled", "inactive", "deactivated", "not active", "not activated", "isnt active",
        "suspend*", "closed", "locked", "frozen", "terminated", "cancelled", "canceled",
        "no longer active", "discontinued", "cannot be accessed", "unpaid", "dormant", "archived",
        "stengt", "sperret", "inaktiv", "inaktivt", "inaktiverad*", "inaktiverats",
        "deaktiverad*", "deaktivert", "lukket", "spærret", "spärrat", "avstängd", "gesperrt",
        "deaktiviert",
        "geschlossen", "geblokkeerd", "désactivé*", "suspendu*", "fermé", "desactivad*",
        "deshabilitad*", "suspendid*", "disattivat*", "sospes*", "disabilitat*", "desativad*",
        "inativ*", "suspens*", "заблокирован*", "отключен*",
    ]

    private static let full = [
        "full", "overfull", "fullt", "fuld", "voll", "vol", "pleine", "plein", "llen*", "pien*",
        "cheia", "переполнен*",
    ]

    private static let storage = [
        "quota", "quotas", "storage", "disk space", "mailbox space", "space limit", "storage limit",
        "diskspace",
        "mailbox size", "mailbox limit", "cuota", "cota", "speicher", "speichervolumen",
        "lagringsplass*", "lagringsutrymme*", "lagerplads*", "kvote", "kvoten", "kvota",
        "квота",
    ]

    private static let exceeded = [
        "exceed*", "over", "overdrawn", "full", "reached", "insufficient", "exhausted", "limit",
        "out of", "not enough",
        "überschritten", "ueberschritten", "slut", "brukt opp", "opbrugt", "dépass*", "depass*",
        "excedid*", "superat*", "superad*", "overskredet",
        "overskrids*", "sobrepasad*",
    ]

    /// The sender of the message.
    private static let sender = [
        "sender", "senders", "sender address", "senders address", "sender domain", "mail from",
        "from address", "from domain", "originator", "return path", "envelope from",
        "envelope sender", "sending domain", "expéditeur", "absender", "remitente", "mittente",
        "avsender", "avsenderen", "avsändare", "avsändaren", "afsender", "afsenderen", "remetente",
        "отправитель",
    ]

    /// The origin of the message in the network.
    private static let network = [
        "ip", "ips", "ip address", "ip addresses", "client host", "sending host", "sending mta",
        "sending server", "your server", "your host", "your mail server", "your mailserver",
        "your network", "host network", "your address range", "client address", "connecting ip",
    ]

    private static let listed = [
        "listed", "blocked", "blacklisted", "blocklisted", "banned", "denied", "rejected",
        "refused", "refuse", "forbidden", "not allowed", "not accepted", "not permitted",
        "not welcome",
        "barred", "blocking", "gesperrt", "bloqué*", "bloquead*", "bloccat*", "blokkert",
    ]

    private static let denied = [
        "denied", "refused", "rejected", "prohibited", "forbidden", "blocked", "not permitted",
        "not allowed", "not authorized", "not authorised", "unauthorized", "unauthorised",
        "not accepted", "not acceptable", "not authenticated", "disallowed", "declined", "avvist",
        "avvises", "avvisades", "nektet", "afvist", "avvisad*", "avvisats", "nekad*",
        "abgelehnt",
        "verweigert", "refusé*", "rechazad*", "rifiutat*", "rejeitad*", "rejeté*", "geweigerd",
    ]

    private static let domain = [
        "domain", "domains", "domain name", "destination domain", "domene",
        "domenet", "domæne", "domän", "domäne", "domein", "domaine", "dominio", "domínio",
        "домен",
    ]

    private static let no = [
        "no such", "invalid", "illegal", "bad", "cannot find", "cant find", "can not find",
        "could not find", "couldnt find", "unable to find", "unable to locate",
        "cannot locate", "could not locate", "nonexistent", "non existent", "nonexisting",
        "non existing", "not a valid", "isnt a valid", "not a known", "not a local",
        "unrecognized", "unrecognised", "incorrect", "wrong", "ukjent", "ukendt", "okänd",
        "unbekannter", "unbekannte", "onbekende", "keine", "kein", "ingen", "no valid",
        "does not have an", "dont have an", "no local",
    ]

    private static let message = [
        "message", "messages", "mail", "mails", "email", "emails", "content", "melding",
        "meldingen", "nachricht", "mensaje", "messaggio", "mensagem", "attachment", "attachments",
    ]

    /// What a domain that receives mail has.
    private static let exchanger = [
        "mx", "mxs", "mx record*", "mail exchanger*", "mail server*", "mailserver*", "mail host*",
        "smtp server*", "smtp service*", "a record*",
    ]

    private static let lacking = [
        "no", "without", "cannot find", "cant find", "could not find", "couldnt find",
        "unable to find", "does not have", "doesnt have",
    ]

    /// The origin of a message in the world.
    private static let place = [
        "country", "countries", "region", "regions", "geo", "location", "continent",
    ]

    /// The command by which a client identifies itself.
    private static let greeting = ["helo", "ehlo", "helo ehlo", "helo name", "helo command"]

    /// The record that maps an IP address to a name.
    private static let pointer = [
        "ptr", "rdns", "fcrdns", "reverse dns", "reverse lookup", "reverse host*", "reverse name",
        "reverse mapping", "reverse resolution", "reverse address", "inverse dns",
        "forward confirmed",
    ]

    private static let unavailable = ["unavailable", "not available", "isnt available"]

    /// What a server grants before it knows the recipient.
    private static let service = ["connection*", "service"]

    /// What a server limits at a time.
    private static let limit = [
        "limit*", "maximum", "max", "per", "number of", "too many", "concurrent*", "simultaneous*",
        "trop de", "zu viele", "demasiad*", "troppe", "for mange", "för många",
    ]

    private static let connection = [
        "connection", "connections", "session", "sessions", "connexions", "verbindungen",
        "conexiones", "connessioni", "tilkoblinger",
    ]

    private static let excess = [
        "excessive", "unexpected", "unusual", "high", "large", "abnormal", "too much",
    ]

    private static let many = [
        "too many", "trop de", "zu viele", "demasiados", "troppi", "for mange",
    ]
}
