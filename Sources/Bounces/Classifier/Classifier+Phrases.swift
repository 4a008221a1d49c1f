/// What servers say about the recipient, its mailbox and its domain.
///
/// In the form of `ClassifierText`: lower case, no stand-alone digits, no punctuation, no
/// apostrophes. `*` allows any ending of the last word; ` ~ ` is a gap of a few words.
extension PhraseTable {
    static let fullness = [
        PhraseSet(
            .mailboxFull,
            [
                "mailbox full", "mailbox ~ full", "inbox full", "inbox ~ full", "folder ~ full",
                "mailfolder ~ full", "account full", "account is full", "user is full",
                "storage full", "storage is full", "over quota", "overquota*", "over the quota",
                "over its quota", "over ~ quota", "quota exceeded", "quotaexceeded*",
                "quota ~ exceeded", "exceed* ~ quota", "exceeds quota", "exceeded quota",
                "quota limit", "quota full", "quota is full", "disk quota", "mailbox quota",
                "out of quota", "out of storage", "storage limit", "storage quota",
                "storage space", "storage allocation", "disk space limit", "mailbox space",
                "space not enough",
                "not enough space", "not enough storage", "no space left for",
                "mailbox size limit", "mailbox exceed*", "mailbox has exceeded", "mailbox limit",
                "mailbox is over", "inbox ~ exceed*", "account ~ over limit", "user ~ over limit",
                "has too many messages", "too many messages in",
                "number of messages in ~ exceed*", "user ~ exceed* ~ limit*",
                "allocated ~ storage", "overfull", "quota violation", "mailbox ~ size ~ exceed*",
                // Norwegian, Danish, Swedish, German, Dutch, French, Spanish, Italian, Portuguese
                "postkassen er full*", "postboksen er full*", "innboksen er full*",
                "postkasse ~ full", "postkassen er fuld", "indbakken er fuld",
                "brevlådan är full", "postfach ~ voll", "mailbox voll", "mailbox ~ voll",
                "zu viele mails", "speicherplatz", "postvak ~ vol",
                "boite ~ pleine",
                "boîte ~ pleine", "boite pleine", "boîte pleine", "quota dépass*",
                "quota depass*", "buzón ~ lleno", "buzon ~ lleno", "buzón lleno",
                "casella ~ piena", "casella piena", "caixa ~ cheia", "cuota ~ excedid*",
            ]),
        PhraseSet(
            .systemFull,
            [
                "insufficient system storage", "insufficient storage", "insufficient disk space",
                "no space left on device", "disk full", "disk is full", "out of disk",
                "mail system full", "system is full", "insufficient system resource*",
                "not enough disk space",
            ]),
    ]

    static let sizes = [
        PhraseSet(
            .messageTooBig,
            [
                "message too large", "message too big", "too large", "too big", "message too long",
                "size limit", "message size", "size exceed*", "exceed* ~ size", "size ~ exceed*",
                "message length exceed*", "@message - exceed*",
                "@message ~ exceed* ~ maximum", "larger than", "exceeds fixed limit", "fixed limit",
                "mail size", "sendsizelimit*", "receivesizelimit*",
                "header size", "oversize*", "size of the message", "zu gross", "zu groß",
                "trop volumineux", "trop gros", "for stor", "demasiado grande", "troppo grande",
            ])
    ]

