/// What servers say about rules, themselves and the network; and the weak hints.
extension PhraseTable {
    static let policies = [
        PhraseSet(
            .security,
            [
                "authentication required", "authentication failure", "authentication failed",
                "auth failed", "authrequired", "must authenticate", "must be authenticated",
                "failed to authenticate", "not authenticated", "unauthenticated",
                "server authentication", "specific password", "log in", "login required",
                "identity changes", "invalid credentials", "anonymous mail",
            ]),
        PhraseSet(
            .policy,
            [
                "policy", "policies", "mailpolicy", "notauthorized", "not authorized",
                "not authorised",
                "administratively prohibit*", "administrative prohibit*", "prohibited",
                "administrative prohibition",
                "protocol violation ~ data", "policy violation", "blocked by administrator",
                "by the administrator", "header ~ is too long",
            ]),
    ]

    static let limits = [PhraseSet(.rateLimited, ["limit - exceed*", "exceed* - limit*"])]

    static let systems = [
        PhraseSet(
            .mailerError,
            [
                "mailer error", "command died", "command failed", "child status",
            ]),
        PhraseSet(
            .protocolError,
            [
                "syntax error", "bad sequence", "unrecognized command", "unrecognised command",
                "command unrecognized", "command not recognized", "command not implemented",
                "unrecognized authentication", "no longer supported", "hello first",
                "helo first", "ehlo first", "protocol violation", "protocol error",
                "error in parameters", "after bdat", "bad command",
                "unexpected command", "parameter not implemented", "pipelining",
                "invalid arguments",
            ]),
        PhraseSet(
            .networkError,
            [
                "connection timed out", "timed out", "connection refused", "connection reset",
                "lost connection", "connection lost", "connection dropped", "connection died",
                "connection closed", "connection ~ broken", "connection ~ dropped",
                "initiate smtp conversation", "no route to host",
                "network is unreachable", "network unreachable", "host unreachable",
                "host is unreachable", "broken pipe", "unable to connect", "could not connect",
                "couldnt connect", "cannot connect", "failed to connect", "accept our requests",
                "error dialing", "hops", "loops back", "loop detected", "loop detection",
                "network error",
                "no answer from",
                "did not respond", "not responding", "unreachable", "timeout exceeded",
                "forwarded more than", "connection timeout", "smtp timeout", "read timeout",
                "i o timeout", "bad connection", "closed connection", "remote host closed",
                "establish an smtp connection", "message is looping", "is looping",
                "unexpected disconnect*", "loops to", "tls handshake",
            ]),
        PhraseSet(
            .expired,
            [
                "message expired", "delivery time expired", "queue expired", "retry time*",
                "retry timeout", "too old", "message delayed",
                "not delivered within", "could not be delivered for", "could not be delivered in",
                "hosts have been failing", "multiple retries", "maximum retries", "max retries",
                "find a gateway", "undeliverable for",
            ]),
        PhraseSet(
            .serverError,
            [
                "internal error", "internal server error", "system error", "system config*",
                "configuration error", "config error", "local problem", "local error",
                "server busy", "system busy", "busy", "insufficient resources",
                "insufficient memory", "out of memory", "resources temporarily", "i o error",
                "input output error", "temporary failure", "temporary error",
                "temporary server error", "domain failure", "service not active",
                "network messages",
                "misconfigured", "queue file", "cannot open", "can not open", "could not load",
                "unable to open", "unable to switch", "expansion problem", "system not capable",
                "shutting down", "maintenance", "unable to process", "hostname used for",
                "storedrv*", "server error", "transaction ~ unsupported", "database error",
                "failed to be replicated", "requires domain address",
                "temporarily rejected", "verification in progress", "currently unavailable",
                "cannot update mailbox", "output file", "chdir to maildir",
                "mailbox server is offline",
                "other mail system problem", "local configuration", "lost input channel",
                "mailboxoffline*",
                "come back later",
            ]),
    ]

    static let replies = [
        PhraseSet(
            .vacation,
            [
                "out of office", "out of the office", "automatic reply", "auto reply",
                "autoreply", "autosvar", "automatisk svar", "fravær", "on vacation",
                "on holiday", "abwesenheit*",
            ]),
        PhraseSet(
            .challenge,
            ["confirm that you are", "verify that you are human", "challenge response"]),
        PhraseSet(
            .delivered, ["successfully delivered", "delivered successfully", "relayed to"]),
    ]

    /// Used when no code is specific.
    static let hints = [
        PhraseSet(
            .userUnknown,
            [
                "mailbox ~ unavailable", "@recipient - @unavailable", "does not exist",
                "doesnt exist", "bad mailbox",
            ]),
        PhraseSet(
            .ipBlocked,
            [
                "client host", "host rejected", "your ip", "ip address", "sending ip",
                "connection rejected", "access forbidden", "not accepting connections",
                "denial of service", "mail exchanger", "sending mta", "too many errors",
                "refused to talk", "@service - @listed",
            ]),
        PhraseSet(
            .policy,
            [
                "access denied", "denied", "forbidden", "not allowed", "not permitted",
                "permission", "message refused", "message rejected", "mail rejected", "blocked",
                "banned", "gesperrt", "abgelehnt", "refusé", "avvist", "rule", "abuse",
                "not wanted",
            ]),
        // Postfix puts it before the cause.
        PhraseSet(.serverError, ["delivery temporarily suspended"]),
    ]

    /// Some servers put the same words before every rejection of a recipient, whatever the reason;
    /// so these count only where no code indicates a policy.
    static let faintHints = [
        PhraseSet(
            .userUnknown,
            [
                "recipient address rejected", "@recipient - rejected",
                "@recipient - denied", "@recipient - not accepted", "no valid recipients",
                "unknown address", "not found",
                "no longer", "nonexist*",
                "not our",
            ]),
        PhraseSet(.mailboxDisabled, ["inactive", "disabled", "suspended", "deactivated"]),
    ]

    /// Said about nearly everything.
    static let lastHints = [
        PhraseSet(.mailboxFull, ["quota", "full"]),
        PhraseSet(.relayDenied, ["relay*"]),
        PhraseSet(.security, ["authenticat*", "auth", "login"]),
        PhraseSet(.badFormat, ["header", "headers"]),
        PhraseSet(.rateLimited, ["too many", "limit", "limited"]),
        PhraseSet(.senderRejected, ["sender", "from domain"]),
        PhraseSet(
            .serverError,
            [
                "service unavailable", "service not available", "temporarily unavailable",
                "try again", "try later", "temporarily", "deferred", "plus tard",
                "später", "más tarde", "più tardi", "mais tarde", "senere",
            ]),
        PhraseSet(.contentError, ["attachment*", "charset*", "character*"]),
        PhraseSet(
            .policy,
            ["rejected", "refused", "refuse", "reject", "not accepted", "command rejected"]
        ),
        PhraseSet(.protocolError, ["need rcpt", "need mail"]),
        PhraseSet(.networkError, ["timeout", "connect to"]),
        // What mail servers say around another server's words.
        PhraseSet(
            .expired,
            [
                "giving up", "gave up", "in the queue", "been delayed", "will be retried",
                "time limit", "warning message only", "expired",
            ]),
    ]

    static let temporary = [
        "temporarily", "temporary", "try again", "try later", "retry later", "later", "deferred",
        "please retry", "will be retried", "midlertidig", "vorübergehend", "temporairement",
        "ultérieurement", "ulterieurement",
    ]

    static let senderStage = [
        "in reply to mail from", "after mail from", "in reply to helo", "in reply to ehlo",
    ]
}
