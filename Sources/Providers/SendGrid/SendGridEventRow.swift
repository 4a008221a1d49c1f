import Bounces
import Invoicing
import Wire

/// One event of a message's, of any of the kinds that SendGrid tells.
struct SendGridEventRow: Decodable {
    let event: String
    let eventID: String
    let email: String
    let timestamp: Int64
    let status: String
    /// The receiving server's words, or why SendGrid did not try.
    let words: String
    let type: String
    let classification: String
    let customArgs: [String: String]

    private enum CodingKeys: String, CodingKey {
        case event, email, timestamp, status, reason, response, type
        case eventID = "sg_event_id"
        case classification = "bounce_classification"
        case customArgs = "custom_args"
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        guard let timestamp = row.epochSeconds(.timestamp), let event = row.word(.event),
            let eventID = row.word(.eventID), !eventID.isEmpty,
            eventID == cleaned(eventID)
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "an event without time or id"))
        }
        self.event = event
        self.eventID = eventID
        self.timestamp = timestamp
        email = cleaned(row.text(.email) ?? "")
        status = row.text(.status) ?? ""
        words = row.text(.reason) ?? row.text(.response) ?? ""
        type = row.text(.type) ?? ""
        classification = row.text(.classification) ?? ""
        customArgs = row.texts(.customArgs)
    }

    /// What it says of the message's fate; nil where it says nothing of that.
    var kind: EventKind? {
        switch event {
        case "processed": .processed
        case "deferred": .deferred
        case "delivered": .delivered
        case "bounce": .bounced
        case "dropped", "drop", "cancel_drop": .dropped
        case "spamreport": .complained
        default: nil
        }
    }

    /// `bounce/Invalid Address`, `blocked/Reputation`, or the event alone.
    var providerType: String {
        guard event == "bounce" else { return event }
        let kind = type.isEmpty ? event : cleaned(type)
        return classification.isEmpty ? kind : "\(kind)/\(cleaned(classification))"
    }
}