    static let recipients = [
        // Google's notice says "address not found" about a domain, too.
        PhraseSet(.domainUnknown, ["dns error", "dns type", "the domain ~ @absent"]),
        // A local delivery program, which words its own failures as if they were the user's.
        PhraseSet(.mailerError, ["procmail", "maildrop", "pipe to"]),
        PhraseSet(
            .addressMoved,
            [
                "user has moved", "recipient has moved", "mailbox has moved", "user moved",
                "has moved to", "no longer on server", "changed address",
                "address has changed", "address changed", "has a new address",
                "new email address", "no longer at this address",
            ]),
        PhraseSet(
            .mailboxDisabled,
            [
                "account disabled", "account ~ disabled", "mailbox disabled", "mailbox ~ disabled",
                "user disabled", "user ~ disabled", "address ~ disabled", "recipient ~ disabled",
                "email ~ disabled", "disableduser", "accountdisabled*", "is now disabled",
                "disabled account",
                "disabled user", "disabled mailbox", "receiving disabled", "disabled recipient",
                "account inactive", "account ~ inactive", "mailbox inactive", "mailbox ~ inactive",
                "user inactive", "user ~ inactive", "is inactive", "inactive user",
                "inactive account", "inactive mailbox", "inactive recipient", "due to inactivity",
                "deactivated", "not activated", "no longer active", "isnt active",
                "account is not active", "user is not active", "mailbox is not active",
                "account suspended", "account ~ suspended", "user suspended", "is suspended",
                "user ~ been suspended", "mailbox suspended", "mailbox ~ suspended",
                "domain ~ suspended", "suspended account", "suspend the service",
                "account closed", "account ~ closed", "mailbox closed", "mailbox is closed",
                "closed account", "account ~ locked", "user ~ locked", "mailbox ~ locked",
                "mailbox locked", "account locked", "status is locked", "account ~ expired",
                "account expired", "mailbox ~ expired", "account ~ terminated",
                "account terminated", "account ~ cancelled", "account ~ canceled",
                "mailbox frozen", "mailbox is frozen", "account ~ frozen", "user ~ frozen",
                "account is blocked", "mailbox is blocked", "account ~ deleted",
                "mailbox ~ deleted", "discontinued", "mailbox cannot be accessed",
                "not accepting messages", "konto ~ gesperrt", "postfach ~ gesperrt",
                "deaktiviert", "deaktivert", "désactivé*", "kontoen er stengt",
                "kontoen er sperret", "deshabilitad*", "disattivat*",
            ]),
        PhraseSet(
            .invalidAddress,
            [
                "address syntax", "mailbox syntax", "syntax error in mailbox",
                "syntax error in address", "malformed address", "malformed recipient",
                "illegal address", "bad destination mailbox address syntax",
                "invalid address format", "mailbox name not allowed", "mailbox name is invalid",
                "mailbox name invalid", "invalid recipient format", "invalid address",
                "bad address", "address ~ not valid", "address is invalid",
                "single label domain*", "invalid email address",
            ]),
        PhraseSet(.userUnknown, usersUnknown),
    ]

    private static let usersUnknown = [
        "user unknown", "unknown user", "user is unknown", "userunknown", "unknown recipient",
        "recipient unknown", "address unknown", "unknown mailbox",
        "mailbox unknown", "unknown account", "account unknown", "unknown local part",
        "unknown or illegal alias", "unknown or illegal user", "addressee unknown",
        "unknown email", "unknown addressee", "unknown destination address",
        "no such user", "no such recipient", "no such mailbox", "no such address",
        "no such account", "no such person", "no such local user", "no such email",
        "no such id", "no such domain user", "no such name", "no such virtual",
        "no mailbox here", "no mailbox found", "no mailbox by", "no mailbox for",
        "no mailbox with", "no such customer", "mailbox not found", "mailbox ~ not found",
        "mailbox doesnt exist", "mailbox does not exist", "mailbox ~ does not exist",
        "mailbox ~ doesnt exist", "mailbox not exist*", "user not found", "user ~ not found",
        "user ~ does not exist", "user doesnt exist", "user ~ doesnt exist",
        "user does not exist", "user not exist*", "user ~ not exist*", "users ~ not exist",
        "recipient not found", "recipient ~ not found", "recipnotfound", "exrecipnotfound",
        "recipient does not exist", "recipient ~ does not exist", "recipient doesnt exist",
        "recipient not exist*", "address not found", "address does not exist",
        "address ~ does not exist", "address doesnt exist", "address ~ not found",
        "address not exist*", "account not found", "account ~ does not exist",
        "account ~ doesnt exist", "account does not exist", "account doesnt exist",
        "account that you tried to reach does not exist", "rcpt does not exist",
        "rcpt dosnt exist", "recipients ~ do not exist", "mailbox ~ not available here",
        "not a known user", "not a known recipient", "not a valid user", "not a valid mailbox",
        "not a valid recipient", "not a valid address", "not a valid email",
        "not a recognized", "not a recognised", "not known here", "not known at this",
        "user not known", "recipient not known", "isnt a valid", "is not valid",
        "is not a user", "is not a local", "not a local user", "not our customer",
        "not our user", "unallocated", "not our client", "not listed in", "not listed at",
        "invalid user", "invalid recipient", "invalidrecipient", "invalid mailbox",
        "invalid local part", "user invalid", "recipient invalid", "recipient is invalid",
        "recipient ~ invalid", "invalid account", "bad destination mailbox", "badrcptto",
        "bad recipient", "wrong recipient", "wrong user", "wrong address",
        "address lookup ~ failed", "user lookup failed", "recipient verification failed",
        "recipient verify failed", "no local mailbox", "no local user",
        "unable to find ~ user", "cannot find ~ user", "cannot find ~ mailbox",
        "unable to find ~ mailbox", "unable to find ~ recipient", "cannot find your recipient",
        "couldnt be found", "address couldnt be found", "user ~ could not be found",
        "recipient ~ could not be found", "mailbox ~ could not be found",
        "address ~ could not be found", "have an account", "have a ~ account", "marked as invalid",
        "rejected inactive",
        "in recipient list", "no account by", "no account with",
        "no account for", "account is not registered", "user is not registered",
        "no longer available", "no longer valid", "no longer accepts", "no longer accepting",
        "no longer exist*", "no longer in use", "no longer used", "no longer employed",
        "no longer work*", "no longer with", "has left", "has retired", "address is not in use",
        "address not in use", "mailbox not in use", "does not exist here", "doesnt exist here",
        "does not exist on this", "does not exist at this", "nonexistent user",
        "nonexistent mailbox", "nonexistent recipient", "non existent user",
        "non existent mailbox", "non existent recipient", "non existing user",
        "final delivery userid", "owner has changed", "not configured to receive",
        "recipient ~ not exist", "user name ~ not valid", "alias ~ not found",
        "resolver adr*", "mapiexceptionnotfound", "unknown to system",
        "用户不存在*", "收件人不存在*", "邮箱不存在*", "mailbox owner ~ changed", "no user", "no recipient",
        // Norwegian, Danish, Swedish, German, Dutch, French, Spanish, Italian, Portuguese
        "ukjent bruker", "ukjent mottaker", "ukjent adresse", "finnes ikke", "ukendt bruger",
        "ukendt modtager", "findes ikke", "okänd användare", "okänd mottagare", "finns inte",
        "benutzer unbekannt", "unbekannter benutzer", "unbekannter empfänger",
        "empfänger unbekannt", "adresse unbekannt", "existiert nicht", "onbekende gebruiker",
        "bestaat niet", "utilisateur inconnu", "adresse inconnue", "destinataire inconnu",
        "adresse ~ invalide", "nexiste pas", "inexistant*", "no existe", "usuario desconocido",
        "destinatario desconocido", "utente sconosciuto", "non esiste", "não existe",
        "usuário desconhecido",
    ]

