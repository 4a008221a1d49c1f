/// What servers say about the sender: rate, reputation, authentication, content and address.
extension PhraseTable {
    static let delays = [
        PhraseSet(
            .greylisted,
            [
                "greylist*", "graylist*", "grey list*", "gray list*", "postgrey", "greytrap*",
                "first time sender",
            ]),
        // SendGrid's words for a domain without a server; they continue with PTR.
        PhraseSet(.dnsTemporary, ["unable to get mx info"]),
        PhraseSet(
            .rateLimited,
            [
                "rate limit*", "ratelimit*", "throttl*", "receiving mail at a rate",
                "rate that prevents", "receiving mail too quickly", "receiving ~ too quickly",
                "excessive volume", "unexpected volume", "sending limit", "sending quota",
                "hourly limit", "daily limit", "daily ~ limit", "hourly quota", "per hour",
                "this hour", "per minute", "per day", "frequency limit*", "message rate",
                "mail rate", "sending rate", "rate exceeded", "rate too high", "slow down",
                "too fast", "sent too many", "sending too many", "too many messages sent",
                "too many messages from", "too many mails from", "too many emails",
                "too much mail", "too many requests", "permitted limits", "exceeded their limit",
                "recipient limit", "thread limit", "too many recent", "exceeded threshold",
                "exceededsenderlimit", "recipientthreadlimit*", "too much email",
                "short period", "too many messages per", "volume limit*",
                "message limit", "exceeded the limit of messages", "too frequent*",
            ]),
        PhraseSet(
            .tooManyConnections,
            [
                "too many connections", "too many concurrent", "too many simultaneous",
                "too many sessions", "too many open connections", "maximum number of connections",
                "number of connections", "connection limit", "concurrent connections",
                "concurrency limit", "connection rate", "connections per", "message per connection",
                "messages per connection", "too many recipients", "too many rcpt*",
                "maximum connections", "too many smtp", "trop de connexions",
                "zu viele verbindungen",
            ]),
    ]

    static let reputations = [
        PhraseSet(
            .badReputation,
            [
                "reputation*", "user complaints", "spam complaints", "complaints",
                "unusual rate", "unsolicited mail originating", "senderscore",
                "sender score", "senderbase", "sending spam", "sent spam", "send spam",
                "spam source", "source of spam", "known spammer*", "spam activity",
                "spam abuse", "blocked for abuse", "abuse ~ from your network",
                "spam rate", "too many invalid recipients",
                "excessive rejected", "permanently deferred", "too many spams",
                "flooding", "suspicious activity ~ your ip", "blocked for spam*",
                "spamming issues", "incident de spam",
            ]),
        PhraseSet(
            .ipBlocked,
            [
                "spamhaus*", "sbl", "xbl", "pbl", "spamcop*", "sorbs",
                "barracudacentral", "dnsbl*", "rbl", "rbls", "rbldns*", "drbl", "uribl ~ ip",
                "real time block*", "realtime block*", "spamrats", "spamrl", "uceprotect*",
                "invaluement", "mailspike", "hostkarma", "gbudb", "psbl", "nixspam", "abuseat",
                "backscatterer", "cbl abuseat", "blacklist*", "black list*", "black listed",
                "blocklist*", "block list*", "denylist*", "deny list*", "blockliste",
                "schwarze liste", "svarteliste*", "liste noire", "lista negra", "blocked using",
                "rejected using", "is listed at", "is listed on", "is listed by", "ip is listed",
                "you are listed", "banned sending ip", "ip banned", "banned ip*", "been banned",
                "from ip banned", "ip blocked", "ip address blocked", "ip ~ blocked",
                "ip ~ blacklisted", "blocked ip", "ip ~ rejected", "access from ip",
                "ip ~ not allowed", "invalid ip", "forbidden by your ip", "your ip ~ forbidden",
                "ip address ~ not accepted", "connections not accepted from",
                "connections will not be accepted", "dynamic ip*", "dynamic address*",
                "dialup", "dial up", "residential ip*", "use ~ smtp server of your isp",
                "use your isp*", "your isps", "part of their network", "s3140", "s3150",
                "adresse ip source", "email over ipv6",
                "mail over ipv6", "helo ~ invalid", "ehlo ~ invalid", "invalid helo",
                "invalid ehlo", "bad helo", "helo command rejected", "helo rejected",
                "unsent ~ ip", "block this ip", "ipcheck", "blocked see",
                "access to submit messages", "spam ip",
                "a problem occurred ask your postmaster", "rp qrc", "rp cel", "aup in", "aup out",
                "blocked your ip", "ips ~ blocked",
            ]),
        PhraseSet(
            .geoBlocked,
            [
                "your country", "geoip*", "geo ip", "geoblock*", "geo block*", "your region",
                "this country", "country ~ blocked", "country ~ not allowed",
                "country is not", "geographic*",
            ]),
    ]

    static let authentications = [
        PhraseSet(
            .authFailure,
            [
                "spf", "dkim", "dmarc", "domainkeys", "sender policy framework",
                "sender id", "unauthenticated email", "unauthenticated mail",
                "authentication checks", "authentication information",
                "required authentication level", "sender is unauthenticated",
                "email authentication", "message authentication", "not allowed to send from",
                "not authorized to send from", "not authorised to send from",
                "not allowed to send mail from", "not permitted to send from",
                "permitted sender", "spoof*", "forged", "mismatches client ip",
                "not authorized to use this domain", "domain authentication",
            ]),
        PhraseSet(
            .missingPTR,
            [
                "@ptr", "no reverse", "find your hostname", "cannot resolve your",
                "unverifyable sending", "unverifiable sending",
            ]),
        PhraseSet(
            .tlsRequired,
            [
                "starttls", "tls required", "requires tls", "tls is required", "tls version",
                "tls connection", "over tls", "must use tls", "encryption required",
                "encryption needed", "requires encryption", "ssl required",
                "support tls", "tls not", "certificate*", "restrictdomainsto*",
            ]),
    ]