    static let domains = [
        PhraseSet(
            .dnsTemporary,
            [
                "host not found try again", "temporary lookup failure", "name server timeout",
                "name server ~ timeout", "servfail", "dns query failed", "dns query timed out",
                "host name lookup failure", "hostname lookup failure", "dns timeout",
                "dns temporary", "temporary dns", "temporarily unable to resolve",
                "temporary failure in name resolution", "name service error ~ try again",
                "temporary name resolution",
                "dns lookup failure", "dns server ~ fail*", "dns soft error",
                "lookup failed temporarily", "dnssec", "transient dns",
            ]),
        PhraseSet(.domainUnknown, ["no mx or a", "no a or mx"]),
        // The greeting of GMX and WEB.DE for a host that they reject; it continues "No SMTP
        // service".
        PhraseSet(.ipBlocked, ["nemesis esmtp service not available"]),
        PhraseSet(
            .domainNoMail,
            [
                "null mx", "nullmx", "no mx", "without mx", "no smtp service", "no mail exchanger*",
                "find a mail exchanger", "no mail server*", "domain does not accept mail",
                "host does not accept mail", "server does not accept mail",
                "does not accept email for", "domain does not receive", "mx ~ non existent",
                "domain ~ does not accept", "doesnt receive mail", "does not receive mail",
                "no mail enabled subscriptions", "has no mail",
            ]),
        PhraseSet(
            .domainUnknown,
            [
                "host unknown", "unknown host", "host not found", "domain unknown",
                "unknown domain", "domain is unknown", "domain ~ is unknown", "domain not found",
                "domain name not found", "domain ~ not found", "no such domain", "no such host",
                "domain does not exist", "domain ~ does not exist", "domain doesnt exist",
                "domain ~ doesnt exist", "domain ~ may not exist", "domain not exist*",
                "nonexistent domain", "nonexistentdomain", "non existent domain", "nxdomain",
                "bad destination system", "bad destination host", "find any host",
                "find ~ recipient domain", "domain couldnt be found", "domain ~ couldnt be found",
                "unrouteable address", "unroutable address", "unrouteable mail domain",
                "unroutable domain", "unrouteable domain", "domain ~ invalid",
                "invalid recipient domain",
                "illegal host", "host domain name", "name or service not known",
                "domain name does not", "name service error", "name server reply",
                "domain not hosted", "domain is not hosted",
                "domain ~ expired", "domene finnes ikke", "domaine inconnu", "domain unbekannt",
                "specified domain is not allowed", "no such destination",
            ]),
    ]
}