    static let senders = [
        PhraseSet(
            .senderRejected,
            [
                "sender address rejected", "sender rejected", "sender denied", "sender refused",
                "sender blocked", "sender not allowed", "domain of sender", "sender domain",
                "senders domain", "sender verif*", "sender address verif*", "unroutable sender",
                "unrouteable sender", "unknown sender", "invalid sender", "bad sender",
                "sender ~ does not exist", "sender unknown", "unauthorized sender",
                "unauthorised sender", "sender is not", "sender not", "bad outbound sender",
                "outbound sender", "sender was not", "senders not", "senders are not",
                "email address is not verified", "send mail as", "envelope sender",
                "envelope from", "envelope blocked", "envelope rejected", "return path",
                "mail from ~ rejected", "mail from ~ not allowed", "mail from ~ denied",
                "mail sending denied", "unregistered domain*", "registered gateway user",
                "from domain is invalid", "unresolvable ~ from domain", "resource record",
                "from address ~ not", "sender email address",
                "originator ~ not", "blocked sender*", "sender ~ blocked",
                "message header from address", "valid from", "sender address is",
            ])
    ]

    static let filters = [
        PhraseSet(
            .suppressed,
            [
                "suppression list", "suppressed", "previously bounced", "previously unsubscribed",
                "previously complained", "bounced address", "unsubscribed address",
                "spam reporting address", "inactive addresses", "marked as inactive",
            ]),
        PhraseSet(
            .recipientFilter,
            [
                "only accepting mail from", "only accepts mail from", "only accepts messages from",
                "only accept mail from", "not accepting mail from", "blocked by recipient",
                "blocked by the recipient", "blocked by user", "rejected by recipient",
                "rejected by recipients",
                "rejected by the recipient", "rejected by user", "refused by recipient",
                "refused by the recipient", "refused by user", "@denied - by - @recipient",
                "user refused", "user reject*",
                "user refuses", "recipient refuse*", "recipient has blocked",
                "user has blocked", "recipient ~ rejected your", "recipient ~ rejects your",
                "recipient blocked",
                "restrictedto*", "restricted to recipients", "permission to send to",
                "authorized to send to", "authorised to send to", "permitted to send to",
                "allowed to send to", "prefers not to receive",
                "email preferences of", "recipient preferences", "does not want", "doesnt want",
                "list of senders", "allowed senders",
                "accept mail from you", "delivery restriction*", "list members", "only members",
                "members only", "user entry",
            ]),
    ]

    static let contents = [
        PhraseSet(
            .virus,
            [
                "virus*", "viral", "malware", "trojan", "infected", "phish*", "dangerous",
                "banned file", "banned content", "executable", "blocked attachment",
                "attachment type", "attachment ~ not allowed", "attachment ~ blocked",
                "attachment ~ rejected", "file type*", "file extension", "illegal attachment",
                "prohibited attachment", "attachment guidelines",
                "potential security", "presents a potential",
            ]),
        PhraseSet(
            .spamContent,
            [
                "spam*", "antispam", "anti spam", "bbspam*", "mcspam*", "junk", "bulk",
                "unsolicited*", "unwanted", "content restriction*", "mailchannels",
                "fortispam*", "ube", "uce", "spm", "uribl*",
                "surbl", "content filter*", "content rejected", "content ~ rejected",
                "content denied", "mail content", "suspicious", "scam", "@message - scor*",
                "messagescoring*", "filtered", "filter", "cloudmark",
                "scored as", "likely unsolicited", "advertis*", "hormel", "cs01",
                "message looks like", "blocked content",
            ]),
        PhraseSet(
            .badFormat,
            [
                "invalid header*", "header error", "header ~ invalid", "headers ~ improperly",
                "duplicate header*", "multiple subject", "multiple from", "addresses in from",
                "from header", "message id header", "missing ~ header*", "valid message id",
                "subject headers", "disallowed header", "header is too long", "rfc compliant",
                "rfcmessagenoncompliant", "not rfc", "compliant", "malformed", "bare lf",
                "bare linefeed*", "bare newline*", "line too long", "line length",
                "improperly formatted", "invalid message format", "bad message format",
                "bad header", "missing header*",
            ]),
        PhraseSet(
            .contentError,
            [
                "mime error", "mime reject*", "mime structure", "mime header*", "mime type*",
                "invalid mime", "illegal mime", "invalid structure", "character set*", "charset",
                "invalid data in message",
                "unicode character", "mail data refused", "media not supported",
                "conversion ~ not", "content ~ not accepted", "message content",
            ]),
    ]

    static let relays = [
        PhraseSet(
            .relayDenied,
            [
                "relaying not",
                "relay not", "permitted to relay", "allowed to relay", "unable to relay",
                "cannot relay", "cant relay", "not relay", "no relaying", "no relay",
                "as a relay", "relaying is", "relay prohibited", "relaying prohibited",
                "rcpthosts", "not a gateway", "mail relay",
                "relay access", "relaying mail", "relay for", "open relay", "not local host",
                "doesnt handle mail", "does not handle mail", "user not local",
                "not a local domain", "not one of our domains",
            ])
    ]
}
